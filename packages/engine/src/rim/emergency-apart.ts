// Emergencies that their case could not take: kept in a stream of their own, attached later.
import { laterOf } from '../instant.ts';
import type { Head, StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { NO_READS } from '../apply.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../decide.ts';
import { caseIdOf } from '../case-id.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { draftOf, type CaseState } from '../state.ts';
import { pagesOf } from './case-loader.ts';
import { appendSealed, sealGroups, type WriteGroup } from './case-writer.ts';
import type { EngineContext } from './context.ts';
import { decideView, planCall, wantedEvents, type Call } from './deciding.ts';
import type { CaseView } from '../case-view.ts';
import type { Outcome } from './ports.ts';
import { frameOf, groupOf, record, recordedEvents } from './recording.ts';

/** Attempts at one stream before the fault is the caller's: nobody else writes it for long. */
const ATTEMPTS_MAX = 64;

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

/** Records an emergency apart; a known command id answers what was recorded. */
export async function recordApart(context: EngineContext, apart: Apart): Promise<Outcome> {
  const stream = emergencyStream(apart.caseId);
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const { events, head } = await readApart(context, stream);
    const known = events.filter(({ command }) => command.id === apart.command.id);
    if (known.length > 0) return { ...accepted(apart, head as Head, known), repeated: true };
    const sealed = sealGroups(
      stream,
      head,
      [apartGroup(context, apart, head)],
      undefined,
      context.ids,
    );
    const outcome = await appendSealed(context.store, stream, head, sealed, []);
    if (outcome.kind === 'appended') {
      return accepted(apart, outcome.heads[0].head, recordedEvents(sealed));
    }
  }
  return { kind: 'conflict', attempts: ATTEMPTS_MAX };
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
  const recordedAt = context.clock.recordedAt(head, true);
  const claimed = command.occurredAt ?? recordedAt;
  return groupOf(
    {
      actor,
      command: { id: command.id, name: command.name },
      occurredAt: claimed <= recordedAt ? claimed : recordedAt,
      claimedAt: claimed <= recordedAt ? undefined : claimed,
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
  const view: CaseView = {
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
  return { kind: 'accepted', events, case: view, apart: true };
}

/**
 * Moves emergencies of a case that can be folded again into it, each under its original command id
 * and sender. What is in the case already is left alone.
 */
export async function attachEmergencies(
  context: EngineContext,
  stream: StreamName,
): Promise<number> {
  const { events } = await readApart(context, emergencyStream(caseIdOf(stream)));
  let attached = 0;
  for (const event of events) {
    const done = await attachOne(context, stream, event);
    if (done === 'unfoldable') return attached;
    if (done === 'attached') attached += 1;
  }
  return attached;
}

async function attachOne(
  context: EngineContext,
  stream: StreamName,
  event: RecordedEvent,
): Promise<'attached' | 'known' | 'unfoldable'> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const loaded = await context.loader.refresh(stream);
    if (loaded.kind !== 'case') return 'unfoldable';
    const { state } = loaded;
    if (state.commands.has(event.command.id)) return 'known';
    const done = await attach(context, state, event);
    if (done !== 'again') return done;
  }
  return 'unfoldable';
}

async function attach(
  context: EngineContext,
  state: CaseState,
  event: RecordedEvent,
): Promise<'attached' | 'unfoldable' | 'again'> {
  const { command: name, input } = event.data as {
    readonly command: string;
    readonly input: unknown;
  };
  const spec = state.pin.caseType.commands[name];
  if (!spec) return 'unfoldable';
  const { command, actor, occurredAt, claimedAt } = event;
  const call: Call = {
    command: { id: command.id, name: command.name, input, causation: event.id },
    spec,
    input,
    actor,
  };
  const recordedAt = laterOf(context.clock.recordedAt(state.head, true), occurredAt);
  const times = { occurredAt, recordedAt, claimedAt };
  const draft = draftOf(state);
  const view = decideView(call, draft, times, true, NO_READS, undefined);
  const wanted = wantedEvents(call, state.pin.caseType, view);
  if ('refused' in wanted) return 'unfoldable';
  const planned = planCall(call, draft, times, wanted, NO_READS);
  if (planned.kind === 'refused') return 'unfoldable';
  const group = groupOf(frameOf(call, times, draft, undefined), planned.events);
  const recorded = await record(context, draft, state.head, [group], []);
  return recorded.kind === 'recorded' ? 'attached' : 'again';
}
