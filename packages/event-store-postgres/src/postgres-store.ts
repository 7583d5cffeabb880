// The PostgreSQL store: one log on one server, any number of processes, durable when acknowledged.
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
import type pg from 'pg';
import { Connection, poolOf, statementOf, type Statement } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { findMisplaced } from './index-check.ts';
import { BUSY_TIMEOUT_MS, READ_CONNECTIONS, WATCH_POLL_MS } from './limits.ts';
import { Listener } from './listener.ts';
import { checkSchema, checkStore, migratePostgresStore } from './migrate.ts';
import { isConnectionLost, postgresFault, type Place } from './postgres-faults.ts';
import { Reader, type Query } from './reader.ts';
import { channelOf } from './schema.ts';
import { settled, type PostgresTarget } from './target.ts';
import { Writer } from './writer.ts';

/** How to open a store. */
export interface PostgresStoreOptions extends PostgresTarget {
  /** Creates the store if it is not there, as `migratePostgresStore` does; default `false`. */
  readonly migrate?: boolean;
  /**
   * `'full'` (default): acknowledged entries survive `kill -9` and loss of power, and a server whose
   * settings do not keep that is refused. `'normal'`: whatever the server's settings keep.
   */
  readonly durability?: 'full' | 'normal';
  /** How long an append waits for others, or for a server that restarts, in milliseconds; 5000. */
  readonly busyTimeoutMs?: number;
  /** Connections for reading, beside the one for appends; default 4. */
  readonly readConnections?: number;
  /** How often a watched store looks by itself, in milliseconds; default 1000. */
  readonly watchPollMs?: number;
}

/** An event store on a PostgreSQL server. */
export interface PostgresEventStore extends EventStore {
  /** Where it is, without a password: `himaya in postgres://host:5432/cases`. */
  readonly place: string;
}

/**
 * Opens a store on a server.
 *
 * Any number of processes may open one store; each holds one connection for appends, up to
 * `readConnections` for reads, and one more while somebody watches.
 *
 * @throws Fault `option-invalid`, `store-unreachable`, `store-untrusted`, `store-pooled`,
 * `store-denied`, `store-missing`, `store-foreign`, `store-schema-unknown`, `store-schema-changed`,
 * `store-server-too-old`, `store-not-durable`, `store-busy`, `store-failed`.
 */
export async function openPostgresStore(
  options: PostgresStoreOptions,
): Promise<PostgresEventStore> {
  const { schema, config, place } = settled(options);
  if (options.migrate === true) await migratePostgresStore(options);
  const busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  const bounded: pg.ClientConfig = {
    lock_timeout: busyTimeoutMs,
    statement_timeout: busyTimeoutMs * 2,
    query_timeout: busyTimeoutMs * 2 + 1_000,
    ...config,
  };
  const connection = new Connection(bounded);
  try {
    await checkStore(connection, schema, place, options.durability !== 'normal');
  } catch (error) {
    await connection.close();
    throw postgresFault(error, 'Cannot open the store', place);
  }
  return new ServerStore(options, { schema, config: bounded, busyTimeoutMs }, connection, place);
}

interface Bounds {
  readonly schema: string;
  readonly config: pg.ClientConfig;
  readonly busyTimeoutMs: number;
}

class ServerStore implements PostgresEventStore {
  readonly capabilities: StoreCapabilities;
  readonly place: string;
  readonly #at: Place;
  readonly #schema: string;
  readonly #connection: Connection;
  readonly #pool: pg.Pool;
  readonly #commits: GroupCommit;
  readonly #reader: Reader;
  readonly #query: Query;
  readonly #wakeUps = new WakeUps();
  readonly #listener: Listener;
  #closing: Promise<void> | undefined;

  constructor(
    options: PostgresStoreOptions,
    { schema, config, busyTimeoutMs }: Bounds,
    connection: Connection,
    place: Place,
  ) {
    this.capabilities = {
      name: 'postgres',
      multiStreamAppend: true,
      durability: options.durability === 'normal' ? 'volatile' : 'durable',
    };
    this.place = place.name;
    this.#at = place;
    this.#schema = schema;
    this.#connection = connection;
    this.#pool = poolOf({ ...config, max: options.readConnections ?? READ_CONNECTIONS });
    this.#query = async <R>(statement: Statement, values: readonly unknown[]) => {
      const send = () => this.#pool.query({ ...statement, values: [...values] });
      try {
        return (await send()).rows as readonly R[];
      } catch (error) {
        // A read changes nothing: one that met a connection of before a restart is made once more.
        if (!isConnectionLost(error) || this.#closing !== undefined) throw error;
        return (await send()).rows as readonly R[];
      }
    };
    this.#reader = new Reader(this.#query, place, schema);
    const writer = new Writer(connection, schema, busyTimeoutMs);
    this.#commits = new GroupCommit({
      place,
      write: (appends) => writer.append(appends),
      onCommit: () => this.#wakeUps.wake(),
    });
    this.#listener = new Listener({
      config,
      channel: channelOf(schema),
      logEnd: () => this.#logEnd(),
      pollMs: options.watchPollMs ?? WATCH_POLL_MS,
      wakeUps: this.#wakeUps,
    });
  }

  append(request: Append, options?: CallOptions): Promise<AppendOutcome> {
    try {
      checkAppend(request);
    } catch (fault) {
      return Promise.reject(fault);
    }
    return this.#commits.append(copyAppend(request), options);
  }

  readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    return this.#read(() => this.#reader.readStream(stream, from, countMax));
  }

  readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    return this.#read(() => this.#reader.readAll(after, countMax));
  }

  watch(signal: AbortSignal): AsyncIterable<void> {
    if (this.#closing !== undefined) throw storeClosed('watch');
    const watch = this.#wakeUps.watch(signal);
    if (this.#wakeUps.count > 0) this.#listener.start();
    return watch;
  }

  async findMisplaced(): Promise<Misplaced | undefined> {
    return this.#read(async () => {
      const found = await findMisplaced(this.#query, this.#schema);
      // Once more: the store may have been open for long.
      if (found === undefined) await checkSchema(this.#connection, this.#schema, this.#at);
      return found;
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#commits.close();
    this.#wakeUps.end();
    await Promise.all([this.#listener.stop(), this.#connection.close(), this.#pool.end()]);
  }

  async #read<Value>(read: () => Promise<Value>): Promise<Value> {
    if (this.#closing !== undefined) throw storeClosed('read');
    try {
      return await read();
    } catch (error) {
      throw postgresFault(error, 'Cannot read', this.#at);
    }
  }

  async #logEnd(): Promise<bigint> {
    const text = `SELECT max(global_position) AS last FROM ${this.#schema}.entries`;
    const row = (await this.#query(statementOf(text), []))[0];
    return BigInt(String(row?.last ?? -1));
  }
}
