// The ledger of deadlines: what was armed, reached and disarmed, as a fold of the stream.
import { ForkedMap } from './forked-map.ts';
import type { Instant } from './instant.ts';
import { order } from './ordering.ts';

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

/**
 * Deadlines of one case. Methods that change it are for the fold only. Of one deadline several
 * armings may be open at once: the current one, and before it those that were overdue when it was
 * armed, because only an event that occurred before its due instant disarms an arming.
 */
export class DeadlineLedger {
  readonly #armings: ForkedMap<string, readonly Arming[]>;
  #armed = 0;
  #reached = 0;
  #disarmed = 0;
  /** What falls due next, if nothing has to wait; `null` until somebody asks. */
  #next: Due | undefined | null = null;

  constructor(armings = new ForkedMap<string, readonly Arming[]>()) {
    this.#armings = armings;
  }

  /** An independent copy. */
  copy(): DeadlineLedger {
    const copied = new DeadlineLedger(this.#armings.fork());
    copied.#armed = this.#armed;
    copied.#reached = this.#reached;
    copied.#disarmed = this.#disarmed;
    copied.#next = this.#next;
    return copied;
  }

  /** The open armings of a deadline, the current one last. */
  armings(name: string, part: string): readonly Arming[] {
    return this.#armings.get(keyOf(name, part)) ?? NONE;
  }

  /** The current arming of a deadline, or the open one that an event at `position` armed. */
  find(name: string, part: string, position?: number): Arming | undefined {
    const open = this.armings(name, part);
    if (position === undefined) return open.at(-1);
    return open.find((arming) => arming.position === position);
  }

  /** All open armings: pending first to be due first, then those reached. */
  get current(): readonly Arming[] {
    return [...this.#armings.values()]
      .flat()
      .sort(
        (a, b) =>
          Number(a.status === 'reached') - Number(b.status === 'reached') ||
          compareArmings(a, b),
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

  /** What falls due next, oldest first, of what need not wait; `undefined` when nothing is to come. */
  next(waits?: (due: Due) => boolean): Due | undefined {
    if (waits) return this.#first(waits);
    if (this.#next === null) this.#next = this.#first(undefined);
    return this.#next;
  }

  #first(waits: ((due: Due) => boolean) | undefined): Due | undefined {
    let first: Due | undefined;
    for (const open of this.#armings.values()) {
      for (const arming of open) {
        const { status, dueAt, metAt, marks } = arming;
        if (status === 'pending') first = earlier(first, waits, arming, dueAt);
        if (metAt !== undefined) continue;
        for (const mark of marks) first = earlier(first, waits, arming, mark.at, mark);
      }
    }
    return first;
  }

  /**
   * Arms a deadline by an event that occurred at `armedAt`. An arming that is not yet due then is
   * disarmed by it and hands on its due instant if that is the earlier one: the same thing reported
   * twice gives nobody more time. What shall move a due instant later is named in `movedBy`. An
   * overdue arming stays open beside the new one until it is recorded and met.
   */
  arm(arming: Arming): void {
    const { name, part } = arming;
    const old = this.find(name, part);
    const yields = old && isPending(old) && arming.armedAt < old.dueAt;
    if (yields) this.disarm(old);
    const keeps = yields === true && old.dueAt <= arming.dueAt;
    const { armedAt, dueAt, marks } = keeps ? old : arming;
    const open = this.armings(name, part).filter((one) => !isSettled(one));
    this.#put(name, part, [...open, { ...arming, armedAt, dueAt, marks }]);
    this.#armed += 1;
  }

  /** Arms anew, under `position`, what was reached in error. */
  rearm(wrong: Arming, position: number, marks: readonly PendingMark[]): void {
    const right: Arming = { ...wrong, position, marks, status: 'pending', metAt: undefined };
    const { name, part } = wrong;
    this.#put(
      name,
      part,
      this.armings(name, part).map((one) => (one.position === wrong.position ? right : one)),
    );
    this.#armed += 1;
  }

  /** Takes an arming out: disarmed if it was pending, forgotten if it was reached. */
  disarm(arming: Arming): void {
    const { name, part, position, status } = arming;
    if (status === 'pending') this.#disarmed += 1;
    this.#put(
      name,
      part,
      this.armings(name, part).filter((one) => one.position !== position),
    );
  }

  /** Puts a changed arming in the place of the one it was. */
  replace(arming: Arming): void {
    const { name, part, position } = arming;
    const open = this.armings(name, part);
    const changed = open.map((one) => (one.position === position ? arming : one));
    // The current arming stays visible; of an earlier one nothing is left to be recorded.
    const last = changed.length - 1;
    this.#put(
      name,
      part,
      changed.filter((one, index) => index === last || !isSettled(one)),
    );
  }

  /** Marks an arming as reached. */
  reach(arming: Arming): void {
    this.#reached += 1;
    this.replace({ ...arming, status: 'reached' });
  }

  #put(name: string, part: string, open: readonly Arming[]): void {
    this.#next = null;
    if (open.length > 0) this.#armings.set(keyOf(name, part), open);
    else this.#armings.delete(keyOf(name, part));
  }
}

const NONE: readonly Arming[] = [];

/** Neither reached nor met. */
function isPending({ status, metAt }: Arming): boolean {
  return status === 'pending' && metAt === undefined;
}

/** Reached and met: nothing is left to be recorded of it. */
function isSettled({ status, metAt }: Arming): boolean {
  return status === 'reached' && metAt !== undefined;
}

function keyOf(name: string, part: string): string {
  return `${name}/${part}`;
}

/** The earlier of `first` and what falls due at `at`: a mark of an arming, or itself, unless it waits. */
function earlier(
  first: Due | undefined,
  waits: ((due: Due) => boolean) | undefined,
  arming: Arming,
  at: Instant,
  mark?: PendingMark,
): Due | undefined {
  const level = mark?.level ?? 0;
  const isLater =
    first !== undefined &&
    (order(first.at, at) || compareArmings(first.arming, arming) || first.level - level) <= 0;
  if (isLater) return first;
  const due = { at, arming, level, to: mark?.to };
  return waits?.(due) ? first : due;
}

function compareArmings(a: Arming, b: Arming): number {
  return (
    order(a.dueAt, b.dueAt) ||
    a.position - b.position ||
    order(a.code, b.code) ||
    order(a.part, b.part)
  );
}
