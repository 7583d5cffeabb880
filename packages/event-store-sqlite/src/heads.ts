// Heads of streams as the writer knows them: read once, trusted until another connection commits.
import { Buffer } from 'node:buffer';
import type { Entry, Head, StreamName } from '@himaya/event-store';
import type { Database, Row, SqlValue, Statement } from './driver.ts';
import { HEADS_CACHED_MAX } from './limits.ts';

/** A stream inside the writer: its key, its head, and what of it still has to be written. */
export interface StreamState {
  readonly name: StreamName;
  readonly key: number;
  head: Head;
  /** The hash of `head` as the table holds it. */
  headHash: Uint8Array;
  /** `new` and `moved` rows are written by {@link Heads.write}. */
  row: 'clean' | 'moved' | 'new';
}

/** The writer's view of `streams` and of the log's end, valid inside one transaction at a time. */
export class Heads {
  readonly #version: Statement;
  readonly #find: Statement;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #ends: Statement;
  readonly #known = new Map<StreamName, StreamState>();
  #touched: StreamState[] = [];
  #seenVersion: number | undefined;
  #nextKey = 0;
  #last = -1;

  constructor(db: Database) {
    this.#version = db.prepare('PRAGMA data_version');
    this.#find = db.prepare(
      'SELECT id, position, hash, recorded_at FROM streams WHERE name = ?',
    );
    this.#insert = db.prepare(
      'INSERT INTO streams (id, name, position, hash, recorded_at) VALUES (?, ?, ?, ?, ?)',
    );
    this.#update = db.prepare(
      'UPDATE streams SET position = ?, hash = ?, recorded_at = ? WHERE id = ?',
    );
    this.#ends = db.prepare(
      `SELECT (SELECT max(global_position) FROM entries) AS last,
        (SELECT max(id) FROM streams) AS stream`,
    );
  }

  /** Global position of the last entry, those of this transaction included; -1 if none. */
  get last(): number {
    return this.#last;
  }

  /** To be called first in a transaction: forgets everything if another connection committed. */
  refresh(): void {
    const version = Number(this.#version.get()?.data_version);
    if (version === this.#seenVersion) return;
    this.forget();
    const ends = this.#ends.get();
    this.#last = Number(ends?.last ?? -1);
    this.#nextKey = Number(ends?.stream ?? -1) + 1;
    this.#seenVersion = version;
  }

  /** To be called after a transaction was given up: what it changed here never happened. */
  forget(): void {
    this.#known.clear();
    this.#touched = [];
    this.#seenVersion = undefined;
  }

  /** The stream, or `undefined` if it does not exist. */
  find(name: StreamName): StreamState | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const row = this.#find.get(name);
    if (row === undefined) return undefined;
    const headHash = blobOf(row.hash);
    return this.#remember({
      name, key: Number(row.id), head: headOfRow(row), headHash, row: 'clean',
    });
  }

  /** A stream that {@link find} has not found, with its first entry as head. */
  create(name: StreamName, entry: Entry, hash: Uint8Array): StreamState {
    const key = this.#nextKey;
    this.#nextKey += 1;
    const state: StreamState = { name, key, head: headOfEntry(entry), headHash: hash, row: 'new' };
    this.#touched.push(state);
    return this.#remember(state);
  }

  /** Moves a stream's head to its newest entry. */
  advance(state: StreamState, entry: Entry, hash: Uint8Array): void {
    state.head = headOfEntry(entry);
    state.headHash = hash;
    if (state.row !== 'clean') return;
    state.row = 'moved';
    this.#touched.push(state);
  }

  /** The place in the log of the next entry. */
  takeGlobalPosition(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Writes the rows that moved, one statement per stream however often it moved. */
  write(): void {
    for (const state of this.#touched) {
      const { position, recordedAt } = state.head;
      if (state.row === 'new') {
        this.#insert.run(state.key, state.name, position, state.headHash, recordedAt);
      } else {
        this.#update.run(position, state.headHash, recordedAt, state.key);
      }
      state.row = 'clean';
    }
    this.#touched = [];
  }

  #remember(state: StreamState): StreamState {
    if (this.#known.size >= HEADS_CACHED_MAX) this.#evict();
    this.#known.set(state.name, state);
    return state;
  }

  /** Drops the oldest row that has nothing left to write. */
  #evict(): void {
    for (const [name, state] of this.#known) {
      if (state.row !== 'clean') continue;
      this.#known.delete(name);
      return;
    }
  }
}

/** The head in a row of `streams`. */
export function headOfRow(row: Row): Head {
  return {
    position: Number(row.position),
    hash: hashText(blobOf(row.hash)),
    recordedAt: String(row.recorded_at),
  };
}

/** A cell that is no BLOB any more was changed: no bytes have the recorded hash. */
export function blobOf(value: SqlValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** A hash as entries and heads name it. */
export function hashText(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('base64url');
}

/** The same of a hash that SQLite has written as hexadecimal digits. */
export function hashOfHex(digits: string): string {
  return Buffer.from(digits, 'hex').toString('base64url');
}

/** A hash as the tables hold it: its 32 bytes. */
export function hashBytes(hash: string): Uint8Array {
  return Buffer.from(hash, 'base64url');
}

function headOfEntry({ position, hash, recordedAt }: Entry): Head {
  return { position, hash, recordedAt };
}
