// The table of the invariants that buildings and violence cases keep: each has rules and a test of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesOf } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { caseTypes, domesticViolence } from '../../src/index.ts';
import { holding, invariantsPage } from './invariants-page.ts';
import { proofs } from './proofs.ts';

const PAGE = fileURLToPath(new URL('../../../../docs/invariants.md', import.meta.url));

/** Those that the office's model asks buildings and violence cases to keep. */
const numbers = [...Array(12).keys()].map((nth) => nth + 1);
const due = [...numbers, 14, 16, 18, 19, 20, 21, 22, 23, 30, 31, 33, 34, 35];
const listed = due.map((nth) => `INV-${String(nth).padStart(2, '0')}`);

/** Held by no rule: the procedure has no way to break it, or the engine keeps it. */
const ruleless = ['INV-14', 'INV-23'];

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
  test.each(listed)('%s › has something that holds it, and a test in which it is gone', (name) => {
    const held = holding(name);
    expect(held.length).toBeGreaterThan(0);
    expect(held.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  test('proofs › take something out, each of them', () => {
    // None of them plays the case type as it is.
    expect(proofs.filter(({ caseType }) => caseType === domesticViolence)).toEqual([]);
  });

  test('each of them › is cited by a rule, a duty or an invariant, or has none on purpose', () => {
    const without = listed.filter((invariant) => !cited.has(invariant));
    expect(without.filter((invariant) => !ruleless.includes(invariant))).toEqual([]);
  });

  test('the page of them › is written from what holds them', () => {
    const page = invariantsPage(listed);
    if (process.env['HIMAYA_LOCK'] !== undefined) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8'), 'write it with HIMAYA_LOCK=add').toBe(page);
  });
});
