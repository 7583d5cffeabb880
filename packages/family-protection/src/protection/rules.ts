// Rules of protection: nothing that stops anyone from being protected.
import { rulesOver } from '../rule.ts';
import { refuse } from '../wording/wording.ts';
import type { SafetyEvents } from './events.ts';
import { measureKind } from './parts.ts';

const rule = rulesOver<unknown, SafetyEvents>();

/** Rules of protection. */
export const protectionRules = {
  measureBegun: rule(['ProtectiveMeasureEnded'], {
    ...refuse(
      'MEASURE_NOT_BEGUN',
      null,
      'A measure does not end before it began.',
      'لا ينتهي التدبير الوقائي قبل أن يبدأ.',
    ),
    holds: ({ event, parts }) => {
      const measure = parts.one(measureKind, event.data.measureId);
      return measure === undefined || measure.openedAt.occurredAt <= event.occurredAt;
    },
  }),
};
