// The lives of a booking and of a meeting that should not have happened.
import { laterOf, type Instant, type PartSpec } from '@himaya/engine';
import { assign, setup } from 'xstate';
import type { Booking, Presence } from './booking.ts';
import { arrivalPart, bookingPart, breachPart, type Breach, type DayEvents } from './day-head.ts';
import type { Stay } from './meeting.ts';

type CameIn = {
  readonly data: Pick<Presence, 'person' | 'entranceId' | 'route'>;
  readonly occurredAt: Instant;
};
type Opened = { readonly event: { readonly data: unknown } };

const absent = { inAt: null, outAt: null };
const withPresence = (
  visits: readonly Presence[],
  person: string,
  now: Partial<Presence>,
): Presence[] => visits.map((visit) => (visit.person === person ? { ...visit, ...now } : visit));

/** Who comes is there until they leave, also when they come back. */
const came = (
  visits: readonly Presence[],
  { data: { person, entranceId, route }, occurredAt }: CameIn,
): Presence[] => withPresence(visits, person, { entranceId, route, inAt: occurredAt, outAt: null });
/** Who leaves was there before: noting that someone left who never came hides nobody who will. */
const left = (visits: readonly Presence[], person: string, at: Instant): Presence[] =>
  visits.map((visit) =>
    visit.person === person && visit.inAt !== null && visit.outAt === null
      ? { ...visit, outAt: laterOf(visit.inAt, at) }
      : visit,
  );

const bookingChart = setup({ types: bookingPart.types }).createMachine({
  id: 'booking',
  context: ({ input }) => {
    const { data } = (input as Opened).event;
    const booking = data as Booking;
    const visits = booking.visits.map((visit) => ({ ...visit, ...absent }));
    return { ...booking, visits, equipment: null };
  },
  initial: 'confirmed',
  on: {
    // Who leaves is noted in every state: until then they are in the building.
    CheckOutRecorded: {
      actions: assign({
        visits: ({ context, event }) =>
          left(context.visits, event.data.person, event.occurredAt),
      }),
    },
    OverrideReviewed: { actions: assign({}) },
    EquipmentChecked: {
      actions: assign({
        equipment: ({ event }) => ({ works: event.data.works, at: event.occurredAt }),
      }),
    },
  },
  states: {
    confirmed: {
      on: {
        CheckInRecorded: {
          actions: assign({
            visits: ({ context, event }) => came(context.visits, event),
          }),
        },
        BookingStarted: 'started',
        BookingCancelled: 'cancelled',
        BookingReleased: 'released',
      },
    },
    started: {
      on: {
        CheckInRecorded: {
          actions: assign({
            visits: ({ context, event }) => came(context.visits, event),
          }),
        },
        BookingEnded: 'over',
        BookingCancelled: 'cancelled',
      },
    },
    over: {},
    cancelled: {},
    released: {},
  },
});

const arrivalChart = setup({ types: arrivalPart.types }).createMachine({
  id: 'arrival',
  context: ({ input }) => {
    const { data } = (input as Opened).event;
    const { arrivalId, visit, zone } = data as {
      readonly arrivalId: string;
      readonly visit: Booking['visits'][number];
      readonly zone: string;
    };
    const here: Stay = {
      ...visit,
      bookingId: arrivalId,
      roomId: zone,
      inAt: visit.arrives,
      outAt: null,
    };
    return here;
  },
  initial: 'here',
  states: {
    here: {
      on: {
        CareRoomOffered: { actions: assign({}) },
        ArrivalReviewed: { actions: assign({}) },
        DepartureRecorded: {
          target: 'gone',
          // Nobody leaves before they came: such a time would hide that they were here.
          actions: assign({
            outAt: ({ context: { inAt, arrives }, event }) =>
              laterOf(inAt ?? arrives, event.occurredAt),
          }),
        },
      },
    },
    gone: { on: { ArrivalReviewed: { actions: assign({}) } } },
  },
});

const breachChart = setup({ types: breachPart.types }).createMachine({
  id: 'breach',
  context: ({ input }) => {
    const { data } = (input as Opened).event;
    const { a, b, zone } = data as Breach;
    return { a, b, zone };
  },
  initial: 'open',
  states: { open: { on: { SeparationBreachReviewed: 'reviewed' } }, reviewed: { type: 'final' } },
});

const idOf =
  (field: string) =>
  ({ data }: { readonly data: unknown }): string =>
    (data as Readonly<Record<string, string>>)[field] ?? '';

/** The parts of a day by kind. */
export const dayParts: Readonly<Record<string, PartSpec<DayEvents>>> = {
  booking: {
    chart: bookingChart,
    key: idOf('bookingId'),
    opens: ['BookingConfirmed'],
    on: [
      'CheckInRecorded',
      'CheckOutRecorded',
      'BookingStarted',
      'BookingEnded',
      'BookingCancelled',
      'BookingReleased',
      'OverrideReviewed',
      'EquipmentChecked',
    ],
  },
  arrival: {
    chart: arrivalChart,
    key: idOf('arrivalId'),
    opens: ['ArrivalRegistered'],
    on: ['CareRoomOffered', 'ArrivalReviewed', 'DepartureRecorded'],
  },
  breach: {
    chart: breachChart,
    key: idOf('breachId'),
    opens: ['SeparationBreachOccurred'],
    on: ['SeparationBreachReviewed'],
  },
};
