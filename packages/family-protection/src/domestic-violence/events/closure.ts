// Events of follow-up, reassurance, feedback and closure.
import { z } from 'zod';
import { endingEvents } from '../../case-file/events.ts';
import { at, freeText, ref } from '../../fields.ts';
import { riskLevel } from '../fields.ts';

/** Why a case is closed. */
export const closureReason = z.enum([
  'safe',
  'judgment',
  'referred',
  'victimUnreachable',
  'victimDeclined',
]);

/** Events from the first follow-up to the closed file, and back. */
export const closureEvents = {
  ...endingEvents,
  FollowUpScheduled: z.strictObject({
    followUpId: ref,
    dueAt: at,
    /** The level whose cadence it belongs to, and its place in it. */
    level: riskLevel,
    step: z.int().min(1),
    anchor: at,
  }),
  FollowUpCancelled: z.strictObject({
    followUpId: ref,
    reason: z.enum(['levelChanged', 'caseOver']),
  }),
  WelfareCheckRequested: z.strictObject({
    checkId: ref,
    cause: z.enum(['unreachable', 'release']),
  }),
  WelfareCheckCompleted: z.strictObject({
    checkId: ref,
    result: z.enum(['safe', 'concern', 'notFound']),
  }),
  VictimReassuranceContactMade: z.strictObject({
    channel: z.enum(['inPerson', 'phone', 'message', 'viaSupport']),
    wellbeing: z.int().min(0).max(10),
    concerns: z.boolean(),
  }),
  ServiceFeedbackReceived: z.strictObject({
    scores: z.array(z.int().min(1).max(5)).max(10),
    comment: freeText('#victim').exactOptional(),
    anonymous: z.boolean(),
  }),
  ClosureProposed: z.strictObject({
    reasonCode: closureReason,
    proposer: ref,
    feedbackOffered: z.boolean(),
  }),
  ClosureReviewed: z.strictObject({ reviewer: ref }),
  CaseClosed: z.strictObject({ reasonCode: closureReason, approvers: z.array(ref).min(1).max(4) }),
};
