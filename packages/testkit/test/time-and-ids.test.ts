// Simulated time and seeded ids: what tests stand on must itself be exact.
import { describe, expect, test } from 'vitest';
import { seededIds, simulatedClock } from '../src/index.ts';

describe('simulatedClock', () => {
  test('simulatedClock › when nothing moves it › stands still', () => {
    const clock = simulatedClock('2027-05-09T08:00:00+03:00');
    expect([clock.at, clock.now(), clock.at]).toEqual([
      '2027-05-09T05:00:00.000Z',
      Date.parse('2027-05-09T05:00:00Z'),
      '2027-05-09T05:00:00.000Z',
    ]);
  });

  test('simulatedClock › when time passes › moves both clocks alike', () => {
    const clock = simulatedClock('2027-05-09T05:00:00Z');
    clock.advanceBy(1_000);
    clock.advanceTo('2027-05-09T05:01:00Z');
    expect([clock.at, clock.monotonicMs()]).toEqual(['2027-05-09T05:01:00.000Z', 60_000]);
  });

  test('simulatedClock › when it is told to go back › refuses', () => {
    const clock = simulatedClock('2027-05-09T05:00:00Z');
    expect(() => clock.advanceTo('2027-05-09T04:59:59Z')).toThrow(RangeError);
    expect(() => clock.advanceBy(Number.NaN)).toThrow(RangeError);
    expect(clock.at).toBe('2027-05-09T05:00:00.000Z');
  });

  test('simulatedClock › when it jumps › moves the wall clock only', () => {
    const clock = simulatedClock('2027-05-09T05:00:00Z');
    clock.jumpTo('2027-05-08T05:00:00Z');
    expect([clock.at, clock.monotonicMs()]).toEqual(['2027-05-08T05:00:00.000Z', 0]);
    clock.advanceBy(5);
    expect([clock.at, clock.monotonicMs()]).toEqual(['2027-05-08T05:00:00.005Z', 5]);
  });
});

describe('seededIds', () => {
  const take = (seed: string | number, count: number) => {
    const ids = seededIds(seed);
    return Array.from({ length: count }, () => ids.next());
  };

  test('seededIds › of any seed › are valid ULIDs that increase', () => {
    for (const seed of ['', 'SC-07', 42, 'حماية']) {
      const ids = take(seed, 2_000);
      expect(ids.every((id) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toBe(true);
      expect([...ids].sort()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('seededIds › of one seed › repeat, and of another differ', () => {
    expect(take('a', 50)).toEqual(take('a', 50));
    const others = new Set(take('b', 50));
    expect(take('a', 50).filter((id) => others.has(id))).toEqual([]);
  });
});
