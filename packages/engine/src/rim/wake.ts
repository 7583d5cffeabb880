// Waiting for something to happen: an append, an instant, or the end.

/** A bell that is rung when something may have been recorded. */
export class Wake {
  readonly #waiting = new Set<() => void>();
  /** How often it was rung: who has seen this count has seen everything before. */
  count = 0;

  /** Ends every wait. */
  ring(): void {
    this.count += 1;
    for (const end of this.#waiting) end();
  }

  /** Resolves after `ms`, when `signal` aborts, or when the bell has been rung since `seen`. */
  async wait(seen: number, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.count !== seen) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.#waiting.add(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}

/** Resolves after `ms`, or when `signal` aborts. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Wake().wait(0, ms, signal);
}
