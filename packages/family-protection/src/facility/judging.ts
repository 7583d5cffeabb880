// What a booking is judged by: itself, who else is in the building, the rooms and the separations.
import type {
  DecideView,
  Instant,
  NewEvent,
  PartsView,
  PartView,
  PolicyReader,
  ReadsView,
  RuleView,
} from '@himaya/engine';
import {
  filesOf,
  seen,
  separationReads,
  separationsOf,
  trailOf,
  type Separation,
} from '../household/separation.ts';
import type { StreamName } from '../streams.ts';
import { roleIn, type PartyFile } from '../household/case-facts.ts';
import {
  asBooked,
  dayStream,
  isInside,
  type BookingFacts,
  type BookingInput,
  type Presence,
  type Visit,
} from './booking.ts';
import {
  arrivalPart,
  bookingPart,
  type Context,
  type DayEvents,
  type JudgedView,
} from './day-head.ts';
import { isOfOffice } from './house.ts';
import { lasting, staysOf, type Stay } from './meeting.ts';
import { routeTo } from './routes.ts';
import { roomPart, type RoomView, type SiteMap } from './site.ts';

/** Who or what may be asked about a booking. */
export interface World {
  readonly parts: PartsView;
  readonly reads: ReadsView;
  readonly policy: PolicyReader;
}

/** The booking that an event is about, as it would be after the event. */
export function judgedBooking({ event, part }: JudgedView): BookingFacts | undefined {
  if (event.type === 'ArrivalRegistered') return waiting(event.data);
  if (event.type === 'BookingConfirmed') return asBooked(event.data);
  const booking = part?.context as BookingFacts | undefined;
  if (!booking || event.type !== 'CheckInRecorded') return booking;
  return checkedIn(booking, event.data, event.occurredAt);
}

/** As much as there is of the booking that an event makes or names. */
export function bookingOf({
  event,
  part,
}: Pick<RuleView, 'event' | 'part'>): Partial<BookingFacts> {
  if (event.type === 'BookingConfirmed') return event.data as Partial<BookingFacts>;
  return (part?.context ?? {}) as Partial<BookingFacts>;
}

/** A booking once one of its visitors is in the building, by the way they came. */
export function checkedIn(
  booking: BookingFacts,
  { person, entranceId, route }: Pick<Visit, 'person' | 'entranceId' | 'route'>,
  at: Instant,
): BookingFacts {
  const here = { entranceId, route, inAt: at, outAt: null };
  const visits = booking.visits.map((visit) =>
    visit.person === person ? { ...visit, ...here } : visit,
  );
  return { ...booking, visits };
}

/** Someone who comes without a booking, judged as if the zone they wait in were booked for them. */
export function waiting({ siteId, date, arrivalId, visit, zone }: Arrival): BookingFacts {
  return {
    siteId,
    date,
    bookingId: arrivalId,
    roomId: zone,
    from: visit.arrives,
    to: visit.leaves,
    purpose: 'arrival',
    visits: [{ ...visit, inAt: visit.arrives, outAt: null }],
    urgency: 'routine',
    careRoomId: null,
    recording: false,
    recordingBasis: null,
    interviewer: null,
    preferenceReason: null,
    overrideReason: null,
    bookedBy: [],
    equipment: null,
    supervision: null,
    supervising: [],
    triggers: [],
  };
}

/** What is recorded of an arrival, as far as it is judged. */
interface Arrival {
  readonly siteId: string;
  readonly date: string;
  readonly arrivalId: string;
  readonly visit: Visit;
  readonly zone: string;
}

/** The building of a booking. */
export function siteOf(reads: ReadsView, siteId: string): SiteMap | null {
  const site = seen(reads, siteStream(siteId))?.context['site'];
  return (site as SiteMap | null | undefined) ?? null;
}

/** Whether a day that has not begun, and so knows no office, is one of somebody else's building. */
export function isElsewhere(
  { reads, actor }: Pick<DecideView, 'reads' | 'actor'>,
  siteId: string,
): boolean {
  if (seen(reads, siteStream(siteId)) === undefined) return false;
  // A building that nobody has described is nobody's: it does not serve to ask about people either.
  const site = siteOf(reads, siteId);
  return site === null || !isOfOffice(site.officeId, actor);
}

/** A room of the building. */
export function roomOf(reads: ReadsView, siteId: string, roomId: string): RoomView | undefined {
  return seen(reads, siteStream(siteId))?.parts.one(roomPart, roomId);
}

/** The cases that a visitor is a party of. */
export function casesOf(
  reads: ReadsView,
  visit: Pick<BookingFacts['visits'][number], 'person' | 'caseId' | 'partyId'>,
): readonly PartyFile[] {
  return filesOf(reads, visit.person, visit);
}

/** What is recorded first of a day: whose building it is, as soon as anybody has described it. */
export function beginning(
  { siteId, date }: Pick<Wanted, 'siteId' | 'date'>,
  { exists, reads, context }: Pick<DecideView<Context>, 'exists' | 'reads' | 'context'>,
): NewEvent<Pick<DayEvents, 'DayBegun'>>[] {
  const officeId = siteOf(reads, siteId)?.officeId ?? null;
  if (exists && (context.officeId !== null || officeId === null)) return [];
  return [{ type: 'DayBegun', data: { siteId, date, officeId } }];
}

/** The zones that somebody crosses: to the room, and to the care room that goes with it. */
export function routeOf(
  reads: ReadsView,
  { siteId, roomId, careRoomId }: Pick<BookingInput, 'siteId' | 'roomId' | 'careRoomId'>,
  visit: Pick<Visit, 'person' | 'caseId' | 'partyId' | 'role' | 'entranceId'>,
): string[] {
  const site = siteOf(reads, siteId);
  const wayTo = (id: string): string[] =>
    routeTo(site, visit.entranceId, roomOf(reads, siteId, id)?.context);
  const way = wayTo(roomId);
  // The care room is hers: who is accused has no way there.
  const isAccused = roleIn(casesOf(reads, visit), visit.role) === 'alleged';
  if (careRoomId === null || isAccused || !roomOf(reads, siteId, careRoomId)) return way;
  const toCare = wayTo(careRoomId);
  return way.length === 0 || toCare.length === 0 ? [] : [...new Set([...way, ...toCare])];
}

/** The stream of a building. */
export const siteStream = (siteId: string): StreamName => `site-${siteId}` as StreamName;
const DAY_MS = 86_400_000;

/** The days whose bookings may touch a booking of this one. */
function daysAround({ siteId, date }: Pick<BookingFacts, 'siteId' | 'date'>): StreamName[] {
  return [-DAY_MS, DAY_MS].map((ms) => {
    const other = new Date(Date.parse(`${date}T00:00:00Z`) + ms).toISOString().slice(0, 10);
    return dayStream({ siteId, date: other });
  });
}

/** What is asked for, or was booked: enough to know what to read. */
export interface Wanted {
  readonly siteId: string;
  readonly date: string;
  readonly visits: readonly { readonly person: string; readonly caseId: string | null }[];
}

/** Everything for which these people came, or are to come, on a day. */
export function visitsOf(
  parts: PartsView,
  people: readonly (string | null)[],
): readonly Presence[] {
  return [
    ...parts.all(bookingPart).flatMap(({ context }) => context.visits),
    ...parts.all(arrivalPart).map(({ context }) => context),
  ].filter(({ person }) => people.includes(person));
}

/** Everyone who has come on a day, and whom nobody has seen leave. */
export function insideOf(parts: PartsView): readonly Presence[] {
  return [
    ...parts.all(bookingPart).flatMap(({ context }) => context.visits),
    ...parts.all(arrivalPart).map(({ context }) => context),
  ].filter(isInside);
}

/** The streams that a decision about a booking rests on. */
export function bookingReads(wanted: Wanted, reads: ReadsView): readonly StreamName[] {
  const people = wanted.visits.map(({ person }) => person);
  return [
    siteStream(wanted.siteId),
    ...daysAround(wanted),
    ...wanted.visits.flatMap(({ caseId }) => (caseId === null ? [] : trailOf(reads, caseId))),
    ...separationReads(reads, people),
  ];
}

/** The streams that a decision about a booking of this day rests on. */
export function readsOfBooking(
  { bookingId }: { readonly bookingId: string },
  { parts, reads }: Pick<World, 'parts' | 'reads'>,
): readonly StreamName[] {
  const booking: Wanted | undefined = parts.one(bookingPart, bookingId)?.context;
  return booking ? bookingReads(booking, reads) : [];
}

/**
 * Whether something that a decision at the door rests on could not be looked at: there is more of it
 * than one decision may read, or a file that is named is not there. It may hold any danger.
 */
export function isUnread(wanted: Wanted, reads: ReadsView): boolean {
  return bookingReads(wanted, reads).some((stream) => {
    const file = seen(reads, stream);
    const isNamed = stream.startsWith('case-') || stream.startsWith('household-');
    return file === undefined || (isNamed && !file.exists);
  });
}

/** The other bookings of the day and of its neighbours. */
export function otherBookings(
  { parts, reads }: Pick<World, 'parts' | 'reads'>,
  own: Pick<BookingFacts, 'siteId' | 'date' | 'bookingId'>,
): readonly PartView<BookingFacts>[] {
  const near = daysAround(own).flatMap((day) => seen(reads, day)?.parts.all(bookingPart) ?? []);
  return [...parts.all(bookingPart).filter(({ id }) => id !== own.bookingId), ...near];
}

/** A separation that a booking breaks, and against whose stay. */
export interface Clash {
  readonly own: Stay;
  readonly other: Stay;
  readonly separation: Separation;
}

/** How these people are kept apart while the booking lasts. */
export function separationsNear(
  { reads, policy }: Pick<World, 'reads' | 'policy'>,
  { visits, from, to }: BookingFacts,
  now: Instant,
): readonly Separation[] {
  const people = visits.map(({ person }) => person);
  return separationsOf(reads, people, [now, from, to], policy.number('booking.pairBuffer'));
}

/** The stays of a booking that is not a part yet. */
export function ownStays(booking: BookingFacts, now: Instant): readonly Stay[] {
  const asPart = { context: booking, states: ['confirmed'] } as unknown as PartView<BookingFacts>;
  return staysOf(asPart, now);
}

/** Everyone else who is or will be in the building, as far as it was known at `now`. */
export function otherStays(world: World, booking: BookingFacts, now: Instant): readonly Stay[] {
  const { parts, reads } = world;
  const days = [parts, ...daysAround(booking).flatMap((day) => seen(reads, day)?.parts ?? [])];
  const arrivals = days.flatMap((day) => day.all(arrivalPart)).map(({ context }) => context);
  return [
    ...otherBookings(world, booking).flatMap((other) => staysOf(other, now)),
    // Nobody could foresee who would come without a booking after that.
    ...arrivals.filter(({ arrives }) => arrives <= now).map((stay) => lasting(stay, now)),
  ];
}
