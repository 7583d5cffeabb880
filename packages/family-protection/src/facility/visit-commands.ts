// Commands of a visit to a child: who watches over it comes and goes, and anybody there may stop it.
import { protecting } from '../staff/grants.ts';
import { bookingPart, command, dayEvents, named } from './day-head.ts';
import { ofHouse } from './house.ts';
import { readsOfBooking } from './judging.ts';

const part = { kind: bookingPart.kind, field: 'bookingId' };
const duties = [ofHouse];
/** Who watches over visits. */
const watching = ['CW', 'PSY'];

/** Commands of visits by name. */
export const visitCommands = {
  NameSupervisor: command({
    input: dayEvents.SupervisorNamed,
    polarity: 'neutral',
    by: ['SUP'],
    duties,
    part,
    reads: readsOfBooking,
    records: 'SupervisorNamed',
  }),
  CheckInSupervisor: command({
    input: named,
    polarity: 'neutral',
    by: watching,
    duties,
    part,
    reads: readsOfBooking,
    records: ['SupervisorCheckedIn'],
    // Nobody is there by the word of somebody else.
    decide: (input, { actor }) => [
      { type: 'SupervisorCheckedIn', data: { ...input, supervisor: actor.staff } },
    ],
  }),
  CheckOutSupervisor: command({
    input: dayEvents.SupervisorLeft,
    polarity: 'protective',
    by: [...watching, 'RCP', 'INT', 'FAC', 'SUP'],
    duties,
    part,
    records: ['SupervisorLeft', 'VisitTerminated'],
    decide: ({ supervisor, ...input }, { parts }) => {
      const booking = parts.one(bookingPart, input.bookingId);
      const { supervising = [] } = booking?.context ?? {};
      const isLast = supervising.includes(supervisor) && supervising.length === 1;
      return [
        { type: 'SupervisorLeft', data: { ...input, supervisor } },
        // Nobody stays alone with the child until somebody else comes.
        ...(isLast && booking?.in('started') === true
          ? [
              {
                type: 'VisitTerminated' as const,
                data: { ...input, trigger: 'supervisorLeft' as const },
              },
            ]
          : []),
      ];
    },
  }),
  // Of whichever office, in whichever role: whoever is there and sees it.
  TerminateVisit: command({
    input: dayEvents.VisitTerminated,
    polarity: 'protective',
    by: protecting,
    part,
    records: 'VisitTerminated',
  }),
  ReportVisit: command({
    input: dayEvents.VisitReported,
    polarity: 'neutral',
    by: [...watching, 'SUP'],
    duties,
    part,
    records: 'VisitReported',
  }),
};
