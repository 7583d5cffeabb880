// Reads: pages of a stream and of the log, each one statement, so that each sees one moment.
import { checkCount, checkFrom } from '@himaya/event-store';
import type {
  GlobalPosition,
  Head,
  LogPage,
  Position,
  RecordedEntry,
  StreamName,
  StreamPage,
} from '@himaya/event-store';
import { statementOf, type Row, type Statement } from './connection.ts';
import { streamCorrupt, type Place } from './postgres-faults.ts';
import {
  AS_TEXTS, ENTRY_CELLS, entryOfCells, HEAD_TEXT, headOfText, type Cells,
} from './rows.ts';

/** Sends a statement over any connection. */
export type Query = <R = Row>(
  statement: Statement,
  values: readonly unknown[],
) => Promise<readonly R[]>;

/** Largest value of the column; no entry is beyond. */
const GLOBAL_POSITION_MAX = 2n ** 63n - 1n;

/** Where the cell behind those of the entry is. */
const LAST_CELL = 5;

/** A statement whose rows begin with the cells of an entry. */
function entriesBy(text: string): Statement {
  return { ...statementOf(text), ...AS_TEXTS };
}

/** The statements that read one schema. */
export class Reader {
  readonly #query: Query;
  readonly #place: Place;
  readonly #stream: Statement;
  readonly #log: Statement;

  constructor(query: Query, place: Place, schema: string) {
    this.#query = query;
    this.#place = place;
    // The head is a row of its own, told by having no global position: joined to each entry, it would
    // take longer than the entries do.
    this.#stream = entriesBy(
      `SELECT NULL, NULL, NULL, NULL, NULL, ${HEAD_TEXT}
        FROM ${schema}.streams AS s WHERE s.name = $1
      UNION ALL (SELECT ${ENTRY_CELLS}, NULL
        FROM ${schema}.entries AS e
        WHERE e.stream = (SELECT id FROM ${schema}.streams WHERE name = $1) AND e.position >= $2
        ORDER BY e.stream, e.position LIMIT $3)`,
    );
    // Joined, the names would be looked for in a way that the server chooses by what it knows of the
    // tables, which is nothing at first: three times as long as one look for each entry.
    this.#log = entriesBy(
      `SELECT ${ENTRY_CELLS}, (SELECT s.name FROM ${schema}.streams AS s WHERE s.id = e.stream)
        FROM ${schema}.entries AS e
        WHERE e.global_position > $1 ORDER BY e.global_position LIMIT $2`,
    );
  }

  /**
   * See `EventStore.readStream`. A stream whose head and entries do not agree is a fault and never a
   * shorter page: what is folded or shown without an entry would look whole.
   */
  async readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    const count = checkCount(countMax);
    checkFrom(from);
    const start = Math.min(from, 2 ** 31 - 1);
    const rows = await this.#query<Cells>(this.#stream, [stream, start, count]);
    const ofHead = rows.find(([globalPosition]) => globalPosition === null);
    if (ofHead === undefined) return { entries: [], head: 'none' };
    const head = headOfText(ofHead[LAST_CELL] ?? '');
    const entries = rows
      .filter((cells) => cells !== ofHead)
      .map((cells) => entryOfCells(cells, stream))
      // A server may answer the parts of a union in any order.
      .sort((a, b) => a.position - b.position);
    this.#checkPlaces(stream, entries, from, Math.min(head.position, from + count - 1), head);
    return { entries, head };
  }

  /** See `EventStore.readAll`. */
  async readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    const count = checkCount(countMax);
    const bound = after > GLOBAL_POSITION_MAX ? GLOBAL_POSITION_MAX : after < -1n ? -1n : after;
    const rows = await this.#query<Cells>(this.#log, [String(bound), count]);
    const entries = rows.map((cells) => entryOfCells(cells, cells[LAST_CELL] ?? ''));
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  }

  #checkPlaces(
    stream: StreamName,
    found: readonly RecordedEntry[],
    from: number,
    to: number,
    head: Head,
  ): void {
    const wrong = (position: number, sentence: string): never => {
      throw streamCorrupt(this.#place, stream, position, sentence);
    };
    if (found.some(({ position }) => position > head.position)) {
      wrong(head.position, 'entries follow its head');
    }
    const gap = found.findIndex(({ position }, index) => position !== from + index);
    const due = from + (gap === -1 ? found.length : gap);
    if (due <= to) wrong(due, 'there is no entry there');
    if (from <= to && to === head.position && found.at(-1)?.hash !== head.hash) {
      wrong(to, 'its head is not its last entry');
    }
  }
}

