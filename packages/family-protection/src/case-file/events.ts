// Events that every case file records: leaving for another one, follow-up, feedback, and its closing.
import { z } from 'zod';
import { accessNeeds, language, ref } from '../fields.ts';

/** The id of a case, as events name it. */
export const caseId = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id');

/** What is asked and noted when somebody turns to the office. */
export const firstContact = {
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
  accessNeeds: accessNeeds.exactOptional(),
  language: language('#complainant').exactOptional(),
};

/** Files that were left and passed a danger on, the first one first; absent: somebody told it. */
export const toldBy = z
  .array(z.strictObject({ caseId, told: z.int().min(0) }))
  .min(1)
  .max(20)
  .exactOptional();

/** Events by which a file goes on in another one. */
export const leavingEvents = {
  DuplicateMerged: z.strictObject({
    survivingCaseId: caseId,
    reason: z.enum(['sameIncident', 'sameParties', 'registeredTwice']),
  }),
  CaseTransferred: z.strictObject({
    toOffice: ref,
    basis: z.enum(['placeOfIncident', 'placeOfResidence', 'safetyOfParty']),
    /** The receiving office's acceptance. */
    acceptanceRef: ref.exactOptional(),
    successor: caseId,
  }),
  /** The file that goes on, or one after it, has noted what was told here. */
  DangerTaken: z.strictObject({
    by: caseId,
    /** Of how many dangers this file had noted when it passed the last one on. */
    told: z.int().min(0),
  }),
};

/** Events of contacts that were made or tried, and of deciding that nothing is left to do. */
export const endingEvents = {
  FollowUpCompleted: z.strictObject({
    followUpId: ref,
    safetyAnswer: z.enum(['safe', 'concern']),
    wellbeing: z.int().min(0).max(10).exactOptional(),
    newIncident: z.boolean(),
  }),
  FollowUpMissed: z.strictObject({ followUpId: ref, attempt: z.int().min(1) }),
  ClosureReturned: z.strictObject({
    reasonCode: z.enum(['incomplete', 'newIncident', 'notAgreed']),
  }),
  CaseReopened: z.strictObject({
    reasonCode: z.enum(['newIncident', 'breach', 'review', 'complaintAboutService']),
  }),
};

/** The events of every file, by name. */
export type FileEvents = typeof leavingEvents & typeof endingEvents;
