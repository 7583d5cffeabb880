// Events of intake, parties, triage and staff.
import { z } from 'zod';
import { ageBand, at, category, concern, freeText, harmText, identity } from '../fields.ts';
import { partyRole, ref, relation } from '../fields.ts';

/** Events from the first contact to the officer who is accountable. */
export const intakeEvents = {
  IntakeStarted: z.strictObject({
    channel: z.enum([
      'walkIn',
      'phone',
      '999',
      '998',
      'online',
      'patrol',
      'hospital',
      'school',
      'prosecution',
      'otherOffice',
    ]),
    intakeKind: z.enum(['consultation', 'complaint', 'report', 'referralIn']),
    /** Absent until it is answered: access needs never hold up a report. */
    accessNeeds: z.array(z.string().max(60)).max(20).exactOptional(),
    language: z.string().max(20).exactOptional(),
    concerns: z.array(concern).max(3),
    immediateDanger: z.boolean(),
  }),
  AccessNeedsAnswered: z.strictObject({ accessNeeds: z.array(z.string().max(60)).max(20) }),
  ComplaintRegistered: z.strictObject({
    complaintNo: ref,
    caseType: z.literal('community.parkingDispute'),
    subType: category,
    place: ref,
    block: z.string().max(20),
    publicImpact: z.enum(['individual', 'household', 'neighbourhood', 'governorate']),
    complainant: identity('#complainant').exactOptional(),
    plate: identity('#respondent').exactOptional(),
    narrative: freeText('#complainant').exactOptional(),
  }),
  ComplaintCorrected: z.strictObject({
    /** Position of the event that is corrected. */
    corrects: z.int().min(0),
    field: z.enum(['subType', 'place', 'block', 'publicImpact', 'plate', 'narrative']),
    subType: category.exactOptional(),
    place: ref.exactOptional(),
    block: z.string().max(20).exactOptional(),
    plate: identity('#respondent').exactOptional(),
    narrative: freeText('#complainant').exactOptional(),
    why: freeText('#complainant'),
  }),
  IntakeAbandoned: z.strictObject({
    reason: z.enum(['leftBeforeComplaint', 'notForThisOffice', 'noComplaintWished']),
    screenedForHarm: z.literal(true),
  }),
  PartyAdded: z.strictObject({
    partyId: ref,
    person: identity('partyId'),
    partyRole,
    isChild: z.boolean(),
    ageBand,
    relationToComplainant: relation,
  }),
  PartyAgeCorrected: z.strictObject({
    partyId: ref,
    corrects: z.int().min(0),
    isChild: z.boolean(),
    ageBand,
    why: harmText('partyId'),
  }),
  CaseTriaged: z.strictObject({
    level: z.enum(['emergency', 'priority', 'routine']),
    flags: z.array(z.enum(['child', 'pregnant', 'elderly', 'disability', 'repeat'])).max(5),
    dueBy: at,
  }),
  CaseAssigned: z.strictObject({
    to: ref,
    capacity: z.enum(['caseworker', 'conciliator', 'support']),
    competencyChecked: z.boolean(),
    conflictChecked: z.boolean(),
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
  CaseHandedOver: z.strictObject({ to: ref, from: ref, conflictChecked: z.boolean() }),
  ConflictOfInterestDeclared: z.strictObject({ staff: ref, partyId: ref }),
  CaseReviewed: z.strictObject({ next: z.enum(['continue', 'close', 'refer']) }),
  CaseReviewMissed: z.strictObject({ dueAt: at }),
};
