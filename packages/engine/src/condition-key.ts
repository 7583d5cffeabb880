// The name by which labels know a condition of a chart that has no name of its own.
import type { ConditionPlace } from '@himaya/statechart';

/**
 * `RiskAssessed -> risk.high`, wherever the arrow begins; `CaseAssigned in lifecycle.active` where
 * there is no target; ` #2` for the second condition of that state, event and target. In a part its kind
 * comes first: `order: @always -> inForce`.
 */
export function conditionKey(
  { source, event, targets, place }: ConditionPlace,
  kind?: string,
): string {
  const where = targets.length === 0 ? `in ${source}` : `-> ${targets.join(', ')}`;
  const number = place === 0 ? '' : ` #${place + 1}`;
  return `${kind === undefined ? '' : `${kind}: `}${event} ${where}${number}`;
}
