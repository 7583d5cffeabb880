// Commands of triage, staff and of leaving this procedure.
import { z } from 'zod';
import { command, events } from '../head.ts';
import { ordinary } from '../duties.ts';
import { caseTypeName, harmText, ref } from '../fields.ts';
import { heading, reclassifying, supervising, triaging } from './grants.ts';

const triage = events.CaseTriaged.shape;
const assignment = events.CaseAssigned.shape;
const transfer = events.CaseTransferred.shape;

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
      openCases: assignment.openCases.default(0),
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
      openCases: assignment.openCases.default(0),
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
    records: 'SuccessorOpened',
  }),
  MergeDuplicate: command({
    input: events.DuplicateMerged,
    polarity: 'restricted',
    by: supervising,
    duties: ordinary,
    records: 'DuplicateMerged',
  }),
  TransferCase: command({
    input: z.strictObject(transfer),
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: 'CaseTransferred',
  }),
};
