// The policy of the made-up case type.
import { definePolicy, instant, type Policy } from '../../src/index.ts';

const text = (en: string) => ({ en, ar: `نص: ${en}` });

/** Four values, none with a source. */
export const policy: Policy = definePolicy({
  name: 'sample',
  version: '1.0.0',
  effectiveFrom: instant('2020-01-01T00:00:00Z'),
  title: text('Sample policy'),
  calendar: {
    timeZone: 'Asia/Bahrain',
    utcOffsetMinutes: 180,
    weekend: ['friday', 'saturday'],
    holidays: [],
    workingHours: { from: '07:00', to: '14:15' },
    citation: null,
  },
  values: {
    response: value(2, 'days'),
    review: value(3, 'workingDays'),
    coolingOff: value(48, 'hours'),
    askedMax: value(5, 'count'),
  },
});

function value(amount: number, unit: string) {
  return { value: amount, unit, direction: 'fixed', citation: null, title: text(unit) } as const;
}
