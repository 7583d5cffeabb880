// A log in an array that a test may damage, with the heads that an honest store would report.
import { headOf, sealEntry } from '../src/codec.ts';
import { EntryMaker } from '../src/contract/entries.ts';
import type { Entry, Envelope } from '../src/entry.ts';
import type {
  GlobalPosition,
  Head,
  LogPage,
  Misplaced,
  RecordedEntry,
  StreamPage,
} from '../src/port.ts';

/** Anything of an entry that a test may change. */
export type Change = { -readonly [Key in keyof RecordedEntry]?: RecordedEntry[Key] };

/** Entries of several streams, interleaved, and what a store would say of them. */
export class LogFixture {
  readonly make: EntryMaker;
  entries: RecordedEntry[] = [];
  readonly heads = new Map<string, Head>();
  /** What the store would say of its own index. */
  misplaced: Misplaced | undefined;
  /** Called before each page of the log is read. */
  onReadAll: () => void = () => undefined;

  constructor(seed = 1) {
    this.make = new EntryMaker(seed);
  }

  /** Records one entry at the end of its stream. */
  add(stream: string, over: Partial<Envelope> = {}): Entry {
    return this.record(this.make.entry(stream, this.heads.get(stream) ?? 'none', over));
  }

  /** Records an entry as it is. */
  record(entry: Entry): Entry {
    this.entries.push({
      stream: entry.stream,
      position: entry.position,
      globalPosition: BigInt(this.entries.length * 3) as GlobalPosition,
      type: entry.type,
      hash: entry.hash,
      bytes: entry.bytes.slice(),
    });
    this.heads.set(entry.stream, headOf(entry));
    return entry;
  }

  /** Five streams of eight entries each, in turn. */
  fill(): this {
    for (let turn = 0; turn < 8; turn += 1) {
      for (let stream = 0; stream < 5; stream += 1) this.add(`case-${stream}`);
    }
    return this;
  }

  /** Changes the entry of a stream at a position. */
  change(
    stream: string,
    position: number,
    change: Change | ((entry: RecordedEntry) => Change),
  ): void {
    const index = this.indexOf(stream, position);
    const entry = this.entries[index] as RecordedEntry;
    this.entries[index] = { ...entry, ...(typeof change === 'function' ? change(entry) : change) };
  }

  /** Where in the log an entry is. */
  indexOf(stream: string, position: number): number {
    return this.entries.findIndex((each) => each.stream === stream && each.position === position);
  }

  /** The envelope of a recorded entry, sealed anew with changes. */
  resealed(stream: string, position: number, over: Partial<Envelope>): Entry {
    const { bytes } = this.entries[this.indexOf(stream, position)] as RecordedEntry;
    const envelope = JSON.parse(Buffer.from(bytes).toString('utf8')) as Envelope;
    return sealEntry({ ...envelope, ...over });
  }

  async readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    this.onReadAll();
    const start = this.entries.findIndex(({ globalPosition }) => globalPosition > after);
    const entries = start === -1 ? [] : this.entries.slice(start, start + countMax);
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  }

  async readStream(stream: string, from: number, countMax: number): Promise<StreamPage> {
    const entries = this.entries.filter((each) => each.stream === stream && each.position >= from);
    return { entries: entries.slice(0, countMax), head: this.heads.get(stream) ?? 'none' };
  }

  async findMisplaced(): Promise<Misplaced | undefined> {
    return this.misplaced;
  }
}
