// Work that time and events call for: due deadlines and reactions, over all cases of the store.
import { LOG_START, type GlobalPosition, type StreamName } from '@himaya/event-store';
import { ruleView } from '../apply.ts';
import { deriveId } from '../derive-id.ts';
import { systemActor, type Actor } from '../actor.ts';
import { whyOf } from '../authored.ts';
import type { ReactionSpec } from '../case-type.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import type { Command } from '../command.ts';
import { draftOf, type CaseState } from '../state.ts';
import { caseOfEmergencies } from '../emergency-streams.ts';
import { catchUp } from './catch-up.ts';
import { Checkpoint } from './checkpoint.ts';
import type { EngineContext } from './context.ts';
import { attachEmergencies } from './emergency-attach.ts';
import { isStoreFault } from './emergency-case.ts';
import type { DeadlineRun, ReactionRun, Suspended } from './engine-api.ts';
import type { Outcome } from './ports.ts';
import { stateAt } from './queries.ts';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** Attempts to catch one case up against other workers: each lost attempt is another's success. */
const ATTEMPTS_MAX = 8;

/** Why a worker does nothing at present, if its clock cannot be trusted. */
function suspension(context: EngineContext): Suspended | undefined {
  if (!context.clock.isSkewed()) return undefined;
  const reason = 'the clock of this process has moved against its second source';
  context.alert({ code: 'clock-skewed', message: reason });
  return { kind: 'suspended', reason };
}

/**
 * Does one case's share of a run. What fails there is told and holds up no other case; a store that
 * fails ends the run, which is then repeated as a whole.
 */
async function share<Result>(
  context: EngineContext,
  code: 'deadline-not-reached' | 'reaction-failed',
  caseId: string,
  work: () => Promise<Result>,
): Promise<{ readonly value: Result } | undefined> {
  try {
    return { value: await work() };
  } catch (error) {
    if (isStoreFault(error)) throw error;
    context.alert({ code, caseId, message: whyOf(error) });
    return undefined;
  }
}

/** Reaches due deadlines. Keeps which case is due next as an index that the log can rebuild. */
export class DeadlineWorker {
  readonly #context: EngineContext;
  readonly #nextDue = new Map<StreamName, string>();
  /** Cases for which an emergency was recorded apart and could not be attached yet. */
  readonly #apart = new Set<StreamName>();
  /** Cases that changed and are not noted yet: what fails now is done by a later run. */
  readonly #changed = new Set<StreamName>();
  #position: GlobalPosition = LOG_START;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** See `Engine.runDeadlines`. */
  async run(): Promise<DeadlineRun> {
    const { clock } = this.#context;
    const suspended = suspension(this.#context);
    if (suspended) return suspended;
    await this.#index();
    const now = clock.now();
    const due = [...this.#nextDue].filter(([, at]) => at <= now).sort(byInstant);
    let cases = 0;
    let reached = 0;
    for (const [stream] of due) {
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
    const { store, registry } = this.#context;
    for (;;) {
      const page = await store.readAll(this.#position, PAGE_ENTRIES);
      for (const { stream } of page.entries) {
        const apart = caseOfEmergencies(stream);
        if (apart !== undefined) this.#apart.add(registry.streamOf(apart));
        else if (registry.isCase(stream)) this.#changed.add(stream);
      }
      this.#position = page.next;
      if (page.entries.length === 0) break;
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

  async #note(stream: StreamName): Promise<CaseState | undefined> {
    const loaded = await this.#context.loader.refresh(stream);
    const state = loaded.kind === 'case' && !loaded.state.divergence ? loaded.state : undefined;
    const next = state?.deadlines.next();
    if (next) this.#nextDue.set(stream, next.at);
    else this.#nextDue.delete(stream);
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

/** Issues the commands that recorded events call for. */
export class ReactionWorker {
  readonly #context: EngineContext;
  readonly #execute: (command: Command, actor: Actor) => Promise<Outcome>;
  readonly #checkpoint: Checkpoint;

  constructor(
    context: EngineContext,
    execute: (command: Command, actor: Actor) => Promise<Outcome>,
  ) {
    this.#context = context;
    this.#execute = execute;
    this.#checkpoint = new Checkpoint(context, 'reactions');
  }

  /** See `Engine.runReactions`. */
  async run(): Promise<ReactionRun> {
    const suspended = suspension(this.#context);
    if (suspended) return suspended;
    let issued = 0;
    let refused = 0;
    let position = await this.#checkpoint.load();
    /** Before the first event whose reactions did not all come to an end: the next run starts here. */
    let held: GlobalPosition | undefined;
    for (;;) {
      const page = await this.#context.store.readAll(position, PAGE_ENTRIES);
      if (page.entries.length === 0) break;
      let worked = false;
      let before = position;
      for (const entry of page.entries) {
        const isCase = this.#context.registry.isCase(entry.stream);
        const outcomes = isCase ? await this.#react(recordedEvent(entry)) : [];
        if (!outcomes.every(isEnded)) held ??= before;
        worked ||= held === undefined && outcomes.length > 0;
        issued += outcomes.filter((outcome) => outcome?.kind === 'accepted').length;
        refused += outcomes.filter((outcome) => outcome?.kind === 'refused').length;
        before = entry.globalPosition;
      }
      position = page.next;
      // A checkpoint is an append: it is worth one only when a restart would repeat some work.
      if (worked) await this.#checkpoint.save(held ?? position);
    }
    return { kind: 'ran', issued, refused, position: held ?? position };
  }

  /** What became of each reaction to an event; `undefined` for one that has to be tried again. */
  async #react(event: RecordedEvent): Promise<readonly (Outcome | undefined)[]> {
    const { registry } = this.#context;
    const types = registry.all.flatMap(({ reactions }) => reactions);
    if (!types.some(({ on }) => (on as readonly string[]).includes(event.type))) return [];
    const { stream, position } = event;
    const caseId = registry.caseIdOf(stream);
    const found = await share(this.#context, 'reaction-failed', caseId, async () => {
      const state = await stateAt(this.#context, stream, { position });
      if (state && !state.divergence) return state;
      throw new RangeError(`case ${caseId} cannot be folded as it was recorded`);
    });
    if (!found) return [undefined];
    const state = found.value;
    const outcomes: (Outcome | undefined)[] = [];
    for (const reaction of state.pin.caseType.reactions) {
      if (!(reaction.on as readonly string[]).includes(event.type)) continue;
      const done = await share(this.#context, 'reaction-failed', caseId, async () => {
        const command = commandFor(reaction, state, event);
        return command && { outcome: await this.#issue(command, caseId, reaction.name) };
      });
      if (!done) outcomes.push(undefined);
      else if (done.value) outcomes.push(done.value.outcome);
    }
    return outcomes;
  }

  async #issue(command: Command, caseId: string, reaction: string): Promise<Outcome> {
    const actor = systemActor(this.#context.options.office);
    const outcome = await this.#execute(command, actor);
    if (outcome.kind !== 'accepted') {
      const why =
        outcome.kind === 'refused'
          ? outcome.violations.map(({ code }) => code).join(', ')
          : 'it kept conflicting';
      const message = `reaction ${reaction} gave ${command.name}, which failed: ${why}`;
      this.#context.alert({ code: 'reaction-refused', caseId, message });
    }
    return outcome;
  }
}

/** The command that a reaction gives because of an event, under an id derived from both. */
function commandFor(
  reaction: ReactionSpec,
  state: CaseState,
  event: RecordedEvent,
): Command | undefined {
  const seen = ruleView(draftOf(state), caseEvent(event), undefined);
  const wanted = reaction.command({ ...seen, caseId: state.caseId } as never);
  if (!wanted) return undefined;
  const { name, input, caseId = state.caseId, opens } = wanted;
  return {
    name,
    input,
    ...(opens ? {} : { caseId }),
    id: deriveId(event.id, reaction.name),
    causation: event.id,
    correlation: event.correlation,
  };
}

/** A conflict is no end: the command was given and may succeed next time. */
function isEnded(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.kind !== 'conflict';
}

function byInstant(a: readonly [string, string], b: readonly [string, string]): number {
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[0] < b[0] ? -1 : 1;
}
