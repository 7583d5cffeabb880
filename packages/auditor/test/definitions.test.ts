// How the command tells procedures apart that share a version.
import { definePolicy } from '@himaya/engine';
import { expect, test } from 'vitest';
import { localTime } from '../src/definitions.ts';
import { baseline, permit } from '../../testkit/test/permit.ts';

test('localTime › of policies that share a version › takes the one of the case type', () => {
  const calendar = { ...baseline.calendar, timeZone: 'UTC', utcOffsetMinutes: 0 };
  const elsewhere = definePolicy({ ...baseline, name: 'elsewhere', calendar });
  const own = { ...permit, policy: 'baseline' } as typeof permit;
  const other = { ...permit, policy: 'elsewhere' } as typeof permit;
  const definitions = { caseTypes: [own, other], policies: [elsewhere, baseline] };
  const instant = '2027-05-09T06:00:00.000Z';
  expect(localTime(definitions, own, '1.0.0')(instant)).toBe('2027-05-09 09:00+03:00');
  expect(localTime(definitions, other, '1.0.0')(instant)).toBe('2027-05-09 06:00+00:00');
  expect(localTime(definitions, own, '9.0.0')(instant)).toBe('2027-05-09 09:00+03:00');
});
