// Whoever is related to somebody of a household takes nothing away in it that protects.
import type { Duty, RuleView } from '@himaya/engine';
import { isAmong } from '../parties/facts.ts';
import { refuse } from '../wording/wording.ts';
import { relatedTo } from './case-facts.ts';
import type { Keeping } from './context.ts';

/** What is said of it, wherever the relation was declared. */
export const relatedAtHome = refuse(
  'CONFLICT_OF_INTEREST',
  'SoD-4',
  'Whoever is related to somebody of the household takes nothing away that protects there.',
  'من له صلة بأحد أفراد المنزل لا يلغي ما يحمي فيه.',
);

/** SoD-4: what the household knows, also of a case that it lists no more. */
export const unrelatedAtHome: Duty<Keeping> = {
  ...relatedAtHome,
  holds: ({ actor, context }) => !isAmong(actor, context.conflicts),
};

/** Whether the cases and households that were read say so; they know it before the household does. */
export function isRelatedAround({ reads, event: { actor } }: Pick<RuleView, 'reads' | 'event'>) {
  return reads.all.some((file) => isAmong(actor, relatedTo({ file })));
}
