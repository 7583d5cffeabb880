// What holds after every accepted command, whatever led there.
import type { InvariantSpec } from '@himaya/engine';
import type { Context } from './context.ts';
import { partsIn } from '../parts.ts';
import { CONTACT_FORBIDDING } from './orders.ts';
import { orderKind } from './parts/kinds.ts';
import { sessionKind } from '../conciliation/parts.ts';
import { currentLevel, isHigh, highestEver } from './risk.ts';

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
    code: 'SESSION_AGAINST_ORDER',
    invariant: 'INV-01',
    text: {
      en: 'No session is scheduled for people whom an order keeps apart.',
      ar: 'لا تقرر جلسة لمن يمنع أمر حماية لقاءهم.',
    },
    holds: ({ parts }) => {
      const orders = partsIn(parts.all(orderKind), 'inForce').filter(({ context }) =>
        CONTACT_FORBIDDING.some((one) => context.conditions.includes(one)),
      );
      return partsIn(parts.all(sessionKind), 'scheduled').every(({ context: { attendees } }) =>
        orders.every(
          ({ context }) =>
            !attendees.includes(context.against) ||
            !context.protected.some((partyId) => attendees.includes(partyId)),
        ),
      );
    },
  },
  {
    code: 'SESSION_AT_HIGH_RISK',
    invariant: 'INV-02',
    text: {
      en: 'No session is scheduled while the risk is high.',
      ar: 'لا تقرر جلسة ما دامت الخطورة مرتفعة.',
    },
    holds: ({ context, parts }) =>
      !isHigh(currentLevel(context)) || partsIn(parts.all(sessionKind), 'scheduled').length === 0,
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
