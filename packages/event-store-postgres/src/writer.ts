// The writer: sends a batch of appends as one statement, and finds out what became of each.
import { Buffer } from 'node:buffer';
import { setTimeout } from 'node:timers/promises';
import { appended } from '@himaya/event-store';
import type {
  Append,
  AppendOutcome,
  GlobalPosition,
  Head,
  NonEmpty,
  StreamName,
  StreamWrite,
} from '@himaya/event-store';
import { askedBy, conflictOf, judge, type Batch } from './batch.ts';
import { statementOf, type Connection, type Row, type Statement } from './connection.ts';
import { RECONNECT_PAUSE_MS } from './limits.ts';
import { isConnectionLost } from './postgres-faults.ts';
import { bytesList, hashText, headOfRow } from './rows.ts';

/** Sends batches one after the other over one connection. */
export class Writer {
  readonly #connection: Connection;
  readonly #append: Statement;
  readonly #recorded: Statement;
  readonly #heads: Statement;
  readonly #busyTimeoutMs: number;

  constructor(connection: Connection, schema: string, busyTimeoutMs: number) {
    this.#connection = connection;
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#append = statementOf(
      `SELECT * FROM ${schema}.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    );
    this.#heads = statementOf(
      `SELECT due.name, s.position, s.hash, s.recorded_at
        FROM unnest($1::text[]) AS due (name)
        LEFT JOIN ${schema}.streams AS s ON s.name = due.name`,
    );
    this.#recorded = statementOf(
      `SELECT e.global_position, e.position, e.hash FROM ${schema}.entries AS e
        JOIN ${schema}.streams AS s ON s.id = e.stream
        WHERE s.name = $1 AND e.position BETWEEN $2 AND $3 ORDER BY e.position`,
    );
  }

  /**
   * The outcomes of appends, in their order. A connection that is lost meanwhile is made again and
   * the same entries are sent again: what was recorded already is found to be so.
   */
  async append(appends: NonEmpty<Append>): Promise<readonly AppendOutcome[]> {
    const giveUpAtMs = performance.now() + this.#busyTimeoutMs;
    let pauseMs: number = RECONNECT_PAUSE_MS.first;
    for (;;) {
      try {
        return await this.#settle(appends);
      } catch (error) {
        if (!isConnectionLost(error) || performance.now() + pauseMs > giveUpAtMs) throw error;
        await setTimeout(pauseMs);
        pauseMs = Math.min(pauseMs * 2, RECONNECT_PAUSE_MS.most);
      }
    }
  }

  async #settle(appends: NonEmpty<Append>): Promise<readonly AppendOutcome[]> {
    const known = new Map<StreamName, Head | 'none'>();
    for (;;) {
      const batch = judge(appends, known);
      const sent = batch.kept.length > 0 ? await this.#send(batch) : { last: -1n };
      if ('found' in sent) {
        for (const [stream, head] of sent.found) known.set(stream, head);
        continue;
      }
      return this.#outcomes(appends, batch, sent.last);
    }
  }

  /** The log's new end, or where the streams really are if one is elsewhere. */
  async #send(
    batch: Batch,
  ): Promise<{ last: bigint } | { found: ReadonlyMap<StreamName, Head | 'none'> }> {
    const rows = await this.#connection.query(this.#append, valuesOf(batch));
    const last = rows[0]?.last;
    if (typeof last === 'string') return { last: BigInt(last) };
    return { found: foundIn(rows) };
  }

  async #outcomes(
    appends: NonEmpty<Append>,
    batch: Batch,
    last: bigint,
  ): Promise<readonly AppendOutcome[]> {
    const outcomes: AppendOutcome[] = [];
    let at = last - BigInt(batch.entries.length);
    for (const [index, append] of appends.entries()) {
      const heads = batch.left.get(index);
      if (heads) {
        outcomes.push((await this.#repeatOf(append)) ?? (await this.#conflict(append, heads)));
        continue;
      }
      at += BigInt(append.writes.reduce((sum, { entries }) => sum + entries.length, 0));
      outcomes.push(appended(append.writes, at as GlobalPosition));
    }
    return outcomes;
  }

  /** `appended` if exactly these entries are recorded already, in every stream. */
  async #repeatOf({ writes }: Append): Promise<AppendOutcome | undefined> {
    let last = -1n;
    for (const write of writes) {
      const rows = await this.#connection.query(this.#recorded, placesOf(write));
      if (!write.entries.every(({ hash }, index) => hashText(rows[index]?.hash) === hash)) {
        return undefined;
      }
      const end = BigInt(String(rows.at(-1)?.global_position));
      if (end > last) last = end;
    }
    return appended(writes, last as GlobalPosition);
  }

  /** Where the append finds the first stream that is elsewhere than it expects. */
  async #conflict(
    append: Append,
    seen: ReadonlyMap<StreamName, Head | 'none'>,
  ): Promise<AppendOutcome> {
    const unseen = askedBy(append).flatMap(({ stream }) => (seen.has(stream) ? [] : [stream]));
    const rows = unseen.length > 0 ? await this.#connection.query(this.#heads, [unseen]) : [];
    const heads = new Map([...seen, ...foundIn(rows)]);
    return conflictOf(append, heads) as AppendOutcome;
  }
}

/** Where streams are, by the rows of an answer. */
function foundIn(rows: readonly Row[]): ReadonlyMap<StreamName, Head | 'none'> {
  return new Map(
    rows.map((row) => [String(row.name), row.position === null ? 'none' : headOfRow(row)]),
  );
}

function placesOf({ stream, entries }: StreamWrite): readonly unknown[] {
  const first = entries[0].position;
  return [stream, first, first + entries.length - 1];
}

/** The statement's arrays: streams and what they must be at, where they go, and the entries. */
function valuesOf({ checked, entries }: Batch): readonly unknown[] {
  const due = checked.map(({ due: head }) => head);
  const moved = checked.flatMap(({ moved: head }) => head ?? []);
  const places = new Map(checked.map(({ stream }, index) => [stream, index + 1]));
  return [
    checked.map(({ stream }) => stream),
    due.map((head) => (head === 'none' ? -1 : head.position)),
    bytesList(due.map((head) => hashBytes(head === 'none' ? '' : head.hash))),
    due.map((head) => (head === 'none' ? '' : head.recordedAt)),
    moved.map(({ position }) => position),
    bytesList(moved.map(({ hash }) => hashBytes(hash))),
    moved.map(({ recordedAt }) => recordedAt),
    entries.map(({ stream }) => places.get(stream)),
    entries.map(({ position }) => position),
    entries.map(({ type }) => type),
    bytesList(entries.map(({ hash }) => hashBytes(hash))),
    bytesList(entries.map(({ bytes }) => bytes)),
  ];
}

function hashBytes(hash: string): Buffer {
  return Buffer.from(hash, 'base64url');
}
