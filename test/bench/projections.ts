// Projections brought up from the first event, with their place made durable, on a file and a server.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  createEngine,
  projection,
  type Engine,
  type Projection,
  type ProjectionFold,
} from '@himaya/engine';
import { copyLog, type EventStore, type ReadStore } from '@himaya/event-store';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import type { Sample, Subject } from './measure.ts';

/** The least part of a raw scan's speed that is due. */
const DUE = 0.4;
const BATCH = 1_000;
const SCHEMA = 'bench';

/** A file or a server with the log, and how it is scanned without any of this repository's code. */
interface Place {
  readonly name: string;
  readonly store: EventStore;
  readonly readStore: ReadStore;
  /** The entries behind a position, a page of them; reads and nothing else. */
  readonly scan: (after: number) => Promise<readonly Uint8Array[]> | readonly Uint8Array[];
  readonly close: () => Promise<void>;
}

/** Subjects over the log in the file at `path`, and over a copy of it on a server if one is here. */
export async function projectionSubjects(
  path: string,
  folder: string,
): Promise<{ readonly list: readonly Subject[]; close(): Promise<void> }> {
  const places = [onFile(path, folder)];
  if (await hasServer()) places.push(await onServer(path));
  return {
    list: places.flatMap(subjectsOf),
    close: async () => {
      for (const place of places) await place.close();
    },
  };
}

let built = 0;

const TYPES = ['CaseOpened', 'ComplaintRegistered', 'PartyAdded'];

function subjectsOf({ name, store, readStore, scan }: Place): readonly Subject[] {
  const engine = createEngine({ store, caseTypes, policies, office: 'MUH-FCP' });
  const floor = `raw scan and JSON.parse, ${name}`;
  return [
    { name: floor, unit: 'events', run: () => scanned(scan) },
    {
      name: `projection catch-up, ${name}`,
      unit: 'events',
      floors: [{ name: floor, due: DUE }],
      run: () => caughtUp(engine, readStore, TYPES),
    },
  ];
}

const TABLES = {
  cases: { columns: { caseId: 'text', count: 'integer', last: 'text' }, key: ['caseId'] },
} as const;

/** A projection of a new version, brought up from the first event; `types` are those it folds. */
export async function caughtUp(
  engine: Engine,
  readStore: ReadStore,
  types: readonly string[],
): Promise<Sample> {
  built += 1;
  const start = performance.now();
  const run = await engine.project(activity(built, types), readStore).catchUp();
  const ms = performance.now() - start;
  const isDone = run.kind === 'caught-up' && run.parked === 0;
  return { count: isDone ? run.entries : 1, ms, failures: isDone ? 0 : 1 };
}

/** What happened last in each case, and how much: a row for every case, written again and again. */
function activity(version: number, types: readonly string[]): Projection {
  return projection({
    name: 'activity',
    version,
    tables: TABLES,
    on: Object.fromEntries(
      types.map((type) => [
        type,
        ({ event, rows }: ProjectionFold<typeof TABLES>) => {
          const count = (rows.cases.get(event.stream)?.count ?? 0) + 1;
          rows.cases.put({ caseId: event.stream, count, last: event.recordedAt });
        },
      ]),
    ),
  });
}

async function scanned(scan: Place['scan']): Promise<Sample> {
  const start = performance.now();
  let count = 0;
  let failures = 0;
  for (;;) {
    const page = await scan(count - 1);
    if (page.length === 0) break;
    for (const bytes of page) {
      if (JSON.parse(Buffer.from(bytes).toString('utf8')) === null) failures += 1;
    }
    count += page.length;
  }
  return { count, ms: performance.now() - start, failures };
}

function onFile(path: string, folder: string): Place {
  const load = createRequire(new URL('../../packages/event-store-sqlite/x.js', import.meta.url));
  const builtIn = process.getBuiltinModule?.('node:sqlite' as 'fs') as unknown;
  const { DatabaseSync } = (builtIn ?? load('@photostructure/sqlite')) as {
    readonly DatabaseSync: new (path: string) => {
      prepare(sql: string): { all(...values: unknown[]): { readonly entry: Uint8Array }[] };
      close(): void;
    };
  };
  const db = new DatabaseSync(path);
  const page = db.prepare(
    'SELECT entry FROM entries WHERE global_position > ? ORDER BY global_position LIMIT ?',
  );
  const store = openSqliteStore({ path });
  const readStore = openSqliteReadStore({ path: join(folder, 'read.db') });
  return {
    name: 'SQLite',
    store,
    readStore,
    scan: (after) => page.all(after, BATCH).map(({ entry }) => entry),
    close: async () => {
      db.close();
      await readStore.close();
      await store.close();
    },
  };
}

async function onServer(path: string): Promise<Place> {
  const { url: connection, stop } = await testServer();
  const load = createRequire(new URL('../../packages/event-store-postgres/x.js', import.meta.url));
  const { Client } = load('pg') as { readonly Client: new (options: object) => RawClient };
  const client = new Client({ connectionString: connection });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`, []);
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA}_read CASCADE`, []);
  const store = await openPostgresStore({ connection, schema: SCHEMA, migrate: true });
  const source = openSqliteStore({ path, readOnly: true });
  await copyLog(source, store);
  await source.close();
  const readStore = await openPostgresReadStore({
    connection, schema: `${SCHEMA}_read`, migrate: true,
  });
  const text = `SELECT entry FROM ${SCHEMA}.entries WHERE global_position > $1
    ORDER BY global_position LIMIT $2`;
  return {
    name: 'PostgreSQL',
    store,
    readStore,
    scan: async (after) => {
      const { rows } = await client.query(text, [after, BATCH]);
      return rows.map(({ entry }) => entry);
    },
    close: async () => {
      await client.end();
      await readStore.close();
      await store.close();
      await stop();
    },
  };
}

interface RawClient {
  connect(): Promise<void>;
  query(
    text: string,
    values: readonly unknown[],
  ): Promise<{ readonly rows: readonly { readonly entry: Uint8Array }[] }>;
  end(): Promise<void>;
}
