// Entries as events of the server, and back: the entry's bytes are the event's data, untouched.
import { Buffer } from 'node:buffer';
import { isHash, isStreamName, readEnvelope } from '@himaya/event-store';
import type { Entry, GlobalPosition, Hash, Head, RecordedEntry } from '@himaya/event-store';
import type { ClientEvent, ClientProposal, LogPlace } from './client.ts';

/** Bits of `prepare` in a global position. */
const PLACE_BITS = 64n;
/** What a server writes where it does not know a place. */
const PLACE_UNKNOWN = 2n ** PLACE_BITS - 1n;

/**
 * The event of an entry. Its id follows from the entry's hash: a server that takes a repeated id
 * for a repeated append is right, and never right about other bytes.
 */
export function proposalOf(entry: Entry): ClientProposal {
  return {
    id: eventId(entry.hash),
    type: entry.type,
    contentType: 'application/octet-stream',
    data: entry.bytes,
    metadata: { hash: entry.hash },
  };
}

/** Bytes that the server counts for an event: data, metadata, and its type as UTF-16. */
export function countedBytes({ data, metadata, type }: ClientProposal): number {
  return data.byteLength + JSON.stringify(metadata).length + type.length * 2;
}

/** The first 122 free bits of a hash as a UUID of version 8. */
function eventId(hash: Hash): string {
  const bytes = Buffer.from(hash, 'base64url').subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]] as const;
  return parts.map(([from, to]) => hex.slice(from, to)).join('-');
}

/** Why an event of the store's streams is none of its entries, or the entry. */
export type Opened =
  | { readonly entry: RecordedEntry; readonly problem?: undefined }
  | { readonly entry?: undefined; readonly problem: string };

/** The entry in an event of a stream that belongs to the store. */
export function entryOf(event: ClientEvent, prefix: string): Opened {
  const { streamId, revision, type, data, metadata, position } = event;
  const stream = streamId.slice(prefix.length);
  const hash = (metadata as { readonly hash?: unknown } | undefined)?.hash;
  if (!isStreamName(stream)) return { problem: 'its stream has no name that an entry could have' };
  if (!(data instanceof Uint8Array) || !isHash(hash)) {
    return { problem: 'it is an event of another application' };
  }
  if (position === undefined || position.commit === PLACE_UNKNOWN) {
    return { problem: 'the server does not tell where in its log it is' };
  }
  return {
    entry: {
      stream,
      position: Number(revision),
      globalPosition: globalPosition(position),
      type,
      hash,
      bytes: new Uint8Array(data),
    },
  };
}

/** The head of a stream whose last entry this is. @throws Fault `entry-unreadable` */
export function headOfEntry({ position, hash, bytes }: RecordedEntry): Head {
  return { position, hash, recordedAt: readEnvelope(bytes).recordedAt };
}

/** A place in `$all` as one number: places are ordered by `commit`, then by `prepare`. */
export function globalPosition({ commit, prepare }: LogPlace): GlobalPosition {
  return ((commit << PLACE_BITS) | prepare) as GlobalPosition;
}

/** The place that a global position stands for. */
export function placeOf(position: GlobalPosition): LogPlace {
  return { commit: position >> PLACE_BITS, prepare: position & PLACE_UNKNOWN };
}
