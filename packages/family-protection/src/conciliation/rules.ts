// Rules of consents and sessions: alone and informed, several of them, and at a time that has come.
import { hasElapsed, waitStart } from '@himaya/engine';
import { z } from 'zod';
import { presentAt } from '../facility/attendance.ts';
import { ref } from '../fields.ts';
import type { LinkMemory } from '../household/links.ts';
import { rulesOver } from '../rule.ts';
import { refuse } from '../wording/wording.ts';
import { obtained, sessionEvents } from './events.ts';
import { offerKind, sessionKind } from './parts.ts';

/** The events that these rules judge, as far as they look at them. */
const judged = {
  ...sessionEvents,
  PartyConsented: z.object({ ...obtained, offerId: ref }),
  ConsentGranted: z.object(obtained),
};
const rule = rulesOver<LinkMemory, typeof judged>();
const consents = ['PartyConsented', 'ConsentGranted'] as const;

const isOfOne = (room: readonly string[]): boolean => new Set(room).size <= 1;

/** What is said of a session for which no way and no room is booked, or not any more. */
export const notBooked = refuse(
  'SESSION_NOT_BOOKED',
  'INV-08',
  'They meet, or are spoken to in turn, in the rooms that are booked, once all have come and it began.',
  'تنعقد الجلسة في الغرف المحجوزة لها مجتمعين أو بالتناوب بعد بدء الحجز وحضور الجميع.',
);

/** Rules of consents and sessions. */
export const conciliationRules = {
  obtainedInformed: rule(consents, {
    ...refuse(
      'CONSENT_NOT_INFORMED',
      'INV-04',
      'Consent counts only if its meaning, its limits and the right to withdraw were explained.',
      'لا يعتد بالموافقة إلا بعد شرح مضمونها وحدودها والحق في سحبها.',
    ),
    holds: ({ event }) => event.data.informed,
  }),
  obtainedPrivately: rule(consents, {
    ...refuse(
      'CONSENT_NOT_PRIVATE',
      'INV-04',
      'Consent counts only if it was given alone and unobserved.',
      'لا تعتد بالموافقة إلا إذا أخذت على انفراد.',
    ),
    holds: ({ event }) => event.data.obtainedPrivately,
  }),
  timeToThink: rule(['PartyConsented'], {
    ...refuse(
      'COOLING_OFF_NOT_ELAPSED',
      'INV-35',
      'The time to think after the offer has not passed.',
      'لم تنقض مهلة التفكير بعد العرض.',
    ),
    holds: ({ event, parts, policy, calendar }) => {
      const offer = parts.one(offerKind, event.data.offerId);
      const wait = policy.duration('T-COOL.consent');
      return (
        offer !== undefined &&
        hasElapsed(calendar, waitStart(offer.openedAt), wait, event.occurredAt)
      );
    },
  }),
  severalMeet: rule(['ReconciliationSessionScheduled', 'SessionHeld'], {
    ...refuse(
      'SESSION_NEEDS_TWO_PARTIES',
      'protocol',
      'A session brings at least two parties together.',
      'تجمع الجلسة طرفين على الأقل.',
    ),
    holds: ({ event }) => new Set(event.data.attendees).size >= 2,
  }),
  sessionAhead: rule(['ReconciliationSessionScheduled'], {
    ...refuse(
      'SESSION_IN_PAST',
      'protocol',
      'A session is scheduled for a time that is still to come.',
      'تقرر الجلسة لوقت لاحق.',
    ),
    holds: ({ event }) => event.data.start >= event.occurredAt,
  }),
  sessionStillOn: rule(['SessionHeld', 'SessionAdjourned', 'SessionCancelled'], {
    ...refuse(
      'SESSION_NOT_SCHEDULED',
      'protocol',
      'This session is not on.',
      'هذه الجلسة غير مقررة.',
    ),
    holds: ({ event, parts }) =>
      parts.one(sessionKind, event.data.sessionId)?.in('scheduled') === true,
  }),
  heldAsBooked: rule(['SessionHeld'], {
    ...notBooked,
    holds: (view) => {
      const { event, parts } = view;
      const { bookings, attendees, sessionId } = event.data;
      if (bookings === undefined) return true;
      const mode = parts.one(sessionKind, sessionId)?.context.mode ?? 'joint';
      const rooms = bookings.map((one) => presentAt(view, one, 'session', event.occurredAt));
      // No party of the case is there whom nobody has asked, and of those asked all are.
      const isComplete =
        rooms.flat().every((one) => attendees.includes(one)) &&
        attendees.every((one) => rooms.flat().includes(one));
      // In turn means that no two of them are in one room, and jointly that all of them are.
      return isComplete && (mode === 'joint' ? rooms.length === 1 : rooms.every(isOfOne));
    },
  }),
  sessionBegun: rule(['SessionHeld', 'SessionAdjourned'], {
    ...refuse(
      'SESSION_NOT_BEGUN',
      'protocol',
      'The time of this session has not come: nobody has met, and nobody has stayed away.',
      'لم يحن موعد الجلسة بعد، فلا أحد حضر ولا أحد تغيب.',
    ),
    holds: ({ event, parts }) => {
      if (event.type === 'SessionAdjourned' && event.data.absent === undefined) return true;
      const session = parts.one(sessionKind, event.data.sessionId);
      return session?.in('scheduled') !== true || event.occurredAt >= session.context.start;
    },
  }),
};
