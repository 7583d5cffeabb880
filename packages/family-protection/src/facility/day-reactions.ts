// What other files are told of a day: bookings, faults, rooms that were offered, and meetings.
import type { ReactionSpec } from '@himaya/engine';
import type { DayEvents } from './day-head.ts';

/** Reactions of a day. */
export const dayReactions: readonly ReactionSpec<object, DayEvents>[] = [
  {
    name: 'visitors note their bookings',
    on: ['BookingConfirmed'],
    // In the file of everyone who comes: whom they must not meet may be declared later.
    commands: ({ event }) => {
      if (event.type !== 'BookingConfirmed') return [];
      const { siteId, date, bookingId, visits } = event.data;
      return visits.map(({ person }) => ({
        name: 'NoteBooking',
        input: { person, siteId, date, bookingId },
        opens: true,
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
    // Their files name the households, and these the cases: the day itself knows neither.
    name: 'a meeting is told to the files of both',
    on: ['SeparationBreachOccurred'],
    commands: ({ event }) => {
      if (event.type !== 'SeparationBreachOccurred') return [];
      const { breachId, a, b, siteId, date } = event.data;
      const meeting = `${siteId}.${date}.${breachId}`;
      return [
        { name: 'NoteMeeting', input: { meeting, person: a, other: b }, opens: true },
        { name: 'NoteMeeting', input: { meeting, person: b, other: a }, opens: true },
      ];
    },
  },
];
