// A booking of a route: who comes when, by which entrance, through which zones, to which room.
import type { Instant } from '@himaya/engine';
import { z } from 'zod';
import { at, day, freeText, ref } from '../fields.ts';
import type { StreamName } from '../streams.ts';

const role = z.enum(['victim', 'alleged', 'child', 'support', 'other']);
const ageBand = z.enum(['under7', '7to11', '12to17', 'adult']);
/** What a room is booked for. */
export const purpose = z.enum([
  'interview',
  'childForensic',
  'session',
  'preMeeting',
  'consultation',
  'supervisedVisit',
  'care',
]);
/** Someone who is to come, as the desk asks for it. */
export const asked = z.strictObject({
  person: ref,
  caseId: ref.nullable().default(null),
  partyId: ref.nullable().default(null),
  /** As the desk knows it. What the cases say goes before and is not recorded: desks read days. */
  role: role.default('other'),
  ageBand: ageBand.default('adult'),
  entranceId: ref,
  /** Absent: with the booking. */
  arrives: at.exactOptional(),
  leaves: at.exactOptional(),
});
/** One person's way into the building and out of it. */
export const visitSchema = asked.extend({
  caseId: ref.nullable(),
  partyId: ref.nullable(),
  role,
  ageBand,
  arrives: at,
  leaves: at,
  /** Empty: there is no way. */
  route: z.array(ref),
});
const common = z.strictObject({
  siteId: ref,
  date: day,
  roomId: ref,
  from: at,
  to: at,
  purpose,
});
/** Who watches over a visit to a child, and the court order or the agreement that it rests on. */
const supervision = z.strictObject({
  supervisor: ref,
  basis: z.enum(['courtOrder', 'agreement']),
  basisRef: ref,
});
const interviewer = z.strictObject({ staff: ref, gender: z.enum(['female', 'male']) });
/** Why something unusual is right: it tells of somebody who comes. */
const maybe = freeText('#visitors');

/** What is asked for. The way is found by the building, not by the desk. */
export const bookingInput = common.extend({
  bookingId: ref.exactOptional(),
  visits: z.array(asked).min(1).max(6),
  urgency: z.enum(['routine', 'emergency']).default('routine'),
  careRoomId: ref.nullable().default(null),
  recording: z.boolean().default(false),
  recordingBasis: ref.nullable().default(null),
  interviewer: interviewer.nullable().default(null),
  supervision: supervision.nullable().default(null),
  preferenceReason: maybe.nullable().default(null),
  overrideReason: maybe.nullable().default(null),
});
/** A booking as it is recorded. */
export const bookingSchema = common.extend({
  bookingId: ref,
  visits: z.array(visitSchema).min(1),
  urgency: z.enum(['routine', 'emergency']),
  careRoomId: ref.nullable(),
  recording: z.boolean(),
  recordingBasis: ref.nullable(),
  interviewer: interviewer.nullable(),
  supervision: supervision.nullable(),
  preferenceReason: maybe.nullable(),
  overrideReason: maybe.nullable(),
});

/** What is asked for. */
export type BookingInput = z.output<typeof bookingInput>;
/** A booking. */
export type Booking = z.output<typeof bookingSchema>;
/** One person's way. */
export type Visit = z.output<typeof visitSchema>;

/** A visit with what really happened of it. */
export interface Presence extends Visit {
  readonly inAt: Instant | null;
  readonly outAt: Instant | null;
}
/** Whether somebody has come whom nobody has seen leave. */
export function isInside({ inAt, outAt }: Presence): boolean {
  return inAt !== null && outAt === null;
}

/** What a booking remembers; someone who came without one waits, and is judged in the same way. */
export interface BookingFacts extends Omit<Booking, 'visits' | 'purpose'> {
  readonly purpose: Booking['purpose'] | 'arrival';
  readonly visits: readonly Presence[];
  /** In whose name it was made; nobody: it is only asked about. */
  readonly bookedBy: readonly string[];
  /** The last look at what records; `null`: nobody has looked. */
  readonly equipment: { readonly works: boolean; readonly at: Instant } | null;
  /** Supervisors of a visit who are there. */
  readonly supervising: readonly string[];
  /** Why the visit was stopped; none: it was not. */
  readonly triggers: readonly string[];
}

/** A booking with what else was found when it was made: that is remembered by the day. */
type Made = Booking & { readonly related?: readonly string[] };

/** What a booking remembers when it is made. */
export function asBooked({ related: _, ...booking }: Made): BookingFacts {
  const absent = { inAt: null, outAt: null };
  const visits = booking.visits.map((visit) => ({ ...visit, ...absent }));
  const unmade = { bookedBy: [], equipment: null, supervising: [], triggers: [] };
  return { ...booking, visits, ...unmade };
}

/** The id of a day in a building. */
export function dayKey(input: { readonly siteId: string; readonly date: string }): string {
  const { siteId, date } = input;
  return `${siteId}-${date}`;
}

/** The stream of a day in a building, for whoever reads it. */
export function dayStream(input: Parameters<typeof dayKey>[0]): StreamName {
  return `siteday-${dayKey(input)}` as StreamName;
}
