// An interview from its plan to the statement, and why it may be held once more.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { namesOf, union } from '../../parties/facts.ts';
import { interviewKind } from './kinds.ts';

const machine = setup({ types: interviewKind.types });

const starts = machine.createStateConfig({
  on: {
    InterviewStarted: {
      target: 'inProgress',
      actions: assign({
        startedAt: ({ event }) => momentOf(event),
        interviewers: ({ event }) => namesOf(event.actor),
        isOffSite: ({ event }) => event.data.booking === undefined,
        isRecorded: ({ event }) => event.data.recordedOn !== undefined,
      }),
    },
  },
});

const justifies = machine.createStateConfig({
  on: {
    ReinterviewJustified: {
      actions: assign({
        justifiedBy: ({ context, event: { data, actor } }) =>
          union(context.justifiedBy, [data.approver, ...namesOf(actor)]),
      }),
    },
  },
});

/** The chart of one interview. What is told without an appointment begins without a plan. */
export const interviewChart = machine.createMachine({
  id: 'interview',
  context: ({ input }) => {
    const started = openedBy(input, 'InterviewStarted');
    return {
      partyId: (openedBy(input, 'InterviewScheduled') ?? started)?.partyId ?? '',
      startedAt: started ? momentOf(input.event) : null,
      interviewers: started ? namesOf(input.event.actor) : [],
      isOffSite: started !== undefined && started.booking === undefined,
      isRecorded: started?.recordedOn !== undefined,
      justifiedBy: [],
    };
  },
  initial: 'opened',
  on: {
    OffSiteInterviewReviewed: { actions: assign({}) },
    RecordingSealed: { actions: assign({ isRecorded: false }) },
  },
  states: {
    opened: {
      always: [
        { guard: ({ context }) => context.startedAt === null, target: 'planned' },
        { guard: ({ context }) => context.startedAt !== null, target: 'inProgress' },
      ],
    },
    planned: { on: { ...starts.on, InterviewCancelled: 'cancelled', CaseClosed: 'cancelled' } },
    inProgress: { on: { InterviewCompleted: 'completed', InterviewCancelled: 'brokenOff' } },
    completed: justifies,
    // She has told some of it: why she has to begin anew is found by a supervisor as well.
    brokenOff: justifies,
    cancelled: {},
  },
});
