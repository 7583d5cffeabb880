// The queue before the writer: appends are sent in call order, one at a time.
import { aborted, storeClosed } from '@himaya/event-store';
import type { Append, AppendOutcome, CallOptions } from '@himaya/event-store';
import {
  eventStoreDbFault, storeBusy, storeOverloaded, type Place,
} from './eventstoredb-faults.ts';
import { QUEUE_APPENDS_MAX } from './limits.ts';
import type { Writer } from './writer.ts';

interface Waiting {
  readonly request: Append;
  readonly giveUpAtMs: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (fault: unknown) => void;
}

/** What the queue needs to know of its store. */
export interface AppendQueueOptions {
  readonly place: Place;
  readonly writer: Writer;
  readonly busyTimeoutMs: number;
  /** Called when something was recorded. */
  readonly onRecorded: () => void;
}

/**
 * Sends each append when the one before it was answered: that alone makes the order of the log the
 * order of calls, whatever the server does with two calls at once. Each waits for so long in all.
 */
export class AppendQueue {
  readonly #options: AppendQueueOptions;
  #queue: Waiting[] = [];
  #isSending = false;
  #closed = false;
  /** Appends that have no outcome yet. */
  #open = 0;
  #onIdle: (() => void)[] = [];

  constructor(options: AppendQueueOptions) {
    this.#options = options;
  }

  /** Queues one append that `checkAppend` has passed. */
  append(request: Append, options: CallOptions = {}): Promise<AppendOutcome> {
    const { place, busyTimeoutMs } = this.#options;
    const { signal, timeoutMs } = options;
    if (this.#closed) return Promise.reject(storeClosed('append'));
    if (signal?.aborted === true) return Promise.reject(aborted('append'));
    if (this.#queue.length >= QUEUE_APPENDS_MAX) {
      return Promise.reject(storeOverloaded(place, this.#queue.length));
    }
    return new Promise((resolve, reject) => {
      const giveUp = (): void => settle(() => reject(storeBusy('Cannot append to', place)));
      const stop = (): void => {
        if (this.#takeBack(waiting)) settle(() => reject(aborted('append')));
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
      const settle = (answer: () => void): void => {
        this.#takeBack(waiting);
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        answer();
      };
      const waiting: Waiting = {
        request,
        giveUpAtMs: performance.now() + busyTimeoutMs,
        resolve: (outcome) => settle(() => resolve(outcome)),
        reject: (fault) => settle(() => reject(fault)),
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#open += 1;
      this.#queue.push(waiting);
      if (!this.#isSending) void this.#work();
    });
  }

  /** Refuses new appends, and resolves when those accepted have their outcome. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  #takeBack(waiting: Waiting): boolean {
    const index = this.#queue.indexOf(waiting);
    if (index === -1) return false;
    this.#queue.splice(index, 1);
    this.#settled();
    return true;
  }

  async #work(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      await this.#send(next);
    }
    this.#isSending = false;
  }

  async #send(waiting: Waiting): Promise<void> {
    const { writer } = this.#options;
    try {
      const outcome = await writer.record(waiting.request, waiting.giveUpAtMs);
      // What became of it is asked while the next one is sent.
      void this.#answer(waiting, outcome);
    } catch (error) {
      this.#fail(waiting, error);
    }
  }

  async #answer(waiting: Waiting, outcome: () => Promise<AppendOutcome>): Promise<void> {
    try {
      const found = await outcome();
      if (found.kind === 'appended') this.#options.onRecorded();
      waiting.resolve(found);
      this.#settled();
    } catch (error) {
      this.#fail(waiting, error);
    }
  }

  #fail({ reject }: Waiting, error: unknown): void {
    reject(eventStoreDbFault(error, 'Cannot append to', this.#options.place));
    this.#settled();
  }

  #settled(): void {
    this.#open -= 1;
    if (this.#open > 0) return;
    for (const idle of this.#onIdle) idle();
    this.#onIdle = [];
  }
}
