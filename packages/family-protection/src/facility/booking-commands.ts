// Commands of bookings: who comes by which way to which room, and whether they still may.
import type { DecideView, NewEvent } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../fields.ts';
import type { StreamName } from '../streams.ts';
import { alarmsOf, onArrival } from './alarms.ts';
import {
  bookingInput,
  dayKey,
  type Booking,
  type BookingFacts,
  type BookingInput,
} from './booking.ts';
import {
  bookingPart,
  command,
  dayEvents,
  named,
  type Context,
  type DayEvents,
} from './day-head.ts';
import { elsewhere, ofHouse } from './house.ts';
import {
  beginning,
  bookingReads,
  checkedIn,
  isElsewhere,
  readsOfBooking,
  routeOf,
} from './judging.ts';
import { preempted } from './preempting.ts';
import { relatedIn } from './relations.ts';
import { areTogether, clashesOf, givesWay, mayMeetAnybody } from './separating.ts';

type View = DecideView<Context>;

/** The booking that is asked for, with the ways that lead there. */
function booked(input: BookingInput, view: View): Booking {
  return {
    ...input,
    bookingId: input.bookingId ?? view.id('booking'),
    visits: input.visits.map((visit) => ({
      ...visit,
      arrives: visit.arrives ?? input.from,
      leaves: visit.leaves ?? input.to,
      route: routeOf(view.reads, input, visit),
    })),
  };
}

function known(bookingId: string, { parts }: View): BookingFacts | undefined {
  return parts.one(bookingPart, bookingId)?.context;
}

/** Of somebody else's building nothing is looked up: how much there is would be an answer, too. */
function readsOfInput(input: BookingInput, view: View): readonly StreamName[] {
  if (isElsewhere(view, input.siteId)) return [];
  const others = preempted(input, view).flatMap((booking) => bookingReads(booking, view.reads));
  return [...bookingReads(input, view.reads), ...others];
}

/** Someone who comes to a booking, and whom they must not meet here. */
function checkIn(
  input: z.output<typeof named> & { readonly person: string; readonly entranceId: string },
  view: View,
): NewEvent<DayEvents>[] {
  const booking = known(input.bookingId, view);
  const visit = booking?.visits.find(({ person }) => person === input.person);
  if (!booking || !visit) {
    const data = { ...input, route: [], keepApart: false };
    return [{ type: 'CheckInRecorded', data }];
  }
  const { entranceId } = input;
  const route = routeOf(view.reads, booking, { ...visit, entranceId });
  const here = checkedIn(booking, { ...input, route }, view.occurredAt);
  const isClose = clashesOf(view, here, view.recordedAt).length > 0;
  const keepApart = isClose || mayMeetAnybody(view, booking, view.recordedAt);
  return [
    {
      type: 'CheckInRecorded',
      data: { ...input, route, keepApart, ...relatedIn(view, booking.visits) },
    },
    ...alarmsOf(view, here, onArrival(view)),
  ];
}

/** A visit that is under way and would not be begun any more: the building stops it by itself. */
function stopped(input: z.output<typeof named>, view: View): NewEvent<DayEvents>[] {
  const booking = view.parts.one(bookingPart, input.bookingId);
  if (booking?.in('started') !== true || booking.context.purpose !== 'supervisedVisit') return [];
  const isUnlawful = clashesOf(view, booking.context, view.recordedAt).some(areTogether);
  return isUnlawful
    ? [{ type: 'VisitTerminated', data: { ...input, trigger: 'separation' } }]
    : [];
}

const desk = ['RCP', 'INT', 'CW', 'FIO', 'PSY', 'INV', 'CON', 'SUP', 'FAC'] as const;
const part = { kind: 'booking', field: 'bookingId' };
const ofBooking = { by: desk, part, duties: [ofHouse] };
const protective = { ...ofBooking, polarity: 'protective' as const };

/** Commands of bookings by name. */
export const bookingCommands = {
  BookRoom: command({
    input: bookingInput,
    polarity: 'neutral',
    by: desk,
    duties: [ofHouse],
    opens: true,
    keyedBy: dayKey,
    reads: readsOfInput,
    records: ['DayBegun', 'BookingReleased', 'BookingConfirmed'],
    decide: (input, view) => {
      if (isElsewhere(view, input.siteId)) return elsewhere();
      return [
        ...beginning(input, view),
        ...preempted(input, view).map(({ siteId, date, bookingId }) => ({
          type: 'BookingReleased' as const,
          data: { siteId, date, bookingId, reason: 'emergency' as const, rebook: true },
        })),
        {
          type: 'BookingConfirmed',
          data: { ...booked(input, view), ...relatedIn(view, input.visits) },
        },
      ];
    },
  }),
  CheckIn: command({
    ...protective,
    input: named.extend({ person: ref, entranceId: ref }),
    reads: readsOfBooking,
    records: ['CheckInRecorded', 'SeparationBreachOccurred'],
    decide: (input, view) => checkIn(input, view),
  }),
  StartBooking: command({
    ...ofBooking,
    polarity: 'neutral',
    input: named,
    reads: readsOfBooking,
    records: 'BookingStarted',
  }),
  CheckOut: command({
    ...protective,
    input: dayEvents.CheckOutRecorded,
    records: 'CheckOutRecorded',
  }),
  EndBooking: command({ ...protective, input: named, records: 'BookingEnded' }),
  CancelBooking: command({
    ...protective,
    input: named,
    reads: readsOfBooking,
    records: ['BookingCancelled'],
    decide: (input) => [{ type: 'BookingCancelled', data: { ...input, cause: 'asked' } }],
  }),
  ReleaseBooking: command({
    ...ofBooking,
    polarity: 'neutral',
    input: named.extend({ reason: z.enum(['asked', 'roomOutOfService', 'noShow']) }),
    reads: readsOfBooking,
    records: ['BookingReleased'],
    decide: (input) => [
      {
        type: 'BookingReleased',
        data: { ...input, rebook: input.reason === 'roomOutOfService' },
      },
    ],
  }),
  ReviewBooking: command({
    ...ofBooking,
    by: [...desk, 'SYS'],
    polarity: 'protective',
    input: named,
    reads: readsOfBooking,
    records: [
      'BookingCancelled',
      'BookingReviewed',
      'VisitTerminated',
      'SeparationBreachOccurred',
    ],
    decide: (input, view) => {
      const booking = view.parts.one(bookingPart, input.bookingId);
      const isOff =
        booking?.in('confirmed') === true && givesWay(view, booking.context, view.recordedAt);
      return [
        isOff
          ? { type: 'BookingCancelled', data: { ...input, cause: 'separation' } }
          : {
              type: 'BookingReviewed',
              data: { ...input, ...relatedIn(view, booking?.context.visits ?? []) },
            },
        ...stopped(input, view),
        // Whoever of it is in the building is not forgotten, whatever becomes of the booking.
        ...(booking
          ? alarmsOf(
              view,
              booking.context,
              'holdEveryone',
              booking.in('started') ? 'bringApart' : 'holdEveryone',
            )
          : []),
      ];
    },
  }),
  CheckEquipment: command({
    ...ofBooking,
    by: ['FAC', 'FIO', 'CW', 'INT', 'SUP'],
    polarity: 'neutral',
    input: named.extend({ equipmentId: ref, works: z.boolean() }),
    records: ['EquipmentChecked'],
    decide: (input, view) => {
      const roomId = known(input.bookingId, view)?.roomId ?? 'unknown';
      return [{ type: 'EquipmentChecked', data: { ...input, roomId } }];
    },
  }),
  ReviewOverride: command({
    ...ofBooking,
    by: ['SUP', 'HEAD'],
    polarity: 'neutral',
    input: dayEvents.OverrideReviewed,
    reads: readsOfBooking,
    records: 'OverrideReviewed',
  }),
};
