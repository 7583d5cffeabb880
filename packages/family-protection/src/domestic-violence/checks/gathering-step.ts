// Which decisions are steps of a reconciliation, as claims ask.
import type { StepView } from '@himaya/engine';
import { gathering } from '../rules/safety.ts';

/** Whether it brings people together: an assessment does that only where it finds them eligible. */
export function isGathering(event: StepView['events'][number] | undefined): boolean {
  if (event === undefined || !(gathering as readonly string[]).includes(event.type)) return false;
  return (
    event.type !== 'EligibilityAssessed' ||
    (event.data as { readonly eligible: boolean }).eligible
  );
}
