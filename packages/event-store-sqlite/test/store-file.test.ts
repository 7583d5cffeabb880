// Which file a path means: links, names that are none, folders, and what this user may do.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isFault, verifyStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterEach, expect, test } from 'vitest';
import { openSqliteStore, type SqliteStoreOptions } from '../src/index.ts';
import { startChild } from './processes.ts';
import { temporaryFolder } from './subject.ts';

const home = process.cwd();
const cleanups: (() => void)[] = [];
afterEach(() => {
  process.chdir(home);
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

function newFolder(): string {
  const { path, dispose } = temporaryFolder();
  cleanups.push(dispose);
  return realpathSync(path);
}

function faultOfOpening(options: SqliteStoreOptions): string {
  try {
    void openSqliteStore(options).close();
  } catch (error) {
    return isFault(error) ? error.code : String(error);
  }
  return 'opened';
}

test.each(['', ':memory:'])('sqlite › when the path is "%s" › it names no file', (path) => {
  process.chdir(newFolder());
  for (const readOnly of [false, true]) {
    expect(faultOfOpening({ path, readOnly })).toBe('store-missing');
  }
  expect(readdirSync('.')).toEqual([]);
});

test('sqlite › when a name looks like a URI or has odd characters › it is that file', async () => {
  const folder = newFolder();
  process.chdir(folder);
  for (const path of ['file:x.db?mode=memory', 'a b%20?#&.db', 'حالة.db']) {
    const make = new EntryMaker(1);
    const store = openSqliteStore({ path });
    await store.append(make.append(make.stream(), 'none'));
    await store.close();
    expect(readdirSync(folder)).toContain(path);
    const reader = openSqliteStore({ path, readOnly: true });
    expect(await verifyStore(reader)).toEqual({ entries: 1, streams: 1, root: expect.anything() });
    await reader.close();
  }
});

test('sqlite › when a link leads to a store that is being written › a reader sees all of it',
  async () => {
    const [there, here] = [newFolder(), newFolder()];
    const make = new EntryMaker(1);
    const store = openSqliteStore({ path: join(there, 'store.db') });
    await store.append(make.append(make.stream(), 'none'));
    symlinkSync(join(there, 'store.db'), join(here, 'link.db'));
    const reader = openSqliteStore({ path: join(here, 'link.db'), readOnly: true });
    expect(await verifyStore(reader)).toEqual({ entries: 1, streams: 1, root: expect.anything() });
    await store.append(make.append(make.stream(), 'none'));
    expect(await verifyStore(reader)).toEqual({ entries: 2, streams: 2, root: expect.anything() });
    expect(readdirSync(here)).toEqual(['link.db']);
    await reader.close();
    await store.close();
  });

test('sqlite › when the process changes its folder › a relative path still means the same file',
  async () => {
    process.chdir(newFolder());
    const make = new EntryMaker(1);
    const store = openSqliteStore({ path: 'store.db' });
    await store.append(make.append(make.stream(), 'none'));
    await store.close();
    const reader = openSqliteStore({ path: 'store.db', readOnly: true });
    process.chdir(newFolder());
    expect(await verifyStore(reader)).toEqual({ entries: 1, streams: 1, root: expect.anything() });
    await reader.close();
  });

test('sqlite › when a file stands where a folder must be › it is store-missing', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), 'x');
  mkdirSync(join(folder, 'empty'));
  symlinkSync(join(folder, 'round'), join(folder, 'round'));
  for (const path of ['file/store.db', 'file/deeper/store.db', 'none/store.db', 'round/store.db']) {
    for (const readOnly of [false, true]) {
      expect(faultOfOpening({ path: join(folder, path), readOnly }), path).toBe('store-missing');
    }
  }
  expect(faultOfOpening({ path: join(folder, 'empty') })).toBe('store-foreign');
});

test('sqlite › when this user may not write the folder › it is store-read-only', async () => {
  const folder = newFolder();
  const path = join(folder, 'store.db');
  await openSqliteStore({ path }).close();
  chmodSync(path, 0o666);
  chmodSync(folder, 0o555);
  cleanups.push(() => chmodSync(folder, 0o755));
  expect(await (await startChild('open', path)).line()).toBe('store-read-only');
  expect(await (await startChild('open', join(folder, 'new.db'))).line()).toBe('store-read-only');
});

/** What a crash leaves of a store that was just written: the file, its log and the log's index. */
async function crashed(): Promise<string> {
  const [folder, left] = [newFolder(), newFolder()];
  const store = openSqliteStore({ path: join(folder, 'store.db') });
  const make = new EntryMaker(1);
  await store.append(make.append(make.stream(), 'none', 3));
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(left, name));
  await store.close();
  expect(readdirSync(left).sort()).toEqual(['store.db', 'store.db-shm', 'store.db-wal']);
  for (const name of readdirSync(left)) chmodSync(join(left, name), 0o444);
  cleanups.push(() => chmodSync(left, 0o755));
  return left;
}

test('sqlite › when its writer crashed and nothing may be written › is read', async () => {
  const folder = await crashed();
  chmodSync(folder, 0o555);
  const reader = await startChild('open', join(folder, 'store.db'), 'read');
  expect(await reader.line()).toBe('opened: 3');
});

test('sqlite › when a crash left no index of its log › is read where one may be made', async () => {
  const folder = await crashed();
  const path = join(folder, 'store.db');
  rmSync(`${path}-shm`);
  chmodSync(folder, 0o555);
  expect(await (await startChild('open', path, 'read')).line()).toBe('store-read-only');
  expect(readdirSync(folder).sort()).toEqual(['store.db', 'store.db-wal']);
  chmodSync(folder, 0o777);
  expect(await (await startChild('open', path, 'read')).line()).toBe('opened: 3');
});

test('sqlite › when a crashed store was copied without its log › says what it lacks', async () => {
  const folder = await crashed();
  rmSync(join(folder, 'store.db-wal'));
  expect(() => openSqliteStore({ path: join(folder, 'store.db'), readOnly: true }))
    .toThrow('it is empty, as a copy without its -wal file may be');
});
