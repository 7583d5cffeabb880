// The SQLite read store passes the contract of read stores, and takes no other file for its own.
import { join } from 'node:path';
import { existsSync, writeFileSync } from 'node:fs';
import { readStoreContract } from '@himaya/event-store/contract';
import { isFault } from '@himaya/event-store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { openSqliteReadStore, openSqliteStore } from '../src/index.ts';
import { createSql, rowsAsked } from '../src/read-tables.ts';
import { startChild } from './processes.ts';
import { temporaryFolder } from './subject.ts';

readStoreContract({
  name: 'sqlite',
  open: async () => {
    const folder = temporaryFolder();
    const open = async () => openSqliteReadStore({ path: join(folder.path, 'read.db') });
    return { store: await open(), second: open, reopen: open, dispose: folder.dispose };
  },
});

let folder: ReturnType<typeof temporaryFolder>;
let path = '';
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'read.db');
});
afterEach(() => folder.dispose());

function codeOf(open: () => { close(): Promise<void> }): string {
  try {
    void open().close();
    return 'opened';
  } catch (error) {
    return isFault(error) ? error.code : String(error);
  }
}

test('a read store › on the file of a log, or a log on its file › does not open', async () => {
  await openSqliteStore({ path }).close();
  expect(codeOf(() => openSqliteReadStore({ path }))).toBe('store-foreign');
  const other = join(folder.path, 'other.db');
  await openSqliteReadStore({ path: other }).close();
  expect(codeOf(() => openSqliteStore({ path: other }))).toBe('store-foreign');
});

test('a read store › for reading only › creates nothing and refuses to write', async () => {
  expect(codeOf(() => openSqliteReadStore({ path, readOnly: true }))).toBe('store-missing');
  expect(existsSync(path)).toBe(false);
  await openSqliteReadStore({ path }).close();
  const store = openSqliteReadStore({ path, readOnly: true });
  expect(await store.projections()).toEqual([]);
  await expect(store.takeLease('work', 'one', 1_000)).rejects.toMatchObject({
    code: 'store-read-only',
  });
  await store.close();
});

test.each([
  ['another version', 'store-schema-unknown', 'PRAGMA user_version = 9'],
  ['a table less', 'store-schema-changed', 'DROP TABLE parked'],
  ['a column more', 'store-schema-changed', 'ALTER TABLE leases ADD COLUMN note TEXT'],
])('a read store › with %s › it is not opened', async (_what, code, sql) => {
  await openSqliteReadStore({ path }).close();
  const db = sqliteDriver().open(path, false);
  db.exec(sql);
  db.close();
  expect(codeOf(() => openSqliteReadStore({ path }))).toBe(code);
});

test('a read store › on what is no database › it is not opened and stays as it is', () => {
  writeFileSync(path, 'x'.repeat(4_096));
  expect(codeOf(() => openSqliteReadStore({ path }))).toBe('store-foreign');
});

test('a read store › while another process writes for long › it waits, then says so', async () => {
  const store = openSqliteReadStore({ path, busyTimeoutMs: 30 });
  const child = await startChild('lock', path);
  expect(await child.line()).toBe('locked');
  await expect(store.takeLease('work', 'one', 1_000)).rejects.toMatchObject({ code: 'store-busy' });
  child.say('go');
  expect(await child.line()).toBe('released');
  expect(await store.takeLease('work', 'one', 1_000)).toMatchObject({ token: 1 });
  await child.ended;
  await store.close();
});

test('a read store › while another process writes for a while › waits until it has', async () => {
  const store = openSqliteReadStore({ path, busyTimeoutMs: 60_000 });
  const child = await startChild('lock', path);
  expect(await child.line()).toBe('locked');
  const taking = store.takeLease('work', 'one', 1_000);
  child.say('go');
  expect(await taking).toMatchObject({ token: 1 });
  await child.ended;
  await store.close();
});

test('rows › whose text begins so, in a new table › are found by the index, in its order', () => {
  const db = sqliteDriver().open(path, false);
  const spec = {
    columns: { caseId: 'text', tail: 'text' },
    key: ['caseId', 'tail'],
    indexes: [['tail', 'caseId']],
  } as const;
  db.exec(createSql({ name: 'work', version: 1 }, { found: spec }));
  const plans: unknown[] = [];
  const prepare = db.prepare.bind(db);
  vi.spyOn(db, 'prepare').mockImplementation((sql) => {
    const statement = prepare(sql);
    return {
      ...statement,
      all: (...values) => {
        const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
        plans.push(plan.map(({ detail }) => detail));
        return statement.all(...values);
      },
    };
  });
  const where = [
    { column: 'tail', is: '>=', value: 'alley' }, { column: 'tail', is: '<', value: 'alleyz' },
  ] as const;
  for (const after of [{}, { after: { tail: 'alley', caseId: '1' } }]) {
    const query = { where, orderBy: ['tail'], countMax: 9, ...after };
    rowsAsked(db, 'work__v1__found', spec, query, query.countMax);
  }
  expect(plans).toHaveLength(2);
  for (const plan of plans) {
    expect(plan).toEqual([expect.stringMatching(/^SEARCH .*found USING COVERING INDEX \S+ \(/)]);
  }
  db.close();
});
