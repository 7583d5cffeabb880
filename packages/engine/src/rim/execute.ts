// The straight line of a command: parse, authenticate, load, catch up, authorise, decide, append.
import type { StreamName } from '@himaya/event-store';
import { caseView } from '../case-view.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { Violation } from '../rule.ts';
import { draftOf, type CaseState, type Draft } from '../state.ts';
import { freshDraft, pinData } from '../fold.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { PlannedEvent } from '../decide.ts';
import type { Actor } from '../actor.ts';
import { caughtUp, catchUp } from './catch-up.ts';
import { identify, openingType, parseEnvelope, parseInput } from './call-parser.ts';
import type { EngineContext } from './context.ts';
import {
  decideView,
  decisionTimes,
  judgeAuthority,
  judgeTimes,
  planCall,
  wantedEvents,
  type Call,
  type DecisionReads,
  type DecisionTimes,
} from './deciding.ts';
import { EmergencyLane } from './emergency.ts';
import type { ExecuteOptions, Outcome, Preview } from './ports.ts';
import { readStreams } from './read-streams.ts';
import { acceptedOutcome, refused, type Refused } from './outcomes.ts';
import { frameOf, groupOf, record } from './recording.ts';
import { recordedOutcome } from './recorded-outcome.ts';
import { StreamQueue } from './stream-queue.ts';

/** Times a command that lost against another writer is decided again. */
export const ATTEMPTS_MAX = 8;

/** A decision that may be recorded. */
interface Decided {
  readonly kind: 'decided';
  readonly call: Call;
  readonly draft: Draft;
  readonly events: readonly PlannedEvent[];
  readonly times: DecisionTimes;
  readonly reads: DecisionReads;
  readonly alerts: readonly string[];
}

type Attempt = Outcome | { readonly kind: 'again' };

/** Gives commands to cases. */
export class Executor {
  readonly #context: EngineContext;
  readonly #queue = new StreamQueue();
  readonly #emergency: EmergencyLane;

  constructor(context: EngineContext) {
    this.#context = context;
    this.#emergency = new EmergencyLane(context);
  }

  /** See `Engine.execute`. */
  async execute(raw: unknown, claim: unknown, options: ExecuteOptions = {}): Promise<Outcome> {
    const parsed = parseEnvelope(raw);
    const actor = await identify(this.#context.options, claim);
    if (parsed.kind === 'refused') return this.#refuse(actor, undefined, [parsed.violation]);
    const { command } = parsed;
    if (!actor) return this.#refuse(actor, command, [ENGINE_VIOLATIONS.AUTHENTICATION_FAILED]);
    if (this.#emergency.concerns(command)) {
      const done = await this.#emergency.execute(command, actor, options);
      if (done.kind !== 'not-emergency') {
        return done.kind === 'refused' ? this.#refuse(actor, command, done.violations) : done;
      }
    }
    const target = this.#target(command);
    if ('violation' in target) return this.#refuse(actor, command, [target.violation]);
    const outcome = await this.#queue.run(target.stream, () =>
      this.#line(command, actor, target, options),
    );
    return outcome.kind === 'refused'
      ? this.#refuse(actor, command, outcome.violations)
      : outcome;
  }

  /** See `Engine.preview`. */
  async preview(raw: unknown, claim: unknown): Promise<Preview> {
    const parsed = parseEnvelope(raw);
    if (parsed.kind === 'refused') return refused([parsed.violation]);
    const actor = await identify(this.#context.options, claim);
    if (!actor) return refused([ENGINE_VIOLATIONS.AUTHENTICATION_FAILED]);
    const { command } = parsed;
    const target = this.#target(command);
    if ('violation' in target) return refused([target.violation]);
    const loaded = await this.#context.loader.refresh(target.stream);
    if (loaded.kind === 'unfoldable') return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
    const state = loaded.kind === 'case' ? loaded.state : undefined;
    const known = state && (await recordedOutcome(this.#context, state, command));
    if (known) return known;
    const due = state && caughtUp(this.#context, state, this.#context.clock.now());
    const decided = await this.#decide(command, actor, target, due?.draft ?? state);
    if (decided.kind !== 'decided') return decided;
    const events = decided.events.map(({ type, data }) => ({ type, data }));
    return { kind: 'accepted', events, case: caseView(decided.draft) };
  }

  #target(command: ParsedCommand): Target | { readonly violation: Violation } {
    const { registry } = this.#context;
    if (command.caseId !== undefined) return { stream: registry.streamOf(command.caseId) };
    const opening = openingType(registry, command);
    if ('code' in opening) return { violation: opening };
    return { stream: `${opening.category}-${command.id}` as StreamName, opening };
  }

  async #line(
    command: ParsedCommand,
    actor: Actor,
    target: Target,
    options: ExecuteOptions,
  ): Promise<Outcome> {
    let fresh = false;
    for (let attempts = 1; attempts <= ATTEMPTS_MAX; attempts += 1) {
      if (options.signal?.aborted) return { kind: 'conflict', attempts: attempts - 1 };
      const attempt = await this.#attempt(command, actor, target, fresh);
      if (attempt.kind !== 'again') return attempt;
      fresh = true;
      this.#context.telemetry.conflict(command.name);
    }
    return { kind: 'conflict', attempts: ATTEMPTS_MAX };
  }

  async #attempt(
    command: ParsedCommand,
    actor: Actor,
    target: Target,
    fresh: boolean,
  ): Promise<Attempt> {
    const { loader } = this.#context;
    const loaded = await (fresh ? loader.refresh(target.stream) : loader.load(target.stream));
    if (loaded.kind === 'unfoldable') {
      const message = `case in ${loaded.stream} cannot be folded: ${loaded.reason}`;
      this.#context.alert({ code: 'case-unfoldable', message });
      return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
    }
    const state = loaded.kind === 'case' ? loaded.state : undefined;
    const cached = loaded.kind === 'case' && loaded.fromCache;
    const known = state && (await recordedOutcome(this.#context, state, command));
    if (known) return known;
    const current = state && (await this.#caughtUpState(state));
    if (current === 'again') return { kind: 'again' };
    if (current && (command.expectedPosition ?? current.lastForeign) < current.lastForeign) {
      return { kind: 'conflict', attempts: 1 };
    }
    const decided = await this.#decide(command, actor, target, current);
    // What a cached state forbids may be allowed by what others have recorded since: look again.
    const unchecked = cached && current !== undefined && current === state;
    if (decided.kind === 'refused' && unchecked && (await this.#hasMoved(current))) {
      return { kind: 'again' };
    }
    return decided.kind === 'decided' ? this.#record(decided, current) : decided;
  }

  async #hasMoved(state: CaseState): Promise<boolean> {
    const { head } = await this.#context.store.readStream(state.stream, state.head.position, 1);
    return head !== 'none' && head.position > state.head.position;
  }

  async #caughtUpState(state: CaseState): Promise<CaseState | 'again'> {
    const { clock } = this.#context;
    if (state.divergence) return state;
    if (clock.isSkewed() || clock.isBehind(state.head)) {
      if (clock.isSkewed()) {
        const message = 'the clock has jumped; deadlines are not caught up';
        this.#context.alert({ code: 'clock-skewed', caseId: state.caseId, message });
      }
      return state;
    }
    const done = await catchUp(this.#context, state, clock.recordedAt(state.head, true));
    if (done.kind === 'conflict') return 'again';
    return done.kind === 'recorded' ? done.state : state;
  }

  async #decide(
    command: ParsedCommand,
    actor: Actor,
    target: Target,
    state: CaseState | undefined,
  ): Promise<Decided | Refused> {
    const { clock, options, registry } = this.#context;
    if (!state && !target.opening) return refused([ENGINE_VIOLATIONS.CASE_UNKNOWN]);
    if (state && target.opening) return refused([ENGINE_VIOLATIONS.CASE_EXISTS]);
    if (state?.divergence) return refused([ENGINE_VIOLATIONS.CASE_READ_ONLY]);
    const pin = state?.pin ?? registry.pinFor(target.opening as CaseType, clock.now());
    const spec = pin.caseType.commands[command.name];
    if (!spec) return refused([ENGINE_VIOLATIONS.COMMAND_UNKNOWN]);
    const parsed = parseInput(spec, command.input);
    if ('violation' in parsed) return refused([parsed.violation]);
    const call: Call = { command, spec, input: parsed.input, actor };
    const recordedAt = clock.recordedAt(state?.head, spec.polarity === 'protective');
    const head = { position: 0, hash: '', recordedAt };
    const correlation = command.correlation ?? command.id;
    const draft = state ? draftOf(state) : freshDraft(pin, target.stream, head, correlation);
    if (!spec.emergency) {
      const asked = await options.authorise?.({
        actor,
        command: command.name,
        caseType: pin.caseType.name,
        ...(state ? { case: caseView(state) } : {}),
      });
      const barred = judgeAuthority(call, draft, asked ?? true);
      if (barred.length > 0) return refused(barred);
    }
    return this.#judge(call, draft, decisionTimes(call, recordedAt), state !== undefined);
  }

  async #judge(
    call: Call,
    draft: Draft,
    times: DecisionTimes,
    exists: boolean,
  ): Promise<Decided | Refused> {
    const late = judgeTimes(call, times);
    const reads = await readStreams(this.#context, call, draft, times, exists);
    if ('code' in reads) return refused([...late, reads]);
    const { facts: fetch } = call.spec;
    const before = decideView(call, draft, times, exists, reads.view, undefined);
    const facts = fetch ? await fetch(call.input as never, before) : undefined;
    const view = decideView(call, draft, times, exists, reads.view, facts);
    const wanted = wantedEvents(call, draft.pin.caseType, view);
    if ('refused' in wanted) return refused([...late, ...wanted.refused]);
    const planned = planCall(call, draft, times, wanted, reads.view);
    if (planned.kind === 'refused') return refused(withoutTransition(late, planned.violations));
    if (late.length > 0) return refused(late);
    return { kind: 'decided', call, draft, times, reads, ...eventsOf(draft, planned, exists) };
  }

  async #record(decided: Decided, state: CaseState | undefined): Promise<Attempt> {
    const { call, draft, times, reads, events } = decided;
    const group = groupOf(frameOf(call, times, draft, reads.entries), events);
    const unchanged = this.#context.store.capabilities.multiStreamAppend ? reads.unchanged : [];
    const recorded = await record(this.#context, draft, state?.head, [group], unchanged);
    if (recorded.kind === 'conflict') return { kind: 'again' };
    for (const message of decided.alerts) {
      this.#context.alert({ code: 'consequence-left-out', caseId: draft.caseId, message });
    }
    return acceptedOutcome(recorded.sealed, recorded.state);
  }

  async #refuse(
    actor: Actor | undefined,
    command: ParsedCommand | undefined,
    violations: readonly Violation[],
  ): Promise<Refused> {
    const unknown = { staff: 'unknown', role: 'unknown', office: this.#context.options.office };
    const id = command?.id ?? this.#context.ids.next();
    try {
      await this.#context.audit.record({
        actor: actor ?? unknown,
        command: { id, name: command?.name ?? 'unreadable' },
        caseId: command?.caseId,
        violations,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#context.alert({ code: 'audit-not-recorded', message });
    }
    return refused(violations);
  }
}

interface Target {
  readonly stream: StreamName;
  /** The case type that the command opens, if it opens one. */
  readonly opening?: CaseType;
}

/** "Not possible now" is said only when no rule is broken. */
function withoutTransition(
  late: readonly Violation[],
  planned: readonly Violation[],
): readonly Violation[] {
  if (late.length === 0) return planned;
  return [...late, ...planned.filter(({ code }) => code !== 'INVALID_TRANSITION')];
}

function eventsOf(
  draft: Draft,
  planned: { readonly events: readonly PlannedEvent[]; readonly alerts: readonly string[] },
  exists: boolean,
): Pick<Decided, 'events' | 'alerts'> {
  const { events, alerts } = planned;
  if (exists) return { events, alerts };
  const opened = { type: 'CaseOpened', data: { ...pinData(draft.pin) } };
  return { events: [opened, ...events], alerts };
}
