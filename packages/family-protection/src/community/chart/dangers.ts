// What the charts note of a danger: that it was told, whether anybody acted, and since when.
import { assign } from 'xstate';
import type { Context } from '../context.ts';
import type { CommunityEvent } from '../head.ts';
import { union } from '../../parties/facts.ts';
import { dangerNoted, isUnmetAfter } from '../../protection/first-action.ts';
import { machine } from './machine-setup.ts';

interface Noting {
  readonly context: Context;
  readonly event: { readonly occurredAt: string };
}

/** From when on a negative screening counts: what was found out before this event is no answer. */
export function countsFrom({ context: { screenFrom }, event: { occurredAt } }: Noting): string {
  return screenFrom !== null && screenFrom > occurredAt ? screenFrom : occurredAt;
}

/** Whether a follow-up found that it is not over. */
export function isRelapse(answer: CommunityEvent<'FollowUpCompleted'>['data']): boolean {
  return answer.safetyAnswer === 'concern' || answer.newIncident;
}

/** A danger that somebody tells of without filling in what it is. */
export const unnamedDanger = machine.createStateConfig({
  on: {
    SessionTerminatedForSafety: {
      actions: assign({
        concerns: ({ context }) => union(context.concerns, ['danger' as const]),
        screenFrom: countsFrom,
        screened: {},
      }),
    },
    FollowUpCompleted: {
      actions: assign({
        concerns: ({ context }) => union(context.concerns, ['danger' as const]),
        screenFrom: countsFrom,
        screened: {},
      }),
    },
  },
});

const actedOn = machine.createStateConfig({
  on: {
    ProtectiveMeasureStarted: {
      actions: assign({
        dangerUnmet: isUnmetAfter,
        harmAverted: true,
        screenFrom: countsFrom,
        screened: {},
      }),
    },
    MedicalTransferOrdered: {
      actions: assign({
        dangerUnmet: isUnmetAfter,
        harmAverted: true,
        screenFrom: countsFrom,
        screened: {},
      }),
    },
  },
});

/** Dangers in any state of the life cycle. */
export const dangers = machine.createStateConfig({
  on: {
    ...actedOn.on,
    SafetyConcernNoted: {
      actions: assign({
        concerns: ({ context, event: { data } }) =>
          union(
            context.concerns,
            data.concerns.length > 0 || data.immediateDanger ? data.concerns : ['danger' as const],
          ),
        ...dangerNoted,
        dangersTold: ({ context }) => context.dangersTold + 1,
        screenFrom: countsFrom,
        screened: {},
      }),
    },
    FollowUpCompleted: {
      guard: ({ event }) => isRelapse(event.data),
      ...unnamedDanger.on.FollowUpCompleted,
    },
  },
});
