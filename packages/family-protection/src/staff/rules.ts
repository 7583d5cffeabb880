// Rules of triage and assignment.
import { rulesOver } from '../rule.ts';
import { refuse } from '../wording/wording.ts';
import type { StaffEvents } from './events.ts';

/** Someone who goes first: a child, or a woman who is pregnant, nursing or has an infant. */
interface Vulnerable {
  readonly isChild: boolean;
  readonly careNeeded?: boolean | null;
}

/** What these rules ask of a case's memory. */
interface Memory {
  readonly conflicts: readonly string[];
  readonly parties: Readonly<Record<string, Vulnerable>>;
}

const rule = rulesOver<Memory, StaffEvents>();
const assignmentEvents = ['CaseAssigned', 'CaseReassigned'] as const;
const officerEvents = ['CaseAssigned', 'CaseReassigned', 'CaseHandedOver'] as const;

/** Rules of triage and staff. */
export const staffRules = {
  vulnerableFirst: rule(['CaseTriaged'], {
    ...refuse(
      'TRIAGE_LEVEL_TOO_LOW',
      'vulnerable',
      'A child or a pregnant woman makes it at least a priority.',
      'وجود طفل أو امرأة حامل يجعل الفرز أولوية على الأقل.',
    ),
    holds: ({ event, context }) =>
      event.data.level !== 'routine' ||
      !(
        event.data.flags.some((flag) => flag === 'child' || flag === 'pregnant') ||
        Object.values(context.parties).some(
          ({ isChild, careNeeded }) => isChild || careNeeded === true,
        )
      ),
  }),
  officerCompetent: rule(officerEvents, {
    ...refuse(
      'COMPETENCY_REQUIRED',
      'competency',
      'The officer lacks a competency that this needs.',
      'لا تتوفر لدى المكلف الكفاءة المطلوبة.',
    ),
    holds: ({ event }) => event.data.competencyChecked,
  }),
  officerUnrelated: rule(officerEvents, {
    ...refuse(
      'CONFLICT_OF_INTEREST',
      'SoD-4',
      'The officer stands in a relation to a party.',
      'للمكلف صلة بأحد الأطراف.',
    ),
    holds: ({ event, context }) =>
      event.data.conflictChecked && !context.conflicts.includes(event.data.to),
  }),
  caseloadFits: rule(assignmentEvents, {
    ...refuse(
      'CASELOAD_EXCEEDED',
      'caseload',
      'The officer already has as many cases as policy allows.',
      'بلغ المكلف الحد الأقصى من القضايا.',
    ),
    holds: ({ event, policy }) => event.data.openCases < policy.number('staff.caseloadMax'),
  }),
};
