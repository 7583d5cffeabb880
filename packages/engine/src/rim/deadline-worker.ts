// Reaching what is due in any case, and attaching emergencies that were kept apart.
import {
  LOG_START,
  type GlobalPosition,
  type Instant,
  type Lease,
  type LogPage,
  type StreamName,
} from '@himaya/event-store';
import { whyOf } from '../authored.ts';
import { caseOfEmergencies } from '../emergency-streams.ts';
import type { CaseState } from '../state.ts';
import type { Loaded } from './case-loader.ts';
import { share, suspension } from './case-share.ts';
import { catchUp } from './catch-up.ts';
import type { EngineContext } from './context.ts';
import type { DueBook } from './due-book.ts';
import { DueIndex } from './due-index.ts';
import { DueWalk } from './due-walk.ts';
import { attachEmergencies } from './emergency-attach.ts';
import { isStoreFault } from './emergency-case.ts';
import type { DeadlineRun } from './engine-api.ts';
import { always, type GoOn } from './lease-hold.ts';
import type { Alert } from './ports.ts';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** Attempts to catch one case up against other workers: each lost attempt is another's success. */
const ATTEMPTS_MAX = 8;

/** The book is written when so many cases have changed: what a start has to fold again. */
const UNSAVED_MAX = 1_000;

/** Who waits for the lease reads the book again when it has seen so many cases change. */
const UNSAVED_KEPT_MAX = 100_000;

/** Reaches due deadlines. Keeps which case is due next as an index that the log can rebuild. */
export class DeadlineWorker {
  readonly #context: EngineContext;
  #nextDue = new DueIndex();
  /** Cases for which an emergency was recorded apart and could not be attached yet. */
  readonly #apart = new Set<StreamName>();
  /** Cases that changed and are not noted yet: what fails now is done by a later run. */
  readonly #changed = new Set<StreamName>();
  /** Cases that cannot be folded as they are: people were told that their deadlines stand still. */
  readonly #troubled = new Set<StreamName>();
  #position: GlobalPosition = LOG_START;
  #book: DueBook | undefined;
  /** How far what was learnt from the book, or written into it, goes; nothing: it is let alone. */
  #saved: GlobalPosition | undefined;
  /** Cases that have changed since, or were looked at. */
  readonly #unsaved = new Set<StreamName>();
  /** Comes past every case that the book was believed about. */
  #walk: DueWalk | undefined;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Learns which cases are due when, as far as the log goes: what a worker in waiting does. */
  async prepare(book?: DueBook): Promise<void> {
    // Who has the lease writes it: what has changed need not be kept in mind for ever.
    if (this.#unsaved.size > UNSAVED_KEPT_MAX) this.#book = undefined;
    await this.#index(book);
  }

  /** When the next deadline or mark of any known case falls due. */
  get nextDueAt(): Instant | undefined {
    return this.#nextDue.first;
  }

  /**
   * See `Engine.runDeadlines`. Ends between two cases when told to.
   *
   * @param kept where what is due is kept between the lives of processes, and the lease to write it.
   */
  async run(
    goOn: GoOn = always,
    kept?: { readonly book: DueBook; readonly lease: Lease },
  ): Promise<DeadlineRun> {
    const { clock } = this.#context;
    const suspended = suspension(this.#context);
    if (suspended) return suspended;
    await this.#index(kept?.book);
    let cases = 0;
    let reached = 0;
    for (const stream of this.#nextDue.until(clock.now())) {
      if (!(await goOn())) break;
      const count = await this.#share(stream, () => this.#catchUp(stream));
      if (count && count.value.recorded) cases += 1;
      reached += count?.value.reached ?? 0;
    }
    // Last: what is due does not wait for either.
    if (kept) await this.#lookBack(goOn);
    if (kept && this.#unsaved.size >= UNSAVED_MAX) await this.#save(kept.book, kept.lease);
    return { kind: 'ran', cases, reached };
  }

  #share<Result>(stream: StreamName, work: () => Promise<Result>) {
    const caseId = this.#context.registry.caseIdOf(stream);
    return share(this.#context, 'deadline-not-reached', caseId, work);
  }

  /** Begins with what the book says, once; what it does not know yet the log says. */
  async #open(book: DueBook): Promise<void> {
    const { position, dues, apart } = await book.load();
    this.#nextDue = new DueIndex();
    for (const set of [this.#apart, this.#changed, this.#troubled, this.#unsaved]) set.clear();
    this.#book = book;
    this.#position = LOG_START;
    this.#saved = this.#walk = undefined;
    if (!(await this.#isOfThisLog(position))) {
      const message = 'the read store is ahead of the log: make it anew; the log says what is due';
      this.#context.alert({ code: 'worker-failed', message });
      return;
    }
    for (const [stream, at] of dues) {
      if (at !== null) this.#nextDue.set(stream, at);
      else for (const set of [this.#changed, this.#unsaved]) set.add(stream);
    }
    for (const stream of apart) this.#apart.add(stream);
    this.#position = this.#saved = position;
    this.#walk = new DueWalk(this.#context.store, position);
  }

  /** Compares a few cases with what the book said of them: people may have changed its rows. */
  async #lookBack(goOn: GoOn): Promise<void> {
    const { clock, loader, registry } = this.#context;
    for (const stream of (await this.#walk?.step(clock.monotonicMs())) ?? []) {
      const apart = caseOfEmergencies(stream);
      // What waits in it is attached, or known to be, in the next run.
      if (apart !== undefined) this.#apart.add(registry.streamOf(apart));
      if (!registry.isCase(stream) || this.#changed.has(stream)) continue;
      if (!(await goOn())) {
        this.#changed.add(stream);
        continue;
      }
      const said = this.#nextDue.at(stream);
      const isKept = loader.keeps(stream);
      const noted = await this.#share(stream, () => this.#note(stream));
      // A case that nobody asks about takes no room from those that people work on.
      if (!isKept) loader.drop(stream);
      if (!noted) this.#changed.add(stream);
      else if (this.#nextDue.at(stream) !== said) await this.#correct(stream, said);
    }
  }

  /** Tells that the book was wrong about a case, unless the case has changed only just now. */
  async #correct(stream: StreamName, said: Instant | undefined): Promise<void> {
    this.#unsaved.add(stream);
    const since = await this.#page();
    if (since?.entries.some((entry) => entry.stream === stream)) return;
    const is = this.#nextDue.at(stream) ?? 'nothing';
    const message = `the read store had ${said ?? 'nothing'} for what is due next, the log says ` +
      `${is}: somebody changed its rows; find out who, and make it anew`;
    const caseId = this.#context.registry.caseIdOf(stream);
    this.#context.alert({ code: 'due-book-changed', caseId, message });
  }

  /** Whether an entry stands where somebody has come to: a backup of the log may be older. */
  async #isOfThisLog(position: GlobalPosition): Promise<boolean> {
    if (position === LOG_START) return true;
    const before = (position - 1n) as GlobalPosition;
    const { entries } = await this.#context.store.readAll(before, 1);
    return entries[0]?.globalPosition === position;
  }

  async #save(book: DueBook, lease: Lease): Promise<void> {
    if (this.#saved === undefined) return;
    const dues = new Map(
      [...this.#unsaved].map((stream) => {
        const isOpen = this.#changed.has(stream) || this.#troubled.has(stream);
        return [stream, isOpen ? null : this.#nextDue.at(stream)] as const;
      }),
    );
    const page = { position: this.#position, dues, apart: [...this.#apart] };
    if (await book.save(lease, this.#saved, page)) {
      this.#saved = this.#position;
      this.#unsaved.clear();
    } else this.#book = undefined;
  }

  async #index(book: DueBook | undefined): Promise<void> {
    const { registry } = this.#context;
    if (book && this.#book !== book) await this.#open(book);
    for (;;) {
      const page = await this.#page();
      for (const { stream } of page?.entries ?? []) {
        const apart = caseOfEmergencies(stream);
        const own = apart === undefined ? stream : registry.streamOf(apart);
        if (apart !== undefined) this.#apart.add(own);
        else if (registry.isCase(stream)) this.#changed.add(stream);
        else continue;
        if (this.#saved !== undefined) this.#unsaved.add(own);
      }
      this.#position = page?.next ?? this.#position;
      if (!page || page.entries.length === 0) break;
    }
    for (const stream of this.#apart) {
      const done = await this.#share(stream, () => attachEmergencies(this.#context, stream));
      if (done?.value.waiting === 0) this.#apart.delete(stream);
      if (done && done.value.attached > 0) this.#changed.add(stream);
    }
    for (const stream of this.#changed) {
      const noted = await this.#share(stream, () => this.#note(stream));
      if (noted) this.#changed.delete(stream);
    }
  }

  /** The next page of the log; damage in it keeps no case that is known already from being reached. */
  async #page(): Promise<LogPage | undefined> {
    try {
      return await this.#context.store.readAll(this.#position, PAGE_ENTRIES);
    } catch (error) {
      if (isStoreFault(error)) throw error;
      const message = `the log cannot be read on, known cases go on: ${whyOf(error)}`;
      this.#context.alert({ code: 'deadline-not-reached', message });
      return undefined;
    }
  }

  async #note(stream: StreamName): Promise<CaseState | undefined> {
    const loaded = await this.#context.loader.refresh(stream);
    const trouble = troubleOf(loaded);
    const state = loaded.kind === 'case' && !trouble ? loaded.state : undefined;
    if (trouble && !this.#troubled.has(stream)) {
      const caseId = this.#context.registry.caseIdOf(stream);
      this.#context.alert({ ...trouble, caseId });
    }
    if (trouble) this.#troubled.add(stream);
    else this.#troubled.delete(stream);
    this.#nextDue.set(stream, state?.deadlines.next()?.at);
    return state;
  }

  async #catchUp(
    stream: StreamName,
  ): Promise<{ readonly recorded: boolean; readonly reached: number }> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const state = await this.#note(stream);
      if (!state) break;
      const done = await catchUp(this.#context, state);
      if (done.kind === 'conflict') continue;
      await this.#note(stream);
      return { recorded: done.state !== state, reached: done.reached };
    }
    return { recorded: false, reached: 0 };
  }
}

/** Why nothing can be reached in a case, if so: people must know that its deadlines stand still. */
function troubleOf(loaded: Loaded): Pick<Alert, 'code' | 'message'> | undefined {
  if (loaded.kind === 'unfoldable') {
    const message = `no deadline of it is reached here: ${loaded.reason}`;
    return { code: 'case-unfoldable', message };
  }
  const found = loaded.kind === 'case' ? loaded.state.divergence : undefined;
  if (!found) return undefined;
  const message = `no deadline of it is reached: ${found.reason} at position ${found.position}`;
  return { code: 'case-diverged', message };
}
