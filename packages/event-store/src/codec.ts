// The entry codec: envelope to the exact bytes that are recorded and hashed, and back.
import { Buffer, isUtf8 } from 'node:buffer';
import { hash as digest } from 'node:crypto';
import { canonicalize, inCanonicalOrder, mayHoldLoneSurrogate } from './canonical-json.ts';
import type { Entry, Envelope, Hash } from './entry.ts';
import { envelopeProblem } from './envelope.ts';
import { Fault } from './fault.ts';
import type { Head } from './port.ts';
import { SealedEntry } from './sealed-entry.ts';

/** Bytes of one slab that several entries share; a larger entry has memory of its own. */
const SLAB_BYTES = 32 * 1024;
/** UTF-8 needs at most this many bytes for one UTF-16 code unit. */
const UTF8_BYTES_PER_UNIT_MAX = 3;
/** RFC 6962 leaf prefix: an entry's hash is also its leaf in the log. */
const LEAF_PREFIX = 0x00;

let slab = Buffer.alloc(SLAB_BYTES);
let slabUsed = 0;
let scratch = Buffer.alloc(4096);

/**
 * Makes the entry of an envelope: `bytes` are its canonical JSON as UTF-8, `hash` their SHA-256
 * behind a zero byte. Deterministic; the envelope is not kept.
 *
 * @throws Fault `entry-invalid` if the shape of the envelope is wrong, `not-i-json` if `data` is
 * not plain data.
 */
export function sealEntry(envelope: Envelope): Entry {
  const problem = envelopeProblem(envelope);
  if (problem !== undefined) throw invalid(envelope, problem);
  const text = textOf(envelope);
  const room = text.length * UTF8_BYTES_PER_UNIT_MAX + 1;
  if (slabUsed + room > SLAB_BYTES) {
    // An entry that does not fit a fresh slab gets one of its own; nothing else goes into that.
    slab = Buffer.alloc(Math.max(SLAB_BYTES, room));
    slabUsed = 0;
  }
  const start = slabUsed;
  slab[start] = LEAF_PREFIX;
  const size = slab.write(text, start + 1, 'utf8');
  slabUsed = start + 1 + size;
  const hash: Hash = digest('sha256', slab.subarray(start, slabUsed), 'base64url');
  const bytes = new Uint8Array(slab.buffer, slab.byteOffset + start + 1, size);
  return new SealedEntry(envelope, bytes, hash);
}

/**
 * The entry whose bytes these are, as {@link sealEntry} made it: for moving recorded entries into
 * another store. The bytes are copied.
 *
 * @throws Fault `entry-unreadable` unless `bytes` are the canonical JSON of an envelope.
 */
export function openEntry(bytes: Uint8Array): Entry {
  const envelope = readEnvelope(bytes);
  const entry = sealEntry(envelope);
  if (Buffer.compare(entry.bytes, bytes) !== 0) throw unreadable('they are not canonical JSON');
  return entry;
}

/** The hash of an entry's bytes: SHA-256 over a zero byte and the bytes, as base64url. */
export function hashEntry(bytes: Uint8Array): Hash {
  const size = bytes.byteLength + 1;
  if (scratch.byteLength < size) scratch = Buffer.alloc(size * 2);
  scratch[0] = LEAF_PREFIX;
  scratch.set(bytes, 1);
  return digest('sha256', scratch.subarray(0, size), 'base64url');
}

/**
 * The envelope in an entry's bytes. Checks its shape, not that the bytes are canonical: that is
 * the chain's check.
 *
 * @throws Fault `entry-unreadable` with the reason.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  if (!isUtf8(bytes)) throw unreadable('they are not UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(asBuffer(bytes).toString('utf8'));
  } catch {
    throw unreadable('they are not JSON');
  }
  const problem = envelopeProblem(value);
  if (problem !== undefined) throw unreadable(problem);
  return value as Envelope;
}

/** The head of a stream whose last entry is `entry`. */
export function headOf(entry: Pick<Entry, 'position' | 'hash' | 'recordedAt'>): Head {
  return { position: entry.position, hash: entry.hash, recordedAt: entry.recordedAt };
}

/**
 * The canonical text of an envelope of the right shape. Its own fields are written in their fixed
 * order; only `data`, which may hold anything, has to be put in order.
 */
function textOf(envelope: Envelope): string {
  const data = inCanonicalOrder(envelope.data, 1);
  if (data === undefined) return canonicalize(withData(envelope, envelope.data));
  const text = JSON.stringify(withData(envelope, data));
  return mayHoldLoneSurrogate(text) ? canonicalize(withData(envelope, data)) : text;
}

/** The envelope with its fields in canonical order; absent ones leave no trace in the text. */
function withData(envelope: Envelope, data: object): object {
  const { actor, command, reads } = envelope;
  return {
    actor: {
      office: actor.office,
      onBehalfOf: actor.onBehalfOf,
      role: actor.role,
      staff: actor.staff,
    },
    after: envelope.after,
    basis: envelope.basis,
    causation: envelope.causation,
    claimedAt: envelope.claimedAt,
    command: { id: command.id, name: command.name },
    correlation: envelope.correlation,
    data,
    id: envelope.id,
    lateReason: envelope.lateReason,
    occurredAt: envelope.occurredAt,
    position: envelope.position,
    prev: envelope.prev,
    procedure: envelope.procedure,
    reads: reads?.map(({ hash, position, stream }) => ({ hash, position, stream })),
    reason: envelope.reason,
    recordedAt: envelope.recordedAt,
    schema: envelope.schema,
    sig: envelope.sig,
    stream: envelope.stream,
    type: envelope.type,
    v: envelope.v,
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function invalid(envelope: unknown, problem: string): Fault {
  const { stream, type } = (envelope ?? {}) as Partial<Envelope>;
  return new Fault({
    code: 'entry-invalid',
    attempted: `Cannot seal ${JSON.stringify(type)} for ${JSON.stringify(stream)}`,
    found: problem,
    todo: 'Correct the envelope; nothing was recorded.',
    data: { problem },
  });
}

function unreadable(problem: string): Fault {
  return new Fault({
    code: 'entry-unreadable',
    attempted: 'Cannot read the bytes of an entry',
    found: problem,
    todo: 'Verify the store; restore the entry from a backup or an evidence bundle.',
    data: { problem },
  });
}
