// Emergencies that their case could not take: kept in a stream of their own, attached later.
import { setTimeout as pause } from 'node:timers/promises';
import { laterOf } from '../instant.ts';
import type { Head, StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { caseIdOf } from '../case-id.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import type { CaseState } from '../state.ts';
import { pagesOf } from './case-loader.ts';
import { appendSealed, sealGroups, type WriteGroup } from './case-writer.ts';
import type { EngineContext } from './context.ts';
import type { Call } from './deciding.ts';
import {
  emergencyIdIn,
  isBusy,
  isStoreFault,
  loadForEmergency,
  successorOf,
} from './emergency-case.ts';
import { planEmergency, type EmergencyPlan } from './emergency-plan.ts';
import type { CaseView } from '../case-view.ts';
import type { Outcome } from './ports.ts';
import { groupOf, record, recordedEvents } from './recording.ts';

/** Attempts to attach one emergency in one go: each lost attempt is another writer's success. */
const ATTEMPTS_MAX = 64;
/** Longest pause between attempts to record one apart, in milliseconds. */
const PAUSE_MS_MAX = 50;

/** An emergency to be kept apart. */
export interface Apart {
  readonly command: ParsedCommand;
  readonly actor: Actor;
  readonly caseId: string;
  readonly caseType: CaseType;
  readonly events: readonly PlannedEvent[];
}

/** The stream of emergencies of a case. */
export function emergencyStream(caseId: string): StreamName {
  return `emergency-${caseId}` as StreamName;
}

/**
 * Records an emergency apart, retried until the caller gives up; a known command id answers what
 * was recorded.
 */
export async function recordApart(
  context: EngineContext,
  apart: Apart,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { store, ids } = context;
  const stream = emergencyStream(apart.caseId);
  for (let attempts = 1; ; attempts += 1) {
    const { events, head } = await readApart(context, stream);
    const known = events.filter(({ command }) => command.id === apart.command.id);
    if (known.length > 0) return { ...accepted(apart, head as Head, known), repeated: true };
    const group = apartGroup(context, apart, head);
    const sealed = sealGroups(stream, head, [group], undefined, ids);
    const outcome = await appendSealed(store, stream, head, sealed, []).catch(busyOrFailed);
    if (outcome.kind === 'appended') {
      return accepted(apart, outcome.heads[0].head, recordedEvents(sealed));
    }
    if (signal?.aborted) return { kind: 'conflict', attempts };
    await pause(Math.min(attempts, PAUSE_MS_MAX));
  }
}

/** A store that is busy has recorded nothing, as after a conflict. @throws any other fault */
function busyOrFailed(error: unknown): { readonly kind: 'busy' } {
  if (isBusy(error)) return { kind: 'busy' };
  throw error;
}

async function readApart(
  context: EngineContext,
  stream: StreamName,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly head: Head | undefined }> {
  const events: RecordedEvent[] = [];
  for await (const page of pagesOf(context.store, stream, 0)) {
    events.push(...page.map(recordedEvent));
  }
  const last = events.at(-1);
  const head = last && { position: last.position, hash: last.hash, recordedAt: last.recordedAt };
  return { events, head };
}

function apartGroup(
  context: EngineContext,
  { command, actor, events }: Apart,
  head: Head | undefined,
): WriteGroup {
  const { clock } = context;
  const recordedAt = clock.recordedAt(head, true);
  const claimed = command.occurredAt ?? recordedAt;
  const isPast = claimed <= recordedAt;
  return groupOf(
    {
      actor,
      command: { id: command.id, name: command.name },
      occurredAt: isPast ? claimed : recordedAt,
      claimedAt: isPast ? clock.claim(head) : claimed,
      recordedAt,
      correlation: command.correlation ?? command.id,
      causation: command.causation,
      procedure: 'emergency',
      basis: command.basis,
      reason: command.reason,
      lateReason: command.lateReason,
    },
    events,
  );
}

function accepted(
  { caseId, caseType }: Apart,
  head: Head,
  events: readonly RecordedEvent[],
): Extract<Outcome, { readonly kind: 'accepted' }> {
  return { kind: 'accepted', events, case: apartView(caseId, caseType, head), apart: true };
}

/** What can be said of a case that could not take an emergency: nothing but its name. */
export function apartView(
  caseId: string,
  caseType: CaseType,
  head: Pick<Head, 'position' | 'recordedAt'>,
): CaseView {
  return {
    caseId,
    caseType: caseType.name,
    version: caseType.version,
    policyVersion: '',
    position: head.position,
    recordedAt: head.recordedAt,
    openedAt: head.recordedAt,
    value: {},
    states: [],
    context: {},
    parts: [],
    deadlines: [],
    deadlineCounts: { armed: 0, reached: 0, disarmed: 0, pending: 0 },
    divergence: { position: head.position, reason: 'RECORDED_APART', detail: 'to be attached' },
  };
}

/** What became of the emergencies that were kept apart from one case. */
export interface Attached {
  readonly attached: number;
  /** Those that neither the case nor its successor could take yet. */
  readonly waiting: number;
}

/**
 * Moves emergencies of a case that can be folded again into it or into its successor, each under
 * its original command id and sender. What is in the case already is left alone, and one that
 * cannot be taken holds up no other.
 */
export async function attachEmergencies(
  context: EngineContext,
  stream: StreamName,
): Promise<Attached> {
  const { events } = await readApart(context, emergencyStream(caseIdOf(stream)));
  let attached = 0;
  let waiting = 0;
  for (const event of events) {
    const done = await attachOne(context, stream, event);
    if (done === 'attached') attached += 1;
    if (done === 'waiting') waiting += 1;
  }
  return { attached, waiting };
}

async function attachOne(
  context: EngineContext,
  stream: StreamName,
  event: RecordedEvent,
): Promise<'attached' | 'known' | 'waiting'> {
  let target = stream;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const loaded = await loadForEmergency(context, target, true);
    if (loaded.kind !== 'case') return 'waiting';
    const { state } = loaded;
    const id = emergencyIdIn(state, event.command, event.actor);
    if (state.commands.has(id)) return 'known';
    const successor = await successorOf(context, state);
    if (successor !== target) {
      target = successor;
      continue;
    }
    const done = await attach(context, state, { ...event, command: { ...event.command, id } });
    if (done !== 'again') return done;
  }
  return 'waiting';
}

async function attach(
  context: EngineContext,
  state: CaseState,
  event: RecordedEvent,
): Promise<'attached' | 'waiting' | 'again'> {
  try {
    const plan = planAttachment(context, state, event);
    if (!plan) return 'waiting';
    const recorded = await record(context, plan.draft, state.head, [plan.group], []);
    return recorded.kind === 'recorded' ? 'attached' : 'again';
  } catch (error) {
    if (isStoreFault(error)) throw error;
    return 'waiting';
  }
}

function planAttachment(
  context: EngineContext,
  state: CaseState,
  event: RecordedEvent,
): EmergencyPlan | undefined {
  const { command: name, input } = event.data as {
    readonly command: string;
    readonly input: unknown;
  };
  const spec = state.pin.caseType.commands[name];
  if (!spec) return undefined;
  const { actor, occurredAt, claimedAt } = event;
  const call: Call = { command: commandOf(event, input), spec, input, actor };
  const recordedAt = laterOf(context.clock.recordedAt(state.head, true), occurredAt);
  const times = { occurredAt, recordedAt, claimedAt };
  return planEmergency(call, state, times);
}

/** The command as it was given, with everything its sender said beside the input. */
function commandOf(event: RecordedEvent, input: unknown): ParsedCommand {
  const { id, command, correlation, basis, reason, lateReason } = event;
  return {
    ...command,
    input,
    causation: id,
    correlation,
    ...(basis === undefined ? {} : { basis }),
    ...(reason === undefined ? {} : { reason }),
    ...(lateReason === undefined ? {} : { lateReason }),
  };
}
