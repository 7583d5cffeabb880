// Whether people have come to what was booked for them and are still there, for the cases that ask.
import type { Instant, ReadsView } from '@himaya/engine';
import { dayStream, type Booking } from './booking.ts';
import { bookingPart } from './day-head.ts';

/** A booking as a case names it, and the case for which they come. */
interface Named {
  readonly siteId: string;
  readonly date: string;
  readonly bookingId: string;
  readonly caseId: string;
}

/**
 * Which parties of a case are in the room that a booking is about: it has begun, it is for one of
 * these purposes, and they came to it for this case and have not left. The building has judged
 * everything anew when it began: who may meet, by which ways, and when.
 */
export function presentAt(
  reads: ReadsView,
  named: Named,
  purposes: readonly Booking['purpose'][],
  at: Instant,
): readonly string[] {
  const booking = reads.stream(dayStream(named)).parts.one(bookingPart, named.bookingId);
  if (booking?.in('started') !== true) return [];
  const { purpose, visits } = booking.context;
  if (!(purposes as readonly string[]).includes(purpose)) return [];
  return visits.flatMap(({ caseId, partyId, inAt, outAt }) => {
    const isHere = inAt !== null && inAt <= at && outAt === null;
    return caseId === named.caseId && partyId !== null && isHere ? [partyId] : [];
  });
}
