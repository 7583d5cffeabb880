// Referrals and follow-ups: short lives of their own.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { t } from '../head.ts';
import { openedBy } from '../../parts.ts';
import { followUpKind, referralKind } from './kinds.ts';

/** The chart of a referral to a partner. */
export const referralChart = setup({ types: referralKind.types }).createMachine({
  id: 'partnerReferral',
  context: ({ input }) => {
    const data = openedBy(input, 'PartnerReferralMade');
    return {
      body: data?.body ?? '',
      urgent: data?.urgent ?? false,
      respondents: data?.respondents ?? [],
    };
  },
  initial: 'made',
  states: {
    made: {
      on: {
        PartnerReferralAccepted: 'accepted',
        PartnerReferralDeclined: 'declined',
        PartnerReferralClosed: 'closed',
      },
    },
    accepted: { on: { PartnerReferralDeclined: 'declined', PartnerReferralClosed: 'closed' } },
    declined: { type: 'final' },
    closed: { type: 'final' },
  },
});

const lastAttempt = t.guard(
  ({ event, policy }) =>
    event.type === 'FollowUpMissed' && event.data.attempt >= policy.number('followUp.attemptsMin'),
);

/** The chart of a follow-up contact. */
export const followUpChart = setup({ types: followUpKind.types }).createMachine({
  id: 'followUp',
  context: { attempts: 0, lastAttempt: null },
  initial: 'scheduled',
  states: {
    scheduled: {
      on: {
        FollowUpCompleted: 'completed',
        FollowUpMissed: [
          { guard: lastAttempt, target: 'unreachable' },
          {
            actions: assign({
              attempts: ({ context }) => context.attempts + 1,
              lastAttempt: ({ event }) => momentOf(event),
            }),
          },
        ],
      },
    },
    completed: { type: 'final' },
    unreachable: { type: 'final' },
  },
});
