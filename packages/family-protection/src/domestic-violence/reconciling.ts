// Whether a reconciliation is under way: what may still be stopped, and stands in the way of closing.
import type { View } from './head.ts';

/** States in which something of a reconciliation is under way. */
const underWay = [
  'eligible',
  'approved',
  'offered',
  'consented',
  'ready',
  'scheduled',
  'inSession',
  'agreementDrafted',
  'settled',
  'monitored',
  'breachReview',
] as const;

/** Whether a reconciliation is under way. */
export function isReconciling(view: Pick<View, 'in'>): boolean {
  return underWay.some((state) => view.in(`reconciliation.${state}`));
}
