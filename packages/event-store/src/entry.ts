// The entry: one recorded fact as canonical JSON bytes, with the envelope every fact carries.

/** An instant in UTC with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ`: text order is time order. */
export type Instant = string & { readonly __instant?: never };
/** `<category>-<id>`, for example `case-01JD8ZQ4…`. */
export type StreamName = string & { readonly __streamName?: never };
/** Place in a stream, from 0. */
export type Position = number;
/** SHA-256 as base64url, 43 characters. */
export type Hash = string & { readonly __hash?: never };
/** A value that JSON can hold without loss (I-JSON, RFC 7493). */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Who recorded it. `staff` is an opaque reference, never a name. */
export interface EntryActor {
  readonly staff: string;
  readonly role: string;
  readonly office: string;
  readonly onBehalfOf?: string;
}

/** A stream head that the decision consulted. */
export interface EntryRead {
  readonly stream: StreamName;
  /** `-1` and an empty hash: the stream did not exist. */
  readonly position: number;
  readonly hash: Hash;
}

/** Everything that is recorded of one event; the entry is its canonical JSON. */
export interface Envelope {
  readonly v: 1;
  /** ULID chosen by the writer. */
  readonly id: string;
  readonly stream: StreamName;
  readonly position: Position;
  /** Hash of the previous entry of the stream; `null` at position 0. */
  readonly prev: Hash | null;
  readonly type: string;
  /** Version of the event's schema. */
  readonly schema: number;
  readonly occurredAt: Instant;
  /** A time that was claimed and could not be believed, kept as claimed. */
  readonly claimedAt?: string;
  readonly recordedAt: Instant;
  readonly actor: EntryActor;
  readonly command: { readonly id: string; readonly name: string };
  readonly causation?: string;
  readonly correlation: string;
  /** `<caseType>@<version>+<policy version>`. */
  readonly procedure: string;
  readonly basis?: string;
  readonly reason?: string;
  readonly lateReason?: string;
  readonly reads?: readonly EntryRead[];
  readonly data: { readonly [key: string]: Json };
  /** On the last entry of an append: digest of the state that results, 128 bits as base64url. */
  readonly after?: string;
  readonly sig?: string;
}

/**
 * An entry ready to be appended. Made only by `sealEntry`, so that `bytes`, `hash` and the fields
 * beside them agree.
 */
export interface Entry {
  readonly id: string;
  readonly stream: StreamName;
  readonly position: Position;
  readonly prev: Hash | null;
  readonly type: string;
  readonly recordedAt: Instant;
  readonly bytes: Uint8Array;
  readonly hash: Hash;
}
