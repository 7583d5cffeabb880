// A record that was changed behind the store's back: whatever reads that case says so, others go on.
import { createRequire } from 'node:module';
import { hashEntry } from '@himaya/event-store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyStore, filledStore, himaya, scratch } from './command-line.ts';

interface Sql {
  exec(sql: string): void;
  prepare(sql: string): { all(): readonly Readonly<Record<string, unknown>>[] };
  close(): void;
}

const folder = scratch();
let caseId = '';
let copies = 0;
beforeAll(async () => {
  ({ caseId } = await filledStore(folder.path('store.db')));
});
afterAll(() => folder.remove());

/** Node's SQLite, or the package that the store uses where Node has none. */
function openSql(path: string): Sql {
  const load = createRequire(new URL('../../event-store-sqlite/src/driver.ts', import.meta.url));
  const module: unknown =
    process.getBuiltinModule('node:sqlite' as 'fs') ?? load('@photostructure/sqlite');
  return new (module as { DatabaseSync: new (file: string) => Sql }).DatabaseSync(path);
}

/** A copy changed by someone who puts the triggers back; answers the option that names it. */
function changed(...statements: readonly string[]): string {
  copies += 1;
  const path = folder.path(`changed-${copies}.db`);
  copyStore(folder.path('store.db'), path);
  const db = openSql(path);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  for (const sql of statements) db.exec(sql.replaceAll('CASE', `case-${caseId}`));
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
  return `sqlite:${path}`;
}

const OF_CASE = "stream = (SELECT id FROM streams WHERE name = 'CASE')";
const FORGED = "CAST(replace(CAST(entry AS TEXT), 'garden', 'gorden') AS BLOB)";
const questions = (): readonly (readonly string[])[] => [
  ['history', caseId],
  ['replay', caseId],
  ['explain', caseId, '1'],
  ['options', caseId, '--as', 'SUP'],
];

describe('a case that was changed', () => {
  test.each<[what: string, code: number, says: RegExp, ...sql: string[]]>([
    ['bytes changed', 1, /position 1: its bytes do not have the recorded hash/,
      `UPDATE entries SET entry = ${FORGED} WHERE ${OF_CASE} AND position = 1`],
    ['two entries exchanged', 1, /position 2: its bytes belong to case-\w+ at 4/,
      `UPDATE entries SET position = 99 WHERE ${OF_CASE} AND position = 2`,
      `UPDATE entries SET position = 2 WHERE ${OF_CASE} AND position = 4`,
      `UPDATE entries SET position = 4 WHERE ${OF_CASE} AND position = 99`],
    ['a type changed', 1, /position 3: it is listed as "Other"/,
      `UPDATE entries SET type = 'Other' WHERE ${OF_CASE} AND position = 3`],
    ['an entry deleted', 3, /at 3 in .*the index leads to no entry there/,
      `DELETE FROM entries WHERE ${OF_CASE} AND position = 3`],
    ['its head moved back', 3, /at 6 in .*entries follow its head/,
      "UPDATE streams SET position = 6 WHERE name = 'CASE'"],
  ])('%s › ends every question about it with %i and one line', async (_, code, says, ...sql) => {
    const store = changed(...sql);
    for (const argv of questions()) {
      const called = await himaya([...argv, '--store', store]);
      expect([argv, called.code]).toEqual([argv, code]);
      expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
      expect(called.err).toMatch(says);
      const arabic = await himaya([...argv, '--store', store, '--lang', 'ar']);
      expect(arabic.err).toMatch(code === 1 ? /السجل تغير/ : /المخزن معطوب/);
    }
    const list = await himaya(['cases', '--store', store, '--json']);
    expect(list.code).toBe(1);
    expect(JSON.parse(list.out)).toMatchObject({
      cases: [{ caseId, problem: expect.stringMatching(says) }],
    });
    expect((await himaya(['verify', '--store', store])).code).toBe(1);
  });

  test('its opening under another type or place › stays in the list', async () => {
    for (const sql of [
      `UPDATE entries SET type = 'Other' WHERE ${OF_CASE} AND position = 0`,
      `UPDATE entries SET position = 99 WHERE ${OF_CASE} AND position = 0`,
    ]) {
      const { code, out } = await himaya(['cases', '--store', changed(sql), '--json']);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({ cases: [{ caseId, problem: expect.anything() }] });
    }
  });

  test('an entry forged with its hash › is named by the link of the next one', async () => {
    const db = openSql(folder.path('store.db'));
    const [row] = db.prepare(`SELECT entry FROM entries WHERE ${OF_CASE} AND position = 1`
      .replace('CASE', `case-${caseId}`)).all();
    db.close();
    const text = Buffer.from(row?.entry as Uint8Array).toString('utf8');
    const bytes = Buffer.from(text.replace('garden', 'gorden'));
    const hash = Buffer.from(hashEntry(bytes), 'base64url');
    const [entry, listed] = [bytes, hash].map((value) => `x'${value.toString('hex')}'`);
    const store = changed(
      `UPDATE entries SET entry = ${entry}, hash = ${listed} WHERE ${OF_CASE} AND position = 1`,
    );
    for (const argv of questions()) {
      const { code, err } = await himaya([...argv, '--store', store]);
      expect(code).toBe(1);
      expect(err).toContain('position 2: it does not name the hash of the entry before it');
    }
  });

  test('a trigger that was dropped › ends every question with 3 and what differs', async () => {
    copies += 1;
    const path = folder.path(`changed-${copies}.db`);
    copyStore(folder.path('store.db'), path);
    const db = openSql(path);
    db.exec('DROP TRIGGER entries_are_never_changed');
    db.close();
    for (const argv of [...questions(), ['cases'], ['verify']]) {
      const { code, out, err } = await himaya([...argv, '--store', `sqlite:${path}`]);
      expect([argv, code, out]).toEqual([argv, 3, '']);
      expect(err).toContain('(trigger entries_are_never_changed is missing)');
    }
  });
});
