// Reaching what is due in any case, and attaching emergencies that were kept apart.
import {
  LOG_START,
  type GlobalPosition,
  type Instant,
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
import { DueIndex } from './due-index.ts';
import { attachEmergencies } from './emergency-attach.ts';
import { isStoreFault } from './emergency-case.ts';
import type { DeadlineRun } from './engine-api.ts';
import { always, type GoOn } from './lease-hold.ts';
import type { Alert } from './ports.ts';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** Attempts to catch one case up against other workers: each lost attempt is another's success. */
const ATTEMPTS_MAX = 8;

/** Reaches due deadlines. Keeps which case is due next as an index that the log can rebuild. */
export class DeadlineWorker {
  readonly #context: EngineContext;
  readonly #nextDue = new DueIndex();
  /** Cases for which an emergency was recorded apart and could not be attached yet. */
  readonly #apart = new Set<StreamName>();
  /** Cases that changed and are not noted yet: what fails now is done by a later run. */
  readonly #changed = new Set<StreamName>();
  /** Cases of which people were told that their deadlines are not reached. */
  readonly #told = new Set<StreamName>();
  #position: GlobalPosition = LOG_START;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Learns which cases are due when, as far as the log goes: what a worker in waiting does. */
  async prepare(): Promise<void> {
    await this.#index();
  }

  /** When the next deadline or mark of any known case falls due. */
  get nextDueAt(): Instant | undefined {
    return this.#nextDue.first;
  }

  /** See `Engine.runDeadlines`. Ends between two cases when told to. */
  async run(goOn: GoOn = always): Promise<DeadlineRun> {
    const { clock } = this.#context;
    const suspended = suspension(this.#context);
    if (suspended) return suspended;
    await this.#index();
    let cases = 0;
    let reached = 0;
    for (const stream of this.#nextDue.until(clock.now())) {
      if (!(await goOn())) break;
      const count = await this.#share(stream, () => this.#catchUp(stream));
      if (count && count.value.recorded) cases += 1;
      reached += count?.value.reached ?? 0;
    }
    return { kind: 'ran', cases, reached };
  }

  #share<Result>(stream: StreamName, work: () => Promise<Result>) {
    const caseId = this.#context.registry.caseIdOf(stream);
    return share(this.#context, 'deadline-not-reached', caseId, work);
  }

  async #index(): Promise<void> {
    const { registry } = this.#context;
    for (;;) {
      const page = await this.#page();
      for (const { stream } of page?.entries ?? []) {
        const apart = caseOfEmergencies(stream);
        if (apart !== undefined) this.#apart.add(registry.streamOf(apart));
        else if (registry.isCase(stream)) this.#changed.add(stream);
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
    if (trouble && !this.#told.has(stream)) {
      this.#told.add(stream);
      const caseId = this.#context.registry.caseIdOf(stream);
      this.#context.alert({ ...trouble, caseId });
    }
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
