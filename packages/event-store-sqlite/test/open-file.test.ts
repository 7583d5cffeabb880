// How the file is opened: the settings that durability rests on, read back from SQLite.
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { checkSettings, closeWritable, openWritable } from '../src/open-file.ts';
import { openSqliteStore } from '../src/index.ts';
import { LOG_FORMAT } from '../src/schema.ts';
import { temporaryFolder } from './subject.ts';

test.each([
  ['full', 2, 'durable'],
  ['normal', 1, 'volatile'],
] as const)('sqlite › when opened with durability %s › syncs and says so', async (
  durability, synchronous, promised,
) => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'store.db');
  const db = openWritable({
    path, format: LOG_FORMAT, durability, busyTimeoutMs: 1, mustExist: false,
    fileBytesMax: undefined,
  });
  const settings = ['synchronous', 'journal_mode'].map((name) =>
    Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  expect(settings).toEqual([synchronous, 'wal']);
  closeWritable(db);
  const store = openSqliteStore({ path, durability });
  expect(store.capabilities.durability).toBe(promised);
  expect(store).toMatchObject({ path, capabilities: { name: 'sqlite', multiStreamAppend: true } });
  await store.close();
  folder.dispose();
});

test('sqlite › when opened without a wish › is durable', async () => {
  const folder = temporaryFolder();
  const store = openSqliteStore({ path: join(folder.path, 'store.db') });
  expect(store.capabilities.durability).toBe('durable');
  await store.close();
  folder.dispose();
});

test('sqlite › when SQLite keeps the file in another way › it is store-not-durable', () => {
  const db = sqliteDriver().open(':memory:', false);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  expect(() => checkSettings(db, 'x', 'full')).toThrow(
    '[store-not-durable] Cannot open the store "x": journal_mode is memory and synchronous is 2',
  );
  db.close();
  const folder = temporaryFolder();
  const path = join(folder.path, 'store.db');
  const lazy = openWritable({
    path, format: LOG_FORMAT, durability: 'normal', busyTimeoutMs: 1, mustExist: false,
    fileBytesMax: undefined,
  });
  expect(() => checkSettings(lazy, path, 'full')).toThrow('[store-not-durable]');
  closeWritable(lazy);
  folder.dispose();
});

test('sqlite › when a disk cannot keep the shared log › the store does not open', () => {
  const driver = sqliteDriver();
  const open = driver.open.bind(driver);
  const opening = vi.spyOn(driver, 'open').mockImplementation((path, readOnly) => {
    const db = open(path, readOnly);
    const prepare = db.prepare.bind(db);
    vi.spyOn(db, 'prepare').mockImplementation((sql) =>
      prepare(sql === 'PRAGMA journal_mode' ? "SELECT 'delete' AS journal_mode" : sql));
    return db;
  });
  const folder = temporaryFolder();
  const path = join(folder.path, 'store.db');
  expect(() => openSqliteStore({ path })).toThrow('journal_mode is delete and synchronous is 2');
  opening.mockRestore();
  folder.dispose();
});
