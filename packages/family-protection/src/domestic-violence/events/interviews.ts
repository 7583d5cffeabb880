// Events of interviews: who was heard, where and by whom, why once more, and who saw a recording.
import { z } from 'zod';
import { booked } from '../../conciliation/events.ts';
import { caseId } from '../../case-file/events.ts';
import { at, harmText, ref } from '../../fields.ts';
import { criticalRef, criticalText } from '../fields.ts';

const interview = { interviewId: ref, partyId: ref };

/** Events of interviews with adults: children are heard by a procedure of their own. */
export const interviewEvents = {
  InterviewScheduled: z.strictObject({ ...interview, start: at, end: at }),
  /** Whoever records it conducts it. */
  InterviewStarted: z.strictObject({
    ...interview,
    kind: z.enum(['victim', 'aggressor', 'witness', 'party']),
    interviewerGender: z.enum(['female', 'male']),
    /** Why the wish for a man or a woman could not be honoured. */
    preferenceReason: harmText('partyId').exactOptional(),
    /** Everyone else in the room. */
    attendees: z
      .array(
        z.strictObject({
          who: ref,
          capacity: z.enum(['interpreter', 'lawyer', 'support', 'staff']),
        }),
      )
      .max(10),
    /** The booking of the room, and the case for which they came. */
    booking: booked.extend({ caseId }).exactOptional(),
    /** Why it is held without a booked room: in an emergency, or where the person is. */
    offSite: z
      .strictObject({
        place: z.enum(['hospital', 'shelter', 'home', 'detention', 'elsewhere']),
        why: harmText('partyId'),
      })
      .exactOptional(),
    /** On what a recording of it rests; absent: it is not recorded. */
    recordedOn: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('consent'), consentId: ref }),
        z.strictObject({ kind: z.literal('legal'), code: ref }),
      ])
      .exactOptional(),
  }),
  InterviewCompleted: z.strictObject({
    ...interview,
    statementRef: criticalRef('partyId').exactOptional(),
  }),
  InterviewCancelled: z.strictObject({
    ...interview,
    reason: z.enum(['ownWish', 'danger', 'notWell', 'postponed', 'roomUnavailable']),
  }),
  /** What was said stands already: why somebody has to say it once more. */
  ReinterviewJustified: z.strictObject({
    ...interview,
    approver: ref,
    why: harmText('partyId'),
  }),
  OffSiteInterviewReviewed: z.strictObject({
    ...interview,
    reviewer: ref,
    verdict: z.enum(['justified', 'notJustified']),
  }),
  /** From here on it is evidence: known again by its SHA-256, and held by one after the other. */
  RecordingSealed: z.strictObject({
    ...interview,
    evidenceId: ref,
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'no SHA-256'),
    custodyHolder: ref,
    storageRef: criticalText('partyId').exactOptional(),
  }),
  RecordingAccessed: z.strictObject({
    evidenceId: ref,
    viewer: ref,
    purpose: z.enum(['investigation', 'prosecution', 'court', 'support', 'supervision']),
  }),
};
