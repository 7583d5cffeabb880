// The PostgreSQL read store passes the contract of read stores, and takes no other schema for its own.
import { setTimeout as pause } from 'node:timers/promises';
import { isFault, LOG_START, type GlobalPosition, type Lease } from '@himaya/event-store';
import { NOTHING_CHANGES, readStoreContract } from '@himaya/event-store/contract';
import pg from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openPostgresReadStore, openPostgresStore, readStoreSql } from '../src/index.ts';
import { poolOf } from '../src/connection.ts';
import { ReadSession } from '../src/read-session.ts';
import { asOwner, hasServer, testServer } from './server.ts';
import { newSchema } from './subject.ts';

const isHere = await hasServer();
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

const TABLES = { all: { columns: { id: 'text', count: 'integer' }, key: ['id'] } } as const;
const ALL = { name: 'all', version: 1 } as const;

/** Collects what would end a process, instead of the test runner. */
function takeUncaught(): { end(): readonly unknown[] } {
  const found: unknown[] = [];
  const keep = (error: unknown): void => void found.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').on('uncaughtException', keep);
  return {
    end: () => {
      process.off('uncaughtException', keep);
      for (const other of others) process.on('uncaughtException', other);
      return found;
    },
  };
}

async function codeOf(opening: Promise<{ close(): Promise<void> }>): Promise<string> {
  try {
    await (await opening).close();
    return 'opened';
  } catch (error) {
    return isFault(error) ? error.code : String(error);
  }
}

describe.skipIf(!isHere)('PostgreSQL (needs a server)', () => {
  readStoreContract({
    name: 'postgres',
    open: async () => {
      const { url } = await testServer();
      const schema = newSchema();
      const open = () => openPostgresReadStore({ connection: url, schema, migrate: true });
      return {
        store: await open(),
        second: open,
        reopen: open,
        dispose: async () => void (await asOwner(url, `DROP SCHEMA ${schema} CASCADE`)),
      };
    },
  });

  test('rows › whose text begins so, in a new table › are found by their index', async () => {
    const { url } = await testServer();
    const schema = newSchema();
    const store = await openPostgresReadStore({ connection: url, schema, migrate: true });
    const spec = {
      columns: { caseId: 'text', tail: 'text' },
      key: ['caseId', 'tail'],
      indexes: [['tail', 'caseId']],
    } as const;
    const projection = { name: 'work', version: 1 } as const;
    await store.create(projection, { found: spec });
    const lease = (await store.takeLease('work', 'one', 60_000)) as Lease;
    const put = Array.from({ length: 5_000 }, (_, n) => ({ caseId: `${n}`, tail: `alley-${n}` }));
    const tables = { found: { remove: [], put } };
    const [expected, next] = [LOG_START, 0n as GlobalPosition];
    await store.commit({ ...NOTHING_CHANGES, projection, lease, expected, next, tables });
    await store.makeLive(projection);
    const where = [
      { column: 'tail', is: '>=', value: 'alley-4' }, { column: 'tail', is: '<', value: 'alley-5' },
    ] as const;
    const query = { where, orderBy: ['tail'], countMax: 100 };
    // The plan, as a session of the read store makes it.
    const plans: unknown[] = [];
    const asked = vi.spyOn(pg.Pool.prototype, 'query').mockImplementation(async function explain(
      this: pg.Pool, text: string, values: unknown[],
    ) {
      const client = await this.connect();
      const { rows } = await client.query(`EXPLAIN ${text}`, values);
      plans.push(rows.map((row) => String(row['QUERY PLAN'])).join('\n'));
      const result = await client.query(text, values);
      client.release();
      return result;
    } as never);
    const rows = await store.find('work', 'found', query).finally(() => asked.mockRestore());
    expect(rows).toHaveLength(100);
    expect(plans.at(-1)).toMatch(/Index (Only )?Scan using \S*tail_case_id/);
    expect(plans.at(-1)).not.toMatch(/Sort|Seq Scan/);
    await store.close();
    await asOwner(url, `DROP SCHEMA ${schema} CASCADE`);
  });

  test('a read store › where there is none, or a log › it is not opened', async () => {
    const { url: connection } = await testServer();
    const schema = newSchema();
    expect(await codeOf(openPostgresReadStore({ connection, schema }))).toBe('store-missing');
    await (await openPostgresStore({ connection, schema, migrate: true })).close();
    for (const migrate of [false, true]) {
      const opening = openPostgresReadStore({ connection, schema, migrate });
      expect(await codeOf(opening)).toBe('store-foreign');
    }
    const wrong = openPostgresReadStore({ connection, schema: 'x"; DROP SCHEMA y; --' });
    expect(await codeOf(wrong)).toBe('option-invalid');
    expect(await codeOf(openPostgresReadStore({ connection: 'nowhere' }))).toBe('option-invalid');
    const away = 'postgres://owner:owner@127.0.0.1:1/postgres';
    expect(await codeOf(openPostgresReadStore({ connection: away }))).toBe('store-unreachable');
  });

  test('a read store › of another version › it is not opened', async () => {
    const { url: connection } = await testServer();
    const schema = newSchema();
    await asOwner(connection, readStoreSql(schema));
    await asOwner(connection, readStoreSql(schema)); // twice changes nothing
    expect(await codeOf(openPostgresReadStore({ connection, schema }))).toBe('opened');
    await asOwner(connection, `UPDATE ${schema}.read_store_version SET version = 9`);
    const opening = openPostgresReadStore({ connection, schema });
    expect(await codeOf(opening)).toBe('store-schema-unknown');
  });

  test('a read store › opened by many at once › all of them open it', async () => {
    const { url: connection } = await testServer();
    const schema = newSchema();
    const codes = await Promise.all(
      Array.from({ length: 6 }, () =>
        codeOf(openPostgresReadStore({ connection, schema, migrate: true }))),
    );
    expect(new Set(codes)).toEqual(new Set(['opened']));
  });

  test('a read store › for reading only › answers, and refuses to write', async () => {
    const { url: connection } = await testServer();
    const schema = newSchema();
    const writer = await openPostgresReadStore({ connection, schema, migrate: true });
    await writer.create(ALL, TABLES);
    await writer.makeLive(ALL);
    const reader = await openPostgresReadStore({ connection, schema, readOnly: true });
    expect(await reader.find('all', 'all', { countMax: 1 })).toEqual([]);
    expect(await reader.projections()).toHaveLength(1);
    await expect(reader.takeLease('work', 'one', 1_000)).rejects.toMatchObject({
      code: 'store-read-only',
    });
    await Promise.all([reader.close(), writer.close()]);
  });

  test('a transaction › its connection breaks meanwhile › it fails, nothing else', async () => {
    const { url: connection } = await testServer();
    const place = { name: 'here' };
    const session = new ReadSession(poolOf({ connectionString: connection }), 'public', place);
    const uncaught = takeUncaught();
    const writing = session.transaction('write in', async (query) => {
      const [row] = await query('SELECT pg_backend_pid() AS pid');
      await asOwner(connection, `SELECT pg_terminate_backend(${Number(row?.pid)}, 5000)`);
      await pause(50); // the client learns of it while nothing waits for an answer
      await query('SELECT 1');
    });
    await expect(writing).rejects.toMatchObject({ code: 'store-unreachable' });
    expect(await session.query('SELECT 1 AS one', [])).toEqual([{ one: 1 }]);
    expect(uncaught.end()).toEqual([]);
    await session.close();
  });

  test('a question › while versions are switched and dropped › is answered', async () => {
    const { url: connection } = await testServer();
    const schema = newSchema();
    const store = await openPostgresReadStore({ connection, schema, migrate: true });
    const reader = await openPostgresReadStore({ connection, schema });
    const lease = await store.takeLease('work', 'one', 3_600_000);
    if (lease === undefined) throw new Error('the lease is held');
    const over = new AbortController();
    const switching = (async () => {
      for (let version = 1; version <= 25; version += 1) {
        const projection = { name: 'all', version };
        await store.create(projection, TABLES);
        const put = [{ id: 'x', count: version }];
        await store.commit({
          ...NOTHING_CHANGES, projection, lease, expected: -1n, next: 0n,
          tables: { all: { remove: [], put } },
        });
        await store.makeLive(projection, 'newer');
        if (version > 1) await store.drop({ name: 'all', version: version - 1 });
      }
      over.abort();
    })();
    let last = 0;
    while (!over.signal.aborted) {
      const rows = await reader.find('all', 'all', { countMax: 9 });
      if (rows === undefined) continue;
      // Never an empty page, never a version of before.
      expect(rows).toHaveLength(1);
      expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(last);
      last = Number(rows[0]?.count);
    }
    await switching;
    expect((await reader.find('all', 'all', { countMax: 9 }))?.[0]?.count).toBe(25);
    await Promise.all([reader.close(), store.close()]);
  });
});
