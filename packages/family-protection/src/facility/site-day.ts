// The calendar of one day in one building: bookings of ways, judged at booking, check-in and start.
import type { CaseType, DecideView, NewEvent } from '@himaya/engine';
import { setup, assign } from 'xstate';
import { z } from 'zod';
import { roles } from '../roles.ts';
import type { StreamName } from '../streams.ts';
import { ref } from '../fields.ts';
import {
  bookingInput,
  dayKey,
  type Booking,
  type BookingFacts,
  type BookingInput,
} from './booking.ts';
import { alarmCommands, alarmsOf } from './alarms.ts';
import { arrivalCommands } from './arrivals.ts';
import { dayDeadlines } from './day-deadlines.ts';
import {
  bookingPart,
  command,
  dayEvents,
  named,
  t,
  type Context,
  type DayEvents,
} from './day-head.ts';
import { dayLabels } from './day-labels.ts';
import { dayParts } from './day-parts.ts';
import { dayReactions } from './day-reactions.ts';
import { concealedFrom, isDayReader } from './day-readers.ts';
import { wayRules } from './day-rules.ts';
import { beginning, bookingReads, checkedIn, isUnread, routeOf, type Wanted } from './judging.ts';
import { gapMin } from './meeting.ts';
import { roomRules } from './room-rules.ts';
import { clashesOf, givesWay } from './separating.ts';

const rules = t.rules({ ...wayRules, ...roomRules });

/** The chart of a day in a building. */
export const siteDayChart = setup({ types: t.types }).createMachine({
  id: 'siteDay',
  context: { officeId: null },
  initial: 'open',
  states: {
    open: {
      on: {
        DayBegun: { actions: assign({ officeId: ({ event }) => event.data.officeId }) },
        BookingReviewed: { actions: assign({}) },
      },
    },
  },
});

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

/** The bookings of the room that an emergency takes the place of. */
function preempted(input: BookingInput, view: View): readonly BookingFacts[] {
  if (input.urgency !== 'emergency') return [];
  const own = { arrives: input.from, leaves: input.to };
  const buffer = view.policy.number('booking.roomBuffer');
  const rooms = [input.roomId, input.careRoomId];
  return view.parts
    .all(bookingPart)
    .filter(({ states }) => states.includes('confirmed'))
    .map(({ context }) => context)
    .filter(({ roomId, careRoomId }) => rooms.includes(roomId) || rooms.includes(careRoomId ?? ''))
    .filter(({ from, to }) => gapMin(own, { arrives: from, leaves: to }) < buffer);
}

function known(bookingId: string, { parts }: View): BookingFacts | undefined {
  return parts.one(bookingPart, bookingId)?.context;
}

/** What a decision about a booking of this day rests on. */
function readsOf({ bookingId }: { readonly bookingId: string }, view: View): readonly StreamName[] {
  const booking: Wanted | undefined = known(bookingId, view);
  return booking ? bookingReads(booking, view.reads) : [];
}

function readsOfInput(input: BookingInput, view: View): readonly StreamName[] {
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
  const isClose = clashesOf(view, here, view.occurredAt).length > 0;
  const keepApart = isClose || isUnread(booking, view.reads);
  return [
    { type: 'CheckInRecorded', data: { ...input, route, keepApart } },
    ...alarmsOf(view, here, 'letInApart'),
  ];
}

const desk = ['RCP', 'INT', 'CW', 'FIO', 'PSY', 'INV', 'CON', 'SUP', 'FAC'] as const;
const part = { kind: 'booking', field: 'bookingId' };
const ofBooking = { by: desk, part } as const;
const protective = { ...ofBooking, polarity: 'protective' } as const;

/** Commands of a day by name. */
const commands = {
  ...arrivalCommands,
  ...alarmCommands,
  BookRoom: command({
    input: bookingInput,
    polarity: 'neutral',
    by: desk,
    opens: true,
    keyedBy: dayKey,
    reads: readsOfInput,
    records: ['DayBegun', 'BookingReleased', 'BookingConfirmed'],
    decide: (input, view) => [
      ...beginning(input, view),
      ...preempted(input, view).map(({ siteId, date, bookingId }) => ({
        type: 'BookingReleased' as const,
        data: { siteId, date, bookingId, reason: 'emergency' as const, rebook: true },
      })),
      { type: 'BookingConfirmed', data: booked(input, view) },
    ],
  }),
  CheckIn: command({
    ...protective,
    input: named.extend({ person: ref, entranceId: ref }),
    reads: readsOf,
    records: ['CheckInRecorded', 'SeparationBreachOccurred'],
    decide: (input, view) => checkIn(input, view),
  }),
  StartBooking: command({
    ...ofBooking,
    polarity: 'neutral',
    input: named,
    reads: readsOf,
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
    records: ['BookingCancelled'],
    decide: (input) => [{ type: 'BookingCancelled', data: { ...input, cause: 'asked' } }],
  }),
  ReleaseBooking: command({
    ...ofBooking,
    polarity: 'neutral',
    input: named.extend({ reason: z.enum(['asked', 'roomOutOfService', 'noShow']) }),
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
    reads: readsOf,
    records: ['BookingCancelled', 'BookingReviewed', 'SeparationBreachOccurred'],
    decide: (input, view) => {
      const booking = view.parts.one(bookingPart, input.bookingId);
      const isOff =
        booking?.in('confirmed') === true && givesWay(view, booking.context, view.occurredAt);
      return [
        isOff
          ? { type: 'BookingCancelled', data: { ...input, cause: 'separation' } }
          : { type: 'BookingReviewed', data: input },
        // Whoever of it is in the building is not forgotten, whatever becomes of the booking.
        ...(booking ? alarmsOf(view, booking.context, 'holdEveryone') : []),
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
    by: ['SUP', 'HEAD'],
    part,
    polarity: 'neutral',
    input: dayEvents.OverrideReviewed,
    records: 'OverrideReviewed',
  }),
};

/** Bookings of one day in one building. */
export const siteDay: CaseType = t.define({
  chart: siteDayChart,
  commands,
  requires: {
    BookingConfirmed: rules.allOf(
      'apart',
      'entrance',
      'way',
      'times',
      'unrelated',
      'eachOnce',
      'staggered',
      'heardApart',
      'roomKnown',
      'inService',
      'free',
      'buffered',
      'fit',
      'largeEnough',
      'insulated',
      'careRoom',
      'recordable',
      'bearable',
      'childHours',
      'preferred',
    ),
    CheckInRecorded: rules.allOf(
      'letIn',
      'entrance',
      'way',
      'heardApart',
      'expected',
      'roomKnown',
      'inService',
      'insulated',
      'recordable',
      'equipmentWorks',
    ),
    BookingStarted: rules.allOf(
      'apart',
      'entrance',
      'heardApart',
      'unrelated',
      'came',
      'roomKnown',
      'inService',
      'insulated',
      'recordable',
      'equipmentWorks',
      'equipmentChecked',
    ),
    ArrivalRegistered: rules.allOf('letIn', 'entrance', 'way', 'today'),
    BookingReleased: rules.allOf('mayRelease'),
  },
  parts: dayParts,
  deadlines: dayDeadlines,
  reactions: dayReactions,
  readers: isDayReader,
  conceals: concealedFrom,
  labels: { ...dayLabels, roles },
});
