// Verification of a whole store: every entry, every chain, and the heads that the store reports.
import { ChainVerifier, readProblem, type BadEntry } from './chain.ts';
import type { Position, StreamName } from './entry.ts';
import { isFault } from './fault.ts';
import { VERIFY_PAGE_BYTES, VERIFY_PAGE_ENTRIES_MAX } from './limits.ts';
import { LogTree, type LogRoot } from './log-root.ts';
import type { EventStore, GlobalPosition, RecordedEntry, StreamPage } from './port.ts';
import { LOG_START } from './port.ts';

/** What verification needs of a store. */
type Verifiable = Pick<EventStore, 'readAll' | 'readStream' | 'findMisplaced'>;

/** What a verification found. */
export interface VerifyReport {
  /** Entries found good. */
  readonly entries: number;
  /** Streams of these entries. */
  readonly streams: number;
  /** The first bad place in the order of the log; verification ends there. */
  readonly firstBad?: BadEntry;
  /** The root of the entries found good, for a later verification to compare with. */
  readonly root: LogRoot;
  /**
   * Whether the log begins with what {@link VerifyOptions.since} stood for. Absent if none was
   * given, or a bad place comes before its end.
   */
  readonly since?: 'same' | 'differs' | 'shorter';
  /**
   * Where the log, which streams share, goes back furthest in time. No proof of anything: clocks of
   * several processes differ, and so do those of a store that was filled from another one.
   */
  readonly stepBack?: StepBack;
}

/** An entry that was recorded, by its clock, before one that precedes it in the log. */
export interface StepBack {
  readonly stream: StreamName;
  readonly position: Position;
  readonly byMs: number;
}

/** How to watch a verification. */
export interface VerifyOptions {
  /** The root that an earlier verification found, kept where nobody could change it. */
  readonly since?: LogRoot;
  /** Called after each page. */
  readonly onProgress?: (progress: { readonly entries: number; readonly streams: number }) => void;
}

/**
 * Verifies the hash chains of everything in `store`, then that the head it reports for each stream
 * is the stream's last entry, which shows a stream that was cut short, then what only the store
 * itself can see of its index.
 *
 * What entries prove by themselves: their content, their order within each stream, and that each
 * follows all that it has read. Of the order between streams, of the log's end and of a record that
 * was written anew as a whole, a root kept elsewhere is the only proof: see `since`. Reads pages of bounded size and holds a few bytes for each stream: a
 * million entries take less than 256 MB. Entries recorded meanwhile are verified too.
 *
 * @throws the store's faults; a changed record is not a fault but `firstBad`.
 */
export async function verifyStore(
  store: Verifiable,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const run = new Verification(store, options);
  const firstBad =
    (await run.readLog()) ?? (await run.compareHeads()) ?? (await run.askForMisplaced());
  const { entries, streams } = run.chain;
  const { since, stepBack } = run;
  return {
    entries,
    streams: streams.count,
    root: run.tree.root(),
    ...(firstBad === undefined ? {} : { firstBad }),
    ...(since === undefined ? {} : { since }),
    ...(stepBack === undefined ? {} : { stepBack }),
  };
}

class Verification {
  readonly chain = new ChainVerifier();
  readonly tree = new LogTree();
  stepBack: StepBack | undefined;
  #sinceIs: 'same' | 'differs' | undefined;
  #latestMs = Number.NEGATIVE_INFINITY;
  readonly #store: Verifiable;
  readonly #options: VerifyOptions;
  #after: GlobalPosition = LOG_START;
  #isRead = false;
  #pageEntries = 64;

  constructor(store: Verifiable, options: VerifyOptions) {
    this.#store = store;
    this.#options = options;
    this.#compareSince();
  }

  /** See {@link VerifyReport.since}. */
  get since(): VerifyReport['since'] {
    if (this.#options.since === undefined || this.#sinceIs !== undefined) return this.#sinceIs;
    return this.#isRead ? 'shorter' : undefined;
  }

  /** Checks the log from where the last call ended to its end. */
  async readLog(): Promise<BadEntry | undefined> {
    for (;;) {
      const page = await this.#store.readAll(this.#after, this.#pageEntries);
      this.#isRead = page.entries.length === 0;
      if (this.#isRead) return undefined;
      let bytes = 0;
      for (const entry of page.entries) {
        bytes += entry.bytes.byteLength;
        const bad = this.chain.check(entry) ?? (await this.#confirmOldReads(entry));
        if (bad !== undefined) return bad;
        this.#take(entry);
      }
      this.#after = page.next;
      this.#pageEntries = pageEntries(bytes / page.entries.length);
      const { entries, streams } = this.chain;
      this.#options.onProgress?.({ entries, streams: streams.count });
    }
  }

  /** Compares each stream's last entry with the head that the store reports. */
  async compareHeads(): Promise<BadEntry | undefined> {
    for (const stream of this.chain.streams.names()) {
      if (await this.#headAgrees(stream)) continue;
      // Something may have been recorded since the log was read.
      const bad = await this.readLog();
      if (bad !== undefined) return bad;
      if (!(await this.#headAgrees(stream))) return this.#headDiffers(stream);
    }
    return undefined;
  }

  /** Asks the store for what the pages it hands out cannot show. */
  async askForMisplaced(): Promise<BadEntry | undefined> {
    const found = await this.#store.findMisplaced?.();
    if (found === undefined) return undefined;
    const { stream, position, sentence } = found;
    return { stream, position, reason: { code: 'misplaced', sentence } };
  }

  /** What an entry that was found good means for the log as a whole. */
  #take({ stream, position, hash }: RecordedEntry): void {
    this.tree.add(hash);
    this.#compareSince();
    const { recordedAtMs } = this.chain;
    const byMs = this.#latestMs - recordedAtMs;
    if (byMs > (this.stepBack?.byMs ?? 0)) this.stepBack = { stream, position, byMs };
    this.#latestMs = Math.max(this.#latestMs, recordedAtMs);
  }

  #compareSince(): void {
    const { since } = this.#options;
    if (since?.entries !== this.tree.entries) return;
    this.#sinceIs = this.tree.root().hash === since.hash ? 'same' : 'differs';
  }

  async #confirmOldReads(entry: RecordedEntry): Promise<BadEntry | undefined> {
    for (const read of this.chain.oldReads) {
      const page = await this.#look(read.stream, read.position);
      const bad = readProblem(entry, read, page?.entries[0]);
      if (bad !== undefined) return bad;
    }
    return undefined;
  }

  async #headAgrees(stream: StreamName): Promise<boolean> {
    const last = this.chain.streams.last(stream);
    if (last === undefined) return false;
    const page = await this.#look(stream, last.position);
    if (page === undefined) return false;
    const { head, entries } = page;
    return (
      head !== 'none' &&
      head.position === last.position &&
      head.hash === last.hash &&
      // As text: the same instant written in another way is not what was recorded.
      head.recordedAt === new Date(last.recordedAtMs).toISOString() &&
      entries[0]?.hash === last.hash
    );
  }

  /** A page of one entry; `undefined` where the store says itself that its stream is damaged. */
  async #look(stream: StreamName, position: Position): Promise<StreamPage | undefined> {
    try {
      return await this.#store.readStream(stream, position, 1);
    } catch (error) {
      if (isFault(error, 'store-corrupt') && error.data.stream === stream) return undefined;
      throw error;
    }
  }

  #headDiffers(stream: StreamName): BadEntry {
    const position = this.chain.streams.last(stream)?.position ?? 0;
    const sentence = 'the head that the store reports is not the last entry of the stream';
    return { stream, position, reason: { code: 'head-differs', sentence } };
  }
}

/** Entries of this size that make a page of bounded bytes. */
function pageEntries(entryBytes: number): number {
  const fitting = Math.floor(VERIFY_PAGE_BYTES / Math.max(1, entryBytes));
  return Math.min(VERIFY_PAGE_ENTRIES_MAX, Math.max(16, fitting));
}
