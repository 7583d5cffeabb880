// The event store port: what the engine needs from any store, and nothing only one store offers.
import type { Entry, Hash, Instant, Position, StreamName } from './entry.ts';

/** A list with at least one member. */
export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * An opaque, ordered token of the store's commit order. Compare two of one store with `<`; keep
 * nothing else of it. Written in text with `String(token)` and read back with `BigInt`.
 */
export type GlobalPosition = bigint & { readonly __globalPosition?: never };

/** The token before every recorded entry: `readAll(LOG_START, …)` starts at the first one. */
export const LOG_START = -1n as GlobalPosition;

/** What a writer must have seen of a stream to extend it: its last entry's place, hash and time. */
export interface Head {
  readonly position: Position;
  readonly hash: Hash;
  readonly recordedAt: Instant;
}

/** Head of a named stream: used for streams that a decision read and that must not have moved. */
export interface StreamHead {
  readonly stream: StreamName;
  /** `'none'`: the stream must still not exist. */
  readonly head: Head | 'none';
}

/** Entries for one stream, valid only if the stream is still at `expected`. */
export interface StreamWrite {
  readonly stream: StreamName;
  /** The head the writer has seen; `'none'`: the stream must not exist. There is no "no check". */
  readonly expected: Head | 'none';
  /** Consecutive entries from `expected.position + 1` (or 0), each `prev` naming the one before. */
  readonly entries: NonEmpty<Entry>;
}

/** One atomic append: all writes or none. */
export interface Append {
  readonly writes: NonEmpty<StreamWrite>;
  /** Streams that were read for this decision; the append conflicts if one of them has moved. */
  readonly unchanged?: readonly StreamHead[];
}

/** What became of an append. A conflict is a value: load, decide again, append again. */
export type AppendOutcome =
  | {
      readonly kind: 'appended';
      /** The head of each written stream after this append, in the order of `writes`. */
      readonly heads: NonEmpty<StreamHead & { readonly head: Head }>;
      /** Global position of the last entry of this append. */
      readonly last: GlobalPosition;
    }
  | {
      readonly kind: 'conflict';
      readonly stream: StreamName;
      readonly expected: Head | 'none';
      readonly found: Head | 'none';
    };

/** An entry as the store holds it. `bytes` are the truth; what is beside them is an index. */
export interface RecordedEntry {
  readonly stream: StreamName;
  readonly position: Position;
  readonly globalPosition: GlobalPosition;
  readonly type: string;
  readonly hash: Hash;
  /** The exact bytes that were appended: canonical JSON as UTF-8. */
  readonly bytes: Uint8Array;
}

/** Part of one stream, in position order. */
export interface StreamPage {
  readonly entries: readonly RecordedEntry[];
  /** The stream's head when the page was read; `'none'` if the stream does not exist. */
  readonly head: Head | 'none';
}

/** Part of the whole log, in commit order. */
export interface LogPage {
  readonly entries: readonly RecordedEntry[];
  /** Pass to the next `readAll`; equals `after` when nothing newer is recorded. */
  readonly next: GlobalPosition;
}

/** A place where what a store keeps beside its entries does not agree with them. */
export interface Misplaced {
  readonly stream: StreamName;
  readonly position: Position;
  /** What differs, for a report. */
  readonly sentence: string;
}

/** What a store can do beyond the least that every store does. */
export interface StoreCapabilities {
  /** A short name for messages: `memory`, `sqlite`, … */
  readonly name: string;
  /** Whether one append may write or check more than one stream. */
  readonly multiStreamAppend: boolean;
  /** `'durable'`: acknowledged entries survive `kill -9` and loss of power. `'volatile'`: not so. */
  readonly durability: 'durable' | 'volatile';
  /** Bytes of entries that fit one append, where that is fewer than `APPEND_BYTES_MAX`. */
  readonly appendBytesMax?: number;
}

/** Bounds of one call. */
export interface CallOptions {
  /**
   * Gives up waiting after this many milliseconds with `store-busy`; whether it was recorded is
   * then unknown.
   */
  readonly timeoutMs?: number;
  /** Aborts the wait, not a write that is under way. */
  readonly signal?: AbortSignal;
}

/** An entry that was handed to a member of a group. One that is not answered is handed out again. */
export interface Delivery {
  readonly entry: RecordedEntry;
  /** What follows from it is durable, or nothing does. */
  done(): Promise<void>;
  /** It cannot be taken now: it is set aside with the reason, until `retryParked`. */
  park(reason: string): Promise<void>;
}

/** Processes that share the work on a log: the store hands each entry to one of them. */
export interface ConsumerGroup {
  /**
   * Hands out every entry of the log in commit order, each at least once, to one member at a time;
   * another member goes on where that one ends. Ends with `signal`, after the entry in hand.
   *
   * @throws Fault `store-unreachable`, `store-busy`, `store-denied`, `store-failed`: begin again.
   */
  deliveries(signal: AbortSignal): AsyncIterable<Delivery>;
  /** Hands out again what was parked. */
  retryParked(): Promise<void>;
}

/**
 * An append-only store of entries with a hash chain per stream.
 *
 * Promise. After `append` resolved with `appended`, its entries are recorded as durably as
 * `capabilities.durability` says, and every later read on any connection returns them. If it
 * rejects, they may or may not be recorded: append the same entries again; a repeated append
 * (same ids at `expected + 1 …`) answers `appended` and records nothing twice.
 */
export interface EventStore {
  readonly capabilities: StoreCapabilities;
  /**
   * Appends take effect in call order: one may build on another that is not yet acknowledged.
   *
   * @throws Fault `append-too-large`, `append-invalid`, `entry-invalid`, `stream-name-invalid`,
   * `append-unsupported` before any I/O; `store-aborted`, `store-busy`, `store-full`,
   * `store-read-only`, `store-corrupt`, `store-failed`, `store-closed`.
   */
  append(request: Append, options?: CallOptions): Promise<AppendOutcome>;
  /**
   * Reads up to `countMax` entries of a stream from position `from` (inclusive), in order. A page
   * may be shorter than asked: the stream is read when its last entry is at `head`.
   */
  readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage>;
  /** Reads up to `countMax` entries after `after` in commit order. Never skips an entry. */
  readAll(after: GlobalPosition, countMax: number): Promise<LogPage>;
  /**
   * Yields when something may have been recorded: a wake-up, never the only way to learn. Listens
   * from this call on; ends with `signal` or the store.
   */
  watch(signal: AbortSignal): AsyncIterable<void>;
  /**
   * The first place where the store's own index hides or invents something that no read of the port
   * shows: a gap in the log, an entry that a read of its stream passes over, a stream without
   * entries. Verification asks at its end; a store without an index of its own leaves it out.
   */
  findMisplaced?(): Promise<Misplaced | undefined>;
  /** The group of this name; a store whose server has none leaves it out. */
  group?(name: string): ConsumerGroup;
  /** Finishes what was accepted, then lets go; later calls fail with `store-closed`. Idempotent. */
  close(): Promise<void>;
}
