// For each rule about dangers a situation in which it, and nothing else, stands in the way.
import { alone, may, offer, screen, upTo, type Step } from './alley.ts';
import type { Refusal } from './refusals.ts';

const reclassify = (to: string): Step => ({
  by: 'sup1',
  command: 'ReclassifyCase',
  input: { to, reason: 'told' },
});

/** Dangers that wait for an action, and protection that is taken back. */
export const dangerRefusals: readonly Refusal[] = [
  {
    rule: 'dangerMet',
    codes: ['RECONCILIATION_BLOCKED_BY_RISK'],
    steps: [
      ...upTo.active,
      { by: 'cp1', command: 'NoteSafetyConcern', input: { immediateDanger: true } },
      screen('negative'),
      alone('A', 'negative'),
      alone('F', 'negative'),
      offer('A', 'B'),
    ],
  },
  {
    rule: 'protectionKept',
    codes: ['RECLASSIFICATION_NOT_APPROVED'],
    steps: [...upTo.active, reclassify('family.dispute'), reclassify('community.nuisance')],
  },
  {
    rule: 'measureBegun',
    codes: ['MEASURE_NOT_BEGUN'],
    steps: [
      ...upTo.active,
      {
        by: 'cp1',
        command: 'StartProtectiveMeasure',
        at: may(10),
        input: { measureId: 'M1', kind: 'separation' },
      },
      {
        by: 'sup1',
        command: 'EndProtectiveMeasure',
        input: { measureId: 'M1', outcome: 'replaced' },
        occurredAt: may(9, '10:00'),
        lateReason: 'forgotten',
      },
    ],
  },
];
