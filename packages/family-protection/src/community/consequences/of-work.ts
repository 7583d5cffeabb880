// What follows from the daily work: children go another way, answers are followed up, cases reviewed.
import type { Instant } from '@himaya/engine';
import { answeringSteps } from '../chart/answers.ts';
import type { Context } from '../context.ts';
import type { View } from '../head.ts';
import { followUpKind, responseKind } from '../parts/kinds.ts';
import { reached } from '../../deadlines/reached.ts';
import type { Consequence } from './kind.ts';

/** Whom an event shows to be complained about, if it shows that of anyone. */
function complainedAbout(event: View['event'], { parties }: Context): string | undefined {
  if (event.type === 'RecurrenceDetected') return event.data.respondent;
  if (event.type !== 'PartyAdded' && event.type !== 'PartyAgeCorrected') return undefined;
  return parties[event.data.partyId]?.role === 'respondent' ? event.data.partyId : undefined;
}

/** Consequences of the work, in the order in which they are judged. */
export const workConsequences: readonly Consequence[] = [
  {
    name: 'a child who is complained about goes the way of the child procedure',
    records: ['ChildRerouted'],
    on: ['PartyAdded', 'PartyAgeCorrected', 'RecurrenceDetected'],
    record: ({ event, context, parts }) => {
      const partyId = complainedAbout(event, context);
      const party = partyId === undefined ? undefined : context.parties[partyId];
      if (partyId === undefined || !party?.isChild) return [];
      const isOnLadder = parts
        .all(responseKind)
        .some((one) => one.context.respondent === partyId && !one.in('voided'));
      if (context.childRoutes[partyId] !== undefined && !isOnLadder) return [];
      const { ageBand } = party;
      return [{ type: 'ChildRerouted', data: { partyId, ageBand, to: 'family.childAtRisk' } }];
    },
  },
  {
    name: 'the first answer, and the first after a reopening, is followed up',
    records: ['FollowUpScheduled'],
    on: answeringSteps,
    when: ({ in: inState, parts, context }) =>
      inState('resolution.answered') &&
      parts
        .all(followUpKind)
        .every(({ openedAt }) => openedAt.recordedAt < (context.reopenedAt ?? '')),
    record: ({ event, parts, policy, calendar }) => [
      {
        type: 'FollowUpScheduled',
        data: {
          followUpId: `follow-up-${parts.all(followUpKind).length + 1}`,
          dueAt: calendar.add(event.occurredAt, policy.duration('T-FU')),
        },
      },
    ],
  },
  {
    name: 'a review that nobody made is due again',
    records: ['CaseReviewMissed'],
    on: ['DeadlineReached'],
    when: (view) => reached(view)?.name === 'caseReview',
    record: (view) => [
      { type: 'CaseReviewMissed', data: { dueAt: reached(view)?.dueAt as Instant } },
    ],
  },
];
