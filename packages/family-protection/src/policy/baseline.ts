// The national baseline of the procedure, version 1.0.0: calendar, terms, thresholds and lists.
import { definePolicy, instant, type Policy } from '@himaya/engine';
import { calendar } from './calendar.ts';
import { clauseValues } from './clauses.ts';
import { communityValues } from './community.ts';
import { facilityValues } from './facility.ts';
import { protectionTerms, protectionValues } from './protection.ts';
import { reconciliationValues } from './reconciliation.ts';
import { terms } from './terms.ts';

/** The unified procedural policy that every directorate starts from. */
export const policyBaseline: Policy = definePolicy({
  name: 'baseline',
  version: '1.0.0',
  effectiveFrom: instant('2026-01-01T00:00:00+03:00'),
  title: { en: 'Unified procedural policy', ar: 'السياسة الإجرائية الموحدة' },
  calendar,
  values: {
    ...terms,
    ...communityValues,
    ...clauseValues,
    ...protectionTerms,
    ...protectionValues,
    ...reconciliationValues,
    ...facilityValues,
  },
});
