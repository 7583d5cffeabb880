// Commands of triage and staff.
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { ref } from '../fields.ts';
import { declaring, ordinary, type StaffMemory } from './duties.ts';
import { staffEvents, type StaffEvents } from './events.ts';
import { anyStaff, heading, supervising, triaging } from './grants.ts';

interface Memory extends StaffMemory {
  readonly lead: string | null;
  readonly dutyOfficer: string | null;
}

const command = commandsOver<Memory, StaffEvents>();
const triage = staffEvents.CaseTriaged.shape;
const assignment = staffEvents.CaseAssigned.shape;

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
      reason: staffEvents.CaseReassigned.shape.reason,
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
    input: z.strictObject({
      to: ref,
      competencyChecked: z.boolean(),
      conflictChecked: z.boolean(),
    }),
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
    input: staffEvents.CaseReviewed,
    polarity: 'neutral',
    by: heading,
    duties: ordinary,
    records: 'CaseReviewed',
  }),
  DeclareConflictOfInterest: command({
    input: z.strictObject({ partyId: ref }),
    polarity: 'protective',
    by: anyStaff,
    duties: declaring,
    records: ['ConflictOfInterestDeclared'],
    decide: ({ partyId }, { actor }) => [
      { type: 'ConflictOfInterestDeclared', data: { staff: actor.staff, partyId } },
    ],
  }),
};
