// Someone who comes without a booking: let in by the right entrance, and offered a room for care.
import { addMs, type DecideView, type NewEvent } from '@himaya/engine';
import { z } from 'zod';
import { careKind, day, ref } from '../fields.ts';
import { careAsker, needsCare } from '../household/case-facts.ts';
import { anyStaff } from '../staff/grants.ts';
import type { StreamName } from '../streams.ts';
import { asked, dayKey, type Visit } from './booking.ts';
import { alarm, alarmsOf, onArrival } from './alarms.ts';
import { arrivalPart, arrived, command, type Context, type DayEvents } from './day-head.ts';
import { elsewhere, ofHouse } from './house.ts';
import {
  beginning,
  bookingReads,
  casesOf,
  insideOf,
  isElsewhere,
  siteOf,
  siteStream,
  waiting,
} from './judging.ts';
import { relatedIn } from './relations.ts';
import { clashesOf, mayMeetAnybody } from './separating.ts';

const MINUTE_MS = 60_000;
/** Who meets people at the door. */
const door = ['RCP', 'INT', 'CW', 'SUP'] as const;
const duties = [ofHouse];

type View = DecideView<Context>;
type Came = Pick<Visit, 'person' | 'caseId' | 'partyId'>;
type Offer = Pick<z.output<DayEvents['CareRoomOffered']>, 'kind' | 'accepted'>;

/** What was offered and answered, with the case that asks for such needs. */
function offered(
  named: z.output<typeof arrived>,
  { kind, accepted }: Offer,
  came: Came,
  view: View,
): NewEvent<DayEvents> {
  const asker = careAsker(casesOf(view.reads, came));
  const told = asker ?? { caseId: null, partyId: null };
  return { type: 'CareRoomOffered', data: { ...named, kind, accepted, ...told } };
}

/** What a decision about somebody who came rests on. */
function readsOf(
  { siteId, date, arrivalId }: z.output<typeof arrived>,
  { parts, reads }: View,
): readonly StreamName[] {
  const visitor = parts.one(arrivalPart, arrivalId)?.context;
  return visitor ? bookingReads({ siteId, date, visits: [visitor] }, reads) : [];
}

/** A zone behind an entrance, and the way there. */
function hall(view: View, siteId: string, entranceId: string) {
  const site = siteOf(view.reads, siteId);
  const opensTo = site?.entrances.find((one) => one.entranceId === entranceId)?.opensTo;
  return { zone: opensTo ?? 'unknown', route: opensTo === undefined ? [] : [opensTo] };
}

/** How long somebody stays who comes now. */
function staying({ occurredAt, policy }: View) {
  return {
    arrives: occurredAt,
    leaves: addMs(occurredAt, policy.number('arrival.stay') * MINUTE_MS),
  };
}

/** Commands about people who come without a booking. */
export const arrivalCommands = {
  RegisterArrival: command({
    input: z.strictObject({
      ...arrived.shape,
      arrivalId: ref.exactOptional(),
      ...asked.omit({ arrives: true, leaves: true }).shape,
      /** She is pregnant, nursing, or has an infant with her: what the desk sees or is told. */
      nursing: z.boolean().default(false),
      careRoom: z.strictObject({ kind: careKind, accepted: z.boolean() }).exactOptional(),
    }),
    // Whoever stands at the door is let in or not by rules, and by nothing that cannot be read.
    polarity: 'protective',
    by: door,
    duties,
    opens: true,
    keyedBy: dayKey,
    reads: ({ siteId, date, person, caseId }, view) =>
      isElsewhere(view, siteId)
        ? []
        : bookingReads({ siteId, date, visits: [{ person, caseId }] }, view.reads),
    records: ['DayBegun', 'ArrivalRegistered', 'CareRoomOffered', 'SeparationBreachOccurred'],
    decide: ({ siteId, date, nursing, careRoom, arrivalId, ...came }, view) => {
      if (isElsewhere(view, siteId)) return elsewhere();
      const { zone, route } = hall(view, siteId, came.entranceId);
      const visit = { ...came, ...staying(view), route };
      const named = { siteId, date, arrivalId: arrivalId ?? view.id('arrival') };
      const arrival = { ...named, visit, zone };
      const stay = waiting(arrival);
      const isClose = clashesOf(view, stay, view.recordedAt).length > 0;
      const keepApart = isClose || mayMeetAnybody(view, stay, view.recordedAt);
      const offerCareRoom = nursing || needsCare(casesOf(view.reads, came));
      return [
        ...beginning(named, view),
        {
          type: 'ArrivalRegistered',
          data: { ...arrival, keepApart, offerCareRoom, ...relatedIn(view, [visit]) },
        },
        ...(careRoom === undefined ? [] : [offered(named, careRoom, came, view)]),
        ...alarmsOf(view, stay, onArrival(view)),
      ];
    },
  }),
  BringVisitor: command({
    input: z.strictObject({
      ...arrived.shape,
      arrivalId: ref.exactOptional(),
      ...asked.omit({ arrives: true, leaves: true, entranceId: true }).shape,
      role: z.enum(['victim', 'child']),
    }),
    // An officer of whichever office stands at the door with her. Nothing is looked up and nothing is
    // refused: whatever the answer, it would tell who she is or who is inside.
    polarity: 'protective',
    by: anyStaff,
    opens: true,
    keyedBy: dayKey,
    reads: ({ siteId }) => [siteStream(siteId)],
    records: ['DayBegun', 'VisitorBrought', 'SeparationBreachOccurred'],
    decide: ({ siteId, date, arrivalId, ...came }, view) => {
      const { entrances = [] } = siteOf(view.reads, siteId) ?? {};
      const own = entrances.find(({ kind }) => kind === 'victimIndependent') ?? entrances[0];
      const entranceId = own?.entranceId ?? 'unknown';
      const { zone, route } = hall(view, siteId, entranceId);
      const visit = { ...came, entranceId, ...staying(view), route };
      const named = { siteId, date, arrivalId: arrivalId ?? view.id('arrival') };
      return [
        ...beginning(named, view),
        { type: 'VisitorBrought', data: { ...named, visit, zone } },
        alarm(view, named, { a: came.person, b: null }, 'letInApart'),
      ];
    },
  }),
  OfferCareRoom: command({
    input: arrived.extend({ kind: careKind, accepted: z.boolean() }),
    polarity: 'protective',
    by: door,
    duties,
    part: { kind: arrivalPart.kind, field: 'arrivalId' },
    reads: readsOf,
    records: ['CareRoomOffered'],
    decide: ({ kind, accepted, ...named }, view) => {
      const visitor = view.parts.one(arrivalPart, named.arrivalId)?.context;
      return visitor ? [offered(named, { kind, accepted }, visitor, view)] : [];
    },
  }),
  ReviewArrival: command({
    input: arrived,
    polarity: 'protective',
    by: [...door, 'SYS'],
    duties,
    part: { kind: arrivalPart.kind, field: 'arrivalId' },
    reads: readsOf,
    records: ['ArrivalReviewed', 'SeparationBreachOccurred'],
    decide: (input, view) => {
      const visit = view.parts.one(arrivalPart, input.arrivalId)?.context;
      const stay = visit && waiting({ ...input, visit, zone: visit.roomId });
      const isHere = visit?.outAt === null;
      return [
        { type: 'ArrivalReviewed', data: { ...input, ...relatedIn(view, visit ? [visit] : []) } },
        ...(stay && isHere ? alarmsOf(view, stay, 'holdEveryone') : []),
      ];
    },
  }),
  /** For whom a check-out was forgotten: they would count as being inside until the next day is over. */
  RecordWalkThrough: command({
    input: z.strictObject({ siteId: ref, date: day }),
    polarity: 'neutral',
    by: ['RCP', 'INT', 'SUP', 'FAC'],
    duties,
    reads: ({ siteId, date }, { parts, reads }) =>
      bookingReads({ siteId, date, visits: insideOf(parts) }, reads),
    records: 'WalkThroughRecorded',
  }),
  RecordDeparture: command({
    input: arrived,
    polarity: 'protective',
    by: door,
    duties,
    part: { kind: arrivalPart.kind, field: 'arrivalId' },
    records: 'DepartureRecorded',
  }),
};
