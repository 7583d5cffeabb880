// The table of the invariants that buildings and violence cases keep: each has rules and a test of its own.
import { readFileSync } from 'node:fs';
import { rulesOf } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { caseTypes, domesticViolence } from '../../src/index.ts';
import { proofs } from './proofs.ts';

/** Invariants that the oracle judges, by the proofs in which it finds them broken. */
const judged = [
  'INV-01',
  'INV-02',
  'INV-03',
  'INV-04',
  'INV-05',
  'INV-06',
  'INV-07',
  'INV-10',
  'INV-11',
  'INV-12',
  'INV-14',
  'INV-16',
  'INV-18',
  'INV-19',
  'INV-20',
  'INV-21',
  'INV-23',
  'INV-31',
  'INV-34',
  'INV-35',
];

/** Invariants that are proved elsewhere: the file, and the words of the test that does. */
const elsewhere: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'INV-08': ['separation.prop.test.ts', 'is never broken'],
  'INV-09': ['facility.test.ts', 'has her own entrance, whatever the desk was told'],
  'INV-22': ['passage.test.ts', 'where nothing is feared › gets any type by a supervisor'],
  'INV-30': ['supervised-visit.test.ts', 'is not started before who watches over it has come'],
  'INV-33': ['booking.test.ts', 'an order in a linked case › keeps them apart'],
};

/** Held by no rule: the procedure has no way to break it, or the engine keeps it. */
const ruleless = ['INV-14', 'INV-23', 'INV-33'];

const cited = new Set(
  caseTypes.flatMap((caseType) => [
    ...Object.values(caseType.requires).flatMap((guard) =>
      rulesOf(guard as never).map(({ invariant }) => invariant),
    ),
    ...Object.values(caseType.commands).flatMap(({ duties = [] }) =>
      duties.map(({ invariant }) => invariant),
    ),
    ...caseType.invariants.map(({ invariant }) => invariant),
  ]),
);

describe('invariants', () => {
  test.each(judged)('%s › is found broken once what holds it is missing', (invariant) => {
    const own = proofs.filter((proof) => proof.invariant === invariant);
    expect(own.length).toBeGreaterThan(0);
    // Each proof takes something out: none of them plays the case type as it is.
    expect(own.every(({ caseType }) => caseType !== domesticViolence)).toBe(true);
  });

  test.each(Object.entries(elsewhere))('%s › has a test of its own', (_, [file, words]) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    expect(text.split('\n').filter((line) => line.includes(words))).toHaveLength(1);
  });

  test('the list › is the whole of it', () => {
    const listed = [...judged, ...Object.keys(elsewhere)].toSorted();
    const numbers = [...Array(12).keys()].map((nth) => nth + 1);
    const due = [...numbers, 14, 16, 18, 19, 20, 21, 22, 23, 30, 31, 33, 34, 35];
    expect(listed).toEqual(due.map((nth) => `INV-${String(nth).padStart(2, '0')}`));
  });

  test('each of them › is cited by a rule, a duty or an invariant, or has none on purpose', () => {
    const listed = [...judged, ...Object.keys(elsewhere)];
    const without = listed.filter((invariant) => !cited.has(invariant));
    expect(without.filter((invariant) => !ruleless.includes(invariant))).toEqual([]);
  });
});
