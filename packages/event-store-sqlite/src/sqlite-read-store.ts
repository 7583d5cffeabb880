// The SQLite read store: leases and projections in a file of their own, beside that of the log.
import {
  canonicalize,
  checkChanges,
  checkCount,
  checkedQuery,
  checkedTable,
  checkKey,
  checkProjection,
  LOG_START,
  projectionChanged,
  sqlTable,
} from '@himaya/event-store';
import type {
  Cell,
  CommitOutcome,
  GlobalPosition,
  HeldLease,
  Lease,
  ParkedState,
  ProjectionBatch,
  ProjectionState,
  ProjectionVersion,
  ReadStore,
  Row,
  RowQuery,
  Tables,
  TableSpec,
} from '@himaya/event-store';
import type { Database, Row as SqlRow, SqlValue } from './driver.ts';
import { BUSY_TIMEOUT_MS } from './limits.ts';
import { closeWritable, openWritable, ReadOnlyFile } from './open-file.ts';
import { ReadFile } from './read-file.ts';
import { READ_FORMAT } from './read-schema.ts';
import { applyChanges, createSql, dropSql, rowsAsked, rowsWithKeys } from './read-tables.ts';

/** How to open a read store. */
export interface SqliteReadStoreOptions {
  /** A file of its own: never that of the log. Two more appear beside it, `-wal` and `-shm`. */
  readonly path: string;
  /** How long a write waits for another process, in milliseconds; default 5000. */
  readonly busyTimeoutMs?: number;
  /** Only reads, and neither creates nor changes the file. */
  readonly readOnly?: boolean;
}

/**
 * Opens the read store in a file, and creates it if there is none. Several processes of one machine
 * may open one file; leases end by the clock of that machine.
 *
 * @throws Fault `store-missing`, `store-foreign` (a log is no read store), `store-schema-unknown`,
 * `store-schema-changed`, `store-corrupt`, `store-read-only`, `store-busy`, `store-full`,
 * `store-not-durable`.
 */
export function openSqliteReadStore(options: SqliteReadStoreOptions): ReadStore {
  const { path, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  if (options.readOnly === true) {
    const file = new ReadOnlyFile(path, READ_FORMAT);
    const connection = () => file.connection();
    return new FileReadStore(new ReadFile(path, busyTimeoutMs, connection, () => file.close()));
  }
  const db = openWritable({
    path,
    format: READ_FORMAT,
    durability: 'full',
    busyTimeoutMs,
    mustExist: false,
    fileBytesMax: undefined,
  });
  return new FileReadStore(new ReadFile(path, busyTimeoutMs, () => db, () => closeWritable(db)));
}

/** Milliseconds since 1970 by the clock that all processes on the file share. */
const NOW_MS = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

class FileReadStore implements ReadStore {
  readonly name = 'sqlite';
  readonly #file: ReadFile;

  constructor(file: ReadFile) {
    this.#file = file;
  }

  takeLease(name: string, holder: string, leaseMs: number): Promise<Lease | undefined> {
    return this.#file.write('take a lease in', (db) => {
      const row = db.prepare(
        `INSERT INTO leases AS l (name, holder, token, ends_ms) VALUES (?, ?, 1, ${NOW_MS} + ?)
          ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = l.token + 1,
            ends_ms = excluded.ends_ms WHERE l.ends_ms <= ${NOW_MS}
          RETURNING token`,
      ).get(name, holder, Math.ceil(leaseMs));
      return row && { name, holder, token: Number(row.token) };
    });
  }

  renewLease({ name, holder, token }: Lease, leaseMs: number): Promise<boolean> {
    return this.#file.write('renew a lease in', (db) => {
      const row = db.prepare(
        `UPDATE leases SET ends_ms = ${NOW_MS} + ? WHERE name = ? AND holder = ? AND token = ?
          RETURNING token`,
      ).get(Math.ceil(leaseMs), name, holder, token);
      return row !== undefined;
    });
  }

  releaseLease({ name, holder, token }: Lease): Promise<void> {
    return this.#file.write('release a lease in', (db) => {
      const sql = 'UPDATE leases SET ends_ms = 0 WHERE name = ? AND holder = ? AND token = ?';
      db.prepare(sql).run(name, holder, token);
    });
  }

  async leases(): Promise<readonly HeldLease[]> {
    const rows = await this.#all(
      `SELECT name, holder, token, max(0, ends_ms - ${NOW_MS}) AS left_ms FROM leases ORDER BY name`,
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
    const text = canonicalize(tables);
    const { name, version } = projection;
    await this.#file.write('make a projection in', (db) => {
      const found = tablesOf(db, projection);
      if (found !== undefined) {
        if (canonicalize(found) !== text) throw projectionChanged(projection);
        return;
      }
      db.exec(createSql(projection, tables));
      db.prepare('INSERT INTO projections VALUES (?, ?, ?, ?, 0)').run(
        name, version, JSON.stringify(tables), String(LOG_START),
      );
    });
  }

  async projections(): Promise<readonly ProjectionState[]> {
    const rows = await this.#all(
      `SELECT p.name, p.version, p.tables, p.position, p.was_live, l.version AS live,
          (SELECT count(*) FROM parked AS k
            WHERE k.name = p.name AND k.version = p.version) AS parked
        FROM projections AS p LEFT JOIN live AS l ON l.name = p.name ORDER BY p.name, p.version`,
    );
    return rows.map((row) => ({
      name: String(row.name),
      version: Number(row.version),
      tables: JSON.parse(String(row.tables)) as Tables,
      status: row.live === row.version ? 'live' : row.was_live === 1 ? 'replaced' : 'building',
      position: BigInt(String(row.position)) as GlobalPosition,
      parked: Number(row.parked),
    }));
  }

  async parked({ name, version }: ProjectionVersion): Promise<readonly ParkedState[]> {
    const sql = 'SELECT * FROM parked WHERE name = ? AND version = ? ORDER BY stream';
    const rows = await this.#all(sql, name, version);
    return rows.map(({ stream, position, type, reason, retry }) => ({
      stream: String(stream),
      position: Number(position),
      type: String(type),
      reason: String(reason),
      retry: retry === 1,
    }));
  }

  askRetry({ name, version }: ProjectionVersion): Promise<number> {
    return this.#file.write('ask for a retry in', (db) => {
      const sql = 'UPDATE parked SET retry = 1 WHERE name = ? AND version = ? RETURNING stream';
      return db.prepare(sql).all(name, version).length;
    });
  }

  async rows(
    projection: ProjectionVersion,
    table: string,
    keys: readonly (readonly Cell[])[],
  ): Promise<readonly Row[]> {
    return this.#file.read((db) => {
      const tables = tablesOf(db, projection) ?? {};
      const spec = checkedTable(tables, table);
      for (const key of keys) checkKey(table, spec, key, true);
      return rowsWithKeys(db, sqlTable(projection, table), spec, keys);
    });
  }

  commit(batch: ProjectionBatch): Promise<CommitOutcome> {
    return this.#file.write('write a projection in', (db) => {
      const { projection, lease, expected, next } = batch;
      const { name, version } = projection;
      const tables = tablesOf(db, projection);
      if (tables === undefined) return 'moved';
      checkChanges(tables, batch.tables);
      const held = db.prepare('SELECT token, holder FROM leases WHERE name = ?').get(lease.name);
      if (held?.token !== lease.token || held.holder !== lease.holder) return 'fenced';
      const moved = db.prepare(
        `UPDATE projections SET position = ? WHERE name = ? AND version = ? AND position = ?
          RETURNING position`,
      ).get(String(next), name, version, String(expected));
      if (moved === undefined) return 'moved';
      for (const [table, changes] of Object.entries(batch.tables)) {
        applyChanges(db, sqlTable(projection, table), tables[table] as TableSpec, changes);
      }
      const release = 'DELETE FROM parked WHERE name = ? AND version = ? AND stream = ?';
      for (const stream of batch.released) db.prepare(release).run(name, version, stream);
      const park = db.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?, ?, ?, ?, ?, 0)');
      for (const { stream, position, type, reason } of batch.parked) {
        park.run(name, version, stream, position, type, reason);
      }
      return 'committed';
    });
  }

  makeLive(projection: ProjectionVersion, only?: 'newer'): Promise<'live' | 'kept' | 'missing'> {
    const { name, version } = projection;
    return this.#file.write('switch a projection in', (db) => {
      if (tablesOf(db, projection) === undefined) return 'missing';
      const live = db.prepare('SELECT version FROM live WHERE name = ?').get(name);
      if (only === 'newer' && Number(live?.version ?? 0) >= version) return 'kept';
      db.prepare('INSERT OR REPLACE INTO live VALUES (?, ?)').run(name, version);
      const sql = 'UPDATE projections SET was_live = 1 WHERE name = ? AND version = ?';
      db.prepare(sql).run(name, version);
      return 'live';
    });
  }

  drop(projection: ProjectionVersion): Promise<'dropped' | 'live' | 'missing'> {
    const { name, version } = projection;
    return this.#file.write('drop a projection in', (db) => {
      const tables = tablesOf(db, projection);
      if (tables === undefined) return 'missing';
      const live = db.prepare('SELECT version FROM live WHERE name = ?').get(name);
      if (live?.version === version) return 'live';
      db.exec(dropSql(projection, tables));
      for (const table of ['parked', 'projections']) {
        db.prepare(`DELETE FROM ${table} WHERE name = ? AND version = ?`).run(name, version);
      }
      return 'dropped';
    });
  }

  async find(name: string, table: string, query: RowQuery): Promise<readonly Row[] | undefined> {
    return this.#file.read((db) => {
      const live = db.prepare('SELECT version FROM live WHERE name = ?').get(name);
      if (live === undefined) return undefined;
      const projection = { name, version: Number(live.version) };
      const spec = checkedQuery(tablesOf(db, projection) ?? {}, table, query);
      const countMax = checkCount(query.countMax);
      return rowsAsked(db, sqlTable(projection, table), spec, query, countMax);
    });
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  #all(sql: string, ...values: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    return this.#file.read((db) => db.prepare(sql).all(...values));
  }
}

function tablesOf(db: Database, { name, version }: ProjectionVersion): Tables | undefined {
  const sql = 'SELECT tables FROM projections WHERE name = ? AND version = ?';
  const row = db.prepare(sql).get(name, version);
  return row && (JSON.parse(String(row.tables)) as Tables);
}
