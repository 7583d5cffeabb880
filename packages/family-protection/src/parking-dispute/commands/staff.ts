// Commands of triage, staff and of leaving this procedure.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { command, events } from '../head.ts';
import { ordinary } from '../../staff/duties.ts';
import { caseTypeName, harmText, ref } from '../../fields.ts';
import { caseStream } from '../streams.ts';
import { heading, reclassifying, supervising, triaging } from '../../staff/grants.ts';

const triage = events.CaseTriaged.shape;
const assignment = events.CaseAssigned.shape;
const transfer = events.CaseTransferred.shape;

/** The refusal of a case that would go on in itself: nobody would ever work on it again. */
function isItself(caseId: string, view: DecideView<Context>) {
  return caseId === view.caseId ? { refused: [ENGINE_VIOLATIONS.INPUT_INVALID] } : undefined;
}

/** Commands of staff by name. */
export const staffCommands = {
  TriageCase: command({
    input: z.strictObject({ level: triage.level, flags: triage.flags.default([]) }),
    polarity: 'neutral',
    by: triaging,
    duties: ordinary,
    records: ['CaseTriaged'],
    decide: ({ level, flags }, { calendar, policy, occurredAt }) => {
      const dueBy = calendar.add(occurredAt, policy.duration(`triage.action.${level}`));
      return [{ type: 'CaseTriaged', data: { level, flags, dueBy } }];
    },
  }),
  AssignCase: command({
    input: z.strictObject({
      ...assignment,
      capacity: assignment.capacity.default('caseworker'),
    }),
    polarity: 'neutral',
    by: supervising,
    duties: ordinary,
    records: 'CaseAssigned',
  }),
  ReassignCase: command({
    input: z.strictObject({
      to: ref,
      competencyChecked: z.boolean(),
      conflictChecked: z.boolean(),
      openCases: assignment.openCases,
      reason: events.CaseReassigned.shape.reason,
    }),
    polarity: 'neutral',
    by: supervising,
    duties: ordinary,
    records: ['CaseReassigned'],
    decide: (input, { context }) => [
      { type: 'CaseReassigned', data: { ...input, from: context.lead ?? 'nobody' } },
    ],
  }),
  HandOverCase: command({
    input: z.strictObject({ to: ref, conflictChecked: z.boolean() }),
    polarity: 'protective',
    by: [{ role: 'CW', assigned: true }, 'INT', 'CP', 'SUP', 'HEAD'],
    duties: ordinary,
    records: ['CaseHandedOver'],
    decide: (input, { context }) => {
      const from = context.lead ?? context.dutyOfficer ?? 'nobody';
      return [{ type: 'CaseHandedOver', data: { ...input, from } }];
    },
  }),
  ReviewCase: command({
    input: events.CaseReviewed,
    polarity: 'neutral',
    by: heading,
    duties: ordinary,
    records: 'CaseReviewed',
  }),
  ReclassifyCase: command({
    input: z.strictObject({ to: caseTypeName, reason: harmText('#complainant') }),
    polarity: 'protective',
    by: reclassifying,
    duties: ordinary,
    records: ['CaseReclassified'],
    decide: ({ to, reason }, { policy, actor }) => {
      const rank = policy.value('caseType.protection') as Readonly<Record<string, number>>;
      const from = 'community.parkingDispute' as const;
      const isMore = (rank[to] ?? 0) > (rank[from] ?? 0);
      const data = { from, to, reason };
      return [
        {
          type: 'CaseReclassified',
          data: isMore
            ? { ...data, direction: 'moreProtective' }
            : { ...data, direction: 'lessProtective', approver: actor.staff },
        },
      ];
    },
  }),
  RecordSuccessor: command({
    input: events.SuccessorOpened,
    polarity: 'protective',
    by: ['INT', 'CW', 'SUP', 'HEAD', 'SYS'],
    duties: ordinary,
    records: ['SuccessorOpened'],
    decide: (input, view) =>
      isItself(input.caseId, view) ?? [{ type: 'SuccessorOpened', data: input }],
  }),
  MergeDuplicate: command({
    input: events.DuplicateMerged,
    polarity: 'restricted',
    by: supervising,
    duties: ordinary,
    records: ['DuplicateMerged'],
    reads: ({ survivingCaseId }) => [caseStream(survivingCaseId)],
    decide: (input, view) =>
      isItself(input.survivingCaseId, view) ?? [{ type: 'DuplicateMerged', data: input }],
  }),
  TransferCase: command({
    input: z.strictObject(transfer),
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: ['CaseTransferred'],
    decide: (input, view) =>
      isItself(input.successor, view) ?? [{ type: 'CaseTransferred', data: input }],
  }),
};
