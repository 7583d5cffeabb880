// When the victim is contacted: by a cadence that follows the risk, and a visit when nobody answers.
import { addMs, type Instant, type NewEvent } from '@himaya/engine';
import { partsIn } from '../../parts.ts';
import type { RiskLevel } from '../fields.ts';
import type { Events, View } from '../head.ts';
import { followUpKind, welfareKind, type FollowUp } from '../parts/kinds.ts';
import { currentLevel, isHigh } from '../risk.ts';
import type { Consequence } from './kind.ts';

const HOUR_MS = 3_600_000;

/** Hours from the beginning of a level to each contact, and the interval after the last of them. */
interface Cadence {
  readonly hours: readonly number[];
  readonly every: number | null;
}

/** The first contact of a cadence that still lies ahead, if there is one. */
function nextOf({ hours, every }: Cadence, anchor: Instant, after: Instant, step: number) {
  for (let at = step; at <= hours.length; at += 1) {
    const dueAt = addMs(anchor, (hours[at - 1] ?? 0) * HOUR_MS);
    if (dueAt > after) return { step: at, dueAt };
  }
  return every === null
    ? undefined
    : { step: Math.max(step, hours.length + 1), dueAt: addMs(after, every * HOUR_MS) };
}

/** Cadences by level, as policy has them. */
function cadenceOf({ policy }: Pick<View, 'policy'>, level: RiskLevel): Cadence {
  return (policy.value('followUp.cadence') as unknown as Record<RiskLevel, Cadence>)[level];
}

/** When the contact before this one was due: what is made earlier belongs to that one. */
function beginOf({ hours, every }: Cadence, { step, anchor, dueAt }: FollowUp): Instant {
  if (step <= 1) return anchor;
  const before = hours[step - 2];
  return before === undefined
    ? addMs(dueAt, -(every ?? 0) * HOUR_MS)
    : addMs(anchor, before * HOUR_MS);
}

function schedule(view: View, level: RiskLevel, anchor: Instant, step: number) {
  const { parts, event } = view;
  const next = nextOf(cadenceOf(view, level), anchor, event.occurredAt, step);
  const followUpId = `follow-up-${parts.all(followUpKind).length + 1}`;
  return next
    ? [{ type: 'FollowUpScheduled' as const, data: { followUpId, level, anchor, ...next } }]
    : [];
}

function welfareCheck(parts: View['parts'], cause: 'unreachable' | 'release'): NewEvent<Events> {
  const checkId = `welfare-${parts.all(welfareKind).length + 1}`;
  return { type: 'WelfareCheckRequested', data: { checkId, cause } };
}

const over = ['closed', 'merged', 'transferred'];

/** Consequences of contacts, in the order in which they are judged. */
export const contactConsequences: readonly Consequence[] = [
  {
    name: 'a level brings its own cadence of contacts',
    records: ['FollowUpCancelled', 'FollowUpScheduled'],
    on: ['RiskAssessed', 'RiskDowngradeApproved'],
    when: (view) => !over.some((state) => view.in(`lifecycle.${state}`)),
    record: (view) => {
      const level = currentLevel(view.context);
      const scheduled = partsIn(view.parts.all(followUpKind), 'scheduled');
      if (!level || scheduled.some(({ context }) => context.level === level)) return [];
      const replaced = scheduled.map(
        ({ id }): NewEvent<Events> => ({
          type: 'FollowUpCancelled',
          data: { followUpId: id, reason: 'levelChanged' },
        }),
      );
      return [...replaced, ...schedule(view, level, view.event.occurredAt, 1)];
    },
  },
  {
    name: 'each contact brings the next one of its cadence',
    records: ['FollowUpScheduled'],
    on: ['FollowUpCompleted', 'FollowUpMissed'],
    record: (view) => {
      const { event } = view;
      if (event.type !== 'FollowUpCompleted' && event.type !== 'FollowUpMissed') return [];
      const followUp = view.parts.one(followUpKind, event.data.followUpId);
      const isOpen = partsIn(view.parts.all(followUpKind), 'scheduled').length > 0;
      if (followUp?.status !== 'ended' || isOpen) return [];
      const { level, anchor, step } = followUp.context;
      // Asking her six times in a day is no reason not to ask her for a fortnight.
      const isOwn = event.occurredAt >= beginOf(cadenceOf(view, level), followUp.context);
      return schedule(view, level, anchor, isOwn ? step + 1 : step);
    },
  },
  {
    name: 'somebody goes and looks when a victim was not told of a release',
    records: ['WelfareCheckRequested'],
    on: ['DeadlineEscalated'],
    when: (view) => {
      const { name, level } = view.event.data as unknown as { name: string; level: number };
      return name === 'releaseTold' && level === 2;
    },
    record: ({ parts }) => [welfareCheck(parts, 'release')],
  },
  {
    name: 'somebody goes and looks when a victim at high risk cannot be reached',
    records: ['WelfareCheckRequested'],
    on: ['FollowUpMissed'],
    record: (view) => {
      const { event, parts, context } = view;
      if (event.type !== 'FollowUpMissed' || !isHigh(currentLevel(context))) return [];
      if (parts.one(followUpKind, event.data.followUpId)?.in('unreachable') !== true) return [];
      return [welfareCheck(parts, 'unreachable')];
    },
  },
];
