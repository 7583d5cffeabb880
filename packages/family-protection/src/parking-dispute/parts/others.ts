// Referrals, protective measures, medical transfers and follow-ups: short lives of their own.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { t } from '../head.ts';
import { followUpKind, measureKind, openedBy, referralKind, transferKind } from './kinds.ts';

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

/** The chart of a protective measure. */
export const measureChart = setup({ types: measureKind.types }).createMachine({
  id: 'measure',
  context: ({ input }) => {
    const data = openedBy(input, 'ProtectiveMeasureStarted');
    return { kind: data?.kind ?? '', owner: data?.owner ?? '' };
  },
  initial: 'active',
  states: {
    active: {
      on: {
        ProtectiveMeasureReviewed: { actions: assign({}) },
        ProtectiveMeasureEnded: 'ended',
      },
    },
    ended: { type: 'final' },
  },
});

/** The chart of a medical transfer. */
export const transferChart = setup({ types: transferKind.types }).createMachine({
  id: 'medicalTransfer',
  context: ({ input }) => ({
    partyId: openedBy(input, 'MedicalTransferOrdered')?.partyId ?? null,
  }),
  initial: 'ordered',
  states: {
    ordered: { on: { MedicalTransferCompleted: 'completed' } },
    completed: { type: 'final' },
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
