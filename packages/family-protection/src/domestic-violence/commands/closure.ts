// Commands of follow-up, reassurance and closure.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { ordinary } from '../../staff/duties.ts';
import { anyStaff, heading, reopening } from '../../staff/grants.ts';
import { partsIn } from '../../parts.ts';
import { union } from '../../parties/facts.ts';
import type { Context } from '../context.ts';
import { closing } from '../duties.ts';
import { closureReason } from '../events/closure.ts';
import { command, events } from '../head.ts';
import { followUpKind, welfareKind } from '../parts/kinds.ts';
import { contacting, proposingClosure } from './grants.ts';

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
    by: contacting,
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
    by: contacting,
    duties: ordinary,
    records: ['FollowUpMissed'],
    decide: (_input, view) => {
      const followUp = due(view);
      if (!followUp) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
      const attempt = followUp.context.attempts + 1;
      return [{ type: 'FollowUpMissed', data: { followUpId: followUp.id, attempt } }];
    },
  }),
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
  ReopenCase: command({
    input: events.CaseReopened,
    polarity: 'protective',
    by: reopening,
    duties: ordinary,
    records: 'CaseReopened',
  }),
};
