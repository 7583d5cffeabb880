// Opening the file: what may be opened, how, and which connections a store holds on it.
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sqliteDriver, type Database } from './driver.ts';
import type { FileFormat } from './file-format.ts';
import { BUSY_CALL_MS, CHECKPOINT_PAGES } from './limits.ts';
import {
  isNotADatabase,
  sqliteFault,
  storeForeign,
  storeLogLeft,
  storeMissing,
  storeNotDurable,
} from './sqlite-faults.ts';
import { existingFile, writableFile } from './store-file.ts';

const ATTEMPTED = 'Cannot open the store';
/** `PRAGMA synchronous = FULL` as SQLite reads it back. */
const SYNCHRONOUS_FULL = 2;

/** How a file is opened for writing. */
export interface WritableFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly durability: 'full' | 'normal';
  readonly busyTimeoutMs: number;
  readonly mustExist: boolean;
  readonly fileBytesMax: number | undefined;
}

/** Opens a store for writing, or creates it where there is no file. Throws named faults. */
export function openWritable(file: WritableFile): Database {
  const { path, format } = file;
  if (file.mustExist) existingFile(path);
  return opened(path, writableFile(path), false, (db) => {
    db.exec(`PRAGMA busy_timeout = ${file.busyTimeoutMs}`);
    const kind = format.inspect(db, path);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
      PRAGMA synchronous = ${file.durability === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA cell_size_check = ON`);
    checkSettings(db, path, file.durability);
    if (file.fileBytesMax !== undefined) limitSize(db, file.fileBytesMax);
    if (kind === 'empty') format.create(db, path);
    // From here on waiting is done between calls, so that the event loop goes on.
    db.exec(`PRAGMA busy_timeout = ${BUSY_CALL_MS}`);
  });
}

/**
 * Reads back what durability rests on: SQLite answers a setting that it cannot have with another
 * one, not with an error.
 */
export function checkSettings(db: Database, path: string, durability: 'full' | 'normal'): void {
  const journal = settingOf(db, 'journal_mode');
  const level = Number(settingOf(db, 'synchronous'));
  if (journal === 'wal' && level >= (durability === 'full' ? SYNCHRONOUS_FULL : 1)) return;
  throw storeNotDurable(path, `journal_mode is ${String(journal)} and synchronous is ${level}`);
}

/**
 * Closes a connection for writing. The log is written back first, so that the one file is complete
 * even where the driver keeps SQLite's handle until its statements are collected.
 */
export function closeWritable(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Nothing is lost: what is not written back stays in the log beside the file.
  }
  db.close();
}

/**
 * A file that is only read, and left as it is: while nobody writes it (there is no log beside it,
 * or an empty one) it is opened as immutable, which creates nothing; while somebody does, through
 * the shared log.
 */
export class ReadOnlyFile {
  readonly #path: string;
  readonly #format: FileFormat;
  readonly #real: string;
  #db: Database | undefined;
  #seen = '';

  constructor(path: string, format: FileFormat) {
    this.#path = path;
    this.#format = format;
    this.#real = existingFile(path);
    this.connection();
  }

  /** The connection to read through now; another one after the file was changed by a writer. */
  connection(): Database {
    const log = statSync(`${this.#real}-wal`, { throwIfNoEntry: false });
    const live = log !== undefined && log.size > 0;
    const seen = live ? 'live' : stampOf(this.#real, this.#path);
    if (this.#db !== undefined && seen === this.#seen) return this.#db;
    this.close();
    const uri = live ? this.#real : `${pathToFileURL(this.#real).href}?immutable=1`;
    if (live) this.#requireIndex();
    this.#db = opened(this.#path, uri, true, (db) => {
      db.exec(`PRAGMA busy_timeout = ${BUSY_CALL_MS}`);
      if (this.#format.inspect(db, this.#path) === 'empty') {
        throw storeForeign(this.#path, 'it is empty, as a copy without its -wal file may be');
      }
    });
    this.#seen = seen;
    return this.#db;
  }

  /**
   * What a crash left in a log is read through an index of it, a file beside them, which SQLite
   * makes anew where it is missing: the one thing that reading may need to write.
   */
  #requireIndex(): void {
    const index = statSync(`${this.#real}-shm`, { throwIfNoEntry: false });
    if (index !== undefined) return;
    try {
      accessSync(dirname(this.#real), constants.W_OK);
    } catch (cause) {
      throw storeLogLeft(this.#path, cause);
    }
  }

  /** Releases the file. */
  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}

function opened(
  path: string,
  uri: string,
  readOnly: boolean,
  prepare: (db: Database) => void,
): Database {
  let db: Database | undefined;
  try {
    db = sqliteDriver().open(uri, readOnly);
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    if (isNotADatabase(error)) throw storeForeign(path, 'it is not a SQLite database');
    throw sqliteFault(error, ATTEMPTED, path);
  }
}

function limitSize(db: Database, bytesMax: number): void {
  const pageBytes = Number(settingOf(db, 'page_size'));
  db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytesMax / pageBytes))}`);
}

function settingOf(db: Database, name: string): unknown {
  return db.prepare(`PRAGMA ${name}`).get()?.[name];
}

function stampOf(real: string, path: string): string {
  const stat = statSync(real, { throwIfNoEntry: false });
  if (stat === undefined) throw storeMissing('Cannot read', path, 'the file is gone');
  return `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
