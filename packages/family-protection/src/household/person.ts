// The file of a person: the households that separation is looked up in, and what was booked.
import { caseType, instantOf, msOf, type CaseType, type RuleView } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { roles } from '../roles.ts';
import { compoundRef, day, ref } from '../fields.ts';
import { union } from '../parties/facts.ts';
import { keeping, relations } from './context.ts';
import { cause, words } from './fields.ts';
import { concealedOfPerson, isHomeReader } from './readers.ts';
import { householdStream } from './separation.ts';

const joined = z.strictObject({ person: ref, household: ref });
const stay = z.strictObject({ person: ref, siteId: ref, date: day });
const noted = stay.extend({ bookingId: ref });
const arrived = stay.extend({ arrivalId: ref });
const questioned = z.strictObject({
  cause,
  /** The household that has told its own cases already. */
  from: ref.exactOptional(),
  /** A case asks about who comes for it, and has told its households itself. */
  homesTold: z.literal(true).exactOptional(),
});
const met = z.strictObject({
  meeting: compoundRef,
  person: ref,
  other: ref,
  /** Cases that know of it already. */
  told: z.array(ref),
});
const contextSchema = z.object({
  households: z.array(z.string()),
  bookings: z.array(noted),
  /** When they came without a booking. */
  arrivals: z.array(arrived),
  ...keeping,
});
const t = caseType({
  name: 'family.person',
  version: '1.0.0',
  category: 'person',
  policy: 'baseline',
  title: words('Households of a person', 'منازل الشخص'),
  context: contextSchema,
  events: {
    HouseholdJoined: joined,
    BookingNoted: noted,
    ArrivalNoted: arrived,
    BookingsQuestioned: questioned,
    MeetingNoted: met,
    RelationsNoted: relations,
  },
});

/** The chart of a person. */
export const personChart = setup({ types: t.types }).createMachine({
  id: 'person',
  context: { households: [], bookings: [], arrivals: [], offices: [], conflicts: [] },
  initial: 'known',
  states: {
    known: {
      on: {
        HouseholdJoined: {
          actions: assign({
            households: ({ context, event }) => [
              ...new Set([...context.households, event.data.household]),
            ],
            offices: ({ context, event }) => union(context.offices, [event.actor.office]),
          }),
        },
        BookingNoted: {
          actions: assign({ bookings: ({ context, event }) => [...context.bookings, event.data] }),
        },
        ArrivalNoted: {
          actions: assign({ arrivals: ({ context, event }) => [...context.arrivals, event.data] }),
        },
        RelationsNoted: {
          actions: assign({
            conflicts: ({ context, event }) => union(context.conflicts, event.data.staff),
          }),
        },
        BookingsQuestioned: { actions: assign({}) },
        MeetingNoted: { actions: assign({}) },
      },
    },
  },
});

/** What has to be looked at anew: every booking and arrival that is not of a day long past. */
function reviews({ context, event }: RuleView<z.output<typeof contextSchema>>) {
  const today = instantOf(msOf(event.recordedAt) - DAY_MS).slice(0, 10);
  const isNow = ({ date }: { readonly date: string }): boolean => date >= today;
  return [
    ...context.bookings.filter(isNow).map(({ siteId, date, bookingId }) => ({
      name: 'ReviewBooking',
      input: { siteId, date, bookingId },
      caseId: `siteday-${siteId}-${date}`,
    })),
    ...context.arrivals.filter(isNow).map(({ siteId, date, arrivalId }) => ({
      name: 'ReviewArrival',
      input: { siteId, date, arrivalId },
      caseId: `siteday-${siteId}-${date}`,
    })),
  ];
}

/** What endangers somebody in one home is looked at in the cases of the others, too. */
function otherHomes({ context, event }: RuleView<z.output<typeof contextSchema>>) {
  const { from, homesTold } = event.data as z.output<typeof questioned>;
  if (homesTold) return [];
  return context.households
    .filter((home) => home !== from)
    .map((home) => ({ name: 'ReviewCases', input: {}, caseId: householdStream(home) }));
}

const DAY_MS = 86_400_000;

/** Every household is told: it knows the cases. */
function meetings({ context, event }: RuleView<z.output<typeof contextSchema>>) {
  const { meeting, person: a, other: b, told } = event.data as z.output<typeof met>;
  return context.households.map((household) => ({
    name: 'TellCasesOfMeeting',
    input: { meeting, a, b, told },
    caseId: `household-${household}`,
  }));
}

/** A person leaves a home, but never this list: leaving the home ends no danger. */
export const person: CaseType = t.define({
  chart: personChart,
  commands: {
    JoinHousehold: {
      input: joined,
      polarity: 'protective',
      by: ['INT', 'CW', 'INV', 'SUP', 'HEAD'],
      opens: true,
      keyedBy: (input) => input.person,
      records: 'HouseholdJoined',
    },
    NoteBooking: {
      input: noted,
      polarity: 'neutral',
      by: ['SYS'],
      opens: true,
      keyedBy: (input) => input.person,
      records: 'BookingNoted',
    },
    NoteArrival: {
      input: arrived,
      polarity: 'protective',
      by: ['SYS'],
      opens: true,
      keyedBy: (input) => input.person,
      records: 'ArrivalNoted',
    },
    ReviewBookings: {
      input: questioned,
      polarity: 'protective',
      by: ['SYS', 'SUP', 'HEAD'],
      records: 'BookingsQuestioned',
    },
    NoteMeeting: {
      input: met,
      polarity: 'protective',
      by: ['SYS'],
      opens: true,
      keyedBy: (input) => input.person,
      records: 'MeetingNoted',
    },
    NoteRelations: {
      input: relations,
      polarity: 'protective',
      by: ['SYS'],
      records: 'RelationsNoted',
    },
  },
  reactions: [
    {
      name: 'review what was booked',
      on: ['HouseholdJoined', 'BookingsQuestioned'],
      commands: reviews,
    },
    { name: 'tell the households of a meeting', on: ['MeetingNoted'], commands: meetings },
    { name: 'tell the other homes', on: ['BookingsQuestioned'], commands: otherHomes },
  ],
  readers: isHomeReader,
  conceals: concealedOfPerson,
  labels: {
    commands: {
      JoinHousehold: words('Enter in a household', 'إضافة إلى منزل'),
      NoteBooking: words('Note a booking', 'تدوين حجز'),
      NoteArrival: words('Note an arrival', 'تدوين وصول دون حجز'),
      ReviewBookings: words('Review all bookings', 'مراجعة جميع الحجوزات'),
      NoteMeeting: words('Note a meeting', 'تدوين لقاء ممنوع'),
      NoteRelations: words('Note who is related', 'تدوين من له صلة بأحد الأطراف'),
    },
    events: {
      HouseholdJoined: words('Entered in a household', 'أضيف إلى منزل'),
      BookingNoted: words('Booking noted', 'سجل حجز'),
      ArrivalNoted: words('Arrival noted', 'سجل وصول دون حجز'),
      BookingsQuestioned: words('Bookings to be reviewed', 'تقررت مراجعة الحجوزات'),
      MeetingNoted: words('Meeting noted', 'سجل لقاء ممنوع'),
      RelationsNoted: words('Who is related was noted', 'دونت صلة بأحد الأطراف'),
    },
    states: { known: words('Known', 'معروف') },
    deadlines: {},
    parts: {},
    roles,
  },
});
