// Who is related to somebody who comes on a day: as their cases say it, and as the day remembers it.
import type { DecideView } from '@himaya/engine';
import { relatedTo } from '../household/case-facts.ts';
import type { Visit } from './booking.ts';
import type { Context } from './day-head.ts';
import { casesOf } from './judging.ts';

/**
 * Officers who have declared in a case of somebody who comes that they are related to a party, and of
 * whom the day does not know it: they are shown nothing of it from now on. It is recorded with what
 * has looked the cases up, as a day that is read can look up none.
 */
export function relatedIn(
  { reads, context }: Pick<DecideView<Context>, 'reads' | 'context'>,
  visits: readonly Pick<Visit, 'person' | 'caseId' | 'partyId'>[],
): { readonly related?: string[] } {
  const found = visits.flatMap((visit) => casesOf(reads, visit)).flatMap(relatedTo);
  const related = [...new Set(found)].filter((one) => !context.related.includes(one));
  return related.length === 0 ? {} : { related };
}
