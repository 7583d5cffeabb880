// The claims about domestic violence: each is proved, and each fails where what makes it true is gone.
import { check, type CaseType } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { domesticViolence, policyBaseline } from '../../src/index.ts';
import { faulty, unfollowed, untimed, without } from '../law/faults.ts';
import { checkOf, checksOf, LIMIT_MS, stepsTo, verdictsOf } from './claims.ts';
import { fallingRisk, forgetfulShelter, onlyServed, waitingEmergencies } from './faults.ts';

const all = checksOf(domesticViolence);

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
  ['an assessment lowers the risk', faulty(fallingRisk), 'INV-12', 2],
  ['nobody is asked to review a case', faulty(untimed('caseReview')), 'law 5 deadline', 1],
  ['a missed review is the last', faulty(unfollowed('a review that')), 'law 5 deadline', 2],
  ['emergencies wait for triage', faulty(waitingEmergencies), 'law 5 emergency', 1],
  ['a shelter makes forget an order', faulty(forgetfulShelter), 'orders stand', 2],
];

test('a check with more states than it may visit › is a fault, and proves nothing', () => {
  const work = (): unknown =>
    check(domesticViolence, policyBaseline, checkOf(domesticViolence, 'INV-01'), { statesMax: 3 });
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
