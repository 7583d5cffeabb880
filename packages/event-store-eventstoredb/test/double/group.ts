// A group of the double: what it has handed out to its first member, and what became of it.
import type { DoubleEvent, DoubleLog } from './log.ts';

/** An event on its way to a member. */
export interface Handed {
  readonly event: DoubleEvent;
  readonly retries: number;
}

/** A member: how many events it takes at once, and how it gets them. */
export interface GroupMember {
  readonly bufferSize: number;
  readonly give: (handed: Handed) => void;
}

/** Hands the events of some streams to one member at a time. It keeps its place in memory only. */
export class DoubleGroup {
  readonly #log: DoubleLog;
  readonly #prefixes: readonly string[];
  /** The index in the log of the first event that was never handed out. */
  #next: number;
  /** Handed out and not answered, oldest first. */
  readonly #open = new Map<string, Handed>();
  /** To be handed out before anything new. */
  readonly #again: Handed[] = [];
  readonly #parked: DoubleEvent[] = [];
  readonly #members: GroupMember[] = [];

  constructor(log: DoubleLog, prefixes: readonly string[], from: bigint) {
    this.#log = log;
    this.#prefixes = prefixes;
    const first = log.events.findIndex(({ position }) => position >= from);
    this.#next = first < 0 ? log.events.length : first;
    log.listen(() => this.#handOut());
  }

  join(member: GroupMember): void {
    this.#members.push(member);
    this.#handOut();
  }

  /** Whoever is next in line gets again what the member had in hand. */
  leave(member: GroupMember): void {
    const at = this.#members.indexOf(member);
    if (at < 0) return;
    this.#members.splice(at, 1);
    if (at > 0) return;
    const left = [...this.#open.values()];
    this.#again.unshift(...left.map(({ event, retries }) => ({ event, retries: retries + 1 })));
    this.#open.clear();
    this.#handOut();
  }

  /** What a member says of events; only the one that has them in hand is heard. */
  answer(member: GroupMember, ids: readonly string[], isParked: boolean): void {
    if (this.#members[0] !== member) return;
    for (const id of ids) {
      const handed = this.#open.get(id);
      if (handed && isParked) this.#parked.push(handed.event);
      this.#open.delete(id);
    }
    this.#handOut();
  }

  replayParked(): void {
    this.#again.push(...this.#parked.splice(0).map((event) => ({ event, retries: 0 })));
    this.#handOut();
  }

  #handOut(): void {
    const [member] = this.#members;
    if (!member) return;
    while (this.#open.size < member.bufferSize) {
      const due = this.#again.shift() ?? this.#fresh();
      if (!due) return;
      this.#open.set(due.event.id, due);
      member.give(due);
    }
  }

  #fresh(): Handed | undefined {
    while (this.#next < this.#log.events.length) {
      const event = this.#log.events[this.#next] as DoubleEvent;
      this.#next += 1;
      if (this.#prefixes.some((prefix) => event.stream.startsWith(prefix))) {
        return { event, retries: 0 };
      }
    }
    return undefined;
  }
}
