// Who is accountable for a file, and whether somebody has to be found.
import type { RuleView } from '@himaya/engine';

/** What a file remembers of who is accountable. */
export interface Accountability {
  readonly lead: string | null;
  readonly dutyOfficer: string | null;
  readonly conflicts: readonly string[];
}

/** Whether the case waits for someone to be accountable who is related to no party. */
export function needsOfficer({
  context,
  in: inState,
}: Pick<RuleView<Accountability>, 'in' | 'context'>): boolean {
  if (['closed', 'merged', 'transferred'].some((state) => inState(`lifecycle.${state}`))) {
    return false;
  }
  const isLeadMissing =
    context.lead === null && (inState('lifecycle.active') || inState('lifecycle.closureReview'));
  const accountable = context.lead ?? context.dutyOfficer ?? '';
  return isLeadMissing || context.conflicts.includes(accountable);
}
