// The floors: the SQLite that the store uses, called directly with the same bytes and no checks.
import { createRequire } from 'node:module';

interface Statement {
  run(...values: unknown[]): unknown;
}
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** A table that does the least an event log does: an ordered row and a unique place in its stream. */
export class RawLog {
  readonly #db: Database;
  readonly #insert: Statement;
  #rows = 0;

  constructor(path: string) {
    const load = createRequire(
      new URL('../../packages/event-store-sqlite/x.js', import.meta.url),
    );
    const builtIn = process.getBuiltinModule?.('node:sqlite' as 'fs') as unknown;
    const { DatabaseSync } = (builtIn ?? load('@photostructure/sqlite')) as {
      readonly DatabaseSync: new (path: string) => Database;
    };
    this.#db = new DatabaseSync(path);
    this.#db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    this.#db.exec(
      'CREATE TABLE log(id INTEGER PRIMARY KEY, stream INTEGER, position INTEGER, entry BLOB, ' +
        'UNIQUE(stream, position)) STRICT',
    );
    this.#insert = this.#db.prepare('INSERT INTO log(stream, position, entry) VALUES (?, ?, ?)');
  }

  /** One transaction, and so one fsync, for each entry. */
  insertSingly(entries: readonly Uint8Array[]): void {
    for (const entry of entries) this.#insert.run(1, this.#rows++, entry);
  }

  /** One transaction for all entries. */
  insertTogether(entries: readonly Uint8Array[]): void {
    this.#db.exec('BEGIN IMMEDIATE');
    for (const entry of entries) this.#insert.run(1, this.#rows++, entry);
    this.#db.exec('COMMIT');
  }

  close(): void {
    this.#db.close();
  }
}
