// Issuing the commands that recorded events call for, each at least once, over all cases.
import {
  LOG_START,
  type ConsumerGroup,
  type GlobalPosition,
  type RecordedEntry,
  type StreamName,
} from '@himaya/event-store';
import { systemActor, type Actor } from '../actor.ts';
import { ruleView } from '../apply.ts';
import type { ReactionSpec } from '../case-type.ts';
import type { Command } from '../command.ts';
import { deriveId } from '../derive-id.ts';
import { caseEvent, recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { draftOf, type CaseState } from '../state.ts';
import { pagesOf } from './case-loader.ts';
import { share, suspension } from './case-share.ts';
import { Checkpoint } from './checkpoint.ts';
import type { EngineContext } from './context.ts';
import type { ReactionRun } from './engine-api.ts';
import { always, type GoOn } from './lease-hold.ts';
import type { Outcome } from './ports.ts';
import { stateAt } from './queries.ts';
import { rest } from './wake.ts';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** Cases that a checkpoint remembers as parked: some 60 kB. Beyond, it is held as a whole. */
const PARKED_MAX = 1_000;

/** Commands that follow from one another in one run at most: two files may name each other. */
const HOPS_MAX = 16;

/** Commands of which a member of a group knows how many led to them. */
const HOPS_KNOWN_MAX = 10_000;
/** Tries of commands that conflict before their event is parked. */
const TRIES_MAX = 8;
/** A member of a group asks for what is parked once in so many polls: a minute as it comes. */
const POLLS_PER_RETRY = 60;

/** What a run has come to. */
interface Tally {
  issued: number;
  refused: number;
}

/** Issues the commands that recorded events call for. */
export class ReactionWorker {
  readonly #context: EngineContext;
  readonly #execute: (command: Command, actor: Actor) => Promise<Outcome>;
  readonly #checkpoint: Checkpoint;
  /** Of each command that this run gave, how many before it led to it. */
  readonly #hops = new Map<string, number>();
  /** Where this worker's last run ended: a checkpoint is not saved for events that ask for nothing. */
  #reached: GlobalPosition = LOG_START;

  constructor(
    context: EngineContext,
    execute: (command: Command, actor: Actor) => Promise<Outcome>,
  ) {
    this.#context = context;
    this.#execute = execute;
    this.#checkpoint = new Checkpoint(context, 'reactions');
  }

  /** See `Engine.runReactions`. Ends between two events when told to. */
  async run(goOn: GoOn = always): Promise<ReactionRun> {
    const suspended = suspension(this.#context);
    if (suspended) return suspended;
    this.#hops.clear();
    const tally = { issued: 0, refused: 0 };
    const saved = await this.#checkpoint.load();
    const parked = new Map(saved.parked);
    // What this worker has passed since is told by its own checkpoint only, with what it parked.
    if (saved.isNew) this.#reached = saved.position;
    let position = this.#reached;
    let changed = await this.#takeUp(parked, position, tally);
    /** Before the first event whose case could not even be parked: the next run starts here. */
    let held: GlobalPosition | undefined;
    let isStopped = false;
    for (;;) {
      const page = await this.#context.store.readAll(position, PAGE_ENTRIES);
      let before = position;
      for (const entry of page.entries) {
        const { stream } = entry;
        // What a parked case has recorded since waits behind the event that it is parked at.
        const isNext = this.#context.registry.isCase(stream) && !parked.has(stream);
        if (isNext && !(await goOn())) {
          held ??= before;
          isStopped = true;
          break;
        }
        const outcomes = isNext ? await this.#react(recordedEvent(entry)) : [];
        if (!count(outcomes, tally)) {
          if (parked.size < PARKED_MAX) parked.set(stream, entry.position);
          else held ??= before;
        }
        changed ||= held === undefined && outcomes.length > 0;
        before = entry.globalPosition;
      }
      position = page.next;
      // A checkpoint is an append: it is worth one only when a restart would repeat some work.
      if (changed || page.entries.length === PAGE_ENTRIES) {
        await this.#checkpoint.save({ position: held ?? position, parked });
      }
      changed = false;
      if (isStopped || page.entries.length === 0) break;
    }
    this.#reached = held ?? position;
    return { kind: 'ran', ...tally, position: this.#reached };
  }

  /**
   * The same as a member of a group, until `signal` aborts: the store says which event is next. Each
   * is answered when what it calls for is recorded; whoever is killed before has it done by another.
   * An event that fails is parked, later ones of its case behind it; all are asked for again from
   * time to time, those that the store has parked by itself too.
   */
  async serve(group: ConsumerGroup, signal: AbortSignal, pollMs: number): Promise<void> {
    /** Of each case, the positions of its events that are parked. */
    const parked = new Map<StreamName, ReadonlySet<number>>();
    // What an earlier process has parked may have waited for the procedures of this one.
    await group.retryParked();
    const timer = setInterval(() => {
      group.retryParked().catch(() => undefined);
    }, pollMs * POLLS_PER_RETRY);
    try {
      for await (const { entry, done, park } of group.deliveries(signal)) {
        while (suspension(this.#context)) {
          if (signal.aborted) return;
          await rest(pollMs, signal);
        }
        const { stream, position } = entry;
        const others = [...(parked.get(stream) ?? [])].filter((at) => at !== position);
        const why = others.some((at) => at < position)
          ? 'it waits behind an earlier event of its case'
          : await this.#serveOne(entry);
        if (why !== undefined) others.push(position);
        if (others.length > 0) parked.set(stream, new Set(others));
        else parked.delete(stream);
        await (why === undefined ? done() : park(why));
      }
    } finally {
      clearInterval(timer);
    }
  }

  /** Why an event has to be parked; `undefined` if all that it calls for came to an end. */
  async #serveOne(entry: RecordedEntry): Promise<string | undefined> {
    if (!this.#context.registry.isCase(entry.stream)) return undefined;
    if (await this.#isServed(recordedEvent(entry))) return undefined;
    return 'a command that it calls for failed; the alert says why';
  }

  /** Whether all that an event calls for came to an end: one that only conflicted is given again. */
  async #isServed(event: RecordedEvent): Promise<boolean> {
    if (this.#hops.size > HOPS_KNOWN_MAX) this.#hops.clear();
    for (let tries = 1; ; tries += 1) {
      const outcomes = await this.#react(event);
      if (outcomes.every(isEnded)) return true;
      if (tries === TRIES_MAX || outcomes.includes(undefined)) return false;
    }
  }

  /** Goes on with parked cases, up to the checkpoint: whether any of them came further. */
  async #takeUp(
    parked: Map<StreamName, number>,
    until: GlobalPosition,
    tally: Tally,
  ): Promise<boolean> {
    let changed = false;
    for (const [stream, from] of parked) {
      const caseId = this.#context.registry.caseIdOf(stream);
      const at = await share(this.#context, 'reaction-failed', caseId, () =>
        this.#firstFailing(stream, from, until, tally),
      );
      if (!at || at.value === from) continue;
      changed = true;
      if (at.value === undefined) parked.delete(stream);
      else parked.set(stream, at.value);
    }
    return changed;
  }

  /** The position of the first event of a case whose reactions fail; `undefined` if all ended. */
  async #firstFailing(
    stream: StreamName,
    from: number,
    until: GlobalPosition,
    tally: Tally,
  ): Promise<number | undefined> {
    for await (const page of pagesOf(this.#context.store, stream, from)) {
      for (const entry of page) {
        if (entry.globalPosition > until) return undefined;
        if (!count(await this.#react(recordedEvent(entry)), tally)) return entry.position;
      }
    }
    return undefined;
  }

  /** What became of each reaction to an event; `undefined` for one that has to be tried again. */
  async #react(event: RecordedEvent): Promise<readonly (Outcome | undefined)[]> {
    const { registry } = this.#context;
    const types = registry.all.flatMap(({ reactions }) => reactions);
    if (!types.some(({ on }) => (on as readonly string[]).includes(event.type))) return [];
    const { stream, position } = event;
    const caseId = registry.caseIdOf(stream);
    const found = await share(this.#context, 'reaction-failed', caseId, () =>
      stateAt(this.#context, stream, { position }),
    );
    const state = found?.value;
    if (!state || state.divergence) {
      const message = 'it cannot be folded as it was recorded; its reactions wait';
      if (found) this.#context.alert({ code: 'reaction-failed', caseId, message });
      return [undefined];
    }
    const outcomes: (Outcome | undefined)[] = [];
    for (const reaction of state.pin.caseType.reactions) {
      if (!(reaction.on as readonly string[]).includes(event.type)) continue;
      const made = await share(this.#context, 'reaction-failed', caseId, async () =>
        commandsFor(reaction, state, event),
      );
      if (!made) {
        outcomes.push(undefined);
        continue;
      }
      const hops = (this.#hops.get(event.command.id) ?? 0) + 1;
      if (hops > HOPS_MAX && made.value.length > 0) {
        const message = `reaction ${reaction.name} follows from itself without end; it ends here`;
        this.#context.alert({ code: 'reaction-refused', caseId, message });
        outcomes.push({ kind: 'refused', violations: [] });
        continue;
      }
      // One that fails does not keep the others from whom they are for.
      for (const command of made.value) {
        this.#hops.set(command.id, hops);
        const done = await share(this.#context, 'reaction-failed', caseId, () =>
          this.#issue(command, caseId, reaction.name),
        );
        outcomes.push(done?.value);
      }
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

/** The commands that a reaction gives because of an event, under ids derived from both. */
function commandsFor(
  reaction: ReactionSpec,
  state: CaseState,
  event: RecordedEvent,
): readonly Command[] {
  const seen = ruleView(draftOf(state), caseEvent(event), undefined);
  const wanted = reaction.commands({ ...seen, caseId: state.caseId } as never);
  return wanted.map(({ name, input, caseId = state.caseId, opens }, place) => ({
    name,
    input,
    ...(opens ? {} : { caseId }),
    id: deriveId(event.id, reaction.name, `${place}`),
    causation: event.id,
    correlation: event.correlation,
  }));
}

/** Counts what became of reactions: whether all of them came to an end. */
function count(outcomes: readonly (Outcome | undefined)[], tally: Tally): boolean {
  for (const outcome of outcomes) {
    if (outcome?.kind === 'accepted') tally.issued += 1;
    if (outcome?.kind === 'refused') tally.refused += 1;
  }
  return outcomes.every(isEnded);
}

/** A conflict is no end: the command was given and may succeed next time. */
function isEnded(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome.kind !== 'conflict';
}
