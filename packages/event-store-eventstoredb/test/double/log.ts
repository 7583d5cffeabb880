// The double's log in memory: revisions, repeats, metadata that hides events, as a server has them.

/** An event as the double holds it. */
export interface DoubleEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Commit and prepare position in `$all`. */
  readonly position: bigint;
}

/** What an append proposes. */
export type Proposed = Pick<DoubleEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/** What a stream must be at. */
export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

/** What the log makes of an append. */
export type Appended =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: bigint }
  /** The same event ids are there already. */
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'wrong'; readonly current: number | undefined }
  | { readonly kind: 'deleted' };

/** One stream's part of an append. */
export interface Part {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
}

/** Bytes that a position grows by beside the event's own: a log's positions are not numbered. */
const RECORD_OVERHEAD = 117n;

/** All events of a server, and what each stream shows of them. */
export class DoubleLog {
  readonly events: DoubleEvent[] = [];
  readonly #streams = new Map<string, DoubleEvent[]>();
  readonly #tombstones = new Set<string>();
  readonly #listeners = new Set<(event: DoubleEvent) => void>();
  #position = 2_746n;

  /** The stream's own events, oldest first; hidden ones too. */
  all(stream: string): readonly DoubleEvent[] {
    return this.#streams.get(stream) ?? [];
  }

  /** Whether the stream was deleted for good. */
  isTombstoned(stream: string): boolean {
    return this.#tombstones.has(stream);
  }

  /** What a read of the stream shows: its metadata may hide the oldest. */
  shown(stream: string): readonly DoubleEvent[] {
    const events = this.all(stream);
    const last = this.all(`$$${stream}`).at(-1);
    if (last === undefined) return events;
    const { $tb = 0, $maxCount = Infinity } = JSON.parse(
      Buffer.from(last.data).toString('utf8'),
    ) as { $tb?: number; $maxCount?: number };
    return events.filter(({ revision }) => revision >= Math.max($tb, events.length - $maxCount));
  }

  /** Appends to one stream, as a server judges it. */
  append(part: Part): Appended {
    const verdict = this.judge(part);
    return verdict ?? this.#write(part);
  }

  /** Why the append is not written now, or `undefined`. */
  judge({ stream, expected, events }: Part): Exclude<Appended, { kind: 'appended' }> | undefined {
    if (this.#tombstones.has(stream)) return { kind: 'deleted' };
    const there = this.all(stream);
    const current = there.at(-1)?.revision;
    const due = expected === 'no_stream' ? undefined : expected;
    if (due === 'any') return undefined;
    if (due === 'stream_exists') {
      return current === undefined ? { kind: 'wrong', current } : undefined;
    }
    // A stream that was deleted softly begins anew behind what it held.
    if (due === current || (due === undefined && this.shown(stream).length === 0)) return undefined;
    const first = (due ?? -1) + 1;
    const same = events.every(({ id }, index) => there[first + index]?.id === id);
    return same
      ? { kind: 'repeated', revision: first + events.length - 1 }
      : { kind: 'wrong', current };
  }

  #write({ stream, events }: Part): Appended {
    let written: DoubleEvent | undefined;
    for (const event of events) written = this.record(stream, event);
    const { revision = -1, position = -1n } = written ?? {};
    return { kind: 'appended', revision, position };
  }

  /** Writes one event without any check: what the server itself and other applications record. */
  record(stream: string, proposed: Partial<Proposed> & Pick<Proposed, 'type'>): DoubleEvent {
    const events = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, events);
    const {
      id = `00000000-0000-4000-8000-${String(this.events.length).padStart(12, '0')}`,
      contentType = 'application/json', data = new Uint8Array([0x7b, 0x7d]),
      metadata = new Uint8Array(), type,
    } = proposed;
    this.#position += RECORD_OVERHEAD + BigInt(data.byteLength);
    const event: DoubleEvent = {
      stream, revision: events.length, id, type, contentType, metadata,
      data: data.slice(), position: this.#position,
    };
    events.push(event);
    this.events.push(event);
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  /** Deletes a stream: softly, so that it can begin anew, or for good. */
  delete(stream: string, forGood: boolean): void {
    if (forGood) this.#tombstones.add(stream);
    const data = Buffer.from(JSON.stringify({ $tb: Number.MAX_SAFE_INTEGER }));
    this.record(`$$${stream}`, { type: '$metadata', data });
  }

  /** Calls for every event from now on, until the answer is called. */
  listen(listener: (event: DoubleEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
