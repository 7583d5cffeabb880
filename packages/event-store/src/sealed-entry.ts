// The one class of entries: a private mark that only the codec can set, so that a store can trust
// that bytes, hash and the fields beside them agree.
import type { Entry, Envelope, Hash } from './entry.ts';

/** What `sealEntry` returns; frozen, recognised by {@link isSealed}. The package keeps it in. */
export class SealedEntry implements Entry {
  readonly #sealed = true;
  readonly id: string;
  readonly stream: string;
  readonly position: number;
  readonly prev: Hash | null;
  readonly type: string;
  readonly recordedAt: string;
  readonly bytes: Uint8Array;
  readonly hash: Hash;

  constructor(envelope: Envelope, bytes: Uint8Array, hash: Hash) {
    this.id = envelope.id;
    this.stream = envelope.stream;
    this.position = envelope.position;
    this.prev = envelope.prev;
    this.type = envelope.type;
    this.recordedAt = envelope.recordedAt;
    this.bytes = bytes;
    this.hash = hash;
    Object.freeze(this);
  }

  /** Whether `value` carries the mark. A copy by spread or JSON does not. */
  static has(value: object): boolean {
    return #sealed in value;
  }
}

/** Whether `value` was made by this package's `sealEntry`. */
export function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && SealedEntry.has(value);
}
