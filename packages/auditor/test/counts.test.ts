// Counts in words: each of the numbers that English and Arabic tell apart.
import { describe, expect, test } from 'vitest';
import { speech } from '../src/words.ts';

const [en, ar] = [speech('en'), speech('ar')];

describe('a count', () => {
  test.each([
    [0, '0 cases', 'لا قضايا'],
    [1, '1 case', 'قضية واحدة'],
    [2, '2 cases', 'قضيتان'],
    [3, '3 cases', '3 قضايا'],
    [10, '10 cases', '10 قضايا'],
    [11, '11 cases', '11 قضية'],
    [100, '100 cases', '100 قضية'],
    [102, '102 cases', '102 قضية'],
    [103, '103 cases', '103 قضايا'],
  ])('a count › of %i cases › is said as each language says it', (count, english, arabic) => {
    expect([en.count(count, 'case'), ar.count(count, 'case')]).toEqual([english, arabic]);
  });

  test('a count › of a masculine noun from eleven on › has its own form', () => {
    const said = [0, 1, 2, 5, 11, 99, 100].map((count) => ar.count(count, 'entry'));
    expect(said).toEqual(['لا قيود', 'قيد واحد', 'قيدان', '5 قيود', '11 قيدا', '99 قيدا',
      '100 قيد']);
  });

  test('a count › of each thing that is counted › has its own forms', () => {
    for (const what of ['case', 'entry', 'entryRead', 'step', 'stepNotRun', 'stream'] as const) {
      const forms = [1, 2, 3].map((count) => ar.count(count, what));
      expect([what, new Set(forms).size, /\d/.test(`${forms[0]}${forms[1]}`)])
        .toEqual([what, 3, false]);
      expect(en.count(1, what)).not.toBe(en.count(2, what).replace('2', '1'));
    }
  });
});

describe('a value of a policy', () => {
  test.each([
    [1, 'days', '1 day', 'يوم واحد'],
    [2, 'workingDays', '2 working days', 'يوما عمل'],
    [3, 'hours', '3 hours', '3 ساعات'],
    [14, 'days', '14 days', '14 يوما'],
    [0.5, 'hours', '0.5 hours', '0.5 ساعة'],
    [3, 'count', '3', '3'],
    [['a'], 'list', '["a"]', '["a"]'],
  ])('a value of a policy › of %j %s › is said with its unit', (value, unit, english, arabic) => {
    expect([en.quantity(value, unit), ar.quantity(value, unit)]).toEqual([english, arabic]);
  });
});
