// Events of follow-up, feedback and closure.
import { z } from 'zod';
import { at, closureReason, freeText, ref } from '../../fields.ts';

/** Events from the last answer to the closed file, and back. */
export const closureEvents = {
  FollowUpScheduled: z.strictObject({ followUpId: ref, dueAt: at }),
  FollowUpCompleted: z.strictObject({
    followUpId: ref,
    safetyAnswer: z.enum(['safe', 'concern']),
    wellbeing: z.int().min(0).max(10).exactOptional(),
    newIncident: z.boolean(),
  }),
  FollowUpMissed: z.strictObject({ followUpId: ref, attempt: z.int().min(1) }),
  ServiceFeedbackReceived: z.strictObject({
    scores: z.array(z.int().min(1).max(5)).max(10),
    comment: freeText('#complainant').exactOptional(),
    anonymous: z.boolean(),
  }),
  ClosureProposed: z.strictObject({
    reasonCode: closureReason,
    proposer: ref,
    feedbackOffered: z.boolean(),
  }),
  ClosureReturned: z.strictObject({
    reasonCode: z.enum(['incomplete', 'newIncident', 'notAgreed']),
  }),
  CaseClosed: z.strictObject({ reasonCode: closureReason, approvers: z.array(ref).min(1).max(4) }),
  CaseReopened: z.strictObject({
    reasonCode: z.enum(['newIncident', 'breach', 'review', 'complaintAboutService']),
  }),
};
