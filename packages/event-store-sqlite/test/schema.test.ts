// The schema of a file: whatever was added, dropped or altered in it is named, and nothing is opened.
import { join } from 'node:path';
import { isFault, verifyStore } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { openSqliteStore } from '../src/index.ts';
import { temporaryFolder } from './subject.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path = '';
beforeEach(async () => {
  folder = temporaryFolder();
  path = join(folder.path, 'store.db');
  const store = openSqliteStore({ path });
  const make = new EntryMaker(1);
  await store.append(make.append(make.stream(), 'none'));
  await store.close();
});
afterEach(() => folder.dispose());

function change(...statements: readonly string[]): void {
  const db = sqliteDriver().open(path, false);
  for (const sql of statements) db.exec(sql);
  db.close();
}

/** What opening says is different, or `opened`. */
function opening(readOnly: boolean): unknown {
  try {
    void openSqliteStore({ path, readOnly }).close();
    return 'opened';
  } catch (error) {
    if (!isFault(error, 'store-schema-changed')) throw error;
    expect(error.message).toContain(JSON.stringify(path));
    return error.data.differences;
  }
}

const OTHER_TRIGGER = `CREATE TRIGGER entries_are_never_deleted BEFORE DELETE ON entries
  WHEN OLD.type <> 'RiskAssessed' BEGIN SELECT RAISE(ABORT, 'no'); END`;
const ANY_TRIGGER = 'AFTER INSERT ON entries BEGIN DELETE FROM streams WHERE 0; END';

describe('opening a file', () => {
  test.each<[what: string, differences: readonly string[], ...sql: string[]]>([
    ['whose append-only trigger was dropped', ['trigger entries_are_never_changed is missing'],
      'DROP TRIGGER entries_are_never_changed'],
    ['whose every trigger was dropped', [
      'trigger entries_are_never_changed is missing',
      'trigger entries_are_never_deleted is missing',
      'trigger entries_are_never_replaced is missing',
      'trigger streams_are_never_deleted is missing',
      'trigger streams_are_never_replaced is missing',
      'trigger streams_only_grow is missing',
    ], ...['entries_are_never_changed', 'entries_are_never_deleted', 'entries_are_never_replaced',
      'streams_are_never_deleted', 'streams_are_never_replaced', 'streams_only_grow',
    ].map((name) => `DROP TRIGGER ${name}`)],
    ['whose trigger was altered', ['trigger entries_are_never_deleted is altered'],
      'DROP TRIGGER entries_are_never_deleted', OTHER_TRIGGER],
    ['with a foreign trigger', ['trigger quiet is foreign'],
      `CREATE TRIGGER quiet ${ANY_TRIGGER}`],
    ['with a foreign index', ['index by_type is foreign'],
      'CREATE INDEX by_type ON entries (type)'],
    ['with a foreign table and view', ['table notes is foreign', 'view heads is foreign'],
      'CREATE TABLE notes (a)', 'CREATE VIEW heads AS SELECT * FROM streams'],
    ['whose table has another column', ['table streams is altered'],
      'ALTER TABLE streams ADD COLUMN note TEXT'],
    ['without its entries', [
      'table entries is missing',
      'trigger entries_are_never_changed is missing',
      'trigger entries_are_never_deleted is missing',
      'trigger entries_are_never_replaced is missing',
      'index sqlite_autoindex_entries_1 is missing',
    ], 'DROP TABLE entries'],
  ])('%s › names each difference', (_what, differences, ...sql) => {
    change(...sql);
    for (const readOnly of [false, true]) expect(opening(readOnly)).toEqual(differences);
  });

  test('that was analysed › opens: only the speed of answers changes', () => {
    change('ANALYZE');
    for (const readOnly of [false, true]) expect(opening(readOnly)).toBe('opened');
  });
});

test('verification › when a trigger is dropped after the store was opened › names it', async () => {
  const store = openSqliteStore({ path });
  expect((await verifyStore(store)).firstBad).toBeUndefined();
  change('DROP TRIGGER streams_only_grow');
  await expect(verifyStore(store)).rejects.toMatchObject({
    code: 'store-schema-changed', data: { differences: ['trigger streams_only_grow is missing'] },
  });
  await store.close();
});
