// The policy of found items: how long things are kept, as data with a source for each value.
import { definePolicy, instant } from '@himaya/engine';

/** Version 1.0.0. `citation: null` says openly that a value has no source yet. */
export const foundItemPolicy = definePolicy({
  name: 'foundItems',
  version: '1.0.0',
  effectiveFrom: instant('2026-01-01T00:00:00+03:00'),
  title: { en: 'Found items', ar: 'اللقطات' },
  calendar: {
    timeZone: 'Asia/Bahrain',
    utcOffsetMinutes: 180,
    weekend: ['friday', 'saturday'],
    holidays: ['2027-01-01'],
    workingHours: { from: '07:00', to: '14:15' },
    citation: null,
  },
  values: {
    keepingPeriod: {
      value: 90,
      unit: 'days',
      direction: 'tightenHigher',
      citation: null,
      title: { en: 'A found item is kept at least', ar: 'أقل مدة لحفظ اللقطة' },
    },
    claimAnswer: {
      value: 3,
      unit: 'workingDays',
      direction: 'tightenLower',
      citation: { source: 'Station order 7/2026, paragraph 4 (made up for this example)' },
      title: { en: 'A claim is answered within', ar: 'مهلة الرد على المطالبة' },
    },
  },
});
