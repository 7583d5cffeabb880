// What is decided for one function only: all that it can answer, whatever it finds there.
import type { Outcome } from './going.ts';
import { Choices } from './choices.ts';
import type { Moments } from './moments.ts';
import type { Choosing } from './payload.ts';
import { Unknown } from './unknown.ts';

/** Ways of one function at most; what has more counts as unknown. */
const WAYS_MAX = 4_096;

class TooMany extends Error {}

/**
 * Decisions that hold while one function is at work and are forgotten afterwards. Two functions may
 * find different values in one field: that allows more than can happen, and never less.
 */
export class Passing {
  readonly #moments: Moments;
  readonly #choices = new Choices();
  #decided: Map<string, unknown> | undefined;
  #choosing: Choosing | undefined;

  constructor(moments: Moments) {
    this.#moments = moments;
  }

  /** Decides something for the function at work. @throws {Unknown} when none is. */
  decide<Value>(path: string, decide: (choosing: Choosing) => Value): Value {
    const decided = this.#decided;
    if (!decided || !this.#choosing) throw Unknown.of(path);
    if (!decided.has(path)) decided.set(path, decide(this.#choosing));
    return decided.get(path) as Value;
  }

  /** Everything that `work` can answer, each answer once, until some of it is `enough`. */
  outcomes<Value>(
    work: () => Value,
    enough: (found: readonly Outcome<Value>[]) => boolean = () => false,
  ): readonly Outcome<Value>[] {
    const outcomes = new Map<string, Outcome<Value>>();
    let ways = 0;
    let known = 0;
    const once = (): boolean => {
      ways += 1;
      if (ways > WAYS_MAX) throw new TooMany();
      this.#decided = new Map();
      this.#choosing = { choices: this.#choices, moments: this.#moments.copy() };
      try {
        const value = work();
        outcomes.set(JSON.stringify(value) ?? '', { value });
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
        outcomes.set(`!${error.what}`, { unknown: error });
      } finally {
        this.#decided = undefined;
      }
      if (outcomes.size === known) return false;
      known = outcomes.size;
      return enough([...outcomes.values()]);
    };
    try {
      this.#choices.each(once);
    } catch (error) {
      if (!(error instanceof TooMany)) throw error;
      return [{ unknown: Unknown.of('too many fields') }];
    }
    return [...outcomes.values()];
  }
}
