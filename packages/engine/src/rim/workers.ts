// Work that time and events call for: due deadlines and reactions, over all cases of the store.
import { LOG_START, type GlobalPosition, type StreamName } from '@himaya/event-store';
import { ruleView } from '../apply.ts';
import { deriveId } from '../derive-id.ts';
import { systemActor } from '../actor.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import type { Command } from '../command.ts';
import { draftOf, type CaseState } from '../state.ts';
import { catchUp } from './catch-up.ts';
import { Checkpoint } from './checkpoint.ts';
import type { EngineContext } from './context.ts';
import { attachEmergencies } from './emergency-apart.ts';
import type { DeadlineRun, ReactionRun } from './engine-api.ts';
import type { Outcome } from './ports.ts';
import { stateAt } from './queries.ts';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** Attempts to catch one case up against other workers: each lost attempt is another's success. */
const ATTEMPTS_MAX = 8;

/** Reaches due deadlines. Keeps which case is due next as an index that the log can rebuild. */
export class DeadlineWorker {
  readonly #context: EngineContext;
  readonly #nextDue = new Map<StreamName, string>();
  #position: GlobalPosition = LOG_START;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** See `Engine.runDeadlines`. */
  async run(): Promise<DeadlineRun> {
    const { clock } = this.#context;
    if (clock.isSkewed()) {
      const reason = 'the clock of this process has moved against its second source';
      this.#context.alert({ code: 'clock-skewed', message: reason });
      return { kind: 'suspended', reason };
    }
    await this.#index();
    const now = clock.now();
    const due = [...this.#nextDue].filter(([, at]) => at <= now).sort(byInstant);
    let cases = 0;
    let reached = 0;
    for (const [stream] of due) {
      const count = await this.#catchUp(stream);
      if (count > 0) cases += 1;
      reached += count;
    }
    return { kind: 'ran', cases, reached };
  }

  async #index(): Promise<void> {
    const { store, registry } = this.#context;
    const changed = new Set<StreamName>();
    for (;;) {
      const page = await store.readAll(this.#position, PAGE_ENTRIES);
      for (const { stream } of page.entries) {
        if (registry.isCase(stream)) changed.add(stream);
        else if (stream.startsWith('emergency-')) {
          await attachEmergencies(
            this.#context,
            registry.streamOf(stream.slice('emergency-'.length)),
          );
        }
      }
      this.#position = page.next;
      if (page.entries.length === 0) break;
    }
    for (const stream of changed) await this.#note(stream);
  }

  async #note(stream: StreamName): Promise<CaseState | undefined> {
    const loaded = await this.#context.loader.refresh(stream);
    const state = loaded.kind === 'case' && !loaded.state.divergence ? loaded.state : undefined;
    const next = state?.deadlines.next();
    if (next) this.#nextDue.set(stream, next.at);
    else this.#nextDue.delete(stream);
    return state;
  }

  async #catchUp(stream: StreamName): Promise<number> {
    const { clock } = this.#context;
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const state = await this.#note(stream);
      if (!state || clock.isBehind(state.head)) return 0;
      const before = state.head.position;
      const done = await catchUp(this.#context, state, clock.recordedAt(state.head, true));
      if (done.kind === 'conflict') continue;
      await this.#note(stream);
      return done.kind === 'recorded' ? done.state.head.position - before : 0;
    }
    return 0;
  }
}

/** Issues the commands that recorded events call for. */
export class ReactionWorker {
  readonly #context: EngineContext;
  readonly #execute: (command: Command, actor: unknown) => Promise<Outcome>;
  readonly #checkpoint: Checkpoint;

  constructor(
    context: EngineContext,
    execute: (command: Command, actor: unknown) => Promise<Outcome>,
  ) {
    this.#context = context;
    this.#execute = execute;
    this.#checkpoint = new Checkpoint(context, 'reactions');
  }

  /** See `Engine.runReactions`. */
  async run(): Promise<ReactionRun> {
    let issued = 0;
    let refused = 0;
    let position = await this.#checkpoint.load();
    for (;;) {
      const page = await this.#context.store.readAll(position, PAGE_ENTRIES);
      if (page.entries.length === 0) break;
      let worked = false;
      for (const entry of page.entries) {
        if (!this.#context.registry.isCase(entry.stream)) continue;
        for (const outcome of await this.#react(recordedEvent(entry))) {
          worked = true;
          if (outcome.kind === 'accepted') issued += 1;
          else refused += 1;
        }
      }
      position = page.next;
      // A checkpoint is an append: it is worth one only when a restart would repeat some work.
      if (worked) await this.#checkpoint.save(position);
    }
    return { issued, refused, position };
  }

  async #react(event: RecordedEvent): Promise<readonly Outcome[]> {
    const types = this.#context.registry.latest.flatMap(({ reactions }) => reactions);
    if (!types.some(({ on }) => (on as readonly string[]).includes(event.type))) return [];
    const { stream, position } = event;
    const state = await stateAt(this.#context, stream, { position });
    if (!state || state.divergence) return [];
    const outcomes: Outcome[] = [];
    for (const reaction of state.pin.caseType.reactions) {
      if (!(reaction.on as readonly string[]).includes(event.type)) continue;
      const view = {
        ...ruleView(draftOf(state), caseEvent(event), undefined),
        caseId: state.caseId,
      };
      const wanted = reaction.command(view as never);
      if (!wanted) continue;
      const command: Command = {
        ...wanted,
        id: deriveId(event.id, reaction.name),
        causation: event.id,
        correlation: event.correlation,
      };
      outcomes.push(await this.#issue(command, state.caseId, reaction.name));
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

function byInstant(a: readonly [string, string], b: readonly [string, string]): number {
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[0] < b[0] ? -1 : 1;
}
