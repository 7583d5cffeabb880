// Group commit: appends that come while a statement is under way share the next one.
import { aborted, countThatFits, storeClosed } from '@himaya/event-store';
import type { Append, AppendOutcome, CallOptions, NonEmpty } from '@himaya/event-store';
import { BATCH_APPENDS_MAX, BATCH_BYTES_MAX, QUEUE_APPENDS_MAX } from './limits.ts';
import {
  isBusy, isConnectionLost, postgresFault, storeBusy, storeOverloaded, type Place,
} from './postgres-faults.ts';

interface Waiting {
  readonly request: Append;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (fault: unknown) => void;
}

/** What the queue needs to know of its store. */
export interface GroupCommitOptions {
  readonly place: Place;
  /** Records appends, and answers in their order. */
  readonly write: (appends: NonEmpty<Append>) => Promise<readonly AppendOutcome[]>;
  /** Called after a statement that recorded something. */
  readonly onCommit: () => void;
}

/**
 * The queue before the writer. Appends are judged in call order, one statement at a time: while the
 * server works on one, the next ones come together. A lone append is sent at once.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #queue: Waiting[] = [];
  #isWriting = false;
  #closed = false;
  #onIdle: (() => void)[] = [];

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  /** Queues one append that `checkAppend` has passed. */
  append(request: Append, options: CallOptions | undefined): Promise<AppendOutcome> {
    const { place } = this.#options;
    const { signal, timeoutMs } = options ?? {};
    if (this.#closed) return Promise.reject(storeClosed('append'));
    if (signal?.aborted === true) return Promise.reject(aborted('append'));
    if (this.#queue.length >= QUEUE_APPENDS_MAX) {
      return Promise.reject(storeOverloaded(place, this.#queue.length));
    }
    let waiting: Waiting | undefined;
    const answer = new Promise<AppendOutcome>((resolve, reject) => {
      waiting = { request, resolve, reject };
      this.#queue.push(waiting);
    });
    if (!this.#isWriting) void this.#work();
    const isBounded = signal !== undefined || timeoutMs !== undefined;
    return isBounded && waiting ? this.#bounded(answer, waiting, options ?? {}) : answer;
  }

  /** Refuses new appends, and resolves when those accepted have their outcome. */
  close(): Promise<void> {
    this.#closed = true;
    if (!this.#isWriting && this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  /** Ends the wait of one append early; a statement that is under way goes on. */
  async #bounded(
    answer: Promise<AppendOutcome>,
    waiting: Waiting,
    { signal, timeoutMs }: CallOptions,
  ): Promise<AppendOutcome> {
    const stop = (): void => {
      if (this.#takeBack(waiting)) waiting.reject(aborted('append'));
    };
    const giveUp = (): void => {
      this.#takeBack(waiting);
      waiting.reject(storeBusy('Cannot append to', this.#options.place));
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  #takeBack(waiting: Waiting): boolean {
    const index = this.#queue.indexOf(waiting);
    if (index === -1) return false;
    this.#queue.splice(index, 1);
    return true;
  }

  async #work(): Promise<void> {
    this.#isWriting = true;
    let together = false;
    while (this.#queue.length > 0) {
      // Callers of the last statement go on in this turn: what they append next comes together.
      if (together) await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#take();
      together = batch.length > 1;
      if (batch.length > 0) await this.#write(batch);
    }
    this.#isWriting = false;
    for (const idle of this.#onIdle) idle();
    this.#onIdle = [];
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#options.write(
        batch.map(({ request }) => request) as unknown as NonEmpty<Append>,
      );
      if (outcomes.some(({ kind }) => kind === 'appended')) this.#options.onCommit();
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as AppendOutcome));
    } catch (error) {
      const sharedByAll = batch.length === 1 || isBusy(error) || isConnectionLost(error);
      if (!sharedByAll) {
        // One append may have spoilt it for the others: each is tried again alone, in order.
        for (const waiting of batch) await this.#write([waiting]);
        return;
      }
      const fault = postgresFault(error, 'Cannot append to', this.#options.place);
      for (const { reject } of batch) reject(fault);
    }
  }

  /** The longest run of waiting appends that fits one statement; at least one. */
  #take(): readonly Waiting[] {
    const count = countThatFits(this.#queue, BATCH_APPENDS_MAX, BATCH_BYTES_MAX);
    return this.#queue.splice(0, count);
  }
}
