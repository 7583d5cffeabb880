// The ledger of deadlines: what was armed, reached and disarmed, as a fold of the stream.
import type { Instant } from './instant.ts';

/** One escalation of an armed deadline that is still to come. */
export interface PendingMark {
  /** From 1, in the order the marks were declared. */
  readonly level: number;
  readonly to: string;
  readonly at: Instant;
}

/** One arming of one deadline. Its identity is (code, part, position of the arming event). */
export interface Arming {
  readonly name: string;
  readonly code: string;
  /** Id of the part, or `''` for a deadline of the case. */
  readonly part: string;
  readonly position: number;
  readonly armedAt: Instant;
  readonly dueAt: Instant;
  readonly marks: readonly PendingMark[];
  readonly status: 'pending' | 'reached';
  /** When it was met although too late. */
  readonly metAt: Instant | undefined;
}

/** Something that falls due: reaching a deadline, or one of its marks. */
export interface Due {
  readonly at: Instant;
  readonly arming: Arming;
  /** `0`: the deadline itself. */
  readonly level: number;
  readonly to: string | undefined;
}

/** Counts of armings; `armed = reached + disarmed + pending` always. */
export interface DeadlineCounts {
  readonly armed: number;
  readonly reached: number;
  readonly disarmed: number;
  readonly pending: number;
}

/** Deadlines of one case. Methods that change it are for the fold only. */
export class DeadlineLedger {
  readonly #armings: Map<string, Arming>;
  #armed = 0;
  #reached = 0;
  #disarmed = 0;

  constructor(armings: Iterable<readonly [string, Arming]> = []) {
    this.#armings = new Map(armings);
  }

  /** An independent copy. */
  copy(): DeadlineLedger {
    const copied = new DeadlineLedger(this.#armings);
    copied.#armed = this.#armed;
    copied.#reached = this.#reached;
    copied.#disarmed = this.#disarmed;
    return copied;
  }

  /** The current arming of a deadline, pending or reached. */
  find(name: string, part: string): Arming | undefined {
    return this.#armings.get(keyOf(name, part));
  }

  /** All armings that are current: pending first to be due first, then those reached. */
  get current(): readonly Arming[] {
    return [...this.#armings.values()].sort(
      (a, b) =>
        Number(a.status === 'reached') - Number(b.status === 'reached') || compareArmings(a, b),
    );
  }

  /** Armings that are neither reached nor disarmed, first due first. */
  get pending(): readonly Arming[] {
    return this.current.filter(({ status }) => status === 'pending');
  }

  /** How many were armed, and what became of them. */
  get counts(): DeadlineCounts {
    return {
      armed: this.#armed,
      reached: this.#reached,
      disarmed: this.#disarmed,
      pending: this.pending.length,
    };
  }

  /** What falls due next, oldest first; `undefined` when nothing is to come. */
  next(): Due | undefined {
    let first: Due | undefined;
    for (const arming of this.#armings.values()) {
      for (const due of duesOf(arming)) {
        if (!first || compareDues(due, first) < 0) first = due;
      }
    }
    return first;
  }

  /**
   * Arms a deadline. An arming that is still pending under the same key is disarmed by it and hands
   * on its due instant if that is the earlier one: the same thing reported twice gives nobody more
   * time. What shall move a due instant later is named in `movedBy`.
   */
  arm(arming: Arming): void {
    const old = this.find(arming.name, arming.part);
    const keeps = old?.status === 'pending' && old.dueAt <= arming.dueAt;
    this.disarm(arming.name, arming.part);
    const { armedAt, dueAt, marks } = keeps ? old : arming;
    const armed = { ...arming, armedAt, dueAt, marks };
    this.#armings.set(keyOf(arming.name, arming.part), armed);
    this.#armed += 1;
  }

  /** Takes an arming out: disarmed if it was pending, forgotten if it was reached. */
  disarm(name: string, part: string): void {
    const key = keyOf(name, part);
    const found = this.#armings.get(key);
    if (!found) return;
    if (found.status === 'pending') this.#disarmed += 1;
    this.#armings.delete(key);
  }

  /** Puts a changed arming in the place of the current one. */
  replace(arming: Arming): void {
    this.#armings.set(keyOf(arming.name, arming.part), arming);
  }

  /** Marks an arming as reached. */
  reach(arming: Arming): void {
    this.#reached += 1;
    this.replace({ ...arming, status: 'reached' });
  }
}

function keyOf(name: string, part: string): string {
  return `${name}/${part}`;
}

function duesOf(arming: Arming): readonly Due[] {
  const marks = arming.metAt === undefined ? arming.marks : [];
  const dues = marks.map(({ at, level, to }) => ({ at, arming, level, to }));
  return arming.status === 'pending'
    ? [{ at: arming.dueAt, arming, level: 0, to: undefined }, ...dues]
    : dues;
}

function compareDues(a: Due, b: Due): number {
  return order(a.at, b.at) || compareArmings(a.arming, b.arming) || a.level - b.level;
}

function compareArmings(a: Arming, b: Arming): number {
  return (
    order(a.dueAt, b.dueAt) ||
    a.position - b.position ||
    order(a.code, b.code) ||
    order(a.part, b.part)
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
