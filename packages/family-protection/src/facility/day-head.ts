// The head of the case type `facility.siteDay`: its events, its parts and the typed builder.
import { caseType, type RuleView } from '@himaya/engine';
import { z } from 'zod';
import { at, day, ref } from '../fields.ts';
import { words } from '../household/fields.ts';
import { bookingSchema, type BookingFacts } from './booking.ts';

/** Fields that name a booking. */
export const named = z.strictObject({ siteId: ref, date: day, bookingId: ref });
const release = z.enum(['emergency', 'asked', 'roomOutOfService', 'noShow']);
const context = z.object({});

/** Every event of a day in a building. */
export const dayEvents = {
  BookingConfirmed: bookingSchema,
  BookingReleased: named.extend({ reason: release, rebook: z.boolean() }),
  BookingCancelled: named.extend({ cause: z.enum(['separation', 'asked']) }),
  BookingReviewed: named,
  CheckInRecorded: named.extend({ person: ref, entranceId: ref }),
  CheckOutRecorded: named.extend({ person: ref, entranceId: ref }),
  BookingStarted: named,
  BookingEnded: named,
  OverrideReviewed: named.extend({ verdict: z.enum(['justified', 'notJustified']) }),
  SeparationBreachOccurred: z.strictObject({
    siteId: ref,
    date: day,
    breachId: ref,
    a: ref,
    b: ref,
    zone: ref,
    cause: z.string().min(1).max(500),
    at,
  }),
  SeparationBreachReviewed: z.strictObject({
    siteId: ref,
    date: day,
    breachId: ref,
    finding: z.string().min(1).max(1_000),
  }),
};
/** Their schemas. */
export type DayEvents = typeof dayEvents;

/** The builder of a day in a building. */
export const t = caseType({
  name: 'facility.siteDay',
  version: '1.0.0',
  category: 'siteday',
  policy: 'baseline',
  title: words('Day of a building', 'يوم المبنى'),
  context,
  events: dayEvents,
});

/** Bookings of the day. */
export const bookingPart = t.part<BookingFacts>('booking');
/** Meetings that should not have happened. */
export const breachPart = t.part<{ readonly zone: string }>('breach');

/** Events at which a booking is judged: when it is made, at check-in, and at the start. */
export const JUDGED = ['BookingConfirmed', 'CheckInRecorded', 'BookingStarted'] as const;
/** One of them, as a rule sees it. */
export type JudgedView = RuleView<
  unknown,
  {
    [Name in (typeof JUDGED)[number]]: {
      readonly type: Name;
      readonly data: z.output<DayEvents[Name]>;
      readonly occurredAt: RuleView['event']['occurredAt'];
      readonly recordedAt: RuleView['event']['recordedAt'];
      readonly actor: RuleView['event']['actor'];
    };
  }[(typeof JUDGED)[number]]
>;
