// The emergency lane: parsed and identified, and then nothing stops it, not even a broken record.
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { caseView } from '../case-view.ts';
import type { CommandSpec } from '../case-type.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { caseIdOf } from '../case-id.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { CaseState } from '../state.ts';
import { parseInput } from './call-parser.ts';
import type { Loaded } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { openingTarget, type Target } from './decision.ts';
import { decisionTimes, type Call } from './deciding.ts';
import { recordApart } from './emergency-apart.ts';
import { emergencyId, isBusy, knownIn, loadForEmergency } from './emergency-case.ts';
import { placeOfEmergency, successorOf } from './emergency-case.ts';
import { planEmergency } from './emergency-plan.ts';
import type { ExecuteOptions, Outcome } from './ports.ts';
import { record, recordedEvents, type Recorded } from './recording.ts';

/** Attempts made at once; after these the lane lets others, and its caller's clock, have a turn. */
const ATTEMPTS_AT_ONCE = 8;
/** Longest pause between later attempts, in milliseconds. */
const PAUSE_MS_MAX = 50;
/** After so many milliseconds people are told that an emergency is not recorded yet. */
export const EMERGENCY_WAIT_MS = 2_000;

/** What the lane answers. */
export type EmergencyOutcome = Outcome | { readonly kind: 'not-emergency' };

const BUSY: Outcome = { kind: 'conflict', attempts: 1 };
const FAILED: Outcome = { kind: 'refused', violations: [] };
const REUSED = ENGINE_VIOLATIONS.COMMAND_ID_REUSED.code;

/** Records emergency commands. */
export class EmergencyLane {
  readonly #context: EngineContext;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Whether any registered case type takes a command of this name as an emergency. */
  concerns(command: ParsedCommand): boolean {
    return command.caseId !== undefined && this.#definitions(command).length > 0;
  }

  /** Records the command in its case, its successor, or apart; retries until the caller gives up. */
  execute(
    given: ParsedCommand,
    actor: Actor,
    options: ExecuteOptions,
  ): Promise<EmergencyOutcome> {
    return this.#watched(given, given.caseId, () => this.#execute(given, actor, options));
  }

  /**
   * Opens a case by `line`. A store without time is tried again until the caller gives up; whatever
   * else stands in the way, the emergency is recorded apart from the case that it was to open.
   */
  open(
    given: ParsedCommand,
    actor: Actor,
    opening: CaseType,
    options: ExecuteOptions,
    line: (command: ParsedCommand, target: Target) => Promise<Outcome>,
  ): Promise<Outcome> {
    const failed = 'the case could not be opened';
    return this.#watched(given, given.id, async () => {
      let place = 0;
      for (let attempts = 1; ; attempts += 1) {
        if (options.signal?.aborted) return { kind: 'conflict', attempts: attempts - 1 };
        const command = { ...given, id: emergencyId(given, actor, place) };
        const target = openingTarget(opening, command);
        const done = await line(command, target).catch((error: unknown) =>
          isBusy(error) ? BUSY : FAILED,
        );
        if (done.kind === 'accepted') {
          if (place > 0) this.#tellReuse(given, done.case.caseId);
          return done;
        }
        if (done.kind === 'refused' && done.violations.some(({ code }) => code === REUSED)) {
          // The case of that id is somebody else's: this one opens its own.
          place += 1;
          continue;
        }
        if (done.kind === 'refused') {
          return this.#apart(command, actor, target.stream, failed, options);
        }
        await pause(Math.min(attempts, PAUSE_MS_MAX));
      }
    });
  }

  #tellReuse({ name }: ParsedCommand, caseId: string): void {
    const message = `${name} was sent under an id that something else has used up`;
    this.#context.alert({ code: 'command-id-reused', caseId, message });
  }

  /** Tells people if the lane is not through after a while: the store is busy, or does not answer. */
  async #watched<Result>(
    { name }: ParsedCommand,
    caseId: string | undefined,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const about = caseId === undefined ? {} : { caseId };
    const timer = setTimeout(() => {
      const message = `${name} is not recorded after ${EMERGENCY_WAIT_MS} ms; it is tried further`;
      this.#context.alert({ code: 'emergency-waiting', ...about, message });
    }, EMERGENCY_WAIT_MS);
    timer.unref();
    try {
      return await run();
    } finally {
      clearTimeout(timer);
    }
  }

  async #execute(
    given: ParsedCommand,
    actor: Actor,
    options: ExecuteOptions,
  ): Promise<EmergencyOutcome> {
    const first = this.#context.registry.streamOf(given.caseId as string);
    let stream = first;
    for (let attempts = 1; ; attempts += 1) {
      if (options.signal?.aborted) return { kind: 'conflict', attempts: attempts - 1 };
      const loaded = await loadForEmergency(this.#context, stream, attempts > 1);
      if (loaded.kind !== 'case') {
        return this.#apart(given, actor, first, reasonOf(loaded), options);
      }
      const { state } = loaded;
      const found = await placeOfEmergency(given, actor, (id) =>
        knownIn(this.#context, state, { ...given, id }, actor),
      );
      if ('known' in found) {
        if (found.known !== 'unreadable') return found.known;
        return this.#apart(given, actor, stream, 'its first outcome cannot be read', options);
      }
      const successor = await successorOf(this.#context, state);
      if (successor !== stream) {
        stream = successor;
        continue;
      }
      const done = await this.#attempt({ ...given, id: found.id }, actor, state);
      if (done !== 'again' && done !== 'apart' && found.id !== given.id) {
        this.#tellReuse(given, state.caseId);
      }
      if (done === 'apart') {
        return this.#apart(given, actor, stream, 'the case could not take it', options);
      }
      if (done !== 'again') return done;
      this.#context.telemetry.conflict(given.name);
      if (attempts > ATTEMPTS_AT_ONCE) await pause(Math.min(attempts, PAUSE_MS_MAX));
    }
  }

  /** Every registered definition of this command as an emergency, the newest version first. */
  #definitions(command: ParsedCommand): readonly CaseType[] {
    const { all } = this.#context.registry;
    return [...all]
      .reverse()
      .filter((caseType) => caseType.commands[command.name]?.emergency === true);
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
    let recorded: Recorded | undefined;
    let alerts: readonly string[] = [];
    try {
      const { clock } = this.#context;
      const recordedAt = clock.recordedAt(state.head, true);
      const times = decisionTimes(call, recordedAt, clock.claim(state.head));
      const plan = planEmergency(call, state, times);
      if (!plan) return 'apart';
      alerts = plan.alerts;
      recorded = await record(this.#context, plan.draft, state.head, [plan.group], []);
    } catch (error) {
      if (isBusy(error)) return 'again';
      // A definition that throws, a state it did not expect, a page that cannot be written: the
      // measure is recorded apart, and only a store that cannot do that either makes the call fail.
      return 'apart';
    }
    if (recorded.kind === 'conflict') return 'again';
    for (const message of alerts) {
      this.#context.alert({ code: 'consequence-left-out', caseId: state.caseId, message });
    }
    return {
      kind: 'accepted',
      events: recordedEvents(recorded.sealed),
      case: caseView(recorded.state),
    };
  }

  async #apart(
    command: ParsedCommand,
    actor: Actor,
    stream: StreamName,
    reason: string,
    { signal }: ExecuteOptions,
  ): Promise<Outcome> {
    // Whose case it is may be unknown: what one of the definitions can read is an emergency.
    const read = this.#definitions(command).map((caseType) => ({
      caseType,
      parsed: parseInput(caseType.commands[command.name] as CommandSpec, command.input),
    }));
    const { caseType, parsed } = (read.find(({ parsed: one }) => 'input' in one) ??
      read[0]) as (typeof read)[number];
    if ('violation' in parsed) return { kind: 'refused', violations: [parsed.violation] };
    const events: readonly PlannedEvent[] = [
      {
        type: 'EmergencyRecordedApart',
        data: { command: command.name, input: parsed.input, reason } as PlannedEvent['data'],
      },
    ];
    const caseId = caseIdOf(stream);
    const apart = { command, actor, caseId, caseType, events };
    const outcome = await recordApart(this.#context, apart, signal).catch((error: unknown) => {
      const message = `${command.name} could not be recorded anywhere; its sender was told so`;
      this.#context.alert({ code: 'emergency-not-recorded', caseId, message });
      throw error;
    });
    if (outcome.kind === 'accepted' && !outcome.repeated) {
      const message = `${command.name} was recorded in ${outcome.events[0]?.stream}: ${reason}`;
      this.#context.alert({ code: 'emergency-recorded-apart', caseId, message });
    }
    return outcome;
  }
}

function reasonOf(loaded: Exclude<Loaded, { readonly kind: 'case' }>): string {
  return loaded.kind === 'none' ? 'there is no readable case of this id' : loaded.reason;
}
