// What holds after every accepted command, whatever led there.
import type { InvariantSpec } from '@himaya/engine';
import { isMediationSafe } from './consequences/of-safety.ts';
import type { Context } from './context.ts';
import { partsIn } from '../parts.ts';
import { sessionKind } from '../conciliation/parts.ts';
import { agreementKind, responseKind } from './parts/kinds.ts';

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
    code: 'SESSION_WITHOUT_SAFETY',
    invariant: 'INV-01',
    text: {
      en: 'No session is scheduled while harm is not ruled out or someone is being protected.',
      ar: 'لا تقرر جلسة ما دام الأذى غير مستبعد أو تدبير وقائي ساريا.',
    },
    holds: (state) =>
      isMediationSafe(state) || partsIn(state.parts.all(sessionKind), 'scheduled').length === 0,
  },
  {
    code: 'CHILD_ON_LADDER',
    invariant: 'INV-17',
    text: {
      en: 'No child stands on the ladder of advice, warning and contravention.',
      ar: 'لا يخضع طفل لدرجات النصح والإنذار والمخالفة.',
    },
    holds: ({ context, parts }) =>
      parts
        .all(responseKind)
        .every(
          (part) =>
            part.context.level === 0 ||
            context.parties[part.context.respondent]?.isChild !== true,
        ),
  },
  {
    code: 'AGREEMENT_OF_ONE',
    text: { en: 'An agreement has several signers.', ar: 'للاتفاق أكثر من موقع.' },
    holds: ({ parts }) =>
      parts.all(agreementKind).every(({ context }) => new Set(context.signatories).size >= 2),
  },
];
