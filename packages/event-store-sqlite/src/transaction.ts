// One transaction's worth of appends: each is judged against what those before it left.
import { appended, sameHead } from '@himaya/event-store';
import type {
  Append,
  AppendOutcome,
  GlobalPosition,
  Head,
  StreamName,
  StreamWrite,
} from '@himaya/event-store';
import type { Database, Statement } from './driver.ts';
import { hashBytes, hashText, Heads } from './heads.ts';

type Conflict = Extract<AppendOutcome, { kind: 'conflict' }>;

/** The writer's statements and heads. Calls go `begin`, `append` …, `commit`, or else `giveUp`. */
export class Transaction {
  readonly #db: Database;
  readonly #heads: Heads;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #insert: Statement;
  readonly #recorded: Statement;

  constructor(db: Database) {
    this.#db = db;
    this.#heads = new Heads(db);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#insert = db.prepare(
      `INSERT INTO entries (global_position, stream, position, type, hash, entry)
        VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.#recorded = db.prepare(
      'SELECT global_position, hash FROM entries WHERE stream = ? AND position = ?',
    );
  }

  /** Takes the write lock. Throws the driver's busy error if another process holds it. */
  begin(): void {
    this.#begin.run();
  }

  /** To be called once after `begin`: learns what other processes have committed. */
  refresh(): void {
    this.#heads.refresh();
  }

  /** Judges one append and writes it if it holds. What it answers is true once `commit` returns. */
  append(request: Append): AppendOutcome {
    const conflict = this.#conflictOf(request);
    if (conflict !== undefined) return this.#repeatOf(request) ?? conflict;
    for (const write of request.writes) this.#write(write);
    return appended(request.writes, BigInt(this.#heads.last) as GlobalPosition);
  }

  /** Makes everything since `begin` durable. */
  commit(): void {
    this.#heads.write();
    this.#commit.run();
  }

  /** Undoes everything since `begin`. Never throws: the fault that led here matters more. */
  giveUp(): void {
    this.#heads.forget();
    try {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, or the next `begin` reports what is wrong.
    }
  }

  #conflictOf({ writes, unchanged }: Append): Conflict | undefined {
    for (const { stream, expected } of writes) {
      const conflict = this.#differs(stream, expected);
      if (conflict !== undefined) return conflict;
    }
    if (unchanged === undefined) return undefined;
    for (const { stream, head } of unchanged) {
      const conflict = this.#differs(stream, head);
      if (conflict !== undefined) return conflict;
    }
    return undefined;
  }

  #differs(stream: StreamName, expected: Head | 'none'): Conflict | undefined {
    const found = this.#heads.find(stream)?.head ?? 'none';
    return sameHead(expected, found) ? undefined : { kind: 'conflict', stream, expected, found };
  }

  /** The outcome of this append if exactly these entries are recorded already, in every stream. */
  #repeatOf({ writes }: Append): AppendOutcome | undefined {
    let last = -1;
    for (const { stream, entries } of writes) {
      const state = this.#heads.find(stream);
      if (state === undefined) return undefined;
      for (const entry of entries) {
        if (entry.position > state.head.position) return undefined;
        const row = this.#recorded.get(state.key, entry.position);
        if (row === undefined || hashText(row.hash as Uint8Array) !== entry.hash) return undefined;
        last = Math.max(last, Number(row.global_position));
      }
    }
    return appended(writes, BigInt(last) as GlobalPosition);
  }

  #write({ stream, entries }: StreamWrite): void {
    let state = this.#heads.find(stream);
    for (const entry of entries) {
      const hash = hashBytes(entry.hash);
      if (state === undefined) state = this.#heads.create(stream, entry, hash);
      else this.#heads.advance(state, entry, hash);
      const at = this.#heads.takeGlobalPosition();
      this.#insert.run(at, state.key, entry.position, entry.type, hash, entry.bytes);
    }
  }
}
