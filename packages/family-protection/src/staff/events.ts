// Events of triage and staff: who looks first, who is accountable, who stays away.
import { z } from 'zod';
import { at, ref } from '../fields.ts';

/** What makes a case urgent, or somebody in it more vulnerable. */
const triageFlag = z.enum(['child', 'pregnant', 'elderly', 'disability', 'repeat', 'injury']);

/** Events of triage and staff. */
export const staffEvents = {
  CaseTriaged: z.strictObject({
    level: z.enum(['emergency', 'priority', 'routine']),
    flags: z.array(triageFlag).max(6),
    dueBy: at,
  }),
  CaseAssigned: z.strictObject({
    to: ref,
    capacity: z.enum(['caseworker', 'conciliator', 'support']),
    competencyChecked: z.boolean(),
    conflictChecked: z.boolean(),
    /** How many cases they have already: the application counts them, over all of its cases. */
    openCases: z.int().min(0),
  }),
  CaseReassigned: z.strictObject({
    to: ref,
    from: ref,
    competencyChecked: z.boolean(),
    conflictChecked: z.boolean(),
    openCases: z.int().min(0),
    reason: z.enum(['leave', 'workload', 'conflict', 'request']),
  }),
  CaseHandedOver: z.strictObject({
    to: ref,
    from: ref,
    competencyChecked: z.boolean(),
    conflictChecked: z.boolean(),
  }),
  ConflictOfInterestDeclared: z.strictObject({ staff: ref, partyId: ref }),
  CaseReviewed: z.strictObject({ next: z.enum(['continue', 'close', 'refer']) }),
  CaseReviewMissed: z.strictObject({ dueAt: at }),
};
/** Their schemas, by name. */
export type StaffEvents = typeof staffEvents;
