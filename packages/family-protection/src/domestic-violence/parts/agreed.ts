// What is agreed with people or told them: plans of support, undertakings and notices.
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { t } from '../head.ts';
import { actionPlanKind, noticeKind, undertakingKind, type ActionPlan } from './kinds.ts';

const dates = (goals: ActionPlan['open']): ActionPlan['open'] =>
  goals.map(({ goalId, due }) => ({ goalId, due }));

/** The chart of a plan of support: it holds until support or the case is over. */
export const actionPlanChart = setup({ types: actionPlanKind.types }).createMachine({
  id: 'actionPlan',
  context: ({ input }) => ({ open: dates(openedBy(input, 'CaseActionPlanAgreed')?.goals ?? []) }),
  initial: 'inForce',
  states: {
    inForce: {
      on: {
        CaseActionPlanRevised: {
          actions: assign({
            open: ({ event }) => dates(event.data.goals.filter(({ state }) => state === 'open')),
          }),
        },
        SupportCompleted: 'ended',
        CaseClosed: 'ended',
      },
    },
    ended: { type: 'final' },
  },
});

/** The chart of a notice: sent, perhaps not received, and then given to the same person another way. */
export const noticeChart = setup({ types: noticeKind.types }).createMachine({
  id: 'notice',
  context: ({ input }) => {
    const data = openedBy(input, 'NoticeSent');
    return {
      recipient: data?.recipient ?? '',
      channel: data?.channel ?? 'inPerson',
      basis: data?.basis ?? '',
      failedAt: null,
    };
  },
  initial: 'sent',
  states: {
    sent: {
      on: {
        NoticeFailed: {
          target: 'failed',
          actions: assign({ failedAt: ({ event }) => event.occurredAt }),
        },
      },
    },
    failed: {
      on: {
        NoticeSent: {
          // What was sent before it failed is no second way.
          guard: ({ context, event: { data, occurredAt } }) =>
            data.recipient === context.recipient &&
            data.basis === context.basis &&
            occurredAt >= (context.failedAt ?? ''),
          target: 'sent',
          actions: assign({ channel: ({ event }) => event.data.channel }),
        },
      },
    },
  },
});

const undertakes = setup({ types: undertakingKind.types, delays: t.delays });
const breaks = undertakes.createStateConfig({
  on: {
    UndertakingBreached: {
      target: 'breached',
      actions: assign({
        brokenAt: ({ context, event }) => [...context.brokenAt, event.data.at],
      }),
    },
  },
});

/** The chart of an undertaking. That it was broken may become known after it has ended. */
export const undertakingChart = undertakes.createMachine({
  id: 'undertaking',
  context: ({ input }) => {
    const data = openedBy(input, 'UndertakingSigned');
    return {
      partyId: data?.partyId ?? '',
      signedAt: input.event.occurredAt,
      until: data?.until ?? input.event.occurredAt,
      brokenAt: [],
    };
  },
  initial: 'inForce',
  states: {
    inForce: { on: breaks.on, after: { undertakingEnd: 'ended' } },
    ended: breaks,
    breached: breaks,
  },
});
