// Two who must not meet and are in one building: what the desk does at once, and who hears of it.
import type { DecideView, Instant, NewEvent } from '@himaya/engine';
import { ref } from '../fields.ts';
import { separationReads, trailOf } from '../household/separation.ts';
import type { StreamName } from '../streams.ts';
import { isInside, type BookingFacts } from './booking.ts';
import {
  breachPart,
  command,
  dayEvents,
  type Breach,
  type Context,
  type DayEvents,
} from './day-head.ts';
import { ofHouse } from './house.ts';
import type { Instruction } from './instructions.ts';
import { beginning, siteStream, visitsOf } from './judging.ts';
import { areTogether, clashesOf, mayMeetAnybody } from './separating.ts';

type View = DecideView<Context>;
type Pair = Pick<Breach, 'a' | 'b'>;
/** Two inside, and whether they came to one booking. */
type Inside = Pair & { readonly together: boolean };
/** An alarm of a day. */
type Alarm = NewEvent<Pick<DayEvents, 'SeparationBreachOccurred'>>;

const isOf = (one: Pair, other: Pair): boolean =>
  (one.a === other.a && one.b === other.b) || (one.a === other.b && one.b === other.a);

/** Whoever of a booking is here with somebody else whom they must not meet, each pair once. */
function pairsInside(view: View, booking: BookingFacts, now: Instant): readonly Inside[] {
  const found: Inside[] = clashesOf(view, booking, now)
    .filter(({ own, other }) => isInside(own) && isInside(other))
    .map((clash) => {
      const { own, other } = clash;
      return { a: own.person, b: other.person, together: areTogether(clash) };
    });
  // What could not be looked at may hold any danger.
  const unknown = mayMeetAnybody(view, booking, now)
    ? booking.visits.filter(isInside).map(({ person }) => ({ a: person, b: null, together: false }))
    : [];
  const pairs = [...found, ...unknown];
  return pairs.filter((one, place) => pairs.findIndex((other) => isOf(one, other)) === place);
}

/** An alarm about two people; of the other, who may be anybody, nothing has to be known. */
export function alarm(
  view: Pick<View, 'id' | 'recordedAt'>,
  { siteId, date }: Pick<BookingFacts, 'siteId' | 'date'>,
  { a, b }: Pair,
  act: Instruction,
): Alarm {
  const breachId = view.id(`breach ${a} ${b ?? ''}`);
  const unseen = { zone: null, cause: null, at: view.recordedAt };
  const data = { siteId, date, breachId, a, b, ...unseen, instruction: act };
  return { type: 'SeparationBreachOccurred', data };
}

/** What is done about somebody who has come. Who came a while ago is anywhere: everybody stays put. */
export function onArrival({ occurredAt, recordedAt }: Pick<View, 'occurredAt' | 'recordedAt'>) {
  return occurredAt < recordedAt ? 'holdEveryone' : 'letInApart';
}

/**
 * The alarms about those of a booking, or of an arrival, who are in the building. One that stands is
 * not raised again until a supervisor has looked at it.
 */
export function alarmsOf(
  view: View,
  booking: BookingFacts,
  act: Instruction,
  /** What is done about two who sit together. */
  together = act,
): readonly Alarm[] {
  const standing = view.parts
    .all(breachPart)
    .filter((one) => one.in('open'))
    .map(({ context }) => context);
  return pairsInside(view, booking, view.recordedAt)
    .filter((pair) => !standing.some((one) => isOf(one, pair)))
    .map((pair) => alarm(view, booking, pair, pair.together ? together : act));
}

/** What a decision about an alarm rests on: the cases of both, named on this day or linked. */
function readsOf(
  { breachId }: { readonly breachId: string },
  { parts, reads }: View,
): readonly StreamName[] {
  const breach = parts.one(breachPart, breachId)?.context;
  const people = [breach?.a, breach?.b].filter((one) => typeof one === 'string');
  const named = visitsOf(parts, people).map(({ caseId }) => caseId);
  return [
    ...named.flatMap((one) => (one === null ? [] : trailOf(reads, one))),
    ...separationReads(reads, people),
  ];
}

/** Commands about meetings that must not happen. */
export const alarmCommands = {
  ReportSeparationBreach: command({
    by: ['RCP', 'INT', 'CW', 'FIO', 'PSY', 'INV', 'CON', 'SUP', 'FAC'],
    polarity: 'protective',
    opens: true,
    keyedBy: ({ siteId, date }) => `${siteId}-${date}`,
    input: dayEvents.SeparationBreachOccurred.omit({ instruction: true }).extend({
      breachId: ref.exactOptional(),
      b: ref,
      zone: ref,
      cause: dayEvents.SeparationBreachOccurred.shape.cause.unwrap(),
    }),
    reads: ({ siteId }) => [siteStream(siteId)],
    records: ['DayBegun', 'SeparationBreachOccurred'],
    decide: (input, view) => {
      const breachId = input.breachId ?? view.id('breach');
      const data = { ...input, breachId, instruction: 'bringApart' as const };
      return [...beginning(input, view), { type: 'SeparationBreachOccurred', data }];
    },
  }),
  ReviewSeparationBreach: command({
    by: ['SUP', 'HEAD'],
    part: { kind: 'breach', field: 'breachId' },
    // An alarm that nobody may look at would stand for ever, and keep others from being raised.
    polarity: 'protective',
    duties: [ofHouse],
    input: dayEvents.SeparationBreachReviewed,
    reads: readsOf,
    records: 'SeparationBreachReviewed',
  }),
};
