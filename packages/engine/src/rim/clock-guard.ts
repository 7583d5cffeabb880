// A second opinion on the time: a clock that jumped must not fire deadlines or go back in a record.
import { Fault, type Head, type Instant } from '@himaya/event-store';
import { instantOf, laterOf, msOf } from '../instant.ts';
import type { Clock } from './ports.ts';

/** A process clock may be this far from its second source, and behind a stream's head. */
export const CLOCK_SKEW_MAX_MS = 5 * 60_000;

/** Reads one process's clock with suspicion. */
export class ClockGuard {
  readonly #clock: Clock;
  #offsetMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#offsetMs = clock.now() - clock.monotonicMs();
  }

  /** The present by the process clock. */
  now(): Instant {
    return instantOf(this.#clock.now());
  }

  /** Milliseconds of the second source, which never goes back: for pauses. */
  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  /** Whether the process clock has moved against the monotonic clock by more than is allowed. */
  isSkewed(): boolean {
    const movedMs = this.#clock.now() - this.#clock.monotonicMs() - this.#offsetMs;
    return Math.abs(movedMs) > CLOCK_SKEW_MAX_MS;
  }

  /** Takes the process clock as right from now on: for an operator who has checked it. */
  confirm(): void {
    this.#offsetMs = this.#clock.now() - this.#clock.monotonicMs();
  }

  /** Whether the process clock is too far behind what a stream's head says. */
  isBehind(head: Head): boolean {
    return msOf(head.recordedAt) - this.#clock.now() > CLOCK_SKEW_MAX_MS;
  }

  /** What the process clock says, if it is so far behind the head that it cannot be believed. */
  claim(head: Head | undefined): Instant | undefined {
    return head && this.isBehind(head) ? this.now() : undefined;
  }

  /**
   * The instant at which the next entry after `head` is recorded: never before the head.
   * @throws Fault `clock-fault` when the clock is behind the head by more than is allowed, unless
   * `lenient`: protective commands go on with the head's instant.
   */
  recordedAt(head: Head | undefined, lenient: boolean): Instant {
    const now = this.now();
    if (!head) return now;
    if (this.isBehind(head) && !lenient) {
      throw new Fault({
        code: 'clock-fault',
        attempted: `Cannot record after ${head.recordedAt}`,
        found: `this machine's clock says ${now}`,
        todo: 'Set the clock right; protective commands are accepted meanwhile',
        data: { headRecordedAt: head.recordedAt, now },
      });
    }
    return laterOf(now, head.recordedAt);
  }
}
