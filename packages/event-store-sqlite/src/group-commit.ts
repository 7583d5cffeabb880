// Group commit: concurrent appends share one transaction and one flush of the disk.
import { aborted, countThatFits, storeClosed } from '@himaya/event-store';
import type { Append, AppendOutcome, CallOptions } from '@himaya/event-store';
import {
  BATCH_APPENDS_MAX,
  BATCH_BYTES_MAX,
  BUSY_PAUSE_MS_MAX,
  QUEUE_APPENDS_MAX,
  SOLO_FLUSHES_MAX,
} from './limits.ts';
import { isBusy, sqliteFault, storeBusy, storeOverloaded } from './sqlite-faults.ts';
import type { Transaction } from './transaction.ts';

interface Waiting {
  readonly request: Append;
  readonly giveUpAtMs: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (fault: unknown) => void;
}

/** What the queue needs to know of its store. */
export interface GroupCommitOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  /** Called after a transaction that recorded something. */
  readonly onCommit: () => void;
}

/**
 * The queue before the writer. Appends are judged in call order. A lone append is flushed in the
 * same turn of the event loop; once appends come together, each flush waits for the turn to end,
 * so that one transaction takes all of them.
 */
export class GroupCommit {
  readonly #transaction: Transaction;
  readonly #options: GroupCommitOptions;
  #queue: Waiting[] = [];
  #scheduled = false;
  #soloFlushes = 0;
  /** How many of the next appends go alone, because the transaction they shared has failed. */
  #apart = 0;
  #pauseMs = 1;
  #closed = false;
  #onIdle: (() => void)[] = [];

  constructor(transaction: Transaction, options: GroupCommitOptions) {
    this.#transaction = transaction;
    this.#options = options;
  }

  /** Queues one append that `checkAppend` has passed. */
  append(request: Append, options: CallOptions | undefined): Promise<AppendOutcome> {
    if (this.#closed) return Promise.reject(storeClosed('append'));
    if (options?.signal?.aborted === true) return Promise.reject(aborted('append'));
    if (this.#queue.length >= QUEUE_APPENDS_MAX) {
      return Promise.reject(storeOverloaded(this.#options.path, this.#queue.length));
    }
    const { busyTimeoutMs } = this.#options;
    const waitMs = Math.min(busyTimeoutMs, options?.timeoutMs ?? busyTimeoutMs);
    return new Promise((resolve, reject) => {
      const giveUpAtMs = performance.now() + waitMs;
      this.#queue.push({ request, giveUpAtMs, signal: options?.signal, resolve, reject });
      this.#schedule();
    });
  }

  /** Refuses new appends, and resolves when those accepted have their outcome. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#soloFlushes > 0) queueMicrotask(this.#flush);
    else setImmediate(this.#flush);
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (!this.#begin()) return;
    const batch = this.#take();
    this.#commit(batch);
    // Flushes of one append at a time may go on at once for a while; together they wait a turn.
    if (batch.length > 1) this.#soloFlushes = 0;
    else this.#soloFlushes = this.#soloFlushes > 0 ? this.#soloFlushes - 1 : SOLO_FLUSHES_MAX;
    this.#goOn();
  };

  /** Takes the write lock; if another process holds it, comes back later. */
  #begin(): boolean {
    this.#dropGivenUp();
    if (this.#queue.length === 0) {
      this.#goOn();
      return false;
    }
    try {
      this.#transaction.begin();
      this.#pauseMs = 1;
      return true;
    } catch (error) {
      if (isBusy(error)) {
        this.#tryLater();
      } else {
        this.#fail(this.#take(), error);
        this.#goOn();
      }
      return false;
    }
  }

  #commit(batch: readonly Waiting[]): void {
    let outcomes: readonly AppendOutcome[];
    try {
      this.#transaction.refresh();
      outcomes = batch.map(({ request }) => this.#transaction.append(request));
      this.#transaction.commit();
    } catch (error) {
      this.#transaction.giveUp();
      if (batch.length === 1) this.#fail(batch, error);
      else this.#goApart(batch);
      return;
    }
    this.#options.onCommit();
    batch.forEach(({ resolve }, index) => resolve(outcomes[index] as AppendOutcome));
  }

  /** One append may have spoilt it for the others: each is tried again alone, in the same order. */
  #goApart(batch: readonly Waiting[]): void {
    this.#queue = [...batch, ...this.#queue];
    this.#apart = batch.length;
  }

  #fail(batch: readonly Waiting[], error: unknown): void {
    const fault = sqliteFault(error, 'Cannot append to', this.#options.path);
    for (const { reject } of batch) reject(fault);
  }

  /** The longest run of waiting appends that fits one transaction; at least one. */
  #take(): Waiting[] {
    if (this.#apart > 0) {
      this.#apart -= 1;
      return this.#queue.splice(0, 1);
    }
    const count = countThatFits(this.#queue, BATCH_APPENDS_MAX, BATCH_BYTES_MAX);
    if (count === this.#queue.length) {
      const all = this.#queue;
      this.#queue = [];
      return all;
    }
    return this.#queue.splice(0, count);
  }

  #dropGivenUp(): void {
    const now = performance.now();
    const isOver = ({ giveUpAtMs, signal }: Waiting): boolean =>
      this.#pauseMs > 1 && (giveUpAtMs <= now || signal?.aborted === true);
    if (!this.#queue.some(isOver)) return;
    const over = this.#queue.filter(isOver);
    this.#queue = this.#queue.filter((waiting) => !isOver(waiting));
    for (const { reject, signal } of over) {
      reject(signal?.aborted === true ? aborted('append') : this.#busy());
    }
  }

  #tryLater(): void {
    this.#scheduled = true;
    setTimeout(this.#flush, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, BUSY_PAUSE_MS_MAX);
  }

  #goOn(): void {
    if (this.#queue.length > 0) {
      this.#schedule();
      return;
    }
    for (const idle of this.#onIdle) idle();
    this.#onIdle = [];
  }

  #busy(): unknown {
    return storeBusy('Cannot append to', this.#options.path);
  }
}
