// The emergency lane: parsed and identified, and then nothing stops it, not even a broken record.
import { setTimeout as pause } from 'node:timers/promises';
import { isFault, type StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { NO_READS } from '../apply.ts';
import { caseView } from '../case-view.ts';
import type { CommandSpec } from '../case-type.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../decide.ts';
import { caseIdOf } from '../case-id.ts';
import type { Violation } from '../rule.ts';
import { draftOf, type CaseState } from '../state.ts';
import { parseInput } from './call-parser.ts';
import type { Loaded } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { decideView, decisionTimes, planCall, wantedEvents, type Call } from './deciding.ts';
import { recordApart } from './emergency-apart.ts';
import type { ExecuteOptions, Outcome } from './ports.ts';
import { frameOf, groupOf, record, recordedEvents, type Recorded } from './recording.ts';
import { recordedOutcome } from './recorded-outcome.ts';

/** Cases that took over from one another, followed at most: a circle must not catch an emergency. */
const SUCCESSORS_MAX = 16;

/** Attempts made at once; after these the lane lets others, and its caller's clock, have a turn. */
const ATTEMPTS_AT_ONCE = 8;
/** Longest pause between later attempts, in milliseconds. */
const PAUSE_MS_MAX = 50;

/** What the lane answers. */
export type EmergencyOutcome =
  | Outcome
  | { readonly kind: 'not-emergency' }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

/** Records emergency commands. */
export class EmergencyLane {
  readonly #context: EngineContext;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Whether any registered case type takes a command of this name as an emergency. */
  concerns(command: ParsedCommand): boolean {
    return command.caseId !== undefined && this.#anyType(command) !== undefined;
  }

  /** Records the command in its case, its successor, or apart; retries until the caller gives up. */
  async execute(
    command: ParsedCommand,
    actor: Actor,
    options: ExecuteOptions,
  ): Promise<EmergencyOutcome> {
    const first = this.#context.registry.streamOf(command.caseId as string);
    let stream = first;
    for (let attempts = 1; ; attempts += 1) {
      if (options.signal?.aborted) return { kind: 'conflict', attempts: attempts - 1 };
      const loaded = await this.#load(stream, attempts > 1);
      if (loaded.kind !== 'case') return this.#apart(command, actor, first, reasonOf(loaded));
      const { state } = loaded;
      const known = await recordedOutcome(this.#context, state, command);
      if (known) return known;
      const successor = await this.#successor(state);
      if (successor !== stream) {
        stream = successor;
        continue;
      }
      const done = await this.#attempt(command, actor, state);
      if (done === 'apart') {
        return this.#apart(command, actor, stream, 'the case could not take it');
      }
      if (done !== 'again') return done;
      this.#context.telemetry.conflict(command.name);
      if (attempts > ATTEMPTS_AT_ONCE) await pause(Math.min(attempts, PAUSE_MS_MAX));
    }
  }

  #anyType(command: ParsedCommand): CaseType | undefined {
    return this.#context.registry.latest.find(
      (caseType) => caseType.commands[command.name]?.emergency === true,
    );
  }

  async #load(stream: StreamName, fresh: boolean): Promise<Loaded> {
    try {
      const { loader } = this.#context;
      return await (fresh ? loader.refresh(stream) : loader.load(stream));
    } catch (error) {
      // A record that cannot be read must not stop an emergency; a store that is down stops all.
      if (isFault(error) && error.code.startsWith('store-')) throw error;
      return { kind: 'none' };
    }
  }

  /** The case that now stands for this one, following merges and transfers. */
  async #successor(state: CaseState): Promise<StreamName> {
    const seen = new Set<StreamName>([state.stream]);
    let current = state;
    while (seen.size <= SUCCESSORS_MAX) {
      const id = current.pin.caseType.successor(current.chart.context);
      if (id === undefined) return current.stream;
      const next = this.#context.registry.streamOf(id);
      if (seen.has(next)) return state.stream;
      seen.add(next);
      const loaded = await this.#load(next, false);
      if (loaded.kind !== 'case') return current.stream;
      current = loaded.state;
    }
    return state.stream;
  }

  async #attempt(
    command: ParsedCommand,
    actor: Actor,
    state: CaseState,
  ): Promise<EmergencyOutcome | 'again' | 'apart'> {
    const spec = state.pin.caseType.commands[command.name];
    if (!spec) return 'apart';
    if (!spec.emergency) return { kind: 'not-emergency' };
    const parsed = parseInput(spec, command.input);
    if ('violation' in parsed) return { kind: 'refused', violations: [parsed.violation] };
    const call: Call = { command, spec, input: parsed.input, actor };
    let prepared: { readonly recorded: Promise<Recorded>; readonly state: CaseState } | undefined;
    try {
      prepared = this.#prepare(call, state);
    } catch {
      // A definition that throws, or a state it did not expect: the measure is recorded apart.
      return 'apart';
    }
    if (!prepared) return 'apart';
    const recorded = await prepared.recorded;
    if (recorded.kind === 'conflict') return 'again';
    return {
      kind: 'accepted',
      events: recordedEvents(recorded.sealed),
      case: caseView(recorded.state),
    };
  }

  #prepare(
    call: Call,
    state: CaseState,
  ): { readonly recorded: Promise<Recorded>; readonly state: CaseState } | undefined {
    const { clock, alert } = this.#context;
    const behind = clock.isBehind(state.head);
    const recordedAt = clock.recordedAt(state.head, true);
    const times = decisionTimes(call, recordedAt);
    const claimedAt = times.claimedAt ?? (behind ? clock.now() : undefined);
    const draft = draftOf(state);
    const view = decideView(call, draft, times, true, NO_READS, undefined);
    const wanted = wantedEvents(call, state.pin.caseType, view);
    if ('refused' in wanted) return undefined;
    const planned = planCall(call, draft, times, wanted, NO_READS);
    if (planned.kind === 'refused') return undefined;
    const frame = frameOf(call, { ...times, claimedAt }, draft, undefined);
    for (const message of planned.alerts) {
      alert({ code: 'consequence-left-out', caseId: state.caseId, message });
    }
    const groups = [groupOf(frame, planned.events)];
    return { recorded: record(this.#context, draft, state.head, groups, []), state };
  }

  async #apart(
    command: ParsedCommand,
    actor: Actor,
    stream: StreamName,
    reason: string,
  ): Promise<EmergencyOutcome> {
    const caseType = this.#anyType(command) as CaseType;
    const spec = caseType.commands[command.name] as CommandSpec;
    const parsed = parseInput(spec, command.input);
    if ('violation' in parsed) return { kind: 'refused', violations: [parsed.violation] };
    const events: readonly PlannedEvent[] = [
      {
        type: 'EmergencyRecordedApart',
        data: { command: command.name, input: parsed.input, reason } as PlannedEvent['data'],
      },
    ];
    const caseId = caseIdOf(stream);
    const message = `${command.name} was recorded in emergency-${caseId}: ${reason}`;
    this.#context.alert({ code: 'emergency-recorded-apart', caseId, message });
    return recordApart(this.#context, { command, actor, caseId, caseType, events });
  }
}

function reasonOf(loaded: Exclude<Loaded, { readonly kind: 'case' }>): string {
  return loaded.kind === 'none' ? 'there is no readable case of this id' : loaded.reason;
}
