// Events of sessions: who is to meet, who met, and how it was called off.
import { z } from 'zod';
import { caseId } from '../case-file/events.ts';
import { at, day, ref } from '../fields.ts';

const session = { sessionId: ref };
const attendees = z.array(ref).min(1).max(20);

/** What was booked in a building for a session, as whoever holds it names it. */
export const booked = z.strictObject({ siteId: ref, date: day, bookingId: ref });

/** Events of sessions, the same in every case type that brings people together. */
export const sessionEvents = {
  ReconciliationSessionScheduled: z.strictObject({
    ...session,
    seq: z.int().min(1),
    round: z.int().min(0),
    mode: z.enum(['joint', 'shuttle', 'remote']),
    roomId: ref,
    attendees,
    conciliator: ref,
    start: at,
    end: at,
  }),
  SessionHeld: z.strictObject({
    ...session,
    attendees,
    conciliator: ref,
    /** Bookings of their ways and rooms, and the case for which they came. */
    bookings: z.array(booked.extend({ caseId })).min(1).max(6).exactOptional(),
  }),
  SessionAdjourned: z
    .strictObject({
      ...session,
      reason: z.enum(['noShow', 'moreTime', 'informationMissing']),
      /** Who did not come. */
      absent: z.array(ref).min(1).max(20).exactOptional(),
      /** Someone who did not come is abroad: the second date may be later. */
      abroad: z.boolean().exactOptional(),
    })
    .refine(
      ({ reason, absent }) => (reason === 'noShow') === (absent !== undefined),
      'who was absent is told exactly when someone did not come',
    ),
  SessionCancelled: z.strictObject({
    ...session,
    reason: z.enum(['safety', 'consentWithdrawn', 'ended', 'roomUnavailable', 'request']),
  }),
  SessionTerminatedForSafety: z.strictObject(session),
};
/** Their schemas, by name. */
export type SessionEvents = typeof sessionEvents;

/** How a consent was obtained, by what every case type records of it. */
export const obtained = {
  capacityConfirmed: z.literal(true),
  /** Told what they consent to, who learns of it, and that they may withdraw at any time. */
  informed: z.boolean(),
  obtainedPrivately: z.boolean(),
};
