// The claims about domestic violence: each is proved, and each fails where what makes it true is gone.
import { check, type CaseType, type Check, type Claim, type Verdict } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { checks, domesticViolence, policyBaseline } from '../../src/index.ts';
import { faulty, ruled, unfollowed, without } from '../law/faults.ts';

/** The machine may be busy: a check takes some seconds, and this only ends one that hangs. */
const LIMIT_MS = 600_000;
const all = checks['family.domesticViolence'] ?? [];

function verdictsOf(caseType: CaseType, one: Check): ReadonlyMap<Claim, Verdict> {
  return check(caseType, policyBaseline, one).verdicts;
}

/** The check with one claim alone: the others would be looked at for nothing. */
function checkOf(id: string): Check {
  const found = all.find(({ claims }) => claims.some((claim) => claim.id === id));
  if (!found) throw new Error(`no claim ${id}`);
  return { ...found, claims: found.claims.filter((claim) => claim.id === id) };
}

function stepsTo(caseType: CaseType, id: string): readonly string[] {
  const [verdict] = verdictsOf(caseType, checkOf(id)).values();
  if (verdict?.kind !== 'found') throw new Error(`${id}: ${JSON.stringify(verdict)}`);
  return verdict.steps.map(({ type }) => type);
}

describe('claims about domestic violence › over every run of the case type', () => {
  for (const one of all) {
    const names = one.claims.map(({ id }) => id).join(', ');
    test(`${names} › proved`, { timeout: LIMIT_MS }, () => {
      const verdicts = verdictsOf(domesticViolence, one);
      const told = [...verdicts].map(([{ id }, { kind }]) => [id, kind]);
      expect(told).toEqual(one.claims.map(({ id }) => [id, 'proved']));
    });
  }
});

/** An order counts for nothing before it is served. */
const onlyServed = ruled('noOrderBetween', (holds) => (view) => {
  const { parts } = view;
  const served: typeof parts.all = (kind) =>
    parts.all(kind).filter((part) => part.kind !== 'order' || part.in('inForce.served'));
  return holds({ ...view, parts: { one: (kind, id) => parts.one(kind, id), all: served } });
});

/** What is seeded, the claim that it breaks, and how often the shortest way there steps. */
const faults: readonly (readonly [string, CaseType, string, number])[] = [
  ['an order counts only once it is served', faulty(onlyServed), 'INV-01', 7],
  ['nothing stops at a danger', faulty(unfollowed('whatever makes somebody unsafe')), 'INV-01', 7],
  ['consents are not private', faulty(without('obtainedPrivately')), 'INV-04', 1],
  ['judgement lowers', faulty(without('notBelowBand')), 'INV-12 judgement', 1],
  ['anybody moves a case', faulty(without('lessProtectionApproved')), 'INV-22', 1],
  ['child victims are forgotten', faulty(without('typePermits')), 'INV-03', 1],
  ['anybody hears a child', faulty(without('childScreenedByInterviewer')), 'INV-05', 1],
  ['the accused is with the child', faulty(without('guardianUnconflicted')), 'INV-06', 1],
  ['pressure is not asked for', faulty(without('coercionRuledOut')), 'INV-19', 2],
  ['nobody looks at the risk', faulty(without('riskLow')), 'INV-02', 2],
  ['nobody looks at a high risk', faulty(without('highRiskReviewed')), 'INV-07', 7],
];

test('a check with more states than it may visit › is a fault, and proves nothing', () => {
  const work = (): unknown =>
    check(domesticViolence, policyBaseline, checkOf('INV-01'), { statesMax: 3 });
  expect(work).toThrow(/check-limit.*more than 3 states can be reached/);
});

describe('claims about domestic violence › a fault is seeded', () => {
  for (const [what, caseType, id, length] of faults) {
    test(`${what} › ${id} is found broken`, { timeout: LIMIT_MS }, () => {
      const steps = stepsTo(caseType, id);
      expect(steps, steps.join(', ')).toHaveLength(length);
    });
  }
});
