// Who is related to somebody who comes on a day: as their cases say it, and as the day remembers it.
import type { DecideView, NewEvent } from '@himaya/engine';
import { relatedTo } from '../household/case-facts.ts';
import type { BookingFacts, Visit } from './booking.ts';
import type { Context, DayEvents } from './day-head.ts';
import { casesOf } from './judging.ts';

type Coming = Pick<BookingFacts, 'siteId' | 'date'> & {
  readonly visits: readonly Pick<Visit, 'person' | 'caseId' | 'partyId'>[];
};

/**
 * What is recorded when a case of somebody who comes has officers who are related to a party: they are
 * shown nothing of the day. The day cannot look the cases up when somebody reads it.
 */
export function relationsFound(
  { reads, context }: Pick<DecideView<Context>, 'reads' | 'context'>,
  { siteId, date, visits }: Coming,
): NewEvent<Pick<DayEvents, 'RelationsNoted'>>[] {
  const found = visits.flatMap((visit) => casesOf(reads, visit)).flatMap(relatedTo);
  const related = [...new Set(found)].filter((one) => !context.related.includes(one));
  return related.length === 0 ? [] : [{ type: 'RelationsNoted', data: { siteId, date, related } }];
}
