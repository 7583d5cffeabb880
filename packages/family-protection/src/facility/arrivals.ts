// Someone who comes without a booking: let in by the right entrance, and offered a room for care.
import { addMs, type DecideView, type NewEvent } from '@himaya/engine';
import { z } from 'zod';
import { careKind, ref } from '../fields.ts';
import { careAsker, needsCare } from '../household/case-facts.ts';
import type { StreamName } from '../streams.ts';
import { asked, dayKey, type Visit } from './booking.ts';
import { alarmsOf } from './alarms.ts';
import { arrivalPart, arrived, command, type Context, type DayEvents } from './day-head.ts';
import { beginning, bookingReads, casesOf, isUnread, siteOf, waiting } from './judging.ts';
import { clashesOf } from './separating.ts';

const MINUTE_MS = 60_000;
/** Who meets people at the door. */
const door = ['RCP', 'INT', 'CW', 'SUP'] as const;

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
    opens: true,
    keyedBy: dayKey,
    reads: ({ siteId, date, person, caseId }, { reads }) =>
      bookingReads({ siteId, date, visits: [{ person, caseId }] }, reads),
    records: ['DayBegun', 'ArrivalRegistered', 'CareRoomOffered', 'SeparationBreachOccurred'],
    decide: ({ siteId, date, nursing, careRoom, arrivalId, ...came }, view) => {
      const site = siteOf(view.reads, siteId);
      const zone = site?.entrances.find((one) => one.entranceId === came.entranceId)?.opensTo;
      const arrives = view.occurredAt;
      const leaves = addMs(arrives, view.policy.number('arrival.stay') * MINUTE_MS);
      const visit = { ...came, arrives, leaves, route: zone === undefined ? [] : [zone] };
      const named = { siteId, date, arrivalId: arrivalId ?? view.id('arrival') };
      const arrival = { ...named, visit, zone: zone ?? 'unknown' };
      const stay = waiting(arrival);
      const isClose = clashesOf(view, stay, arrives).length > 0;
      const keepApart = isClose || isUnread(stay, view.reads);
      const offerCareRoom = nursing || needsCare(casesOf(view.reads, came));
      return [
        ...beginning(named, view),
        { type: 'ArrivalRegistered', data: { ...arrival, keepApart, offerCareRoom } },
        ...(careRoom === undefined ? [] : [offered(named, careRoom, came, view)]),
        ...alarmsOf(view, stay, 'letInApart'),
      ];
    },
  }),
  OfferCareRoom: command({
    input: arrived.extend({ kind: careKind, accepted: z.boolean() }),
    polarity: 'protective',
    by: door,
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
    part: { kind: arrivalPart.kind, field: 'arrivalId' },
    reads: readsOf,
    records: ['ArrivalReviewed', 'SeparationBreachOccurred'],
    decide: (input, view) => {
      const visit = view.parts.one(arrivalPart, input.arrivalId)?.context;
      const stay = visit && waiting({ ...input, visit, zone: visit.roomId });
      const isHere = visit?.outAt === null;
      return [
        { type: 'ArrivalReviewed', data: input },
        ...(stay && isHere ? alarmsOf(view, stay, 'holdEveryone') : []),
      ];
    },
  }),
  RecordDeparture: command({
    input: arrived,
    polarity: 'protective',
    by: door,
    part: { kind: arrivalPart.kind, field: 'arrivalId' },
    records: 'DepartureRecorded',
  }),
};
