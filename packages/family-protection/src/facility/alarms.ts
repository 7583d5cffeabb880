// Two who must not meet and are in one building: what the desk does at once, and who hears of it.
import type { DecideView, Instant, NewEvent } from '@himaya/engine';
import { ref } from '../fields.ts';
import type { BookingFacts, Presence } from './booking.ts';
import {
  breachPart,
  command,
  dayEvents,
  type Breach,
  type Context,
  type DayEvents,
} from './day-head.ts';
import type { Instruction } from './instructions.ts';
import { beginning, isUnread, siteStream } from './judging.ts';
import { clashesOf } from './separating.ts';

type View = DecideView<Context>;
type Pair = Pick<Breach, 'a' | 'b'>;
/** An alarm of a day. */
type Alarm = NewEvent<Pick<DayEvents, 'SeparationBreachOccurred'>>;

const isHere = ({ inAt, outAt }: Presence): boolean => inAt !== null && outAt === null;
const isOf = (one: Pair, other: Pair): boolean =>
  (one.a === other.a && one.b === other.b) || (one.a === other.b && one.b === other.a);

/** Whoever of a booking is here with somebody else whom they must not meet, each pair once. */
function pairsInside(view: View, booking: BookingFacts, now: Instant): readonly Pair[] {
  const found: Pair[] = clashesOf(view, booking, now)
    .filter(({ own, other }) => isHere(own) && isHere(other))
    .map(({ own, other }) => ({ a: own.person, b: other.person }));
  // What could not be looked at may hold any danger.
  const unknown = isUnread(booking, view.reads)
    ? booking.visits.filter(isHere).map(({ person }) => ({ a: person, b: null }))
    : [];
  const pairs = [...found, ...unknown];
  return pairs.filter((one, place) => pairs.findIndex((other) => isOf(one, other)) === place);
}

/**
 * The alarms about those of a booking, or of an arrival, who are in the building. One that stands is
 * not raised again until a supervisor has looked at it.
 */
export function alarmsOf(
  view: View,
  booking: BookingFacts,
  act: Exclude<Instruction, 'bringApart'>,
): readonly Alarm[] {
  const { siteId, date } = booking;
  const now = view.occurredAt;
  const standing = view.parts
    .all(breachPart)
    .filter((one) => one.in('open'))
    .map(({ context }) => context);
  return pairsInside(view, booking, now)
    .filter((pair) => !standing.some((one) => isOf(one, pair)))
    .map((pair) => ({
      type: 'SeparationBreachOccurred' as const,
      data: {
        ...pair,
        siteId,
        date,
        breachId: view.id(`breach ${pair.a} ${pair.b ?? ''}`),
        zone: null,
        cause: null,
        at: now,
        instruction: act,
      },
    }));
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
    polarity: 'neutral',
    input: dayEvents.SeparationBreachReviewed,
    records: 'SeparationBreachReviewed',
  }),
};
