// Catching up: due deadlines and due migrations of a case, recorded before anything else is decided.
import { systemActor } from '../actor.ts';
import { whyOf } from '../authored.ts';
import { CatchUpPass, reachDeadlines, type DueEvents } from '../due.ts';
import { deriveId } from '../derive-id.ts';
import { pinData } from '../fold.ts';
import { impactedTimers, migrateState } from '../migrate.ts';
import { draftOf, type CaseState, type Draft, type Pin } from '../state.ts';
import type { Instant } from '@himaya/event-store';
import type { EngineContext } from './context.ts';
import type { WriteGroup } from './case-writer.ts';
import { groupOf, procedureOf, record } from './recording.ts';

/** Appends of one catch-up, of some hundreds of events each: what is due beyond waits for the next. */
const ROUNDS_MAX = 8;

/** A case brought up to an instant, in memory. */
interface CaughtUp {
  readonly draft: Draft;
  readonly groups: readonly WriteGroup[];
  readonly alerts: readonly string[];
  /** Deadlines, without their escalations. */
  readonly reached: number;
}

/**
 * Applies everything due to a copy of `state`: overdue deadlines first, oldest first, then a due
 * migration. `undefined` when nothing is due, or while the clock or the record cannot be trusted.
 */
function caughtUp(
  context: EngineContext,
  state: CaseState,
  recordedAt: Instant,
  pass: CatchUpPass,
): CaughtUp | undefined {
  if (!mayCatchUp(context, state)) return undefined;
  const target = dueMigration(context, state);
  if (!target && !pass.next(state, recordedAt)) return undefined;
  const draft = draftOf(state);
  const dues = reachDeadlines(draft, recordedAt, context.options.office, pass);
  const groups = dues.map((due) => dueGroup(context, draft, due, recordedAt));
  const ready = target && !pass.next(draft, recordedAt);
  // What is overdue belongs to the old version: a migration waits until all of it is recorded.
  const moved = ready ? migrated(context, draft, target, recordedAt) : undefined;
  if (groups.length === 0 && !moved) return undefined;
  return {
    draft: moved?.draft ?? draft,
    groups: moved ? [...groups, moved.group] : groups,
    alerts: dues.flatMap(({ alerts }) => alerts),
    reached: dues.filter(({ isReached }) => isReached).length,
  };
}

/** Whether clock and record can be trusted with what only time brings about. */
function mayCatchUp({ clock }: EngineContext, { divergence, head }: CaseState): boolean {
  return !divergence && !clock.isSkewed() && !clock.isBehind(head);
}

/**
 * The state that catching up would lead to now, in memory only. If `lenient`, a failure is told and
 * ends it early.
 */
export function caughtUpTo(
  context: EngineContext,
  state: CaseState,
  lenient: boolean,
): CaseState {
  const recordedAt = context.clock.recordedAt(state.head, true);
  const pass = new CatchUpPass();
  let current = state;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let due: CaughtUp | undefined;
    try {
      due = caughtUp(context, current, recordedAt, pass);
    } catch (error) {
      if (!lenient) throw error;
      tellFailed(context, state, error);
    }
    if (!due) break;
    current = due.draft;
  }
  return current;
}

/** What catching up a case came to. */
export type CatchUp =
  | { readonly kind: 'done'; readonly state: CaseState; readonly reached: number }
  | { readonly kind: 'conflict' };

/**
 * Catches a case up before a command. What protects a person goes on with the case as it is, should
 * that fail: rules compare instants, and no step of protection waits for a deadline to be recorded.
 */
export async function catchUpFor(
  context: EngineContext,
  state: CaseState,
  command: string,
): Promise<CatchUp> {
  try {
    return await catchUp(context, state);
  } catch (error) {
    if (!isProtective(state, command)) throw error;
    tellFailed(context, state, error);
    return { kind: 'done', state, reached: 0 };
  }
}

/** Whether a command protects a person by the procedure of its case. */
export function isProtective({ pin }: CaseState, command: string): boolean {
  return pin.caseType.commands[command]?.polarity === 'protective';
}

function tellFailed(context: EngineContext, { caseId }: CaseState, error: unknown): void {
  const message = `what is due cannot be recorded: ${whyOf(error)}`;
  context.alert({ code: 'deadline-not-reached', caseId, message });
}

/** Records everything due in a case. Answers the state to go on with, or a conflict. */
export async function catchUp(context: EngineContext, state: CaseState): Promise<CatchUp> {
  const { clock } = context;
  if (clock.isSkewed() || clock.isBehind(state.head)) {
    const message = 'the clock cannot be trusted; deadlines are not caught up';
    context.alert({ code: 'clock-skewed', caseId: state.caseId, message });
  }
  const recordedAt = clock.recordedAt(state.head, true);
  const pass = new CatchUpPass();
  let current = state;
  let reached = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const due = caughtUp(context, current, recordedAt, pass);
    if (!due) break;
    const recorded = await record(context, due.draft, current.head, due.groups, []);
    if (recorded.kind === 'conflict') return recorded;
    current = recorded.state;
    reached += due.reached;
    context.telemetry.deadlinesReached(due.reached);
    for (const message of due.alerts) {
      context.alert({ code: 'consequence-left-out', caseId: state.caseId, message });
    }
  }
  if (current !== state) tellUnfinished(context, current, recordedAt, pass);
  return { kind: 'done', state: current, reached };
}

/** What waits for the next catch-up is told: a definition may turn in a circle. */
function tellUnfinished(
  context: EngineContext,
  state: CaseState,
  recordedAt: Instant,
  pass: CatchUpPass,
): void {
  const code = 'catch-up-unfinished';
  const { caseId } = state;
  const more = pass.next(state, recordedAt);
  if (pass.waiting.length > 0) {
    const message = `reaching ${pass.waiting.join(', ')} arms it again at once; the rest waits`;
    context.alert({ code, caseId, message });
  } else if (more && mayCatchUp(context, state)) {
    const message = `more is due than one catch-up records; ${more.arming.code} is next`;
    context.alert({ code, caseId, message });
  }
}

/** The procedure a case must move to by itself, if there is one: the newest it can reach at once. */
function dueMigration(context: EngineContext, { pin }: CaseState): Pin | undefined {
  const caseType = context.registry
    .newerThan(pin.caseType)
    .filter(({ migrations }) => migrations[pin.caseType.version]?.automatic)
    .at(-1);
  return caseType && { caseType, policy: pin.policy };
}

/**
 * Migrates a copy of `draft`. `undefined` if the definition cannot: the case then goes on under the
 * version it is pinned to, and people are told.
 */
function migrated(
  context: EngineContext,
  draft: Draft,
  pin: Pin,
  recordedAt: Instant,
): { readonly draft: Draft; readonly group: WriteGroup } | undefined {
  const copy = draftOf(draft);
  const actor = systemActor(context.options.office);
  const position = draft.head.position + 1;
  const times = { occurredAt: recordedAt, recordedAt };
  let event: ReturnType<typeof migrationEvent>;
  try {
    event = migrationEvent(draft, pin, 'automatic', recordedAt);
    migrateState(copy, pin, { ...event, ...times, actor }, position);
  } catch (error) {
    const message = `the migration to ${pin.caseType.version} failed: ${whyOf(error)}`;
    context.alert({ code: 'migration-failed', caseId: draft.caseId, message });
    return undefined;
  }
  copy.head = { ...draft.head, position };
  const id = deriveId(draft.stream, 'migrate', pin.caseType.version, pin.policy.version);
  const command = { id, name: 'MigrateCase' };
  const { correlation } = draft;
  const procedure = procedureOf(copy);
  return {
    draft: copy,
    group: groupOf({ actor, command, ...times, correlation, procedure }, [event]),
  };
}

/** The event that moves a case at `at`, with the deadlines it finds. */
export function migrationEvent(
  draft: Draft,
  to: Pin,
  reason: string,
  at: Instant,
): { readonly type: 'CasePolicyMigrated'; readonly data: Readonly<Record<string, unknown>> } {
  const timers = impactedTimers(draft, to, at);
  return {
    type: 'CasePolicyMigrated',
    data: { from: pinData(draft.pin), to: pinData(to), reason, impactedTimers: timers },
  };
}

function dueGroup(
  context: EngineContext,
  draft: Draft,
  due: DueEvents,
  recordedAt: Instant,
): WriteGroup {
  return groupOf(
    {
      actor: systemActor(context.options.office),
      command: { id: due.commandId, name: 'ReachDeadline' },
      occurredAt: due.occurredAt,
      recordedAt,
      correlation: draft.correlation,
      procedure: procedureOf(draft),
      lateReason: 'CAUGHT_UP',
    },
    due.events,
  );
}
