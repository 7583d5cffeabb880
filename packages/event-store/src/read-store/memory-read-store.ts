// The read store in memory: the worked example of its port, for one process and for tests.
import { canonicalize } from '../canonical-json.ts';
import { checkCount } from '../check-append.ts';
import type { StreamName } from '../entry.ts';
import { LOG_START, type GlobalPosition } from '../port.ts';
import { storeClosed } from '../store-faults.ts';
import {
  checkChanges,
  checkedQuery,
  checkedTable,
  checkKey,
  checkProjection,
  orderOf,
  projectionChanged,
} from './check.ts';
import type {
  Cell,
  CommitOutcome,
  Condition,
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
} from './port.ts';

interface Version extends ProjectionVersion {
  readonly tables: Tables;
  /** Rows of each table by their key as JSON. */
  readonly rows: ReadonlyMap<string, Map<string, Row>>;
  readonly parked: Map<StreamName, ParkedState>;
  position: GlobalPosition;
  wasLive: boolean;
}

/** A read store that ends with the process. Its clock is the monotonic one of the process. */
export class MemoryReadStore implements ReadStore {
  readonly name = 'memory';
  readonly #leases = new Map<string, Lease & { readonly endsMs: number }>();
  readonly #versions = new Map<string, Version>();
  readonly #live = new Map<string, Version>();
  #closed = false;

  async takeLease(name: string, holder: string, leaseMs: number): Promise<Lease | undefined> {
    this.#open('take a lease');
    const now = performance.now();
    const found = this.#leases.get(name);
    if (found !== undefined && found.endsMs > now) return undefined;
    const lease = { name, holder, token: (found?.token ?? 0) + 1 };
    this.#leases.set(name, { ...lease, endsMs: now + leaseMs });
    return lease;
  }

  async renewLease(lease: Lease, leaseMs: number): Promise<boolean> {
    this.#open('renew a lease');
    if (!this.#holds(lease)) return false;
    this.#leases.set(lease.name, { ...lease, endsMs: performance.now() + leaseMs });
    return true;
  }

  async releaseLease(lease: Lease): Promise<void> {
    this.#open('release a lease');
    if (this.#holds(lease)) this.#leases.set(lease.name, { ...lease, endsMs: 0 });
  }

  async leases(): Promise<readonly HeldLease[]> {
    this.#open('read leases');
    const now = performance.now();
    return [...this.#leases.values()]
      .map(({ endsMs, ...lease }) => ({ ...lease, leftMs: Math.max(0, endsMs - now) }))
      .sort((a, b) => compare(a.name, b.name));
  }

  async create(projection: ProjectionVersion, tables: Tables): Promise<void> {
    this.#open('make a projection');
    checkProjection(projection, tables);
    const { name, version } = projection;
    const found = this.#versions.get(keyOf(projection));
    if (found !== undefined) {
      if (canonicalize(found.tables) !== canonicalize(tables)) throw projectionChanged(projection);
      return;
    }
    this.#versions.set(keyOf(projection), {
      name,
      version,
      tables: structuredClone(tables),
      rows: new Map(Object.keys(tables).map((table) => [table, new Map()])),
      parked: new Map(),
      position: LOG_START,
      wasLive: false,
    });
  }

  async projections(): Promise<readonly ProjectionState[]> {
    this.#open('read projections');
    return [...this.#versions.values()]
      .map((one): ProjectionState => {
        const { name, version, tables, position, parked, wasLive } = one;
        const isLive = this.#live.get(name) === one;
        const status = isLive ? 'live' : wasLive ? 'replaced' : 'building';
        return { name, version, tables, status, position, parked: parked.size };
      })
      .sort((a, b) => compare(a.name, b.name) || a.version - b.version);
  }

  async parked(projection: ProjectionVersion): Promise<readonly ParkedState[]> {
    this.#open('read what is parked');
    const parked = this.#versions.get(keyOf(projection))?.parked ?? [];
    return [...parked.values()].sort((a, b) => compare(a.stream, b.stream));
  }

  async askRetry(projection: ProjectionVersion): Promise<number> {
    this.#open('ask for a retry');
    const parked = this.#versions.get(keyOf(projection))?.parked;
    for (const [stream, one] of parked ?? []) parked?.set(stream, { ...one, retry: true });
    return parked?.size ?? 0;
  }

  async rows(
    projection: ProjectionVersion,
    table: string,
    keys: readonly (readonly Cell[])[],
  ): Promise<readonly Row[]> {
    this.#open('read rows');
    const found = this.#versions.get(keyOf(projection));
    const spec = checkedTable(found?.tables ?? {}, table);
    for (const key of keys) checkKey(table, spec, key, true);
    const rows = found?.rows.get(table);
    return keys.flatMap((key): readonly Row[] => {
      const row = rows?.get(JSON.stringify(key));
      return row === undefined ? [] : [row];
    });
  }

  async commit(batch: ProjectionBatch): Promise<CommitOutcome> {
    this.#open('commit');
    const found = this.#versions.get(keyOf(batch.projection));
    if (found === undefined) return 'moved';
    checkChanges(found.tables, batch.tables);
    if (!this.#holds(batch.lease)) return 'fenced';
    if (found.position !== batch.expected) return 'moved';
    for (const [table, { remove, put }] of Object.entries(batch.tables)) {
      const rows = found.rows.get(table) as Map<string, Row>;
      const { key } = found.tables[table] as TableSpec;
      for (const prefix of remove) {
        const start = `${JSON.stringify(prefix).slice(0, -1)}`;
        for (const own of rows.keys()) {
          if (own === `${start}]` || own.startsWith(`${start},`)) rows.delete(own);
        }
      }
      for (const row of put) rows.set(JSON.stringify(key.map((name) => row[name])), { ...row });
    }
    for (const stream of batch.released) found.parked.delete(stream);
    for (const one of batch.parked) found.parked.set(one.stream, { ...one, retry: false });
    found.position = batch.next;
    return 'committed';
  }

  async makeLive(
    projection: ProjectionVersion,
    only?: 'newer',
  ): Promise<'live' | 'kept' | 'missing'> {
    this.#open('switch a projection');
    const found = this.#versions.get(keyOf(projection));
    if (found === undefined) return 'missing';
    const live = this.#live.get(projection.name);
    if (only === 'newer' && live !== undefined && live.version >= found.version) return 'kept';
    found.wasLive = true;
    this.#live.set(found.name, found);
    return 'live';
  }

  async drop(projection: ProjectionVersion): Promise<'dropped' | 'live' | 'missing'> {
    this.#open('drop a projection');
    const found = this.#versions.get(keyOf(projection));
    if (found === undefined) return 'missing';
    if (this.#live.get(found.name) === found) return 'live';
    this.#versions.delete(keyOf(projection));
    return 'dropped';
  }

  async find(name: string, table: string, query: RowQuery): Promise<readonly Row[] | undefined> {
    this.#open('look for rows');
    const live = this.#live.get(name);
    if (live === undefined) return undefined;
    const spec = checkedQuery(live.tables, table, query);
    const order = orderOf(spec, query.orderBy);
    const { after } = query;
    return [...(live.rows.get(table)?.values() ?? [])]
      .filter((row) => query.where?.every((condition) => isMet(row, condition)) ?? true)
      .sort((a, b) => compareBy(order, a, b))
      .filter((row) => after === undefined || compareBy(order, row, after) > 0)
      .slice(0, checkCount(query.countMax));
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #open(attempted: string): void {
    if (this.#closed) throw storeClosed(attempted);
  }

  #holds({ name, holder, token }: Lease): boolean {
    const found = this.#leases.get(name);
    return found?.token === token && found.holder === holder;
  }
}

function keyOf({ name, version }: ProjectionVersion): string {
  return `${name} ${version}`;
}

function isMet(row: Row, { column, is, value }: Condition): boolean {
  const own = row[column] ?? null;
  if (is === '=') return own === value;
  if (own === null || value === null) return false;
  if (is === 'contains') return String(own).includes(value);
  const order = compare(own, value);
  if (order === 0) return is === '<=' || is === '>=';
  return order < 0 ? is.startsWith('<') : is.startsWith('>');
}

function compareBy(order: readonly string[], a: Row, b: Row): number {
  for (const name of order) {
    const found = compare(a[name] ?? null, b[name] ?? null);
    if (found !== 0) return found;
  }
  return 0;
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return Number(a) - Number(b);
}
