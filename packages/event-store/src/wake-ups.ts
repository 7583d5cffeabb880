// Wake-ups: how a store tells its watchers that something may have been recorded.

/** Coalescing wake-ups for any number of watchers. Every store's `watch` is one of these. */
export class WakeUps {
  readonly #watchers = new Set<Watcher>();
  #ended = false;

  /** How many watchers listen now. */
  get count(): number {
    return this.#watchers.size;
  }

  /** Wakes every watcher; wake-ups that nobody has taken yet become one. */
  wake(): void {
    for (const watcher of this.#watchers) watcher.wake();
  }

  /** Ends every watch, now and later. Idempotent. */
  end(): void {
    this.#ended = true;
    for (const watcher of this.#watchers) watcher.end();
  }

  /** Listens from this call on, until `signal` aborts, {@link end}, or the loop is left. */
  watch(signal: AbortSignal): AsyncIterable<void> {
    const watcher = new Watcher((gone) => {
      this.#watchers.delete(gone);
      signal.removeEventListener('abort', stop);
    });
    const stop = (): void => watcher.end();
    if (signal.aborted || this.#ended) {
      watcher.end();
    } else {
      this.#watchers.add(watcher);
      signal.addEventListener('abort', stop, { once: true });
    }
    return { [Symbol.asyncIterator]: () => watcher };
  }
}

class Watcher implements AsyncIterator<void> {
  readonly #leave: (watcher: Watcher) => void;
  #waiting: ((result: IteratorResult<void>) => void)[] = [];
  #pending = false;
  #over = false;

  constructor(leave: (watcher: Watcher) => void) {
    this.#leave = leave;
  }

  wake(): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#pending = true;
    else waiting({ done: false, value: undefined });
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave(this);
    for (const waiting of this.#waiting) waiting({ done: true, value: undefined });
    this.#waiting = [];
  }

  next(): Promise<IteratorResult<void>> {
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    if (this.#pending) {
      this.#pending = false;
      return Promise.resolve({ done: false, value: undefined });
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<void>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }
}
