// The hash chain of every stream, checked entry by entry in the order of the log.
import { Buffer } from 'node:buffer';
import { canonicalize } from './canonical-json.ts';
import { hashEntry, readEnvelope } from './codec.ts';
import type { EntryRead, Envelope, Position, StreamName } from './entry.ts';
import { isFault } from './fault.ts';
import type { GlobalPosition, RecordedEntry } from './port.ts';
import { LOG_START } from './port.ts';
import { StreamSlots } from './stream-slots.ts';

/** Why an entry is bad; each code is one kind of change to the record. */
export type ChainReasonCode =
  | 'order-wrong'
  | 'bytes-changed'
  | 'entry-unreadable'
  | 'not-canonical'
  | 'index-differs'
  | 'position-wrong'
  | 'prev-wrong'
  | 'time-backwards'
  | 'read-unknown'
  | 'head-differs'
  | 'misplaced';

/** The first place where the record is not what was recorded. */
export interface BadEntry {
  readonly stream: StreamName;
  readonly position: Position;
  readonly reason: { readonly code: ChainReasonCode; readonly sentence: string };
}

/**
 * Checks entries in the order of `readAll`, streams interleaved as they are. Holds the last entry
 * of each stream and nothing else: 44 bytes and the name. After a bad entry its verdicts mean
 * nothing more.
 */
export class ChainVerifier {
  readonly #streams = new StreamSlots();
  #after: GlobalPosition = LOG_START;
  #entries = 0;
  #recordedAtMs = 0;
  #oldReads: EntryRead[] = [];

  /** Entries that {@link check} found good. */
  get entries(): number {
    return this.#entries;
  }

  /** Streams with an entry that was found good. */
  get streams(): StreamSlots {
    return this.#streams;
  }

  /** When the entry checked last was recorded, in milliseconds since 1970. */
  get recordedAtMs(): number {
    return this.#recordedAtMs;
  }

  /**
   * What the entry checked last had read and what is no longer its stream's last entry. Whether
   * those exist with that hash only the store can tell: see {@link readProblem}.
   */
  get oldReads(): readonly EntryRead[] {
    return this.#oldReads;
  }

  /** What is wrong with the next entry of the log, or `undefined`. */
  check(entry: RecordedEntry): BadEntry | undefined {
    this.#oldReads = [];
    if (entry.globalPosition <= this.#after) {
      return bad(entry, 'order-wrong', `its global position does not follow ${this.#after}`);
    }
    if (hashEntry(entry.bytes) !== entry.hash) {
      return bad(entry, 'bytes-changed', 'its bytes do not have the recorded hash');
    }
    const { envelope, unreadable } = open(entry);
    if (envelope === undefined) return unreadable;
    const problem = this.#indexProblem(entry, envelope) ?? this.#chainProblem(entry, envelope);
    if (problem !== undefined) return problem;
    for (const read of envelope.reads ?? []) {
      const unknown = this.#readProblem(entry, read);
      if (unknown !== undefined) return unknown;
    }
    this.#recordedAtMs = Date.parse(envelope.recordedAt);
    this.#streams.put(entry.stream, entry.position, entry.hash, this.#recordedAtMs);
    this.#after = entry.globalPosition;
    this.#entries += 1;
    return undefined;
  }

  /** Where the store lists the entry and where its bytes belong, if these are not the same. */
  #indexProblem(entry: RecordedEntry, envelope: Envelope): BadEntry | undefined {
    for (const field of ['stream', 'position', 'type'] as const) {
      if (entry[field] === envelope[field]) continue;
      const sentence = `the store lists ${field} ${show(entry[field])}, its bytes say ` +
        show(envelope[field]);
      // Bytes that continue their own chain are in place, and it is the index that was changed.
      const last = this.#streams.last(envelope.stream);
      const inPlace = envelope.position === (last?.position ?? -1) + 1 &&
        envelope.prev === (last?.hash ?? null);
      return bad(inPlace ? envelope : entry, 'index-differs', sentence);
    }
    return undefined;
  }

  #chainProblem(entry: RecordedEntry, envelope: Envelope): BadEntry | undefined {
    const last = this.#streams.last(entry.stream);
    const due = last === undefined ? 0 : last.position + 1;
    if (entry.position !== due) {
      return bad(entry, 'position-wrong', `position ${due} of the stream is due here`);
    }
    if (last === undefined) return undefined;
    if (envelope.prev !== last.hash) {
      return bad(entry, 'prev-wrong', 'it does not name the hash of the entry before it');
    }
    if (Date.parse(envelope.recordedAt) < last.recordedAtMs) {
      return bad(entry, 'time-backwards', 'it is recorded before the entry before it');
    }
    return undefined;
  }

  #readProblem(entry: RecordedEntry, read: EntryRead): BadEntry | undefined {
    // A stream that did not exist when it was read may have been created since.
    if (read.position === -1) return undefined;
    const last = this.#streams.last(read.stream);
    if (last === undefined || last.position < read.position) return unknownRead(entry, read);
    if (last.position === read.position) {
      return last.hash === read.hash ? undefined : unknownRead(entry, read);
    }
    this.#oldReads.push(read);
    return undefined;
  }
}

/** What is wrong with `entry` if the store holds `found` at the place that it has read. */
export function readProblem(
  entry: RecordedEntry,
  read: EntryRead,
  found: RecordedEntry | undefined,
): BadEntry | undefined {
  const same =
    found !== undefined &&
    found.position === read.position &&
    hashEntry(found.bytes) === read.hash;
  return same ? undefined : unknownRead(entry, read);
}

function unknownRead(entry: RecordedEntry, { stream, position }: EntryRead): BadEntry {
  const sentence = `it has read ${stream} at ${position}, which holds no entry with that hash`;
  return bad(entry, 'read-unknown', sentence);
}

type Opened =
  | { readonly envelope: Envelope; readonly unreadable?: undefined }
  | { readonly envelope?: undefined; readonly unreadable: BadEntry };

/** The envelope, if the bytes are exactly what sealing it would write. */
function open(entry: RecordedEntry): Opened {
  let envelope: Envelope;
  try {
    envelope = readEnvelope(entry.bytes);
  } catch (error) {
    if (!isFault(error, 'entry-unreadable')) throw error;
    const sentence = String(error.data.problem);
    return { unreadable: bad(entry, 'entry-unreadable', sentence) };
  }
  const { buffer, byteOffset, byteLength } = entry.bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  if (isCanonical(envelope, text)) return { envelope };
  return { unreadable: bad(entry, 'not-canonical', 'its bytes are not canonical JSON') };
}

function isCanonical(envelope: Envelope, text: string): boolean {
  try {
    return canonicalize(envelope) === text;
  } catch (error) {
    if (isFault(error, 'not-i-json')) return false;
    throw error;
  }
}

function show(value: string | number): string {
  return JSON.stringify(value);
}

function bad(
  { stream, position }: Pick<RecordedEntry, 'stream' | 'position'>,
  code: ChainReasonCode,
  sentence: string,
): BadEntry {
  return { stream, position, reason: { code, sentence } };
}
