// The head of the case type `facility.siteDay`: its events, its parts and the typed builder.
import { caseType, type CommandSpec, type RuleView } from '@himaya/engine';
import { z } from 'zod';
import { at, careKind, day, freeText, ref } from '../fields.ts';
import { words } from '../household/fields.ts';
import { bookingSchema, visitSchema, type BookingFacts } from './booking.ts';
import type { Stay } from './meeting.ts';

/** Fields that name a booking. */
export const named = z.strictObject({ siteId: ref, date: day, bookingId: ref });
const release = z.enum(['emergency', 'asked', 'roomOutOfService', 'noShow']);
/** Fields that name someone's coming without a booking. */
export const arrived = z.strictObject({ siteId: ref, date: day, arrivalId: ref });
/** What the desk does at once. It says neither whom it is about nor why. */
export const instruction = z.enum(['bringApart', 'letInApart', 'holdEveryone']);
/** Why a visit to a child is stopped at once. */
export const trigger = z.enum([
  'distress',
  'threats',
  'intoxication',
  'abductionRisk',
  'childRefusal',
  'supervisorLeft',
  // The building itself has found that it would not be begun any more. It does not say why.
  'separation',
]);
const context = z.object({
  /** The office whose building it is: nobody else is shown who comes there. */
  officeId: z.string().nullable(),
  /** Officers who are related to somebody who comes: they are shown nothing of it. */
  related: z.array(z.string()),
});
/** What a day remembers beside its parts. */
export type Context = z.output<typeof context>;

/** Officers of whom the cases say that they are related to somebody who comes; absent: none. */
const related = z.array(ref).min(1).exactOptional();

/** Every event of a day in a building. */
export const dayEvents = {
  DayBegun: z.strictObject({ siteId: ref, date: day, officeId: ref.nullable() }),
  BookingConfirmed: bookingSchema.extend({ related }),
  BookingReleased: named.extend({ reason: release, rebook: z.boolean() }),
  BookingCancelled: named.extend({ cause: z.enum(['separation', 'asked']) }),
  BookingReviewed: named.extend({ related }),
  CheckInRecorded: named.extend({
    person: ref,
    entranceId: ref,
    /** The way they come, which is not always the one that was booked. */
    route: z.array(ref),
    /** Someone whom they must not meet is here, or will be soon: the desk acts at once. */
    keepApart: z.boolean(),
    related,
  }),
  CheckOutRecorded: named.extend({ person: ref, entranceId: ref }),
  BookingStarted: named,
  BookingEnded: named,
  SupervisorNamed: named.extend({ supervisor: ref }),
  SupervisorCheckedIn: named.extend({ supervisor: ref }),
  SupervisorLeft: named.extend({ supervisor: ref }),
  VisitTerminated: named.extend({ trigger }),
  VisitReported: named.extend({ report: freeText('#visitors') }),
  EquipmentChecked: named.extend({ roomId: ref, equipmentId: ref, works: z.boolean() }),
  ArrivalRegistered: arrived.extend({
    visit: visitSchema,
    /** The zone in which they wait. */
    zone: ref,
    /** Someone whom they must not meet is here, or will be soon: the desk acts at once. */
    keepApart: z.boolean(),
    offerCareRoom: z.boolean(),
    related,
  }),
  /** An officer of another office has brought somebody in need, who is let in before anything is asked. */
  VisitorBrought: arrived.extend({ visit: visitSchema, zone: ref }),
  CareRoomOffered: arrived.extend({
    kind: careKind,
    accepted: z.boolean(),
    /** The case that is told of it, where it asks for such needs. */
    caseId: ref.nullable(),
    partyId: ref.nullable(),
  }),
  /** Somebody has walked through: whoever was to have left by then, and was not seen to, has left. */
  WalkThroughRecorded: z.strictObject({ siteId: ref, date: day }),
  ArrivalReviewed: arrived.extend({ related }),
  DepartureRecorded: arrived,
  OverrideReviewed: named.extend({ verdict: z.enum(['justified', 'notJustified']) }),
  SeparationBreachOccurred: z.strictObject({
    siteId: ref,
    date: day,
    breachId: ref,
    a: ref,
    /** `null`: nobody can tell who it is, as not every file could be looked at. */
    b: ref.nullable(),
    /** Where they met; `null`: they are in one building. */
    zone: ref.nullable(),
    cause: freeText('#visitors').nullable(),
    at,
    instruction,
  }),
  SeparationBreachReviewed: z.strictObject({
    siteId: ref,
    date: day,
    breachId: ref,
    finding: freeText('#visitors'),
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
/** People who came without a booking, each a stay in the building. */
export const arrivalPart = t.part<Stay>('arrival');
/** Two who met, or are in one building, though they are kept apart. */
export type Breach = Pick<z.output<DayEvents['SeparationBreachOccurred']>, 'a' | 'b' | 'zone'>;
/** Meetings that should not have happened. */
export const breachPart = t.part<Breach>('breach');

/** Types a command, so that its decision knows the input. */
export function command<Input extends z.ZodType>(
  spec: CommandSpec<Context, DayEvents, Input>,
): CommandSpec<Context, DayEvents, Input> {
  return spec;
}

/** Events at which a booking is judged: when it is made, at check-in, and at the start. */
export const JUDGED = ['BookingConfirmed', 'CheckInRecorded', 'BookingStarted'] as const;
/** Events at which someone stands at the door. */
export const AT_DOOR = ['ArrivalRegistered', 'CheckInRecorded'] as const;
/** Events at which someone comes through an entrance, or will. */
export const COMING = [...JUDGED, 'ArrivalRegistered'] as const;
/** Events that plan or conduct what concerns somebody, or that end what protects them. */
export const CONCERNING = [
  'BookingConfirmed',
  'BookingStarted',
  'BookingReleased',
  'BookingCancelled',
  'OverrideReviewed',
  'SeparationBreachReviewed',
  'SupervisorNamed',
  'SupervisorCheckedIn',
  'WalkThroughRecorded',
] as const;
/** One of {@link COMING}, as a rule sees it. */
export type JudgedView = RuleView<
  unknown,
  {
    [Name in (typeof COMING)[number]]: {
      readonly type: Name;
      readonly data: z.output<DayEvents[Name]>;
      readonly occurredAt: RuleView['event']['occurredAt'];
      readonly recordedAt: RuleView['event']['recordedAt'];
      readonly actor: RuleView['event']['actor'];
    };
  }[(typeof COMING)[number]]
>;
