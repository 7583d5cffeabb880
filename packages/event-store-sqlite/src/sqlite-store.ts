// The SQLite store: one file, one writer, durable when acknowledged.
import { checkAppend, copyAppend, storeClosed, WakeUps } from '@himaya/event-store';
import type {
  Append,
  AppendOutcome,
  CallOptions,
  EventStore,
  GlobalPosition,
  LogPage,
  Misplaced,
  Position,
  StoreCapabilities,
  StreamName,
  StreamPage,
} from '@himaya/event-store';
import { sqliteDriver, type Database } from './driver.ts';
import { GroupCommit } from './group-commit.ts';
import { findMisplaced, type Ask } from './index-check.ts';
import { BUSY_TIMEOUT_MS, WATCH_POLL_MS } from './limits.ts';
import { closeWritable, openWritable, ReadOnlyFile } from './open-file.ts';
import { Reader } from './reader.ts';
import { checkSchema, LOG_FORMAT } from './schema.ts';
import { sqliteFault, storeReadOnly } from './sqlite-faults.ts';
import { Transaction } from './transaction.ts';

/** How to open a store. */
export interface SqliteStoreOptions {
  /** The file. Two more appear beside it, `-wal` and `-shm`: together they are the store. */
  readonly path: string;
  /**
   * `'full'` (default): acknowledged entries survive `kill -9` and loss of power. `'normal'`: about
   * six times the speed of a lone writer, and loss of power may take the last transactions.
   */
  readonly durability?: 'full' | 'normal';
  /** How long an append waits for another process, in milliseconds; default 5000. */
  readonly busyTimeoutMs?: number;
  /** Only reads, and neither creates nor changes the file: for auditors. */
  readonly readOnly?: boolean;
  /** Refuses to create the file. */
  readonly mustExist?: boolean;
  /** Largest size of the file in bytes; appends beyond it meet `store-full`. */
  readonly fileBytesMax?: number;
  /** How often a watched store looks for other processes' commits, in milliseconds; default 50. */
  readonly watchPollMs?: number;
}

/** An event store in a SQLite file. */
export interface SqliteEventStore extends EventStore {
  /** The file. */
  readonly path: string;
  /** Which SQLite is in use. */
  readonly driver: 'node:sqlite' | '@photostructure/sqlite';
}

/**
 * Opens the store in a file, and creates it if there is none.
 *
 * Several processes may open one file. Calls of one store are made in the calling thread; opening
 * may wait up to `busyTimeoutMs` if another process is just creating the file.
 *
 * @throws Fault `store-missing` (no file, no folder), `store-foreign` (not a store),
 * `store-schema-unknown`, `store-schema-changed`, `store-corrupt`, `store-read-only`, `store-busy`,
 * `store-full`, `store-not-durable`.
 */
export function openSqliteStore(options: SqliteStoreOptions): SqliteEventStore {
  if (options.readOnly === true) {
    const file = new ReadOnlyFile(options.path, LOG_FORMAT);
    return new FileStore(options, () => file.connection(), undefined, () => file.close());
  }
  const db = openWritable({
    path: options.path,
    format: LOG_FORMAT,
    durability: options.durability ?? 'full',
    busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
    mustExist: options.mustExist ?? false,
    fileBytesMax: options.fileBytesMax,
  });
  return new FileStore(options, () => db, new Transaction(db), () => closeWritable(db));
}

class FileStore implements SqliteEventStore {
  readonly capabilities: StoreCapabilities;
  readonly path: string;
  readonly driver = sqliteDriver().name;
  readonly #connection: () => Database;
  readonly #release: () => void;
  readonly #commits: GroupCommit | undefined;
  readonly #wakeUps = new WakeUps();
  readonly #pollMs: number;
  #reader: { readonly of: Database; readonly reads: Reader } | undefined;
  #poll: NodeJS.Timeout | undefined;
  #polled: string | undefined;
  #polledOf: Database | undefined;
  #connections = 0;
  #closing: Promise<void> | undefined;

  constructor(
    options: SqliteStoreOptions,
    connection: () => Database,
    transaction: Transaction | undefined,
    release: () => void,
  ) {
    const volatile = options.durability === 'normal';
    this.capabilities = {
      name: 'sqlite',
      multiStreamAppend: true,
      durability: volatile ? 'volatile' : 'durable',
    };
    this.path = options.path;
    this.#pollMs = options.watchPollMs ?? WATCH_POLL_MS;
    this.#connection = connection;
    this.#release = release;
    this.#commits = transaction && new GroupCommit(transaction, {
      path: options.path,
      busyTimeoutMs: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
      onCommit: () => this.#wakeUps.wake(),
    });
  }

  append(request: Append, options?: CallOptions): Promise<AppendOutcome> {
    try {
      checkAppend(request);
      if (this.#commits === undefined) throw storeReadOnly('Cannot append to', this.path);
    } catch (fault) {
      return Promise.reject(fault);
    }
    return this.#commits.append(copyAppend(request), options);
  }

  async readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    return this.#read((reads) => reads.readStream(stream, from, countMax));
  }

  async readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    return this.#read((reads) => reads.readAll(after, countMax));
  }

  watch(signal: AbortSignal): AsyncIterable<void> {
    if (this.#closing !== undefined) throw storeClosed('watch');
    const watch = this.#wakeUps.watch(signal);
    if (this.#poll === undefined && this.#wakeUps.count > 0) {
      this.#polled = this.#commitStamp();
      // Not unreferenced: a worker that waits for other processes has nothing else to live for.
      this.#poll = setInterval(() => this.#lookForCommits(), this.#pollMs);
    }
    return watch;
  }

  async findMisplaced(): Promise<Misplaced | undefined> {
    const ask: Ask = (sql, ...values) => this.#read((reads) => reads.ask(sql, values));
    const found = await findMisplaced(ask, this.path);
    // Once more: a connection that was opened long ago saw the schema of then.
    if (found === undefined) this.#read(() => checkSchema(this.#connection(), this.path));
    return found;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#commits?.close();
    clearInterval(this.#poll);
    this.#wakeUps.end();
    this.#release();
  }

  #read<T>(read: (reads: Reader) => T): T {
    if (this.#closing !== undefined) throw storeClosed('read');
    try {
      for (;;) {
        const of = this.#connection();
        if (this.#reader?.of !== of) this.#reader = { of, reads: new Reader(of, this.path) };
        // A file at rest is read without locks: if a writer came meanwhile, the page may be torn.
        try {
          const page = read(this.#reader.reads);
          if (this.#connection() === of) return page;
        } catch (error) {
          if (this.#connection() === of) throw error;
        }
      }
    } catch (error) {
      throw sqliteFault(error, 'Cannot read', this.path);
    }
  }

  /** Wakes the watchers if another connection has committed since the last look. */
  #lookForCommits(): void {
    if (this.#wakeUps.count === 0) {
      clearInterval(this.#poll);
      this.#poll = undefined;
      return;
    }
    const stamp = this.#commitStamp();
    if (stamp === this.#polled) return;
    this.#polled = stamp;
    this.#wakeUps.wake();
  }

  /** Changes when another connection commits; a failure counts as a change, reads name it. */
  #commitStamp(): string {
    try {
      const db = this.#connection();
      if (db !== this.#polledOf) this.#connections += 1;
      this.#polledOf = db;
      const version = db.prepare('PRAGMA data_version').get()?.data_version;
      return `${this.#connections} ${String(version)}`;
    } catch {
      return `failed ${performance.now()}`;
    }
  }
}
