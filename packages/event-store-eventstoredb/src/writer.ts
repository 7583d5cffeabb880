// The writer: sends one append, and finds out what became of it.
import { appended, headOf, sameHead } from '@himaya/event-store';
import type {
  Append,
  AppendOutcome,
  Entry,
  GlobalPosition,
  Head,
  NonEmpty,
  StreamName,
} from '@himaya/event-store';
import { persist, within } from './calls.ts';
import type { ClientCheck, ClientRevision, EventStoreDbClient } from './client.ts';
import { countedBytes, headOfEntry, proposalOf } from './events.ts';
import {
  appendTooLarge, appendUnclear, isWrongRevision, type Place,
} from './eventstoredb-faults.ts';
import type { KnownHeads } from './known-heads.ts';
import type { Reader } from './reader.ts';

/** What a writer needs to know of its store. */
export interface WriterOptions {
  readonly client: EventStoreDbClient;
  readonly prefix: string;
  readonly place: Place;
  readonly reader: Reader;
  readonly known: KnownHeads;
  readonly appendBytesMax: number;
}

/** A stream that an append names, and where it expects it: what it writes, then what it has read. */
interface Asked {
  readonly stream: StreamName;
  readonly expected: Head | 'none';
}

/**
 * Sends appends. The server compares revisions only; that the entry at the expected one is the one
 * that the caller has seen is looked up first, which holds for good: recorded entries do not change.
 */
export class Writer {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Refuses what the server would, without any I/O. @throws Fault `append-too-large` */
  checkSize({ writes }: Append): void {
    const { appendBytesMax, place } = this.#options;
    let bytes = 0;
    for (const { entries } of writes) {
      for (const entry of entries) bytes += countedBytes(proposalOf(entry));
    }
    if (bytes <= appendBytesMax) return;
    const found = `${bytes} bytes, and the limit of the server is ${appendBytesMax} in one append`;
    throw appendTooLarge(place, found);
  }

  /**
   * Records one append, and answers how to learn its outcome: of what the server took that may be
   * asked while the next append is sent. A call that is lost is made again with the same entries:
   * the server knows their ids, and what was recorded already is found to be so.
   */
  async record(request: Append, giveUpAtMs: number): Promise<() => Promise<AppendOutcome>> {
    const isTaken =
      (await this.#isAsExpected(request, giveUpAtMs)) && (await this.#send(request, giveUpAtMs));
    if (!isTaken) {
      // At once: where a stream is found must be where it was when this append had its turn.
      const outcome = await this.#settle(request);
      return () => Promise.resolve(outcome);
    }
    for (const { stream, entries } of request.writes) {
      this.#options.known.put(stream, headOf(lastOf(entries)));
    }
    return () => this.#settle(request);
  }

  /** Whether each stream is, as far as is known, at the head that the caller has seen. */
  async #isAsExpected(request: Append, giveUpAtMs: number): Promise<boolean> {
    const { known, reader } = this.#options;
    for (const { stream, expected } of askedBy(request)) {
      const seen = known.get(stream);
      if (seen !== undefined && isBehind(expected, seen)) return false;
      if (expected === 'none' || (seen && sameHead(seen, expected))) continue;
      const entry = await reader.entryAt(stream, expected.position, giveUpAtMs);
      if (entry === undefined || !sameHead(headOfEntry(entry), expected)) return false;
    }
    return true;
  }

  /** Whether the server took it; `false` where it found a stream elsewhere. */
  async #send(request: Append, giveUpAtMs: number): Promise<boolean> {
    try {
      await persist((deadline) => within(this.#call(request, deadline), deadline), giveUpAtMs);
      return true;
    } catch (error) {
      if (isWrongRevision(error)) return false;
      throw error;
    }
  }

  #call(request: Append, deadlineMs: number): Promise<unknown> {
    const { client, prefix } = this.#options;
    const [{ stream, expected, entries }, ...others] = request.writes;
    const deadline = Math.ceil(deadlineMs);
    if (others.length === 0 && (request.unchanged ?? []).length === 0) {
      const revision = revisionOf(expected);
      return client.appendToStream(prefix + stream, entries.map(proposalOf), {
        expectedRevision: revision, streamState: revision, requiresLeader: true, deadline,
      });
    }
    const records = request.writes.flatMap((write) => write.entries.map((entry) => ({
      streamName: prefix + write.stream, record: proposalOf(entry),
    })));
    const checks = askedBy(request).map((asked): ClientCheck => ({
      type: 'stream_state',
      streamName: prefix + asked.stream,
      expectedState: revisionOf(asked.expected),
    }));
    return client.appendRecords?.(records, checks) ?? Promise.resolve();
  }

  /**
   * `appended` if exactly these entries are recorded, in every stream: also after the server took
   * them, so that nothing is acknowledged that cannot be read. Else where a stream really is.
   */
  async #settle(request: Append): Promise<AppendOutcome> {
    const { reader, known, place } = this.#options;
    const heads = new Map<StreamName, Head | 'none'>();
    let last: GlobalPosition | undefined = -1n as GlobalPosition;
    for (const { stream, entries } of request.writes) {
      const end = lastOf(entries);
      const newest = await reader.lastEntry(stream);
      heads.set(stream, newest === undefined ? 'none' : headOfEntry(newest));
      // The last entry names all before it; others may have come behind it.
      const found = newest !== undefined && newest.position > end.position
        ? await reader.entryAt(stream, end.position)
        : newest;
      if (found?.hash !== end.hash) last = undefined;
      else if (last !== undefined && found.globalPosition > last) last = found.globalPosition;
    }
    if (last !== undefined) return appended(request.writes, last);
    for (const { stream, expected } of askedBy(request)) {
      const found = heads.get(stream) ?? (await reader.head(stream));
      if (!sameHead(expected, found)) return { kind: 'conflict', stream, expected, found };
    }
    for (const { stream } of request.writes) known.forget(stream);
    throw appendUnclear(place);
  }
}

/** All streams of an append, in the order in which a conflict is looked for. */
function askedBy({ writes, unchanged = [] }: Append): readonly Asked[] {
  return [
    ...writes.map(({ stream, expected }) => ({ stream, expected })),
    ...unchanged.map(({ stream, head }) => ({ stream, expected: head })),
  ];
}

/** Whether a stream has grown beyond where an append expects it. */
function isBehind(expected: Head | 'none', seen: Head): boolean {
  return expected === 'none' || expected.position < seen.position;
}

function revisionOf(expected: Head | 'none'): ClientRevision {
  return expected === 'none' ? 'no_stream' : BigInt(expected.position);
}

function lastOf(entries: NonEmpty<Entry>): Entry {
  return entries.at(-1) ?? entries[0];
}
