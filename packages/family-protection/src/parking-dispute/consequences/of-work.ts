// What follows from the daily work: children go another way, answers are followed up, cases reviewed.
import type { Instant } from '@himaya/engine';
import { followUpKind } from '../parts/kinds.ts';
import { reached, type Consequence } from './kind.ts';

/** Consequences of the work, in the order in which they are judged. */
export const workConsequences: readonly Consequence[] = [
  {
    name: 'a child who is complained about goes the way of the child procedure',
    on: ['PartyAdded', 'PartyAgeCorrected'],
    record: ({ event, context }) => {
      if (event.type !== 'PartyAdded' && event.type !== 'PartyAgeCorrected') return [];
      const { partyId, isChild, ageBand } = event.data;
      const isRespondent = context.parties[partyId]?.role === 'respondent';
      if (!isChild || !isRespondent || context.childRoutes[partyId] !== undefined) return [];
      return [{ type: 'ChildRerouted', data: { partyId, ageBand, to: 'family.childAtRisk' } }];
    },
  },
  {
    name: 'the first answer, and the first after a reopening, is followed up',
    on: [
      'AdviceGiven',
      'WarningIssued',
      'ViolationTicketRequested',
      'PartnerReferralClosed',
      'NeighbourhoodAgreementSigned',
      'NoAgreementRecorded',
    ],
    when: ({ parts, context }) =>
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
    on: ['DeadlineReached'],
    when: (view) => reached(view)?.name === 'caseReview',
    record: (view) => [
      { type: 'CaseReviewMissed', data: { dueAt: reached(view)?.dueAt as Instant } },
    ],
  },
];
