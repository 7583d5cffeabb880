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
    // The head is in each row, and a stream of which no entry is asked for has one row without.
    this.#stream = entriesBy(
      `SELECT ${ENTRY_CELLS}, ${HEAD_TEXT}
        FROM ${schema}.streams AS s LEFT JOIN LATERAL (
          SELECT * FROM ${schema}.entries AS inner_e
          WHERE inner_e.stream = s.id AND inner_e.position >= $2
          ORDER BY inner_e.stream, inner_e.position LIMIT $3
        ) AS e ON true
        WHERE s.name = $1 ORDER BY e.position`,
    );
    this.#log = entriesBy(
      `SELECT ${ENTRY_CELLS}, s.name
        FROM (
          SELECT * FROM ${schema}.entries AS inner_e
          WHERE inner_e.global_position > $1 ORDER BY inner_e.global_position LIMIT $2
        ) AS e LEFT JOIN ${schema}.streams AS s ON s.id = e.stream ORDER BY e.global_position`,
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
    const first = rows[0];
    if (first === undefined) return { entries: [], head: 'none' };
    const head = headOfText(first[LAST_CELL] ?? '');
    const entries = rows
      .filter(([globalPosition]) => globalPosition !== null)
      .map((cells) => entryOfCells(cells, stream));
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

