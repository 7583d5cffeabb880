// A log brought from one store to another: what is there already is compared, the rest is appended.
import { Buffer } from 'node:buffer';
import { ChainVerifier, type BadEntry } from './chain.ts';
import { readEnvelope, sealEntry } from './codec.ts';
import type { Entry, Position, StreamName } from './entry.ts';
import { APPEND_BYTES_MAX } from './limits.ts';
import { LogTree, type LogRoot } from './log-root.ts';
import { LOG_START } from './port.ts';
import type { AppendOutcome, EventStore, GlobalPosition, Head, RecordedEntry } from './port.ts';

/** Entries read at a time: the largest ones still fit 64 MB. */
const PAGE_ENTRIES = 256;

/** How far a copy has come. */
export interface CopyProgress {
  /** Entries that were there before, and are the same. */
  readonly compared: number;
  /** Entries that were appended, and read back. */
  readonly copied: number;
}

/** How a copy is watched and stopped. */
export interface CopyOptions {
  /** Called after each page. */
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Stops after the page that is under way; calling again goes on from there. */
  readonly signal?: AbortSignal;
}

/** What a copy needs of the store that it fills. */
type CopyTarget = Pick<EventStore, 'readAll' | 'append'> &
  Partial<Pick<EventStore, 'capabilities'>>;

/** What became of a copy. */
export type CopyOutcome = CopyProgress & {
  /** The root of what both logs have in common from their beginning. */
  readonly root: LogRoot;
} & (
    | { readonly kind: 'copied' }
    | { readonly kind: 'stopped' }
    /** An entry of the source is not what was recorded: it was not copied, nor what follows it. */
    | { readonly kind: 'bad'; readonly bad: BadEntry }
    /** The target holds another entry here, or one that the source has not: it is another log. */
    | { readonly kind: 'differs'; readonly stream: StreamName; readonly position: Position }
  );

/**
 * Copies the log of `from` to `to`, in its order. May be called again after anything: what is there
 * already is compared byte by byte, and the copy goes on behind it. Each entry is verified before it
 * is appended and read back afterwards. Nobody else may append to `to` meanwhile; whatever is
 * appended to `from` during the copy is copied too. An append of several streams arrives in several
 * steps: until the outcome is `copied`, `to` is no store to work on.
 *
 * @throws the stores' faults; call again once their cause is gone.
 */
export async function copyLog(
  from: Pick<EventStore, 'readAll'>,
  to: CopyTarget,
  options: CopyOptions = {},
): Promise<CopyOutcome> {
  return new Copy(from, to, options).run();
}

class Copy {
  readonly #from: Pick<EventStore, 'readAll'>;
  readonly #to: CopyTarget;
  readonly #options: CopyOptions;
  readonly #chain = new ChainVerifier();
  readonly #tree = new LogTree();
  #there: GlobalPosition = LOG_START;
  #compared = 0;
  #copied = 0;

  constructor(
    from: Pick<EventStore, 'readAll'>,
    to: CopyTarget,
    options: CopyOptions,
  ) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
  }

  async run(): Promise<CopyOutcome> {
    for (let after = LOG_START; ;) {
      if (this.#options.signal?.aborted === true) return this.#end({ kind: 'stopped' });
      const { entries, next } = await this.#from.readAll(after, PAGE_ENTRIES);
      if (entries.length === 0) break;
      const { sound, bad } = this.#check(entries);
      const differs = await this.#bring(sound);
      if (differs) return this.#end(place(differs));
      if (bad) return this.#end({ kind: 'bad', bad });
      after = next;
      this.#options.onProgress?.({ compared: this.#compared, copied: this.#copied });
    }
    const [surplus] = (await this.#to.readAll(this.#there, 1)).entries;
    return this.#end(surplus ? place(surplus) : { kind: 'copied' });
  }

  #end<Kind extends object>(kind: Kind): Kind & CopyProgress & { readonly root: LogRoot } {
    const [compared, copied] = [this.#compared, this.#copied];
    return { ...kind, compared, copied, root: this.#tree.root() };
  }

  /** The entries up to the first bad one, each with the head that it continues. */
  #check(entries: readonly RecordedEntry[]): { readonly sound: Sound[]; readonly bad?: BadEntry } {
    const sound: Sound[] = [];
    for (const entry of entries) {
      const last = this.#chain.streams.last(entry.stream);
      const bad = this.#chain.check(entry);
      if (bad) return { sound, bad };
      const expected = last && {
        position: last.position,
        hash: last.hash,
        recordedAt: new Date(last.recordedAtMs).toISOString(),
      };
      sound.push({ entry, expected: expected ?? 'none' });
    }
    return { sound };
  }

  /** Makes the target hold these next; the first of its entries that is another one, if any is. */
  async #bring(sound: readonly Sound[]): Promise<RecordedEntry | undefined> {
    const { count, differs } = await this.#compare(sound);
    this.#compared += count;
    if (differs) return differs;
    const missing = sound.slice(count);
    if (missing.length === 0) return undefined;
    // In call order, so that all of a page share few transactions and stay in the order of the log.
    const bytesMax = this.#to.capabilities?.appendBytesMax ?? APPEND_BYTES_MAX;
    await settled(runsOf(missing, bytesMax).map((run) => this.#to.append({ writes: [run] })));
    // Whether they were appended, and in this order, what is read back tells.
    const back = await this.#compare(missing);
    this.#copied += back.count;
    return back.differs ?? missing[back.count]?.entry;
  }

  /** How many of these the target holds next, and the first that is another one. */
  async #compare(
    sound: readonly Sound[],
  ): Promise<{ readonly count: number; readonly differs?: RecordedEntry }> {
    let count = 0;
    while (count < sound.length) {
      const { entries, next } = await this.#to.readAll(this.#there, sound.length - count);
      if (entries.length === 0) break;
      for (const found of entries) {
        const due = sound[count]?.entry;
        if (!due || !isSame(found, due)) return { count, differs: found };
        this.#tree.add(due.hash);
        count += 1;
      }
      this.#there = next;
    }
    return { count };
  }
}

/** An entry that was found good, and what it continues. */
interface Sound {
  readonly entry: RecordedEntry;
  readonly expected: Head | 'none';
}

function isSame(one: RecordedEntry, other: RecordedEntry): boolean {
  return (
    one.stream === other.stream &&
    one.position === other.position &&
    one.type === other.type &&
    one.hash === other.hash &&
    Buffer.compare(one.bytes, other.bytes) === 0
  );
}

function place({ stream, position }: RecordedEntry): Pick<RecordedEntry, 'stream' | 'position'> & {
  readonly kind: 'differs';
} {
  return { kind: 'differs', stream, position };
}

/** The entries as writes: each of consecutive entries of one stream that fit one append. */
function runsOf(sound: readonly Sound[], bytesMax: number): readonly Run[] {
  const runs: Run[] = [];
  let bytes = 0;
  for (const { entry, expected } of sound) {
    const last = runs.at(-1);
    bytes += entry.bytes.byteLength;
    const sealed = sealEntry(readEnvelope(entry.bytes));
    if (last?.stream === entry.stream && bytes <= bytesMax) last.entries.push(sealed);
    else {
      runs.push({ stream: entry.stream, expected, entries: [sealed] });
      bytes = entry.bytes.byteLength;
    }
  }
  return runs;
}

interface Run {
  readonly stream: StreamName;
  readonly expected: Head | 'none';
  readonly entries: [Entry, ...Entry[]];
}

/** Waits until nothing is under way, and throws the first fault. */
async function settled(appends: readonly Promise<AppendOutcome>[]): Promise<void> {
  const all = await Promise.allSettled(appends);
  const failed = all.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
