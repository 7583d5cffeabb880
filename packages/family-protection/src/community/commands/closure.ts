// Commands of follow-up and closure.
import { z } from 'zod';
import { followUpCommandsFor } from '../../case-file/commands.ts';
import { deciding, ordinary } from '../../staff/duties.ts';
import { command, events } from '../head.ts';
import { anyStaff, following } from '../../staff/grants.ts';
import { proposing, supervising } from '../../staff/grants.ts';

/** Commands of follow-up and closure by name. */
export const closureCommands = {
  ...followUpCommandsFor(following),
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
};
