// What other files are told of a day: bookings, faults, rooms that were offered, and meetings.
import type { PartsView, ReactionCommand, ReactionSpec } from '@himaya/engine';
import { danger } from '../protection/following.ts';
import type { Visit } from './booking.ts';
import { bookingPart, type Context, type DayEvents } from './day-head.ts';
import { visitsOf } from './judging.ts';

/** The cases for which these people came, or are to come, on this day. */
function casesNamed(parts: PartsView, people: readonly string[]): readonly string[] {
  const named = visitsOf(parts, people).flatMap(({ caseId }) => (caseId === null ? [] : [caseId]));
  return [...new Set(named)];
}

/** The case for which somebody comes knows of them, after their own file knows what they booked. */
function noted({ caseId, person }: Pick<Visit, 'caseId' | 'person'>): readonly ReactionCommand[] {
  return caseId === null ? [] : [{ name: 'NoteVisitor', caseId, input: { person } }];
}

/** Triggers that tell of a danger to the child; that a child will not, or that nobody watches, is none. */
const ENDANGERING = ['distress', 'threats', 'intoxication', 'abductionRisk'];

/** Reactions of a day. */
export const dayReactions: readonly ReactionSpec<Context, DayEvents>[] = [
  {
    name: 'visitors note their bookings',
    on: ['BookingConfirmed'],
    // In the file of everyone who comes: whom they must not meet may be declared later.
    commands: ({ event }) => {
      if (event.type !== 'BookingConfirmed') return [];
      const { siteId, date, bookingId, visits } = event.data;
      return [
        ...visits.map(({ person }) => ({
          name: 'NoteBooking',
          input: { person, siteId, date, bookingId },
          opens: true as const,
        })),
        ...visits.flatMap(noted),
      ];
    },
  },
  {
    name: 'who comes without a booking is noted, too',
    on: ['ArrivalRegistered', 'VisitorBrought'],
    // While they are in the building a danger may become known that nobody knew of at the door.
    commands: ({ event }) => {
      if (event.type !== 'ArrivalRegistered' && event.type !== 'VisitorBrought') return [];
      const { siteId, date, arrivalId, visit } = event.data;
      const input = { person: visit.person, siteId, date, arrivalId };
      return [{ name: 'NoteArrival', input, opens: true }, ...noted(visit)];
    },
  },
  {
    // Whom they must not meet is looked up by the building, and told to nobody who brought them.
    name: 'somebody who was brought is looked at by the building itself',
    on: ['VisitorBrought'],
    commands: ({ event }) => {
      if (event.type !== 'VisitorBrought') return [];
      const { siteId, date, arrivalId } = event.data;
      return [{ name: 'ReviewArrival', input: { siteId, date, arrivalId } }];
    },
  },
  {
    name: 'the cases know that a visit was stopped because of a danger',
    on: ['VisitTerminated'],
    commands: ({ event, parts }) => {
      if (event.type !== 'VisitTerminated' || !ENDANGERING.includes(event.data.trigger)) return [];
      const visits = parts.one(bookingPart, event.data.bookingId)?.context.visits ?? [];
      return casesNamed(parts, visits.map(({ person }) => person)).map((caseId) => ({
        name: 'NoteSafetyConcern',
        caseId,
        input: danger,
      }));
    },
  },
  {
    name: 'what does not work is a fault of the room',
    on: ['EquipmentChecked'],
    commands: ({ event }) => {
      if (event.type !== 'EquipmentChecked' || event.data.works) return [];
      const { siteId, roomId, equipmentId } = event.data;
      const input = { siteId, roomId, equipmentId, kind: 'recording' };
      return [{ name: 'ReportEquipmentFault', caseId: `site-${siteId}`, input }];
    },
  },
  {
    name: 'the case knows that a care room was offered',
    on: ['CareRoomOffered'],
    commands: ({ event }) => {
      if (event.type !== 'CareRoomOffered') return [];
      const { caseId, partyId, kind, accepted } = event.data;
      if (caseId === null || partyId === null) return [];
      return [{ name: 'RecordCareRoomOffered', caseId, input: { partyId, kind, accepted } }];
    },
  },
  {
    // Their files name the households, and these the cases. The day itself knows those for which
    // they came, which no household may know: they are told here, and not a second time from there.
    name: 'a meeting is told to the files of both, and to the cases for which they came',
    on: ['SeparationBreachOccurred'],
    commands: ({ event, parts }) => {
      if (event.type !== 'SeparationBreachOccurred' || event.data.b === null) return [];
      const { breachId, a, b, siteId, date } = event.data;
      const meeting = `${siteId}.${date}.${breachId}`;
      const told = casesNamed(parts, [a, b]);
      return [
        { name: 'NoteMeeting', input: { meeting, person: a, other: b, told }, opens: true },
        { name: 'NoteMeeting', input: { meeting, person: b, other: a, told }, opens: true },
        ...told.map((caseId) => ({ name: 'NoteSafetyConcern', caseId, input: danger })),
      ];
    },
  },
];
