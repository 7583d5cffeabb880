// Commands of follow-up, reassurance and closure.
import { z } from 'zod';
import { followUpCommandsFor } from '../../case-file/commands.ts';
import { ordinary } from '../../staff/duties.ts';
import { anyStaff, heading } from '../../staff/grants.ts';
import { union } from '../../parties/facts.ts';
import { closing } from '../duties.ts';
import { closureReason } from '../events/closure.ts';
import { command, events } from '../head.ts';
import { welfareKind } from '../parts/kinds.ts';
import { contacting, proposingClosure } from './grants.ts';

/** Commands of follow-up and closure by name. */
export const closureCommands = {
  ...followUpCommandsFor(contacting),
  CompleteWelfareCheck: command({
    input: events.WelfareCheckCompleted,
    polarity: 'protective',
    by: contacting,
    duties: ordinary,
    records: 'WelfareCheckCompleted',
    part: { kind: welfareKind.kind, field: 'checkId' },
  }),
  RecordReassurance: command({
    input: events.VictimReassuranceContactMade,
    polarity: 'protective',
    by: contacting,
    duties: ordinary,
    records: 'VictimReassuranceContactMade',
  }),
  RecordServiceFeedback: command({
    input: events.ServiceFeedbackReceived,
    polarity: 'neutral',
    by: anyStaff,
    duties: ordinary,
    records: 'ServiceFeedbackReceived',
  }),
  ProposeClosure: command({
    input: z.strictObject({ reasonCode: closureReason, feedbackOffered: z.boolean() }),
    polarity: 'restricted',
    by: proposingClosure,
    duties: ordinary,
    records: ['ClosureProposed'],
    decide: (input, { actor }) => [
      { type: 'ClosureProposed', data: { ...input, proposer: actor.staff } },
    ],
  }),
  ReviewClosure: command({
    input: z.strictObject({}),
    polarity: 'restricted',
    by: ['SUP'],
    duties: closing,
    records: ['ClosureReviewed'],
    decide: (_input, { actor }) => [
      { type: 'ClosureReviewed', data: { reviewer: actor.staff } },
    ],
  }),
  CloseCase: command({
    input: z.strictObject({}),
    polarity: 'restricted',
    by: heading,
    duties: closing,
    records: ['CaseClosed'],
    decide: (_input, { context, actor }) => [
      {
        type: 'CaseClosed',
        data: {
          reasonCode: closureReason.catch('safe').parse(context.closure?.reasonCode),
          approvers: union(context.closure?.reviewers ?? [], [actor.staff]),
        },
      },
    ],
  }),
};
