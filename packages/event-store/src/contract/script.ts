// Seeded scripts for the differential: what several impatient writers and readers would do.
import { headOf } from '../codec.ts';
import type { StreamName } from '../entry.ts';
import type { Append, Head, NonEmpty, StreamHead, StreamWrite } from '../port.ts';
import { EntryMaker } from './entries.ts';

/** One step of a script; the appends of one step are issued together, in order. */
export type Step =
  | { readonly kind: 'appends'; readonly requests: readonly Append[] }
  | {
      readonly kind: 'read-stream';
      readonly stream: StreamName;
      readonly from: number;
      readonly countMax: number;
    }
  /** `after` counts into the entries recorded so far. */
  | { readonly kind: 'read-all'; readonly after: number; readonly countMax: number };

/** The script of a seed. */
export function scriptOf(seed: number, steps: number, multiStream: boolean): Step[] {
  const writer = new ScriptWriter(seed, multiStream);
  return Array.from({ length: steps }, () => writer.step());
}

/** Keeps what it believes the heads to be, so that right and wrong appends are both frequent. */
class ScriptWriter {
  readonly #make: EntryMaker;
  readonly #multiStream: boolean;
  readonly #streams: NonEmpty<StreamName>;
  readonly #heads = new Map<StreamName, Head[]>();
  readonly #issued: Append[] = [];

  constructor(seed: number, multiStream: boolean) {
    this.#make = new EntryMaker(seed);
    this.#multiStream = multiStream;
    this.#streams = [
      this.#make.stream(), ...Array.from({ length: 7 }, () => this.#make.stream('household')),
    ];
  }

  step(): Step {
    const make = this.#make;
    const countMax = 1 + make.below(12);
    const kind = make.random();
    if (kind < 0.15) {
      return { kind: 'read-stream', stream: this.#stream(), from: make.below(12), countMax };
    }
    if (kind < 0.3) return { kind: 'read-all', after: make.below(100), countMax };
    const requests = Array.from({ length: 1 + make.below(6) }, () => this.#request());
    return { kind: 'appends', requests };
  }

  #request(): Append {
    const repeated = this.#issued[this.#make.below(this.#issued.length * 5 + 1)];
    if (repeated !== undefined) {
      return this.#make.random() < 0.7 ? repeated : this.#partly(repeated);
    }
    const request = this.#multiStream && this.#make.random() < 0.4 ? this.#several() : this.#one();
    this.#issued.push(request);
    return request;
  }

  #one(): Append {
    return { writes: [this.#write(this.#stream())] };
  }

  #several(): Append {
    const names = [...new Set(Array.from({ length: 4 }, () => this.#stream()))];
    const written = 1 + this.#make.below(names.length);
    const [first, ...rest] = names.slice(0, written).map((name) => this.#write(name));
    const unchanged = names.slice(written).map((stream): StreamHead => ({
      stream, head: this.#head(stream),
    }));
    return { writes: [first as StreamWrite, ...rest], unchanged };
  }

  /** Part of an append that was issued before, beside something new. */
  #partly({ writes }: Append): Append {
    const names = new Set(writes.map(({ stream }) => stream));
    const fresh = this.#streams.find((name) => !names.has(name));
    if (fresh === undefined || !this.#multiStream) return { writes: [writes[0]] };
    return { writes: [writes[0], this.#write(fresh)] };
  }

  #write(stream: StreamName): StreamWrite {
    const expected = this.#head(stream);
    const write = this.#make.write(stream, expected, 1 + this.#make.below(3));
    const known = this.#heads.get(stream) ?? [];
    known.push(headOf(write.entries.at(-1) ?? write.entries[0]));
    this.#heads.set(stream, known);
    return write;
  }

  /** Mostly the newest head, now and then an old one or none. */
  #head(stream: StreamName): Head | 'none' {
    const known = this.#heads.get(stream) ?? [];
    const luck = this.#make.random();
    if (luck < 0.8) return known.at(-1) ?? 'none';
    return luck < 0.9 ? (known[this.#make.below(known.length)] ?? 'none') : 'none';
  }

  #stream(): StreamName {
    return this.#make.pick(this.#streams);
  }
}
