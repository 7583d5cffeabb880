// What has fallen due in a case, as the events that the engine records for it.
import { planEvents } from './decide.ts';
import type { PlannedEvent } from './planned-event.ts';
import type { Due } from './deadline-ledger.ts';
import { deriveId } from './derive-id.ts';
import { systemActor } from './actor.ts';
import type { Instant } from './instant.ts';
import type { Draft } from './state.ts';

/** Events of one due instant, with the derived command they are recorded under. */
export interface DueEvents {
  readonly commandId: string;
  readonly occurredAt: Instant;
  readonly events: readonly PlannedEvent[];
  readonly alerts: readonly string[];
  /** The deadline itself, not one of its marks. */
  readonly isReached: boolean;
}

/**
 * After so many events a catch-up is appended, and what is left follows in the next one: with the
 * last decision it stays below what a store takes in one append.
 */
export const CATCH_UP_EVENTS_MAX = 500;

/**
 * Applies to `draft` everything that is due at `recordedAt`, oldest first, with its consequences.
 * The draft has to stand at the head that the events will be appended to.
 */
export function reachDeadlines(
  draft: Draft,
  recordedAt: Instant,
  office: string,
): readonly DueEvents[] {
  const reached: DueEvents[] = [];
  const from = draft.head.position;
  for (let due = draft.deadlines.next(); due; due = draft.deadlines.next()) {
    if (due.at > recordedAt || draft.head.position - from >= CATCH_UP_EVENTS_MAX) break;
    reached.push(reachOne(draft, due, recordedAt, office));
  }
  return reached;
}

function reachOne(draft: Draft, due: Due, recordedAt: Instant, office: string): DueEvents {
  const { arming, level, to, at } = due;
  const { name, code, part, dueAt, metAt } = arming;
  const base = { name, code, part, arming: arming.position, dueAt };
  const event: PlannedEvent =
    level === 0
      ? { type: 'DeadlineReached', data: { ...base, ...(metAt === undefined ? {} : { metAt }) } }
      : { type: 'DeadlineEscalated', data: { ...base, level, to } };
  const commandId = deriveId(draft.stream, code, part, `${arming.position}`, `${level}`);
  const frame = {
    actor: systemActor(office),
    occurredAt: at,
    recordedAt,
    lenient: true,
    options: { mode: 'decide' as const },
  };
  const planned = planEvents(draft, [event], frame);
  // Lenient planning of a current arming is never refused; a refusal would repeat for ever.
  if (planned.kind === 'refused') {
    throw new RangeError(`Deadline ${code} of case ${draft.caseId} could not be reached.`);
  }
  moveHead(draft, planned.events.length);
  const { events, alerts } = planned;
  return { commandId, occurredAt: at, events, alerts, isReached: level === 0 };
}

/** Later events of the same append stand after these: their positions count on. */
function moveHead(draft: Draft, count: number): void {
  draft.head = { ...draft.head, position: draft.head.position + count };
}
