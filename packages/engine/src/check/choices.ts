// Every way of doing something that asks for choices: the same work, run once for each of them.

/** Thrown when one step has more ways than can be looked at. */
export class TooManyWays extends Error {}

/** Ways of one step at most: more means that the abstraction splits what it need not. */
const WAYS_MAX = 200_000;

/** Choices made in the order they are asked for; each run takes the next way. */
export class Choices {
  #taken: { at: number; count: number }[] = [];
  #asked = 0;

  /** One of `options`; a single one is no choice. */
  pick<Option>(options: readonly Option[]): Option {
    if (options.length <= 1) return options[0] as Option;
    const known = this.#taken[this.#asked] ?? { at: 0, count: options.length };
    this.#taken[this.#asked] = known;
    this.#asked += 1;
    return options[known.at] as Option;
  }

  /** Either way. */
  perhaps(): boolean {
    return this.pick(EITHER);
  }

  /**
   * Runs `work` once for every way in which its choices can be made, until it answers that it has
   * seen enough.
   *
   * @returns how often it ran. @throws {TooManyWays} when there are more ways than `waysMax`
   */
  each(work: () => boolean | void, waysMax = WAYS_MAX): number {
    this.#taken = [];
    for (let ways = 1; ; ways += 1) {
      if (ways > waysMax) throw new TooManyWays(`more than ${waysMax} ways of one step`);
      this.#asked = 0;
      if (work() === true) return ways;
      // What comes after the last choice that has another option is asked anew.
      this.#taken.length = this.#asked;
      while (this.#taken.length > 0) {
        const last = this.#taken.at(-1) as { at: number; count: number };
        if (last.at + 1 < last.count) break;
        this.#taken.pop();
      }
      const last = this.#taken.at(-1);
      if (last === undefined) return ways;
      last.at += 1;
    }
  }
}

const EITHER = [false, true] as const;
