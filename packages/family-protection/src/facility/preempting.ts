// Whose room an emergency may take: nobody's whom that would endanger, and asking teaches nobody anything.
import type { DecideView } from '@himaya/engine';
import { isHighRisk } from '../household/case-facts.ts';
import { refuse } from '../wording/wording.ts';
import type { BookingFacts, BookingInput, Visit } from './booking.ts';
import { bookingPart, t } from './day-head.ts';
import { casesOf, siteOf } from './judging.ts';
import { gapMin } from './meeting.ts';

/** The bookings of the room that an emergency takes the place of. */
export function preempted(
  input: BookingInput,
  { policy, parts }: Pick<DecideView, 'policy' | 'parts'>,
): readonly BookingFacts[] {
  if (input.urgency !== 'emergency') return [];
  const own = { arrives: input.from, leaves: input.to };
  const buffer = policy.number('booking.roomBuffer');
  const rooms = [input.roomId, input.careRoomId];
  return parts
    .all(bookingPart)
    .filter(({ states }) => states.includes('confirmed'))
    .map(({ context }) => context)
    .filter(({ roomId, careRoomId }) => rooms.includes(roomId) || rooms.includes(careRoomId ?? ''))
    .filter(({ from, to }) => gapMin(own, { arrives: from, leaves: to }) < buffer);
}

/** Roles that see the risk of any case: they may weigh one need against another. */
const WEIGHING = ['INT', 'SUP'];

/** What every desk sees of somebody who may be in danger. */
function looksInNeed({ role, ageBand }: Visit, entrance: string | undefined): boolean {
  const isCalled = role === 'victim' || role === 'child' || ageBand !== 'adult';
  return isCalled || entrance === 'victimIndependent';
}

/** The rule of taking a room. */
export const preemptionRules = {
  mayRelease: t.rule(['BookingReleased'], {
    ...refuse(
      'PREEMPTION_FORBIDDEN',
      'booking',
      'This room is not free, not even for an emergency.',
      'هذه الغرفة غير متاحة حتى لحالة طارئة.',
    ),
    // Another victim at high risk keeps her room; so does another emergency. A desk that may not see
    // the risk would learn of it by the answer: to it every victim and every child is one.
    holds: ({ event, parts, policy, reads }) => {
      const booking = parts.one(bookingPart, event.data.bookingId)?.context;
      if (!booking || event.data.reason !== 'emergency') return true;
      const entrances = siteOf(reads, booking.siteId)?.entrances ?? [];
      const kindOf = ({ entranceId }: Visit): string | undefined =>
        entrances.find((one) => one.entranceId === entranceId)?.kind;
      const mayNot = WEIGHING.includes(event.actor.role)
        ? booking.visits.some((one) => isHighRisk(casesOf(reads, one), event.occurredAt, policy))
        : booking.visits.some((one) => looksInNeed(one, kindOf(one)));
      return booking.urgency === 'routine' && !mayNot;
    },
  }),
};
