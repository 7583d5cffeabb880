// Commands of follow-up and closure.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { deciding, ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { followUpKind } from '../parts/kinds.ts';
import { anyStaff, following, heading } from '../../staff/grants.ts';
import { proposing, reopening, supervising } from '../../staff/grants.ts';

const completed = events.FollowUpCompleted.shape;

function due({ parts }: DecideView<Context>) {
  return partsIn(parts.all(followUpKind), 'scheduled')[0];
}

/** Commands of follow-up and closure by name. */
export const closureCommands = {
  CompleteFollowUp: command({
    input: z.strictObject({
      safetyAnswer: completed.safetyAnswer,
      wellbeing: completed.wellbeing,
      newIncident: completed.newIncident.default(false),
    }),
    polarity: 'protective',
    by: following,
    duties: ordinary,
    records: ['FollowUpCompleted'],
    decide: (input, view) => {
      const followUp = due(view);
      if (!followUp) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
      return [{ type: 'FollowUpCompleted', data: { ...input, followUpId: followUp.id } }];
    },
  }),
  RecordFollowUpMissed: command({
    input: z.strictObject({}),
    polarity: 'neutral',
    by: following,
    duties: ordinary,
    records: ['FollowUpMissed'],
    decide: (_input, view) => {
      const followUp = due(view);
      if (!followUp) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
      const attempt = followUp.context.attempts + 1;
      return [{ type: 'FollowUpMissed', data: { followUpId: followUp.id, attempt } }];
    },
  }),
  RecordServiceFeedback: command({
    input: events.ServiceFeedbackReceived,
    polarity: 'neutral',
    by: anyStaff,
    duties: ordinary,
    records: 'ServiceFeedbackReceived',
  }),
  ProposeClosure: command({
    input: z.strictObject({
      reasonCode: events.ClosureProposed.shape.reasonCode,
      feedbackOffered: z.boolean(),
    }),
    polarity: 'restricted',
    by: proposing,
    duties: ordinary,
    records: ['ClosureProposed'],
    decide: (input, { actor }) => [
      { type: 'ClosureProposed', data: { ...input, proposer: actor.staff } },
    ],
  }),
  ReturnClosure: command({
    input: events.ClosureReturned,
    polarity: 'neutral',
    by: heading,
    duties: ordinary,
    records: 'ClosureReturned',
  }),
  CloseCase: command({
    input: z.strictObject({}),
    polarity: 'restricted',
    by: supervising,
    duties: deciding,
    records: ['CaseClosed'],
    decide: (_input, { context, actor }) => [
      {
        type: 'CaseClosed',
        data: {
          reasonCode: context.closure?.reasonCode ?? 'resolved',
          approvers: [actor.staff],
        },
      },
    ],
  }),
  ReopenCase: command({
    input: events.CaseReopened,
    polarity: 'protective',
    by: reopening,
    duties: ordinary,
    records: 'CaseReopened',
  }),
};
