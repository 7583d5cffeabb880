// Which decisions are steps of a reconciliation, as claims ask.
import type { DecidedEvent } from '@himaya/engine';

/**
 * Whether a decision on one of the gathering events brings people together: an assessment does that
 * only where it finds them eligible.
 */
export function isGathering({ type, data }: DecidedEvent): boolean {
  return type !== 'EligibilityAssessed' || (data as { readonly eligible: boolean }).eligible;
}
