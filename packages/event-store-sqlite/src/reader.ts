// Reads: pages of a stream and of the log.
import { checkCount, checkFrom } from '@himaya/event-store';
import type {
  GlobalPosition,
  LogPage,
  Position,
  RecordedEntry,
  StreamName,
  StreamPage,
} from '@himaya/event-store';
import type { Database, Row, Statement } from './driver.ts';
import { blobOf, hashOfHex, headOfRow } from './heads.ts';
import { streamCorrupt } from './sqlite-faults.ts';

/** The statements of one connection for reading. */
export class Reader {
  readonly #db: Database;
  readonly #path: string;
  readonly #head: Statement;
  readonly #stream: Statement;
  readonly #log: Statement;

  constructor(db: Database, path: string) {
    this.#db = db;
    this.#path = path;
    // One statement, so that no writer comes between the head and the look behind it.
    this.#head = db.prepare(
      `SELECT id, position, hash, recorded_at, EXISTS (SELECT 1 FROM entries AS e
          WHERE e.position = s.position + 1 AND e.stream = s.id) AS beyond
        FROM streams AS s WHERE name = ?`,
    );
    this.#stream = db.prepare(
      `WITH RECURSIVE place (at) AS (VALUES (?) UNION ALL SELECT at + 1 FROM place WHERE at < ?)
        SELECT e.global_position, e.position, e.type, hex(e.hash) AS hash, e.entry
        FROM place CROSS JOIN entries AS e ON e.position = place.at AND e.stream = ?`,
    );
    this.#log = db.prepare(
      `SELECT e.global_position, s.name, e.position, e.type, hex(e.hash) AS hash, e.entry
        FROM entries AS e LEFT JOIN streams AS s ON s.id = e.stream
        WHERE e.global_position > ? ORDER BY e.global_position LIMIT ?`,
    );
  }

  /**
   * See `EventStore.readStream`. A stream whose head, index and entries do not agree is a fault and
   * never a shorter page: what is folded or shown without an entry would look whole.
   */
  readStream(stream: StreamName, from: Position, countMax: number): StreamPage {
    const count = checkCount(countMax);
    checkFrom(from);
    const row = this.#head.get(stream);
    if (row === undefined) return { entries: [], head: 'none' };
    const head = headOfRow(row);
    if (!Number.isSafeInteger(head.position) || head.position < 0) {
      throw streamCorrupt(this.#path, stream, 0, 'its head has no position');
    }
    if (row.beyond === 1) {
      throw streamCorrupt(this.#path, stream, head.position, 'entries follow its head');
    }
    // Bounded by the head read before: entries of a later commit belong to a later page.
    const to = Math.min(head.position, from + count - 1);
    if (from > to) return { entries: [], head };
    // A cross join is made in the order written: places, and to each its entry.
    const rows = this.#stream.all(from, to, Number(row.id));
    const entries = rows.map((found) => entryOf(found, stream));
    this.#checkPlaces(stream, entries, from, to);
    if (to === head.position && entries.at(-1)?.hash !== head.hash) {
      throw streamCorrupt(this.#path, stream, to, 'its head is not its last entry');
    }
    return { entries, head };
  }

  /** Each place has its entry: an index may have lost some, or hold one twice. */
  #checkPlaces(
    stream: StreamName,
    found: readonly RecordedEntry[],
    from: number,
    to: number,
  ): void {
    const wrong = found.findIndex(({ position }, index) => position !== from + index);
    const due = from + (wrong === -1 ? found.length : wrong);
    if (due === to + 1) return;
    throw streamCorrupt(this.#path, stream, Math.min(due, to), 'the index leads to no entry there');
  }

  /** See `EventStore.readAll`. */
  readAll(after: GlobalPosition, countMax: number): LogPage {
    const count = checkCount(countMax);
    const rows = this.#log.all(boundOf(after), count);
    const entries = rows.map((row) => entryOf(row, String(row.name ?? '')));
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  }

  /** The answer to a question that is asked now and then. */
  ask(sql: string, values: readonly number[]): Row | undefined {
    return this.#db.prepare(sql).get(...values);
  }
}

/** Tokens of this store are row numbers, far below what a number holds exactly. */
function boundOf(after: GlobalPosition): number {
  if (after < 0n) return -1;
  return after > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(after);
}

function entryOf(row: Row, stream: StreamName): RecordedEntry {
  return {
    stream,
    position: Number(row.position),
    globalPosition: BigInt(Number(row.global_position)) as GlobalPosition,
    type: String(row.type),
    // As text: of all that a row holds a second blob would take longest.
    hash: hashOfHex(String(row.hash)),
    bytes: blobOf(row.entry),
  };
}
