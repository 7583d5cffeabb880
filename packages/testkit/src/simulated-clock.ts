// A clock that moves only when it is told to, so that a month of deadlines takes no time.
import type { Clock } from '@himaya/engine';
import { instant, instantOf, msOf, type Instant } from '@himaya/engine';

/** A clock in the hands of a test. */
export interface SimulatedClock extends Clock {
  /** The present as an instant. */
  readonly at: Instant;
  /** Lets time pass until `at`, on both clocks. @throws RangeError if that is in the past. */
  advanceTo(at: string): void;
  /** Lets this many milliseconds pass, on both clocks. @throws RangeError if negative. */
  advanceBy(ms: number): void;
  /**
   * Sets the wall clock, as a wrong time server or a hand would: the monotonic clock does not
   * notice, so the engine can. May go back.
   */
  jumpTo(at: string): void;
}

/** A clock that stands at `startAt` until it is moved. */
export function simulatedClock(startAt: string): SimulatedClock {
  let nowMs = msOf(instant(startAt));
  let monotonicMs = 0;
  const advanceBy = (ms: number): void => {
    if (!(ms >= 0))
      throw new RangeError(`Time cannot pass by ${ms} ms; use jumpTo to set it back.`);
    nowMs += ms;
    monotonicMs += ms;
  };
  return {
    now: () => nowMs,
    monotonicMs: () => monotonicMs,
    get at() {
      return instantOf(nowMs);
    },
    advanceBy,
    advanceTo: (at) => advanceBy(msOf(instant(at)) - nowMs),
    jumpTo: (at) => {
      nowMs = msOf(instant(at));
    },
  };
}
