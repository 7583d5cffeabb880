// How the file is opened: the settings that durability rests on, read back from SQLite.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { checkSettings, closeWritable, openWritable } from '../src/open-file.ts';
import { openSqliteStore } from '../src/index.ts';
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
    path, durability, busyTimeoutMs: 1, mustExist: false, fileBytesMax: undefined,
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
    path, durability: 'normal', busyTimeoutMs: 1, mustExist: false, fileBytesMax: undefined,
  });
  expect(() => checkSettings(lazy, path, 'full')).toThrow('[store-not-durable]');
  closeWritable(lazy);
  folder.dispose();
});
