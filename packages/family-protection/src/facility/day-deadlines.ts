// Deadlines of a day in a building: what is looked at, by whom, and when somebody above is told.
import { addMs, fromArming, fromDue, type DeadlineSpec, type Instant } from '@himaya/engine';
import { atDue, termFrom } from '../deadlines/terms.ts';
import { isInside, type BookingFacts, type Presence } from './booking.ts';
import type { DayEvents } from './day-head.ts';

const MINUTE_MS = 60_000;

type View = Parameters<NonNullable<DeadlineSpec<object, DayEvents>['dueAt']>>[0];

/** Visitors of a booking who have come and were not seen to leave. */
function insideOfPart(part: View['part']): readonly Presence[] {
  const { visits = [] } = (part?.context ?? {}) as Partial<BookingFacts>;
  return visits.filter(isInside);
}

/** When somebody looks for a visitor who was to have left at some time; at once if that is past. */
function lookFor({ event, policy, calendar }: View, leaves: Instant): Instant {
  const due = calendar.add(leaves, policy.duration('T-CHECKOUT'));
  return due > event.occurredAt ? due : event.occurredAt;
}

/** Deadlines by name. */
export const dayDeadlines = {
  // A meeting is a safety incident: a supervisor knows at once, and has looked at it within a day.
  breachReview: {
    code: 'T-SEPBREACH',
    part: 'breach',
    armedBy: ['SeparationBreachOccurred'],
    disarmedBy: ['SeparationBreachReviewed'],
    dueAt: termFrom('T-SEPBREACH'),
    marks: [fromArming({ value: 0, unit: 'minutes' }, 'SUP'), atDue('HEAD')],
  },
  // What made somebody stop a visit is known to a supervisor at once, and written down within a day.
  visitReport: {
    code: 'T-VISIT-REPORT',
    part: 'booking',
    armedBy: ['VisitTerminated'],
    disarmedBy: ['VisitReported'],
    dueAt: termFrom('T-VISIT-REPORT'),
    marks: [fromArming({ value: 0, unit: 'minutes' }, 'SUP'), atDue('HEAD')],
  },
  overrideReview: {
    code: 'T-OVERRIDE',
    part: 'booking',
    armedBy: ['BookingConfirmed'],
    disarmedBy: ['OverrideReviewed'],
    dueAt: (view) =>
      view.event.type === 'BookingConfirmed' && view.event.data.overrideReason !== null
        ? termFrom('T-OVERRIDE')(view)
        : undefined,
    marks: [atDue('SUP')],
  },
  // There is time left for another room when what records turns out not to work.
  equipmentCheck: {
    code: 'T-EQUIPMENT',
    part: 'booking',
    armedBy: ['BookingConfirmed'],
    disarmedBy: ['EquipmentChecked', 'BookingCancelled', 'BookingReleased', 'BookingEnded'],
    dueAt: ({ event, policy }) => {
      if (event.type !== 'BookingConfirmed' || !event.data.recording) return undefined;
      const due = addMs(event.data.from, -policy.number('T-EQUIPMENT') * MINUTE_MS);
      return due > event.occurredAt ? due : event.occurredAt;
    },
    marks: [atDue('FAC'), fromDue({ value: 30, unit: 'minutes' }, 'SUP')],
  },
  // Who is not seen to leave counts as being inside, and keeps others away: somebody looks.
  checkOut: {
    code: 'T-CHECKOUT',
    part: 'booking',
    armedBy: ['CheckInRecorded'],
    disarmedBy: ['CheckOutRecorded', 'WalkThroughRecorded'],
    disarms: ({ part }) => insideOfPart(part).length === 0,
    dueAt: (view) => {
      const last = insideOfPart(view.part).map(({ leaves }) => leaves).toSorted().at(-1);
      return last && lookFor(view, last);
    },
    marks: [atDue('FAC'), fromDue('T-CHECKOUT', 'SUP')],
  },
  departure: {
    code: 'T-DEPARTURE',
    part: 'arrival',
    armedBy: ['ArrivalRegistered', 'VisitorBrought'],
    disarmedBy: ['DepartureRecorded', 'WalkThroughRecorded'],
    disarms: ({ part }) => part?.in('gone') === true,
    dueAt: (view) =>
      view.event.type === 'ArrivalRegistered' || view.event.type === 'VisitorBrought'
        ? lookFor(view, view.event.data.visit.leaves)
        : undefined,
    marks: [atDue('FAC'), fromDue('T-CHECKOUT', 'SUP')],
  },
  careRoom: {
    code: 'T-CARE-ROOM',
    part: 'arrival',
    armedBy: ['ArrivalRegistered'],
    disarmedBy: ['CareRoomOffered', 'DepartureRecorded'],
    dueAt: (view) =>
      view.event.type === 'ArrivalRegistered' && view.event.data.offerCareRoom
        ? termFrom('T-CARE-ROOM')(view)
        : undefined,
    marks: [atDue('SUP')],
  },
} as const satisfies Readonly<Record<string, DeadlineSpec<object, DayEvents>>>;
