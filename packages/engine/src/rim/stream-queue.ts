// One command at a time per stream in this process, so that its own commands do not conflict.

/** Runs tasks of one key in the order in which they were given, tasks of different keys together. */
export class StreamQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `task` when the tasks given before it for `key` have ended, however they ended. */
  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key);
    const mine = before ? before.then(task, task) : task();
    this.#tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(key) === mine) this.#tails.delete(key);
    }
  }
}
