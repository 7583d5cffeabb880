// For each rule by which a building keeps an invariant the step that breaks it, and nothing else.
import type { Outcome } from '@himaya/engine';
import { DAY, desk, officer, time, visit, type Building } from './building.ts';

/** A rule of a day, and a step that it alone refuses. */
export interface WayRefusal {
  readonly rule: string;
  readonly code: string;
  readonly step: (building: Building) => Promise<Outcome>;
}

const day = { siteId: 'S1', date: DAY };
const dayId = `siteday-S1-${DAY}`;
const watching = { staff: 'cw1', role: 'CW', office: 'MUH-FCP' };
const come = (building: Building, who: object): Promise<Outcome> =>
  building.give('RegisterArrival', { ...day, ...who });

/** Two of a household who must not meet; she has come, or is to come. */
async function apart(building: Building, mode: string): Promise<void> {
  await building.home('h1', ['a', 'b']);
  await building.separate('h1', { a: 'a', b: 'b', mode });
}

const child = visit('k', 'E-V', {
  role: 'child',
  ageBand: 'under7',
  arrives: time('15:00'),
  leaves: time('17:00'),
});
const father = visit('f', 'E-P', { arrives: time('15:30'), leaves: time('16:30') });
const supervised = {
  bookingId: 'v',
  from: time('15:30'),
  to: time('16:30'),
  roomId: 'VIS1',
  purpose: 'supervisedVisit',
  visits: [child, father],
};
const supervision = { supervisor: 'cw1', basis: 'courtOrder', basisRef: 'J-1' };

/** The rules. */
export const wayRefusals: readonly WayRefusal[] = [
  {
    rule: 'apart',
    code: 'SEPARATION_CONFLICT',
    step: async (building) => {
      await apart(building, 'noOverlapZone');
      await building.book({ visits: [visit('a', 'E-V')] });
      return building.book({ roomId: 'INT2', visits: [visit('b', 'E-P')] });
    },
  },
  {
    rule: 'letIn',
    code: 'SEPARATION_CONFLICT',
    step: async (building) => {
      await apart(building, 'noOverlapBuilding');
      await come(building, visit('a', 'E-V'));
      return come(building, visit('b', 'E-R'));
    },
  },
  {
    rule: 'entrance',
    code: 'ENTRANCE_NOT_PERMITTED',
    step: (building) => come(building, visit('b', 'E-V', { role: 'alleged' })),
  },
  {
    rule: 'insulated',
    code: 'ROOM_NOT_INSULATED',
    step: (building) => building.book({ roomId: 'INT9', visits: [visit('a', 'E-V')] }),
  },
  {
    rule: 'heardApart',
    code: 'JOINT_INTERVIEW_FORBIDDEN',
    step: (building) => {
      const her = visit('a', 'E-V', { leaves: time('10:40') });
      const him = visit('b', 'E-R', { arrives: time('10:20') });
      return building.book({ visits: [her, him] });
    },
  },
  {
    rule: 'reviewedByAnother',
    code: 'SEPARATION_OF_DUTIES',
    step: async (building) => {
      const urgent = { urgency: 'emergency', overrideReason: 'no other room' };
      const visits = [visit('a', 'E-V')];
      const own = { bookingId: 'o', roomId: 'INT9', ...urgent, visits };
      await building.book(own, { by: officer });
      const review = { ...day, bookingId: 'o', verdict: 'justified' };
      return building.give('ReviewOverride', review, { caseId: dayId, by: officer });
    },
  },
  {
    rule: 'supervised',
    code: 'VISIT_UNSUPERVISED',
    step: (building) => building.book(supervised),
  },
  {
    rule: 'isNamed',
    code: 'SUPERVISOR_NOT_NAMED',
    step: async (building) => {
      await building.book({ ...supervised, supervision });
      const other = { ...watching, staff: 'cw2' };
      const input = { ...day, bookingId: 'v' };
      return building.give('CheckInSupervisor', input, { caseId: dayId, by: other });
    },
  },
  {
    rule: 'neutral',
    code: 'CONFLICTED_GUARDIAN',
    step: (building) => {
      const own = { ...supervision, supervisor: 'f' };
      return building.book({ ...supervised, supervision: own }, { by: desk });
    },
  },
];
