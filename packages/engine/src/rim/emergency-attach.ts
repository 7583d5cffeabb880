// Attaching emergencies that were kept apart: into their case, or into the one that took over.
import type { StreamName } from '@himaya/event-store';
import { caseIdOf } from '../case-id.ts';
import type { ParsedCommand } from '../command.ts';
import { emergencyStreams } from '../emergency-streams.ts';
import { laterOf } from '../instant.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { CaseState } from '../state.ts';
import type { EngineContext } from './context.ts';
import type { Call } from './deciding.ts';
import { placeOf } from './emergency-apart.ts';
import { isStoreFault, knownIn, loadForEmergency, placeOfEmergency } from './emergency-case.ts';
import { successorOf } from './emergency-case.ts';
import { planEmergency, type EmergencyPlan } from './emergency-plan.ts';
import { record } from './recording.ts';

/** Attempts to attach one emergency in one go: each lost attempt is another writer's success. */
const ATTEMPTS_MAX = 64;

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
  const caseId = caseIdOf(stream);
  let attached = 0;
  let waiting = 0;
  for (const kept of emergencyStreams(caseId)) {
    const { events, fault } = await placeOf(context, kept);
    if (isStoreFault(fault)) throw fault;
    if (fault !== undefined) {
      waiting += 1;
      const message = `${kept} cannot be read: what it holds is not attached`;
      context.alert({ code: 'emergency-not-attached', caseId, message });
    }
    for (const event of events) {
      const done = await attachOne(context, stream, event);
      if (done === 'attached') attached += 1;
      if (done === 'waiting') waiting += 1;
    }
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
    const given = commandOf(event);
    const found = await placeOfEmergency(event.command, event.actor, (id) =>
      knownIn(context, state, { ...given, id }, event.actor),
    );
    // Until it can be read again nobody knows whether it is the same one.
    if ('known' in found) return found.known === 'unreadable' ? 'waiting' : 'known';
    const successor = await successorOf(context, state);
    if (successor !== target) {
      target = successor;
      continue;
    }
    const done = await attach(context, state, event, { ...given, id: found.id });
    if (done !== 'again') return done;
  }
  return 'waiting';
}

async function attach(
  context: EngineContext,
  state: CaseState,
  event: RecordedEvent,
  command: ParsedCommand,
): Promise<'attached' | 'waiting' | 'again'> {
  try {
    const plan = planAttachment(context, state, event, command);
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
  { actor, occurredAt, claimedAt }: RecordedEvent,
  command: ParsedCommand,
): EmergencyPlan | undefined {
  const spec = state.pin.caseType.commands[command.name];
  if (!spec) return undefined;
  const call: Call = { command, spec, input: command.input, actor };
  const recordedAt = laterOf(context.clock.recordedAt(state.head, true), occurredAt);
  const times = { occurredAt, recordedAt, claimedAt };
  return planEmergency(call, state, times);
}

/** The command as it was given, with everything its sender said beside the input. */
function commandOf(event: RecordedEvent): ParsedCommand {
  const { id, command, correlation, basis, reason, lateReason, data } = event;
  const { command: name, input } = data as { readonly command: string; readonly input: unknown };
  return {
    id: command.id,
    name,
    input,
    causation: id,
    correlation,
    ...(basis === undefined ? {} : { basis }),
    ...(reason === undefined ? {} : { reason }),
    ...(lateReason === undefined ? {} : { lateReason }),
  };
}
