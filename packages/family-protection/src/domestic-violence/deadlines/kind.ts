// What a deadline of this case type looks like.
import type { DeadlineSpec, Moment } from '@himaya/engine';
import type { Context } from '../context.ts';
import type { Events } from '../head.ts';
import { isHigh } from '../risk.ts';

/** A deadline of this case type. */
export type Deadline = DeadlineSpec<Context, Events>;
/** What the functions of a deadline look at. */
export type DeadlineView = Parameters<Deadline['dueAt']>[0];

/** Events after which nothing is due in this case any more. */
export const ends = [
  'CaseClosed',
  'DuplicateMerged',
  'CaseTransferred',
  'SuccessorOpened',
] as const;
/** Events by which another file goes on. */
export const leaves = ['DuplicateMerged', 'CaseTransferred', 'SuccessorOpened'] as const;

function isSame(a: { occurredAt: string; recordedAt: string }, b: Moment): boolean {
  return a.occurredAt === b.occurredAt && a.recordedAt === b.recordedAt;
}

/** Whether this event made the level high, which it was not before, or took such a case up again. */
export function becameHigh({ event, context: { levels } }: DeadlineView): boolean {
  const now = levels.at(-1);
  // The plan ended with the case, and so did every term.
  if (event.type === 'CaseReopened') return now !== undefined && isHigh(now.level);
  const before = levels.at(-2)?.level ?? null;
  return now !== undefined && isHigh(now.level) && !isHigh(before) && isSame(now.since, event);
}
