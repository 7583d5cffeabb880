// Events of follow-up, feedback and closure.
import { z } from 'zod';
import { endingEvents } from '../../case-file/events.ts';
import { at, closureReason, freeText, ref } from '../../fields.ts';

/** Events from the last answer to the closed file, and back. */
export const closureEvents = {
  ...endingEvents,
  FollowUpScheduled: z.strictObject({ followUpId: ref, dueAt: at }),
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
  CaseClosed: z.strictObject({ reasonCode: closureReason, approvers: z.array(ref).min(1).max(4) }),
};
