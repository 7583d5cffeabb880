// A group of the double: what it has handed out to its members, and what became of it.
import type { DoubleEvent, DoubleLog } from './log.ts';

/** An event on its way to a member. */
export interface Handed {
  readonly event: DoubleEvent;
  readonly retries: number;
}

interface InHand extends Handed {
  readonly member: GroupMember;
}

/** What a group is made with. */
export interface GroupOptions {
  readonly prefixes: readonly string[];
  readonly from: bigint;
  readonly membersMax: number;
}

/** A member: how many events it takes at once, and how it gets them. */
export interface GroupMember {
  readonly bufferSize: number;
  readonly give: (handed: Handed) => void;
}

/**
 * Hands the events of some streams to its first member, and to the next one what that has no room
 * for, as `DispatchToSingle` does. It keeps its place in memory only.
 */
export class DoubleGroup {
  readonly #log: DoubleLog;
  readonly #prefixes: readonly string[];
  readonly #membersMax: number;
  /** The index in the log of the first event that was never handed out. */
  #next: number;
  /** Handed out and not answered, oldest first. */
  readonly #open = new Map<string, InHand>();
  /** To be handed out before anything new. */
  readonly #again: Handed[] = [];
  readonly #parked: DoubleEvent[] = [];
  readonly #members: GroupMember[] = [];

  constructor(log: DoubleLog, { prefixes, from, membersMax }: GroupOptions) {
    this.#log = log;
    this.#prefixes = prefixes;
    this.#membersMax = membersMax;
    const first = log.events.findIndex(({ position }) => position >= from);
    this.#next = first < 0 ? log.events.length : first;
    log.listen(() => this.#handOut());
  }

  get isFull(): boolean {
    return this.#members.length >= this.#membersMax;
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
    const left = [...this.#open.values()].filter((one) => one.member === member);
    this.#again.unshift(...left.map(({ event, retries }) => ({ event, retries: retries + 1 })));
    for (const { event } of left) this.#open.delete(event.id);
    this.#handOut();
  }

  /** What a member says of events; only the one that has them in hand is heard. */
  answer(member: GroupMember, ids: readonly string[], isParked: boolean): void {
    for (const id of ids) {
      const handed = this.#open.get(id);
      if (handed?.member !== member) continue;
      if (isParked) this.#parked.push(handed.event);
      this.#open.delete(id);
    }
    this.#handOut();
  }

  replayParked(): void {
    this.#again.push(...this.#parked.splice(0).map((event) => ({ event, retries: 0 })));
    this.#handOut();
  }

  #handOut(): void {
    for (;;) {
      const member = this.#members.find((one) => this.#countOf(one) < one.bufferSize);
      const due = member && (this.#again.shift() ?? this.#fresh());
      if (!due) return;
      this.#open.set(due.event.id, { ...due, member });
      member.give(due);
    }
  }

  #countOf(member: GroupMember): number {
    return [...this.#open.values()].filter((one) => one.member === member).length;
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
