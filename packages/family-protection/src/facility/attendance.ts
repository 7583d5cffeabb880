// Whether people have come to what was booked for them and are still there, for the cases that ask.
import type { Instant, ReadsView } from '@himaya/engine';
import type { LinkMemory } from '../household/links.ts';
import { dayStream, type Booking, type Visit } from './booking.ts';
import { bookingPart } from './day-head.ts';

/** A booking as a case names it, and the case for which they come. */
interface Named {
  readonly siteId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly caseId: string;
}

/** A case that asks, with what was read. */
interface Asking {
  readonly reads: ReadsView;
  readonly context: LinkMemory;
}

/**
 * Which party of a case somebody is who has come: as its households know them, whatever a desk has
 * entered; where they know nobody by it, what was entered. None: somebody who is no party.
 */
function partyOf(
  { person, partyId }: Visit,
  { households }: LinkMemory,
): string | undefined {
  const known = households.flatMap(({ as }) => as);
  const own = known.find((one) => one.person === person);
  if (own !== undefined) return own.partyId;
  const isOfAnother = known.some((one) => one.partyId === partyId);
  return partyId !== null && !isOfAnother ? partyId : undefined;
}

/**
 * Which parties of a case are in the room that a booking is about: it has begun, it is for this
 * purpose, and they came to it and have not left. The building has judged everything anew when
 * it began: who may meet, by which ways, and when.
 */
export function presentAt(
  { reads, context }: Asking,
  named: Named,
  wanted: Booking['purpose'],
  at: Instant,
): readonly string[] {
  const booking = reads.stream(dayStream(named)).parts.one(bookingPart, named.bookingId);
  if (booking?.in('started') !== true) return [];
  const { purpose, visits } = booking.context;
  if (purpose !== wanted) return [];
  // They come for this case, or the desk has named none for some of them; never for another one.
  const cases = visits.flatMap(({ caseId }) => caseId ?? []);
  if (cases.length === 0 || cases.some((one) => one !== named.caseId)) return [];
  return visits
    .filter(({ inAt, outAt }) => inAt !== null && inAt <= at && outAt === null)
    .flatMap((visit) => partyOf(visit, context) ?? []);
}
