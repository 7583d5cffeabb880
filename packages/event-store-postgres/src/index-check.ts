// What PostgreSQL keeps beside the entries, compared with them: gaps, foreign rows, empty streams.
import type { Misplaced } from '@himaya/event-store';
import { statementOf, type Statement } from './connection.ts';
import { CHECK_ROWS_MAX } from './limits.ts';
import type { Query } from './reader.ts';

/**
 * The first entry after a gap of the log, or of a stream that is not listed, or that another entry
 * of its stream leaves out, or whose bytes there do not have its hash: a reader takes bytes that
 * are no UTF-8 for others. Then the first stream whose head is not its last entry.
 */
export async function findMisplaced(query: Query, schema: string): Promise<Misplaced | undefined> {
  const badEntry = statementOf(
    `SELECT s.name, e.position, e.global_position AS at, s.id IS NULL AS foreign_row,
        e.hash <> sha256('\\x00' || e.entry) AS altered
      FROM ${schema}.entries AS e LEFT JOIN ${schema}.streams AS s ON s.id = e.stream
      WHERE e.global_position > $1 AND e.global_position <= $2 AND (
        s.id IS NULL OR e.position > s.position OR e.hash <> sha256('\\x00' || e.entry)
        OR e.global_position > 0 AND NOT EXISTS (
          SELECT 1 FROM ${schema}.entries AS b WHERE b.global_position = e.global_position - 1)
        OR e.position > 0 AND NOT EXISTS (
          SELECT 1 FROM ${schema}.entries AS b
          WHERE b.stream = e.stream AND b.position = e.position - 1
            AND b.global_position < e.global_position))
      ORDER BY e.global_position LIMIT 1`,
  );
  const badStream = statementOf(
    `SELECT s.name, s.position FROM ${schema}.streams AS s
      WHERE s.id > $1 AND s.id <= $2 AND NOT EXISTS (
        SELECT 1 FROM ${schema}.entries AS e
        WHERE e.stream = s.id AND e.position = s.position AND e.hash = s.hash)
      ORDER BY s.id LIMIT 1`,
  );
  const ends = statementOf(
    `SELECT (SELECT max(global_position) FROM ${schema}.entries) AS entries,
      (SELECT max(id) FROM ${schema}.streams) AS streams`,
  );
  const end = (await query(ends, []))[0];
  const find = async (statement: Statement, last: unknown, sentence: (row: Found) => string) => {
    for (let after = -1; after < Number(last ?? -1); after += CHECK_ROWS_MAX) {
      const row = (await query(statement, [after, after + CHECK_ROWS_MAX]))[0] as Found | undefined;
      if (row === undefined) continue;
      const { name, position } = row;
      return { stream: name ?? '', position, sentence: sentence(row) };
    }
    return undefined;
  };
  const entry = await find(badEntry, end?.entries, ({ at, foreign_row: isForeign, altered }) => {
    const place = `at global position ${at}`;
    if (isForeign) return `it belongs to a stream that is not listed, ${place}`;
    if (altered) return `its bytes on the server do not have its hash, ${place}`;
    return `the log or its stream has a gap before it, ${place}`;
  });
  return entry ?? (await find(badStream, end?.streams, () =>
    'the stream is listed with a head here that is not its last entry'));
}

interface Found {
  readonly name: string | null;
  readonly position: number;
  readonly at: string;
  readonly foreign_row: boolean;
  readonly altered: boolean;
}
