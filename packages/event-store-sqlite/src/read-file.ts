// Reads and writes of a read store's file, each in a transaction of its own.
import { setTimeout as pause } from 'node:timers/promises';
import { storeClosed } from '@himaya/event-store';
import type { Database } from './driver.ts';
import { BUSY_PAUSE_MS_MAX } from './limits.ts';
import { isBusy, sqliteFault, storeBusy } from './sqlite-faults.ts';

/** The connection of a read store to its file. */
export class ReadFile {
  readonly #path: string;
  readonly #busyTimeoutMs: number;
  readonly #connection: () => Database;
  readonly #release: () => void;
  #closed = false;

  constructor(
    path: string,
    busyTimeoutMs: number,
    connection: () => Database,
    release: () => void,
  ) {
    this.#path = path;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#connection = connection;
    this.#release = release;
  }

  /** Reads in one transaction: no switch and no drop comes between two of its statements. */
  async read<Result>(work: (db: Database) => Result): Promise<Result> {
    if (this.#closed) throw storeClosed('read');
    let db: Database | undefined;
    try {
      db = this.#connection();
      db.exec('BEGIN');
      return work(db);
    } catch (error) {
      throw sqliteFault(error, 'Cannot read', this.#path);
    } finally {
      if (db?.isTransaction === true) db.exec('ROLLBACK');
    }
  }

  /** Does `work` in a transaction; waits between two tries while another process writes. */
  async write<Result>(what: string, work: (db: Database) => Result): Promise<Result> {
    const attempted = `Cannot ${what}`;
    const giveUpAtMs = performance.now() + this.#busyTimeoutMs;
    for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, BUSY_PAUSE_MS_MAX)) {
      if (this.#closed) throw storeClosed(what.replace(/ in$/, ''));
      const db = this.#connection();
      try {
        db.exec('BEGIN IMMEDIATE');
        const result = work(db);
        db.exec('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        if (!isBusy(error)) throw sqliteFault(error, attempted, this.#path);
        if (performance.now() >= giveUpAtMs) throw storeBusy(attempted, this.#path);
      }
      await pause(pauseMs);
    }
  }

  /** Releases the file. Idempotent. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#release();
  }
}
