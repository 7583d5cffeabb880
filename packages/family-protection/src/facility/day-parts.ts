// The lives of a booking and of a meeting that should not have happened.
import { laterOf, type Actor, type Instant, type PartSpec } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { asBooked, isInside, type Booking, type BookingFacts, type Presence } from './booking.ts';
import {
  arrivalPart,
  bookingPart,
  breachPart,
  t,
  type Breach,
  type DayEvents,
} from './day-head.ts';
import type { Stay } from './meeting.ts';
import { namesOf } from '../parties/facts.ts';

type CameIn = {
  readonly data: Pick<Presence, 'person' | 'entranceId' | 'route'>;
  readonly occurredAt: Instant;
};
type Opened = { readonly event: { readonly data: unknown; readonly actor: Actor } };

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
/**
 * Who leaves was there before: noting that someone left who never came hides nobody who will. Without
 * a person everyone is meant who was there and was to have left by then.
 */
const left = (visits: readonly Presence[], at: Instant, person?: string): Presence[] =>
  visits.map((visit) =>
    isInside(visit) && isMeant(visit, at, person)
      ? { ...visit, outAt: laterOf(visit.inAt ?? at, at) }
      : visit,
  );

const isMeant = ({ inAt, leaves, ...visit }: Presence, at: Instant, person?: string): boolean =>
  person === undefined ? inAt !== null && inAt <= at && leaves <= at : visit.person === person;

const ofVisit = t.guard(
  ({ part }) => (part?.context as BookingFacts | undefined)?.purpose === 'supervisedVisit',
);

const machine = setup({ types: bookingPart.types });
const stopped = machine.assign({
  triggers: ({ context, event }) =>
    event.type === 'VisitTerminated'
      ? [...context.triggers, event.data.trigger]
      : context.triggers,
});
/** What can happen to a booking before it is over, whether it has begun or not. */
const pending = machine.createStateConfig({
  on: {
    SupervisorNamed: {
      guard: ofVisit,
      actions: assign({
        supervision: ({ context: { supervision }, event }) =>
          supervision && { ...supervision, supervisor: event.data.supervisor },
      }),
    },
    SupervisorCheckedIn: {
      guard: ofVisit,
      actions: assign({
        supervising: ({ context, event }) => [
          ...new Set([...context.supervising, event.data.supervisor]),
        ],
      }),
    },
    VisitTerminated: { guard: ofVisit, target: 'terminated', actions: stopped },
    BookingCancelled: 'cancelled',
  },
});

const bookingChart = machine.createMachine({
  id: 'booking',
  context: ({ input }) => {
    const { data, actor } = (input as Opened).event;
    return { ...asBooked(data as Booking), bookedBy: namesOf(actor) };
  },
  initial: 'confirmed',
  on: {
    // Who comes and who leaves is noted in every state: whatever became of the booking, they are here.
    CheckInRecorded: {
      actions: assign({ visits: ({ context, event }) => came(context.visits, event) }),
    },
    CheckOutRecorded: {
      actions: assign({
        visits: ({ context, event }) =>
          left(context.visits, event.occurredAt, event.data.person),
      }),
    },
    WalkThroughRecorded: {
      actions: assign({
        visits: ({ context, event }) => left(context.visits, event.occurredAt),
      }),
    },
    OverrideReviewed: { actions: assign({}) },
    SupervisorLeft: {
      actions: assign({
        supervising: ({ context, event }) =>
          context.supervising.filter((one) => one !== event.data.supervisor),
      }),
    },
    // What was seen after a visit was over, or before it began, is no less true.
    VisitTerminated: { guard: ofVisit, actions: stopped },
    VisitReported: { guard: ofVisit, actions: assign({}) },
    EquipmentChecked: {
      actions: assign({
        equipment: ({ event }) => ({ works: event.data.works, at: event.occurredAt }),
      }),
    },
  },
  states: {
    confirmed: {
      on: { ...pending.on, BookingStarted: 'started', BookingReleased: 'released' },
    },
    started: { on: { ...pending.on, BookingEnded: 'over' } },
    // A child who has refused is not asked again: from here no way leads back.
    terminated: {},
    over: {},
    cancelled: {},
    released: {},
  },
});

const visitor = setup({ types: arrivalPart.types });
const goes = visitor.createStateConfig({
  on: {
    DepartureRecorded: {
      target: 'gone',
      // Nobody leaves before they came: such a time would hide that they were here.
      actions: assign({
        outAt: ({ context: { inAt, arrives }, event }) =>
          laterOf(inAt ?? arrives, event.occurredAt),
      }),
    },
  },
});

const arrivalChart = visitor.createMachine({
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
        ...goes.on,
        // Whoever was expected to be there still was not meant.
        WalkThroughRecorded: {
          guard: ({ context: { leaves }, event }) => leaves <= event.occurredAt,
          target: 'gone',
          actions: assign({ outAt: ({ event }) => event.occurredAt }),
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
      'SupervisorNamed',
      'SupervisorCheckedIn',
      'SupervisorLeft',
      'VisitTerminated',
      'VisitReported',
    ],
    hears: ['WalkThroughRecorded'],
  },
  arrival: {
    chart: arrivalChart,
    key: idOf('arrivalId'),
    opens: ['ArrivalRegistered', 'VisitorBrought'],
    on: ['CareRoomOffered', 'ArrivalReviewed', 'DepartureRecorded'],
    hears: ['WalkThroughRecorded'],
  },
  breach: {
    chart: breachChart,
    key: idOf('breachId'),
    opens: ['SeparationBreachOccurred'],
    on: ['SeparationBreachReviewed'],
  },
};
