// The calendar of one day in one building: bookings of ways, judged at booking, check-in and start.
import type { CaseType } from '@himaya/engine';
import { setup, assign } from 'xstate';
import { roles } from '../roles.ts';
import { alarmCommands } from './alarms.ts';
import { arrivalCommands } from './arrivals.ts';
import { bookingCommands } from './booking-commands.ts';
import { conflictRules } from './conflict-rules.ts';
import { dayDeadlines } from './day-deadlines.ts';
import { t } from './day-head.ts';
import { dayLabels } from './day-labels.ts';
import { dayParts } from './day-parts.ts';
import { dayReactions } from './day-reactions.ts';
import { concealedFrom, isDayReader } from './day-readers.ts';
import { wayRules } from './day-rules.ts';
import { preemptionRules } from './preempting.ts';
import { roomRules } from './room-rules.ts';
import { visitCommands } from './visit-commands.ts';
import { visitRules } from './visit-rules.ts';

const rules = t.rules({
  ...wayRules,
  ...roomRules,
  ...visitRules,
  ...conflictRules,
  ...preemptionRules,
});

const machine = setup({ types: t.types });
const remember = machine.assign({
  related: ({ context, event }) =>
    'related' in event.data ? [...context.related, ...event.data.related] : context.related,
});

/** The chart of a day in a building. */
export const siteDayChart = machine.createMachine({
  id: 'siteDay',
  context: { officeId: null, related: [] },
  initial: 'open',
  states: {
    open: {
      on: {
        DayBegun: { actions: assign({ officeId: ({ event }) => event.data.officeId }) },
        BookingConfirmed: { actions: remember },
        CheckInRecorded: { actions: remember },
        BookingReviewed: { actions: remember },
        WalkThroughRecorded: { actions: assign({}) },
        ArrivalRegistered: { actions: remember },
        ArrivalReviewed: { actions: remember },
      },
    },
  },
});

/** Bookings of one day in one building. */
export const siteDay: CaseType = t.define({
  chart: siteDayChart,
  commands: { ...arrivalCommands, ...alarmCommands, ...bookingCommands, ...visitCommands },
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
      'supervised',
      'neutral',
      'willing',
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
      'supervised',
      'willing',
    ),
    ArrivalRegistered: rules.allOf('letIn', 'entrance', 'way', 'today'),
    // Whoever is brought is here now: on another day nobody would look for them.
    VisitorBrought: rules.allOf('today'),
    WalkThroughRecorded: rules.allOf('nothingUnderWay', 'unrelated'),
    BookingReleased: rules.allOf('mayRelease', 'unrelated'),
    BookingCancelled: rules.allOf('unrelated'),
    OverrideReviewed: rules.allOf('reviewedByAnother', 'unrelated'),
    SeparationBreachReviewed: rules.allOf('unrelated'),
    SupervisorNamed: rules.allOf('neutral', 'unrelated'),
    SupervisorCheckedIn: rules.allOf('isNamed', 'neutral', 'unrelated'),
  },
  parts: dayParts,
  deadlines: dayDeadlines,
  reactions: dayReactions,
  readers: isDayReader,
  conceals: concealedFrom,
  labels: { ...dayLabels, roles },
});
