// The PostgreSQL read store: leases and projections in a schema of their own.
import {
  canonicalize,
  checkChanges,
  checkCount,
  checkedQuery,
  checkedTable,
  checkKey,
  checkProjection,
  isFault,
  LOG_START,
  projectionChanged,
  sqlTable,
} from '@himaya/event-store';
import type {
  Cell, CommitOutcome, GlobalPosition, HeldLease, Lease, ParkedState, ProjectionBatch,
  ProjectionState, ProjectionVersion, ReadStore, Row, RowQuery, Tables, TableSpec,
} from '@himaya/event-store';
import { poolOf } from './connection.ts';
import { BUSY_TIMEOUT_MS, READ_CONNECTIONS } from './limits.ts';
import { postgresFault } from './postgres-faults.ts';
import { checkReadStore, READ_SCHEMA_NAME, readStoreSql } from './read-schema.ts';
import { ReadSession, type SqlRow } from './read-session.ts';
import { HELD, LIVE, MOVE, PARK, RELEASE, TABLES } from './read-statements.ts';
import { askedSql, changesSql, createSql, dropSql, rowOf, rowsSql } from './read-tables.ts';
import { lockKeys } from './schema.ts';
import { settled, type PostgresTarget } from './target.ts';

/** How to open a read store. `schema` is `himaya_read` unless another is named, never the log's. */
export interface PostgresReadStoreOptions extends PostgresTarget {
  /** Creates the read store if it is not there; default `false`. */
  readonly migrate?: boolean;
  /** How long a statement waits for others, in milliseconds; default 5000. */
  readonly busyTimeoutMs?: number;
  /** Connections at most; default 4. */
  readonly connections?: number;
  /** Only reads: a role that may read is enough. */
  readonly readOnly?: boolean;
}

/**
 * Opens a read store on a server. Any number of processes may; leases end by the server's clock.
 *
 * @throws Fault `option-invalid`, `store-unreachable`, `store-untrusted`, `store-pooled`,
 * `store-denied`, `store-missing`, `store-foreign` (the schema of a log is none), `store-schema-unknown`,
 * `store-busy`, `store-failed`.
 */
export async function openPostgresReadStore(
  options: PostgresReadStoreOptions,
): Promise<ReadStore> {
  const target = { ...options, schema: options.schema ?? READ_SCHEMA_NAME };
  const { schema, config, place } = settled(target);
  const busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  const pool = poolOf({
    lock_timeout: busyTimeoutMs,
    statement_timeout: busyTimeoutMs * 2,
    query_timeout: busyTimeoutMs * 2 + 1_000,
    ...config,
    options: [
      config.options, ...PLANS, ...(options.readOnly === true ? [ONLY_READS] : []),
    ].join(' '),
    max: options.connections ?? READ_CONNECTIONS,
  });
  try {
    const client = await pool.connect();
    try {
      await checkReadStore(client, schema, place, options.migrate === true);
      if (options.migrate === true) await client.query(readStoreSql(schema));
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw postgresFault(error, 'Cannot open the read store', place);
  }
  return new ServerReadStore(new ReadSession(pool, schema, place), schema);
}

/**
 * Rows are looked for by an index and in its order, also where the server knows nothing of how many
 * there are: a new table is taken for a small one.
 */
const PLANS = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map(
  (plan) => `-c enable_${plan}=off`,
);
const ONLY_READS = '-c default_transaction_read_only=on';

class ServerReadStore implements ReadStore {
  readonly name = 'postgres';
  readonly #session: ReadSession;
  readonly #schema: string;

  constructor(session: ReadSession, schema: string) {
    this.#session = session;
    this.#schema = schema;
  }

  async takeLease(name: string, holder: string, leaseMs: number): Promise<Lease | undefined> {
    const rows = await this.#session.query(
      `INSERT INTO @.leases AS l (name, holder, token, ends_at)
        VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = l.token + 1,
          ends_at = excluded.ends_at WHERE l.ends_at <= clock_timestamp()
        RETURNING token`,
      [name, holder, leaseMs],
    );
    return rows[0] && { name, holder, token: Number(rows[0].token) };
  }

  async renewLease({ name, holder, token }: Lease, leaseMs: number): Promise<boolean> {
    const rows = await this.#session.query(
      `UPDATE @.leases SET ends_at = clock_timestamp() + $4 * interval '1 ms'
        WHERE name = $1 AND holder = $2 AND token = $3 RETURNING token`,
      [name, holder, token, leaseMs],
    );
    return rows.length > 0;
  }

  async releaseLease({ name, holder, token }: Lease): Promise<void> {
    await this.#session.query(
      `UPDATE @.leases SET ends_at = '-infinity'
        WHERE name = $1 AND holder = $2 AND token = $3`,
      [name, holder, token],
    );
  }

  async leases(): Promise<readonly HeldLease[]> {
    const rows = await this.#session.read(
      `SELECT name, holder, token, CASE WHEN ends_at > clock_timestamp()
          THEN extract(epoch FROM ends_at - clock_timestamp()) * 1000 ELSE 0 END AS left_ms
        FROM @.leases ORDER BY name`,
    );
    return rows.map(({ name, holder, token, left_ms: leftMs }) => ({
      name: String(name),
      holder: String(holder),
      token: Number(token),
      leftMs: Number(leftMs),
    }));
  }

  async create(projection: ProjectionVersion, tables: Tables): Promise<void> {
    checkProjection(projection, tables);
    const { name, version } = projection;
    await this.#session.transaction('make a projection in', async (query) => {
      const [first, second] = lockKeys(this.#schema);
      await query(`SELECT pg_advisory_xact_lock(${first}, ${second})`);
      const found = (await query(TABLES, [name, version]))[0];
      if (found !== undefined) {
        const isSame = canonicalize(tablesIn(found)) === canonicalize(tables);
        if (!isSame) throw projectionChanged(projection);
        return;
      }
      await query(createSql(this.#schema, projection, tables));
      const values = [name, version, JSON.stringify(tables), String(LOG_START)];
      await query('INSERT INTO @.projections VALUES ($1, $2, $3, $4, false)', values);
    });
  }

  async projections(): Promise<readonly ProjectionState[]> {
    const rows = await this.#session.read(
      `SELECT p.name, p.version, p.tables, p.position, p.was_live, l.version AS live,
          (SELECT count(*) FROM @.parked AS k
            WHERE k.name = p.name AND k.version = p.version) AS parked
        FROM @.projections AS p LEFT JOIN @.live AS l ON l.name = p.name
        ORDER BY p.name, p.version`,
    );
    return rows.map((row) => ({
      name: String(row.name),
      version: Number(row.version),
      tables: JSON.parse(String(row.tables)) as Tables,
      status: row.live === row.version ? 'live' : row.was_live === true ? 'replaced' : 'building',
      position: BigInt(String(row.position)) as GlobalPosition,
      parked: Number(row.parked),
    }));
  }

  async parked({ name, version }: ProjectionVersion): Promise<readonly ParkedState[]> {
    const rows = await this.#session.read(
      `SELECT stream, position, type, reason, retry FROM @.parked
        WHERE name = $1 AND version = $2 ORDER BY stream`,
      [name, version],
    );
    return rows as unknown as readonly ParkedState[];
  }

  async askRetry({ name, version }: ProjectionVersion): Promise<number> {
    const text = `UPDATE @.parked SET retry = true
      WHERE name = $1 AND version = $2 RETURNING stream`;
    return (await this.#session.query(text, [name, version])).length;
  }

  async rows(
    projection: ProjectionVersion,
    table: string,
    keys: readonly (readonly Cell[])[],
  ): Promise<readonly Row[]> {
    const found = (await this.#session.read(TABLES, [projection.name, projection.version]))[0];
    const spec = checkedTable(tablesIn(found), table);
    for (const key of keys) checkKey(table, spec, key, true);
    const { text, values } = rowsSql(this.#named(projection, table), spec, keys);
    return (await this.#session.read(text, values)).map((row) => rowOf(spec, row));
  }

  commit(batch: ProjectionBatch): Promise<CommitOutcome> {
    const { projection, lease, expected, next } = batch;
    const own = [projection.name, projection.version];
    return this.#session.transaction('write a projection in', async (query) => {
      const held = (await query(HELD, [lease.name]))[0];
      const found = (await query(`${TABLES} FOR UPDATE`, own))[0];
      if (found === undefined) return 'moved';
      const tables = tablesIn(found);
      checkChanges(tables, batch.tables);
      if (Number(held?.token) !== lease.token || held?.holder !== lease.holder) return 'fenced';
      if (found.position !== String(expected)) return 'moved';
      for (const [name, changes] of Object.entries(batch.tables)) {
        const table = this.#named(projection, name);
        for (const { text, values } of changesSql(table, tables[name] as TableSpec, changes)) {
          await query(text, values);
        }
      }
      if (batch.released.length > 0) await query(RELEASE, [...own, batch.released]);
      for (const { stream, position, type, reason } of batch.parked) {
        await query(PARK, [...own, stream, position, type, reason]);
      }
      await query(MOVE, [...own, String(next)]);
      return 'committed';
    });
  }

  makeLive(projection: ProjectionVersion, only?: 'newer'): Promise<'live' | 'kept' | 'missing'> {
    const own = [projection.name, projection.version];
    return this.#session.transaction('switch a projection in', async (query) => {
      if ((await query(`${TABLES} FOR UPDATE`, own)).length === 0) return 'missing';
      const newer = only === 'newer' ? 'WHERE l.version < excluded.version' : '';
      const moved = await query(
        `INSERT INTO @.live AS l VALUES ($1, $2)
          ON CONFLICT (name) DO UPDATE SET version = excluded.version ${newer} RETURNING version`,
        own,
      );
      if (moved.length === 0) return 'kept';
      await query(
        'UPDATE @.projections SET was_live = true WHERE name = $1 AND version = $2', own,
      );
      return 'live';
    });
  }

  drop(projection: ProjectionVersion): Promise<'dropped' | 'live' | 'missing'> {
    const own = [projection.name, projection.version];
    return this.#session.transaction('drop a projection in', async (query) => {
      const found = (await query(`${TABLES} FOR UPDATE`, own))[0];
      if (found === undefined) return 'missing';
      const live = await query('SELECT 1 FROM @.live WHERE name = $1 AND version = $2', own);
      if (live.length > 0) return 'live';
      const tables = tablesIn(found);
      await query(dropSql(this.#schema, projection, tables));
      await query('DELETE FROM @.parked WHERE name = $1 AND version = $2', own);
      await query('DELETE FROM @.projections WHERE name = $1 AND version = $2', own);
      return 'dropped';
    });
  }

  async find(name: string, table: string, query: RowQuery): Promise<readonly Row[] | undefined> {
    for (let tries = 1; ; tries += 1) {
      const live = (await this.#session.read(LIVE, [name]))[0];
      if (live === undefined) return undefined;
      const projection = { name, version: Number(live.version) };
      const spec = checkedQuery(tablesIn(live), table, query);
      const named = this.#named(projection, table);
      const { text, values } = askedSql(named, spec, query, checkCount(query.countMax));
      try {
        return (await this.#session.read(text, values)).map((row) => rowOf(spec, row));
      } catch (error) {
        // Another version is read since, and this one was dropped between the two looks.
        if (!isFault(error, 'store-missing') || tries === FIND_TRIES_MAX) throw error;
      }
    }
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  #named(projection: ProjectionVersion, table: string): string {
    return `${this.#schema}."${sqlTable(projection, table)}"`;
  }

}

/** The tables that a row of `projections` tells of; none where there is no such version. */
function tablesIn(row: SqlRow | undefined): Tables {
  return row === undefined ? {} : (JSON.parse(String(row.tables)) as Tables);
}

/** Switched and dropped so often within one question, a projection is not merely replaced. */
const FIND_TRIES_MAX = 3;
