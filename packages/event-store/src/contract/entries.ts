// Seeded entries for the contract: equal seeds give equal entries, on every machine.
import { headOf, sealEntry } from '../codec.ts';
import type { Entry, Envelope, Json, StreamName } from '../entry.ts';
import type { Append, Head, NonEmpty, StreamWrite } from '../port.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TEXTS = [
  'plain text',
  'تم تقييم الخطورة بعد المقابلة الأولى مع الأم والطفل',
  'نص مع أرقام ١٢٣ وعلامة؟ and English',
  'emoji 👨‍👩‍👧‍👦 🇧🇭 and combining é ﬁ ﷺ',
  'quotes " \\ / \b\f\n\r\t \u0000 \u2028 \u007f',
  '',
];
const STARTED_MS = Date.UTC(2026, 0, 5, 6, 0, 0);

/** A seeded source of numbers in [0, 1): for tests, not for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Makes entries whose ids, times and data follow from the seed and the order of calls. */
export class EntryMaker {
  readonly #random: () => number;
  #nowMs = STARTED_MS;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A number in [0, 1). */
  random(): number {
    return this.#random();
  }

  /** An integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.#random() * below);
  }

  /** One member of a list. */
  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }

  /** 26 characters in the alphabet of ULIDs. */
  id(): string {
    return Array.from({ length: 26 }, () => ALPHABET[this.below(32)]).join('');
  }

  /** A name that no other call returns. */
  stream(category = 'case'): StreamName {
    return `${category}-${this.id()}`;
  }

  /** The entry that follows `head`. */
  entry(stream: StreamName, head: Head | 'none', over: Partial<Envelope> = {}): Entry {
    this.#nowMs += this.below(5000);
    const now = new Date(this.#nowMs).toISOString();
    const recordedAt = head !== 'none' && head.recordedAt > now ? head.recordedAt : now;
    return sealEntry({
      v: 1,
      id: this.id(),
      stream,
      position: head === 'none' ? 0 : head.position + 1,
      prev: head === 'none' ? null : head.hash,
      type: this.pick(['CaseOpened', 'RiskAssessed', 'OrderRequested', 'NoteAdded']),
      schema: 1,
      occurredAt: now,
      recordedAt,
      actor: { staff: `staff-${this.below(9)}`, role: 'officer', office: 'north' },
      command: { id: this.id(), name: 'RecordFact' },
      correlation: this.id(),
      procedure: 'community.parkingDispute@1.0.0+baseline',
      data: this.data(),
      ...over,
    });
  }

  /** `count` consecutive entries after `head`. */
  entries(stream: StreamName, head: Head | 'none', count = 1): NonEmpty<Entry> {
    const first = this.entry(stream, head);
    const made: [Entry, ...Entry[]] = [first];
    for (let last = first; made.length < count; made.push(last)) {
      last = this.entry(stream, headOf(last));
    }
    return made;
  }

  /** A write of `count` new entries to a stream that is at `expected`. */
  write(stream: StreamName, expected: Head | 'none', count = 1): StreamWrite {
    return { stream, expected, entries: this.entries(stream, expected, count) };
  }

  /** An append of `count` new entries to one stream. */
  append(stream: StreamName, expected: Head | 'none', count = 1): Append {
    return { writes: [this.write(stream, expected, count)] };
  }

  /** Data of some hundred bytes, in both languages of the office. */
  data(): { readonly [key: string]: Json } {
    return {
      note: this.pick(TEXTS as [string, ...string[]]),
      score: this.below(100) / 4,
      flags: [this.random() < 0.5, null, this.below(2 ** 31) - 2 ** 30],
      [this.pick(['zone', 'المنطقة', '10', '9'])]: { z: 1, a: 'N-3' },
    };
  }
}
