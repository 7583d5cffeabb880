// Whether two people could meet: their ways and times, with the buffer between them.
import type { Instant, PartView } from '@himaya/engine';
import type { Separation } from '../household/separation.ts';
import type { BookingFacts, Presence } from './booking.ts';

const MINUTE_MS = 60_000;

/** Someone's time in the building under one booking. */
export interface Stay extends Presence {
  readonly bookingId: string;
  readonly roomId: string;
  /** Absent: they came without a booking. */
  readonly careRoomId?: string | null;
}

/** Minutes between two intervals; negative when they overlap. */
export function gapMin(
  a: { readonly arrives: Instant; readonly leaves: Instant },
  b: { readonly arrives: Instant; readonly leaves: Instant },
): number {
  const start = Math.max(Date.parse(a.arrives), Date.parse(b.arrives));
  return (start - Math.min(Date.parse(a.leaves), Date.parse(b.leaves))) / MINUTE_MS;
}

/** Who is in the building when, by a booking: as planned, and as it came. */
export function staysOf(booking: PartView<BookingFacts>, now: Instant): readonly Stay[] {
  const { context, states } = booking;
  const isOff = states.includes('cancelled') || states.includes('released');
  return context.visits
    .filter(({ inAt }) => !isOff || inAt !== null)
    .map((visit) => ({
      ...visit,
      bookingId: context.bookingId,
      roomId: context.roomId,
      careRoomId: context.careRoomId,
      arrives: visit.inAt !== null && visit.inAt < visit.arrives ? visit.inAt : visit.arrives,
      leaves: leaving(visit, now),
    }));
}

/** A stay that lasts as long as nobody has seen them go. */
export function lasting(stay: Stay, now: Instant): Stay {
  return { ...stay, leaves: leaving(stay, now) };
}

/** Someone who has come and not gone is still here, whatever was planned. */
function leaving({ inAt, outAt, leaves }: Presence, now: Instant): Instant {
  if (outAt !== null) return outAt;
  return inAt !== null && now > leaves ? now : leaves;
}

/** Whether these two stays break a separation. */
export function meets(a: Stay, b: Stay, { bufferMin, mode }: Separation): boolean {
  if (gapMin(a, b) >= bufferMin) return false;
  if (mode === 'noOverlapBuilding') return true;
  const sharesWay = a.route.some((zone) => b.route.includes(zone));
  return sharesWay || a.entranceId === b.entranceId || a.roomId === b.roomId;
}
