// Safety plans, follow-ups and welfare checks: how the office stays in touch with the victim.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { t } from '../head.ts';
import { followUpKind, planKind, welfareKind } from './kinds.ts';

/** The chart of a safety plan: in force until the case is closed. */
export const planChart = setup({ types: planKind.types }).createMachine({
  id: 'safetyPlan',
  context: ({ input }) => ({
    reviewDue: openedBy(input, 'SafetyPlanAgreed')?.reviewDue ?? input.event.occurredAt,
  }),
  initial: 'inForce',
  states: {
    inForce: {
      on: {
        SafetyPlanRevised: { actions: assign({ reviewDue: ({ event }) => event.data.reviewDue }) },
        CaseClosed: 'ended',
      },
    },
    ended: { type: 'final' },
  },
});

const lastAttempt = t.guard(
  ({ event, policy }) =>
    event.type === 'FollowUpMissed' && event.data.attempt >= policy.number('followUp.attemptsMin'),
);

/** The chart of a follow-up contact. */
export const followUpChart = setup({ types: followUpKind.types }).createMachine({
  id: 'followUp',
  context: ({ input }) => {
    const data = openedBy(input, 'FollowUpScheduled');
    return {
      dueAt: data?.dueAt ?? input.event.occurredAt,
      level: data?.level ?? 'standard',
      step: data?.step ?? 1,
      anchor: data?.anchor ?? input.event.occurredAt,
      attempts: 0,
      lastAttempt: null,
      isSafe: null,
      isWellbeingKnown: false,
      endedAt: null,
    };
  },
  initial: 'scheduled',
  states: {
    scheduled: {
      on: {
        FollowUpCompleted: {
          target: 'completed',
          actions: assign({
            isSafe: ({ event }) =>
              event.data.safetyAnswer === 'safe' && !event.data.newIncident,
            isWellbeingKnown: ({ event }) => event.data.wellbeing !== undefined,
            endedAt: ({ event }) => momentOf(event),
          }),
        },
        CaseClosed: 'cancelled',
        FollowUpCancelled: 'cancelled',
        FollowUpMissed: [
          {
            guard: lastAttempt,
            target: 'unreachable',
            actions: assign({ endedAt: ({ event }) => momentOf(event) }),
          },
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
    cancelled: { type: 'final' },
  },
});

/** The chart of a welfare check. */
export const welfareChart = setup({ types: welfareKind.types }).createMachine({
  id: 'welfareCheck',
  context: ({ input }) => ({ cause: openedBy(input, 'WelfareCheckRequested')?.cause ?? '' }),
  initial: 'requested',
  states: {
    requested: {
      on: {
        WelfareCheckCompleted: [
          { guard: ({ event }) => event.data.result === 'notFound', target: 'requested' },
          { target: 'completed' },
        ],
      },
    },
    completed: { type: 'final' },
  },
});
