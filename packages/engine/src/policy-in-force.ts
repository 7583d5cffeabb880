// Which policy is in force for a case type at an instant.
import type { Instant } from '@himaya/event-store';
import type { CaseType } from './compiled.ts';
import type { Policy } from './policy.ts';
import { byVersion, order } from './ordering.ts';

/** The policies that a case type may be opened under, in the order in which they come into force. */
export function policiesOf(
  caseType: Pick<CaseType, 'policy'>,
  policies: readonly Policy[],
): readonly Policy[] {
  return policies
    .filter(({ name }) => name === (caseType.policy ?? name))
    .sort((a, b) => order(a.effectiveFrom, b.effectiveFrom) || byVersion(a, b));
}

/**
 * The policy that a case opened at `at` is pinned to: the newest version that is effective then;
 * `undefined` before the first one is.
 */
export function policyInForce(
  caseType: Pick<CaseType, 'policy'>,
  policies: readonly Policy[],
  at: Instant,
): Policy | undefined {
  return policiesOf(caseType, policies).findLast(({ effectiveFrom }) => effectiveFrom <= at);
}
