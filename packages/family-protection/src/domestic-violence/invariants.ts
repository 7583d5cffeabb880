// What holds after every accepted command, whatever led there.
import type { InvariantSpec } from '@himaya/engine';
import type { Context } from './context.ts';
import { isHigh, highestEver } from './risk.ts';

/** Invariants, each with the code of what would break it. */
export const invariants: readonly InvariantSpec<Context>[] = [
  {
    code: 'NO_ACCOUNTABLE_OFFICER',
    invariant: 'INV-31',
    text: {
      en: 'Somebody is accountable for the case from intake on.',
      ar: 'يوجد ضابط مسؤول عن القضية منذ الاستقبال.',
    },
    holds: ({ context, in: inState }) =>
      inState('lifecycle.draft') || (context.lead ?? context.dutyOfficer) !== null,
  },
  {
    code: 'HIGH_RISK_CLOSED_BY_ONE',
    invariant: 'INV-07',
    text: {
      en: 'A case whose risk was ever high is closed by two people.',
      ar: 'القضية التي سبق أن كانت خطورتها مرتفعة يغلقها شخصان.',
    },
    holds: ({ context, in: inState }) =>
      !inState('lifecycle.closed') ||
      !isHigh(highestEver(context)) ||
      (context.closure?.reviewers.length ?? 0) > 0,
  },
];
