// What a verifier remembers of each stream: its name and last entry, in bytes beside the heap.
import { Buffer } from 'node:buffer';
import type { Hash, Position, StreamName } from './entry.ts';

const HASH_BYTES = 32;
const PAGE_SLOTS = 4096;
const NAME_BYTES_AT_FIRST = 40;
const TABLE_AT_FIRST = 4096;

/** The last verified entry of a stream. */
export interface LastEntry {
  readonly position: Position;
  readonly hash: Hash;
  /** Milliseconds since 1970. */
  readonly recordedAtMs: number;
}

/**
 * Last entries by stream name. A stream takes its name and about 60 bytes, none of them on the
 * heap, so that a million streams fit a small process. Names are stream names, hence ASCII.
 */
export class StreamSlots {
  readonly #pages: SlotPage[] = [];
  /** Open addressing: slot + 1, or 0 where free. */
  #table = new Uint32Array(TABLE_AT_FIRST);
  #count = 0;

  /** How many streams have an entry. */
  get count(): number {
    return this.#count;
  }

  /** The names, oldest stream first. */
  *names(): Generator<StreamName> {
    for (let slot = 0; slot < this.#count; slot += 1) {
      yield this.#page(slot).name(slot % PAGE_SLOTS);
    }
  }

  /** The stream's last entry, or `undefined` if it has none yet. */
  last(stream: StreamName): LastEntry | undefined {
    const slot = (this.#table[this.#place(stream)] ?? 0) - 1;
    return slot < 0 ? undefined : this.#page(slot).last(slot % PAGE_SLOTS);
  }

  /** Makes this the stream's last entry. */
  put(stream: StreamName, position: Position, hash: Hash, recordedAtMs: number): void {
    const place = this.#place(stream);
    let slot = (this.#table[place] ?? 0) - 1;
    if (slot < 0) {
      slot = this.#count;
      this.#count += 1;
      if (slot % PAGE_SLOTS === 0) this.#pages.push(new SlotPage());
      this.#page(slot).addName(slot % PAGE_SLOTS, stream);
      this.#table[place] = slot + 1;
      if (this.#count * 2 > this.#table.length) this.#growTable();
    }
    this.#page(slot).put(slot % PAGE_SLOTS, position, hash, recordedAtMs);
  }

  /** Where in the table the stream is, or would be. */
  #place(stream: StreamName): number {
    const mask = this.#table.length - 1;
    for (let place = spread(stream) & mask; ; place = (place + 1) & mask) {
      const slot = (this.#table[place] ?? 0) - 1;
      if (slot < 0 || this.#page(slot).isNamed(slot % PAGE_SLOTS, stream)) return place;
    }
  }

  #growTable(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    let slot = 0;
    for (const name of this.names()) {
      slot += 1;
      this.#table[this.#place(name)] = slot;
    }
  }

  #page(slot: number): SlotPage {
    const page = this.#pages[Math.floor(slot / PAGE_SLOTS)];
    if (page === undefined) throw new RangeError(`no slot ${slot}`);
    return page;
  }
}

/** Some thousand slots, so that growing copies nothing large. */
class SlotPage {
  readonly #hashes = Buffer.alloc(PAGE_SLOTS * HASH_BYTES);
  readonly #positions = new Uint32Array(PAGE_SLOTS);
  readonly #times = new Float64Array(PAGE_SLOTS);
  readonly #nameEnds = new Uint32Array(PAGE_SLOTS);
  #names = Buffer.alloc(PAGE_SLOTS * NAME_BYTES_AT_FIRST);

  last(index: number): LastEntry {
    return {
      position: this.#positions[index] ?? 0,
      hash: this.#hashes.toString('base64url', index * HASH_BYTES, (index + 1) * HASH_BYTES),
      recordedAtMs: this.#times[index] ?? 0,
    };
  }

  put(index: number, position: Position, hash: Hash, recordedAtMs: number): void {
    this.#positions[index] = position;
    this.#times[index] = recordedAtMs;
    this.#hashes.write(hash, index * HASH_BYTES, HASH_BYTES, 'base64url');
  }

  addName(index: number, name: StreamName): void {
    const start = this.#nameStart(index);
    const end = start + name.length;
    if (end > this.#names.length) {
      const larger = Buffer.alloc(this.#names.length * 2);
      this.#names.copy(larger);
      this.#names = larger;
    }
    this.#names.write(name, start, 'latin1');
    this.#nameEnds[index] = end;
  }

  name(index: number): StreamName {
    return this.#names.toString('latin1', this.#nameStart(index), this.#nameEnds[index]);
  }

  isNamed(index: number, name: StreamName): boolean {
    const start = this.#nameStart(index);
    if ((this.#nameEnds[index] ?? 0) - start !== name.length) return false;
    for (let at = 0; at < name.length; at += 1) {
      if (this.#names[start + at] !== name.charCodeAt(at)) return false;
    }
    return true;
  }

  #nameStart(index: number): number {
    return index === 0 ? 0 : (this.#nameEnds[index - 1] ?? 0);
  }
}

/** FNV-1a with a last mix: enough to spread names that differ in their last characters. */
function spread(name: StreamName): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) {
    mixed = Math.imul(mixed ^ name.charCodeAt(at), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}
