// What SQLite keeps beside the entries, compared with them: gaps, passed-over rows, empty streams.
import { setImmediate } from 'node:timers/promises';
import type { Misplaced } from '@himaya/event-store';
import type { Row } from './driver.ts';
import { CHECK_ROWS_MAX } from './limits.ts';
import { storeCorrupt } from './sqlite-faults.ts';

/** Asks the store's file one question that has at most one row as answer. */
export type Ask = (sql: string, ...values: number[]) => Row | undefined;

/** SQLite's own indexes, which it names after the constraints of the schema. */
const ENTRIES_INDEX = 'sqlite_autoindex_entries_1';
const STREAMS_INDEX = 'sqlite_autoindex_streams_1';

/**
 * An entry after a gap of the log, or one that the index by position and stream does not lead to.
 * The hash is asked for because it is not in the index: SQLite must follow it, as a read does.
 */
const BAD_ENTRY = `
SELECT s.name, e.position, e.global_position AS at,
  NOT EXISTS (SELECT 1 FROM entries AS i INDEXED BY ${ENTRIES_INDEX} WHERE i.stream = e.stream
    AND i.position = e.position AND i.hash = e.hash) AS hidden
FROM entries AS e NOT INDEXED JOIN streams AS s ON s.id = e.stream
WHERE e.global_position > ? AND e.global_position <= ? AND (hidden OR e.global_position > 0
  AND NOT EXISTS (SELECT 1 FROM entries WHERE global_position = e.global_position - 1))
ORDER BY e.global_position LIMIT 1`;

const EMPTY_STREAM = `
SELECT name, position FROM streams AS s NOT INDEXED WHERE s.id > ? AND s.id <= ? AND NOT EXISTS
  (SELECT 1 FROM entries AS e INDEXED BY ${ENTRIES_INDEX} WHERE e.position = 0 AND e.stream = s.id)
ORDER BY s.id LIMIT 1`;

/** Rows of each index and of its table; one statement each, so that writers do not come between. */
const COUNTS: readonly (readonly [table: string, sql: string])[] = [
  // Without a gap the last place says how many there are; counting would read every entry again.
  ['entries', `SELECT (SELECT count(*) FROM entries INDEXED BY ${ENTRIES_INDEX}) AS listed,
    (SELECT coalesce(max(global_position), -1) + 1 FROM entries) AS held`],
  ['streams', `SELECT (SELECT count(*) FROM streams INDEXED BY ${STREAMS_INDEX}) AS listed,
    (SELECT count(*) FROM streams NOT INDEXED) AS held`],
];

/**
 * The first entry or stream that is out of place. Asks for a bounded number of rows at a time and
 * lets others go on between.
 *
 * @throws Fault `store-corrupt` if an index holds other rows than its table.
 */
export async function findMisplaced(ask: Ask, path: string): Promise<Misplaced | undefined> {
  const entry = await firstRow(ask, BAD_ENTRY, 'SELECT max(global_position) AS last FROM entries');
  if (entry !== undefined) {
    return placeOf(entry, entry.hidden === 1
      ? 'a read of its stream passes it over: the index does not lead to it'
      : `the log has a gap before it, at global position ${Number(entry.at) - 1}`);
  }
  const stream = await firstRow(ask, EMPTY_STREAM, 'SELECT max(id) AS last FROM streams');
  if (stream !== undefined) {
    return placeOf(stream, 'the stream is listed with its head here and has no first entry');
  }
  for (const [table, sql] of COUNTS) {
    const counts = ask(sql);
    if (counts?.listed === counts?.held) continue;
    const found = `the index of ${table} lists ${counts?.listed} rows of ${counts?.held}`;
    throw storeCorrupt('Cannot verify', path, found);
  }
  return undefined;
}

async function firstRow(ask: Ask, sql: string, end: string): Promise<Row | undefined> {
  for (let after = -1; ; after += CHECK_ROWS_MAX) {
    const row = ask(sql, after, after + CHECK_ROWS_MAX);
    if (row !== undefined) return row;
    if (after + CHECK_ROWS_MAX >= Number(ask(end)?.last ?? -1)) return undefined;
    await setImmediate();
  }
}

function placeOf(row: Row, sentence: string): Misplaced {
  return { stream: String(row.name), position: Number(row.position), sentence };
}
