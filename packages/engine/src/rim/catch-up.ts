// Catching up: due deadlines and due migrations of a case, recorded before anything else is decided.
import { systemActor } from '../actor.ts';
import { reachDeadlines, type DueEvents } from '../due.ts';
import { deriveId } from '../derive-id.ts';
import { pinData } from '../fold.ts';
import { migrateState } from '../migrate.ts';
import { draftOf, type CaseState, type Draft, type Pin } from '../state.ts';
import type { Instant } from '@himaya/event-store';
import type { EngineContext } from './context.ts';
import type { WriteGroup } from './case-writer.ts';
import { groupOf, procedureOf, record, type Recorded } from './recording.ts';

/** Rounds of catching up before a command goes on: each records up to some hundreds of events. */
const ROUNDS_MAX = 50;

/** A case brought up to an instant, in memory. */
export interface CaughtUp {
  readonly draft: Draft;
  readonly groups: readonly WriteGroup[];
  readonly alerts: readonly string[];
  readonly reached: number;
}

/** Applies everything due to a copy of `state`; `undefined` when nothing is due. */
export function caughtUp(
  context: EngineContext,
  state: CaseState,
  recordedAt: Instant,
): CaughtUp | undefined {
  const next = state.deadlines.next();
  const target = dueMigration(context, state);
  if (!target && (!next || next.at > recordedAt)) return undefined;
  const draft = draftOf(state);
  const migration = target ? [migrate(context, draft, target, recordedAt)] : [];
  const dues = reachDeadlines(draft, recordedAt, context.options.office);
  const groups = [...migration, ...dues.map((due) => dueGroup(context, state, due, recordedAt))];
  if (groups.length === 0) return undefined;
  return {
    draft,
    groups,
    alerts: dues.flatMap(({ alerts }) => alerts),
    reached: dues.length,
  };
}

/** Records everything due in a case. Answers the state to go on with, or a conflict. */
export async function catchUp(
  context: EngineContext,
  state: CaseState,
  recordedAt: Instant,
): Promise<Recorded | { readonly kind: 'nothing-due' }> {
  let result: Recorded | undefined;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const from = result?.kind === 'recorded' ? result.state : state;
    const due = caughtUp(context, from, recordedAt);
    if (!due) break;
    result = await record(context, due.draft, from.head, due.groups, []);
    if (result.kind === 'conflict') return result;
    context.telemetry.deadlinesReached(due.reached);
    for (const message of due.alerts) {
      context.alert({ code: 'consequence-left-out', caseId: state.caseId, message });
    }
  }
  return result ?? { kind: 'nothing-due' };
}

/** The procedure a case must move to by itself, if there is one. */
function dueMigration(context: EngineContext, state: CaseState): Pin | undefined {
  const { caseType, policy } = state.pin;
  const newest = context.registry.newest(caseType.name);
  if (!newest || newest.version === caseType.version) return undefined;
  return newest.migrations[caseType.version]?.automatic
    ? { caseType: newest, policy }
    : undefined;
}

function migrate(
  context: EngineContext,
  draft: Draft,
  pin: Pin,
  recordedAt: Instant,
): WriteGroup {
  const from = draft.pin;
  const id = deriveId(draft.stream, 'migrate', pin.caseType.version, pin.policy.version);
  const events = [migrationEvent(from, pin, 'automatic', draft)];
  const actor = systemActor(context.options.office);
  const position = draft.head.position + 1;
  const event = { ...events[0], occurredAt: recordedAt, recordedAt, actor };
  migrateState(draft, pin, event as never, position);
  draft.head = { ...draft.head, position };
  return groupOf(
    {
      actor,
      command: { id, name: 'MigrateCase' },
      occurredAt: recordedAt,
      recordedAt,
      correlation: draft.correlation,
      procedure: procedureOf(draft),
    },
    events as never,
  );
}

/** The event that moves a case, with the deadlines it touches. */
export function migrationEvent(
  from: Pin,
  to: Pin,
  reason: string,
  draft: Draft,
): { readonly type: 'CasePolicyMigrated'; readonly data: Readonly<Record<string, unknown>> } {
  const impactedTimers = draft.deadlines.pending.map(({ code, part }) => ({ code, part }));
  return {
    type: 'CasePolicyMigrated',
    data: { from: pinData(from), to: pinData(to), reason, impactedTimers },
  };
}

function dueGroup(
  context: EngineContext,
  state: CaseState,
  due: DueEvents,
  recordedAt: Instant,
): WriteGroup {
  return groupOf(
    {
      actor: systemActor(context.options.office),
      command: { id: due.commandId, name: 'ReachDeadline' },
      occurredAt: due.occurredAt,
      recordedAt,
      correlation: state.correlation,
      procedure: procedureOf(state),
      lateReason: 'CAUGHT_UP',
    },
    due.events,
  );
}
