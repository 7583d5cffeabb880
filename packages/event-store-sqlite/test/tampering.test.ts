// Someone who has the file and knows its format: whatever is changed, verification names the place.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isFault,
  LOG_START,
  verifyStore,
  type EventStore,
  type GlobalPosition,
  type Head,
  type RecordedEntry,
} from '@himaya/event-store';
import { EntryMaker, seededRandom } from '@himaya/event-store/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqliteDriver } from '../src/driver.ts';
import { openSqliteStore } from '../src/index.ts';
import { temporaryFolder } from './subject.ts';

const NIGHTLY = process.env.HIMAYA_NIGHTLY === '1';
const SEED = Number(process.env.HIMAYA_SEED ?? (NIGHTLY ? Date.now() % 1_000_000 : 1));
const FLIPS = NIGHTLY ? 5000 : 300;
const REPLAY = `seed=${SEED}; again: HIMAYA_SEED=${SEED} npm test -- sqlite/test/tampering`;
const STREAMS = ['case-a', 'case-b', 'case-c', 'case-d'];

const folder = temporaryFolder();
const original = join(folder.path, 'original.db');
let copies = 0;
let log: RecordedEntry[] = [];

/** Four streams of eight entries each, in turn; then a fifth with two, at the log's end. */
beforeAll(async () => {
  const store = openSqliteStore({ path: original });
  const make = new EntryMaker(SEED);
  const heads = new Map<string, Head>();
  for (let turn = 0; turn < 34; turn += 1) {
    const stream = turn < 32 ? String(STREAMS[turn % 4]) : 'case-e';
    const outcome = await store.append(make.append(stream, heads.get(stream) ?? 'none'));
    if (outcome.kind === 'appended') heads.set(stream, outcome.heads[0].head);
  }
  log = [...(await store.readAll(LOG_START, 100)).entries];
  await store.close();
});
afterAll(folder.dispose);

/** A file that was never opened: a driver may keep the handle of one that was. */
function newCopy(): string {
  copies += 1;
  return join(folder.path, `copy-${copies}.db`);
}

/** Runs SQL on a file without what keeps honest programs from it, which is put back then. */
function tamper(path: string, ...statements: readonly string[]): void {
  const db = sqliteDriver().open(path, false);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  for (const sql of statements) db.exec(sql);
  for (const { sql } of triggers) db.exec(String(sql));
  db.close();
}

async function faultOf(act: Promise<unknown>): Promise<unknown> {
  return act.then((found) => ({ found }), (error: unknown) => error);
}

/** Runs SQL on a copy; answers what verification finds then. */
async function verdictAfter(...statements: readonly string[]): Promise<unknown> {
  const copy = newCopy();
  copyFileSync(original, copy);
  tamper(copy, ...statements);
  const store = openSqliteStore({ path: copy, readOnly: true });
  try {
    const { firstBad } = await verifyStore(store);
    return firstBad && [firstBad.stream, firstBad.position, firstBad.reason.code];
  } finally {
    await store.close();
  }
}

/** SQL's condition for one entry. */
function at(stream: string, position: number): string {
  return `stream = (SELECT id FROM streams WHERE name = '${stream}') AND position = ${position}`;
}

const FORGED = "CAST(replace(CAST(entry AS TEXT), '\"schema\":1', '\"schema\":2') AS BLOB)";

describe('tampering by SQL', () => {
  test('nothing but the triggers dropped and put back › is nothing that was recorded', async () => {
    expect(await verdictAfter()).toBeUndefined();
  });

  test.each<[what: string, expected: readonly [string, number, string], ...sql: string[]]>([
    ['bytes changed', ['case-b', 3, 'bytes-changed'],
      `UPDATE entries SET entry = ${FORGED} WHERE ${at('case-b', 3)}`],
    ['bytes cut short', ['case-b', 3, 'bytes-changed'],
      `UPDATE entries SET entry = substr(entry, 1, 100) WHERE ${at('case-b', 3)}`],
    ['bytes removed', ['case-b', 3, 'bytes-changed'],
      `UPDATE entries SET entry = x'' WHERE ${at('case-b', 3)}`],
    ['a hash changed', ['case-b', 3, 'bytes-changed'],
      `UPDATE entries SET hash = x'00' WHERE ${at('case-b', 3)}`],
    ['a type column changed', ['case-b', 3, 'index-differs'],
      `UPDATE entries SET type = 'Other' WHERE ${at('case-b', 3)}`],
    ['a position column changed', ['case-b', 3, 'index-differs'],
      `UPDATE entries SET position = 99 WHERE ${at('case-b', 3)}`],
    ['an entry given to another stream', ['case-b', 7, 'index-differs'],
      `UPDATE entries SET stream = 0, position = 99 WHERE ${at('case-b', 7)}`],
    ['an entry without a stream', ['case-b', 3, 'index-differs'],
      `UPDATE entries SET stream = 77 WHERE ${at('case-b', 3)}`],
    ['a stream renamed', ['case-b', 0, 'index-differs'],
      "UPDATE streams SET name = 'case-z' WHERE name = 'case-b'"],
    ['two streams renamed crosswise', ['case-a', 0, 'index-differs'],
      "UPDATE streams SET name = 'case-z' WHERE name = 'case-b'",
      "UPDATE streams SET name = 'case-b' WHERE name = 'case-a'",
      "UPDATE streams SET name = 'case-a' WHERE name = 'case-z'"],
    ['an entry deleted', ['case-c', 3, 'position-wrong'],
      `DELETE FROM entries WHERE ${at('case-c', 2)}`],
    ['a last entry deleted', ['case-c', 6, 'head-differs'],
      `DELETE FROM entries WHERE ${at('case-c', 7)}`],
    ['a last entry deleted and the head moved back', ['case-d', 7, 'misplaced'],
      `UPDATE streams SET (position, hash, recorded_at) = (SELECT position, hash,
        json_extract(CAST(entry AS TEXT), '$.recordedAt') FROM entries WHERE ${at('case-c', 6)})
        WHERE name = 'case-c'`,
      `DELETE FROM entries WHERE ${at('case-c', 7)}`],
    ['a whole stream deleted', ['case-d', 0, 'misplaced'],
      "DELETE FROM entries WHERE stream = (SELECT id FROM streams WHERE name = 'case-c')",
      "DELETE FROM streams WHERE name = 'case-c'"],
    ['the log cut short inside a stream', ['case-e', 0, 'head-differs'],
      'DELETE FROM entries WHERE global_position > 32'],
    ['the log cut short by a stream', ['case-e', 1, 'misplaced'],
      'DELETE FROM entries WHERE global_position > 31'],
    ['the log emptied', ['case-a', 7, 'misplaced'], 'DELETE FROM entries'],
    ['a head moved', ['case-a', 7, 'head-differs'],
      "UPDATE streams SET position = 6 WHERE name = 'case-a'"],
    ['a head given another time', ['case-a', 7, 'head-differs'],
      "UPDATE streams SET recorded_at = '2030-01-01T00:00:00.000Z' WHERE name = 'case-a'"],
    ['a head lost', ['case-a', 0, 'index-differs'], "DELETE FROM streams WHERE name = 'case-a'"],
    ['an entry inserted twice', ['case-a', 8, 'index-differs'],
      `INSERT INTO entries SELECT 34, stream, 8, type, hash, entry FROM entries
        WHERE ${at('case-a', 1)}`],
    ['a stream invented', ['case-y', 4, 'misplaced'],
      "INSERT INTO streams SELECT 9, 'case-y', 4, hash, recorded_at FROM streams LIMIT 1"],
    ['two entries reordered', ['case-a', 2, 'index-differs'],
      `UPDATE entries SET position = 100 WHERE ${at('case-a', 2)}`,
      `UPDATE entries SET position = 2 WHERE ${at('case-a', 5)}`,
      `UPDATE entries SET position = 5 WHERE ${at('case-a', 100)}`],
    ['two places in the log swapped', ['case-a', 3, 'position-wrong'],
      'UPDATE entries SET global_position = 1000 WHERE global_position = 8',
      'UPDATE entries SET global_position = 8 WHERE global_position = 12',
      'UPDATE entries SET global_position = 12 WHERE global_position = 1000'],
    ['a gap opened in the log', ['case-e', 1, 'misplaced'],
      'UPDATE entries SET global_position = 50 WHERE global_position = 33'],
  ])('%s › is named', async (_what, expected, ...sql) => {
    expect(await verdictAfter(...sql)).toEqual(expected);
  });
});

/** The pages of the file, from 1, that hold SQLite's indexes: one each, by table. */
function indexPages(like = '%'): number[] {
  const db = sqliteDriver().open(original, true);
  const rows = db.prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND name LIKE ?")
    .all(`sqlite_autoindex_${like}_1`);
  db.close();
  return rows.map(({ rootpage }) => Number(rootpage));
}

/** A copy in which the places of an index's rows, a list in its page, are edited. */
function withIndexRows(table: string, edit: (places: number[]) => void): string {
  const bytes = readFileSync(original);
  const number = indexPages(table)[0] ?? 0;
  const page = bytes.subarray((number - 1) * 4096, number * 4096);
  const places = Array.from({ length: page.readUInt16BE(3) }, (_, cell) =>
    page.readUInt16BE(8 + cell * 2));
  edit(places);
  page.writeUInt16BE(places.length, 3);
  places.forEach((place, cell) => page.writeUInt16BE(place, 8 + cell * 2));
  const copy = newCopy();
  writeFileSync(copy, bytes);
  return copy;
}

describe('tampering with an index of SQLite', () => {
  test('a row taken out › is named, although the log and the head are as they were', async () => {
    const copy = withIndexRows('entries', (places) => places.splice(11, 1));
    const store = openSqliteStore({ path: copy, readOnly: true });
    expect(await faultOf(store.readStream('case-b', 0, 9))).toMatchObject({
      code: 'store-corrupt', data: { stream: 'case-b', position: 2 },
    });
    expect((await verifyStore(store)).firstBad).toMatchObject({
      stream: 'case-b', position: 2, reason: { code: 'misplaced' },
    });
    await store.close();
  });

  test('any byte of its rows changed › is found where any read tells something else', async () => {
    const bytes = readFileSync(original);
    const rows = [...indexPages()].flatMap((page) =>
      Array.from({ length: 80 }, (_, back) => page * 4096 - 1 - back));
    for (const place of rows) {
      for (const by of [1, 0x42]) {
        const damaged = Buffer.from(bytes);
        damaged[place] = (damaged[place] ?? 0) ^ by;
        const copy = newCopy();
        writeFileSync(copy, damaged);
        const verdict = await verdictOf(copy);
        rmSync(copy);
        expect.soft(verdict, `byte ${place} by ${by}`).toMatch(/^(bad|fault|untouched)$/);
      }
    }
  });

  test.each(['entries', 'streams'])('a row of %s twice › is store-corrupt', async (table) => {
    const copy = withIndexRows(table, (places) => {
      places.push(places.at(-1) ?? 0);
    });
    const store = openSqliteStore({ path: copy, readOnly: true });
    await expect(verifyStore(store)).rejects.toMatchObject({ code: 'store-corrupt' });
    await store.close();
  });

  test('an index that is missing › is store-schema-changed', async () => {
    await expect(verdictAfter(
      'CREATE TABLE other AS SELECT * FROM entries', 'DROP TABLE entries',
      'ALTER TABLE other RENAME TO entries',
    )).rejects.toMatchObject({ code: 'store-schema-changed' });
  });
});

describe('a read of a stream', () => {
  test.each<[what: string, at: number, ...sql: string[]]>([
    ['whose head was moved back', 6, "UPDATE streams SET position = 6 WHERE name = 'case-b'"],
    ['whose head is another entry', 7, "UPDATE streams SET hash = x'00' WHERE name = 'case-b'"],
    ['whose last entry is gone', 7, `DELETE FROM entries WHERE ${at('case-b', 7)}`],
    ['without one of its entries', 3, `DELETE FROM entries WHERE ${at('case-b', 3)}`],
  ])('%s › is store-corrupt and no shorter page', async (_what, position, sql) => {
    const copy = newCopy();
    copyFileSync(original, copy);
    tamper(copy, sql);
    const store = openSqliteStore({ path: copy, readOnly: true });
    expect(await faultOf(store.readStream('case-b', 0, 100))).toMatchObject({
      code: 'store-corrupt', data: { stream: 'case-b', position },
    });
    expect((await store.readStream('case-a', 0, 100)).entries).toHaveLength(8);
    await store.close();
  });
});

describe('tampering with the bytes of the file', () => {
  test(`${FLIPS} times, bytes at random › is found wherever any read tells something else`,
    async () => {
      const random = seededRandom(SEED * 31 + 7);
      const bytes = readFileSync(original);
      const found = new Map<string, number>();
      for (let turn = 0; turn < FLIPS; turn += 1) {
        const damaged = Buffer.from(bytes);
        const places = [bytes.length, bytes.length, 3 * 4096].slice(0, 1 + (turn % 3))
          .map((within) => Math.floor(random() * within));
        for (const place of places) {
          const by = random() < 0.5 ? 1 : 1 + Math.floor(random() * 255);
          damaged[place] = (damaged[place] ?? 0) ^ by;
        }
        const copy = newCopy();
        writeFileSync(copy, damaged);
        const verdict = await verdictOf(copy);
        rmSync(copy);
        found.set(verdict, (found.get(verdict) ?? 0) + 1);
        const hint = `bytes ${places.join(', ')} (turn ${turn}); ${REPLAY}`;
        expect.soft(verdict, hint).toMatch(/^(bad|fault|untouched)$/);
      }
      expect(found.get('bad')).toBeGreaterThan(FLIPS / 5);
    });
});

/** `untouched`: nothing is found, and every read answers what was recorded. */
async function verdictOf(copy: string): Promise<string> {
  let store: EventStore | undefined;
  try {
    store = openSqliteStore({ path: copy, readOnly: true });
    if ((await verifyStore(store)).firstBad !== undefined) return 'bad';
    const told = await tellings(store).then((list) => JSON.stringify(list), String);
    return told === JSON.stringify(expectedTellings()) ? 'untouched' : `not found: ${told}`;
  } catch (error) {
    const named = /^store-(corrupt|foreign|schema-unknown|schema-changed)$/;
    return isFault(error) && named.test(error.code) ? 'fault' : String(error);
  } finally {
    await store?.close();
  }
}

async function tellings(store: EventStore): Promise<unknown[]> {
  const told: unknown[] = (await store.readAll(LOG_START as GlobalPosition, 100)).entries.map(tell);
  for (const stream of [...STREAMS, 'case-e']) {
    told.push((await store.readStream(stream, 0, 100)).entries.map(tell));
  }
  return told;
}

function expectedTellings(): unknown[] {
  const told: unknown[] = log.map(tell);
  for (const stream of [...STREAMS, 'case-e']) {
    told.push(log.filter((entry) => entry.stream === stream).map(tell));
  }
  return told;
}

function tell({ stream, position, globalPosition, type, hash }: RecordedEntry): string {
  return [stream, position, globalPosition, type, hash].join(' ');
}
