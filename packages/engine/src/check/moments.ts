// Instants by their order alone: equal orders are one, and a new one may fall anywhere among them.
import { instantOf, msOf, type Instant } from '../instant.ts';
import type { Choices } from './choices.ts';

/** Where the first of all instants stands; which one it is says nothing. */
export const BEGINNING = '2027-01-01T00:00:00.000Z' as Instant;
const FIRST_MS = msOf(BEGINNING);
const APART_MS = 2 ** 32;
const WHOLE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const INSTANT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"/g;

/** Thrown when code has reckoned with instants of which only the order is kept. */
export class Reckoned extends Error {}

/** The instants that one step knows of, in order. */
export class Moments {
  #known: number[];

  constructor(instants: readonly string[]) {
    this.#known = instants.map((at) => msOf(at as Instant)).sort((a, b) => a - b);
  }

  /** An independent copy. */
  copy(): Moments {
    const copied = new Moments([]);
    copied.#known = [...this.#known];
    return copied;
  }

  /** Any instant: one that is known, or one between, before or after all of them. */
  any(choices: Choices): Instant {
    return this.#choose(choices, () => true);
  }

  /** Any instant that is not before `at`, and before `end` if there is one. */
  from(at: Instant, choices: Choices, end?: Instant): Instant {
    const [from, to] = [msOf(at), end === undefined ? Infinity : msOf(end)];
    return this.#choose(choices, (ms) => ms >= from && ms < to);
  }

  /** Any instant that is not after `at`. */
  upTo(at: Instant, choices: Choices): Instant {
    const to = msOf(at);
    return this.#choose(choices, (ms) => ms <= to);
  }

  /** Takes note of instants that were chosen elsewhere. */
  learn(text: string): void {
    for (const at of instantsIn(text)) {
      const ms = msOf(at as Instant);
      if (!this.#known.includes(ms)) this.#known.push(ms);
    }
    this.#known.sort((a, b) => a - b);
  }

  #choose(choices: Choices, fits: (ms: number) => boolean): Instant {
    const known = this.#known;
    const options: number[] = [];
    const [first = FIRST_MS] = known;
    const last = known.at(-1) ?? FIRST_MS;
    options.push(first - APART_MS);
    known.forEach((ms, index) => {
      options.push(ms);
      const next = known[index + 1];
      if (next !== undefined && next !== ms) options.push(Math.floor((ms + next) / 2));
    });
    options.push(last + APART_MS);
    const chosen = choices.pick([...new Set(options)].filter(fits));
    if (!known.includes(chosen)) known.push(chosen);
    known.sort((a, b) => a - b);
    return instantOf(chosen);
  }

  /**
   * The text of a state with its instants moved to fixed places in the same order.
   * @throws {Reckoned} when it holds one that nobody chose.
   */
  ranked(text: string): string {
    const found = [...instantsIn(text)].sort();
    const places = new Map<string, string>();
    for (const [index, at] of found.entries()) {
      if (!this.#known.includes(msOf(at as Instant))) throw new Reckoned(at);
      places.set(at, instantOf(FIRST_MS + index * APART_MS));
    }
    return text.replace(INSTANT, (_, at: string) => `"${places.get(at) as string}"`);
  }
}

/** Whether a text is an instant as the record writes them. */
export function isInstant(text: string): text is Instant {
  return WHOLE.test(text);
}

/** The instants that stand in the text of a state. */
export function instantsIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(INSTANT)].map(([, at]) => at as string))];
}
