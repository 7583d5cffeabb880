// The claims about domestic violence: each is proved, and each fails where what makes it true is gone.
import { check, type CaseType, type Claim } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { domesticViolence, policyBaseline } from '../../src/index.ts';
import { faulty, unfollowed, unknown, untimed, without } from '../law/faults.ts';
import { checkOf, checksOf, LIMIT_MS, stepsTo, verdictsOf } from './claims.ts';
import {
  closedUnread,
  endedByAnother,
  fallingRisk,
  forgetfulShelter,
  onlyServed,
  ownerless,
  waitingEmergencies,
} from './faults.ts';

const all = checksOf(domesticViolence);

describe('claims about domestic violence › over every run of the case type', () => {
  for (const one of all) {
    const names = one.claims.map(({ id }) => id).join(', ');
    const verdict = one.claims.some(({ reachable }) => reachable) ? 'possible' : 'proved';
    test(`${names} › ${verdict}`, { timeout: LIMIT_MS }, () => {
      const verdicts = verdictsOf(domesticViolence, one);
      const told = [...verdicts].map(([{ id }, { kind }]) => [id, kind]);
      // What a case can come to is shown by a run, and by no abstraction.
      const due = (claim: Claim) => (claim.reachable === undefined ? 'proved' : 'possible');
      expect(told).toEqual(one.claims.map((claim) => [claim.id, due(claim)]));
    });
  }
});

const opensOrders = domesticViolence.parts['order']?.opens ?? [];

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
  ['pressure is not asked for', faulty(without('coercionRuledOut')), 'INV-19', 3],
  ['nobody looks at the risk', faulty(without('riskLow')), 'INV-02', 2],
  ['nobody looks at a high risk', faulty(without('highRiskReviewed')), 'INV-07', 7],
  ['an assessment lowers the risk', faulty(fallingRisk), 'INV-12', 2],
  ['nobody is asked to review a case', faulty(untimed('caseReview')), 'law 5 deadline', 1],
  ['a missed review is the last', faulty(unfollowed('a review that')), 'law 5 deadline', 2],
  ['emergencies wait for triage', faulty(waitingEmergencies), 'law 5 emergency', 1],
  ['a shelter makes forget an order', faulty(forgetfulShelter), 'orders stand', 2],
  ['another term ends an order', faulty(endedByAnother), 'orders stand', 2],
  ['nobody answers for a case', faulty(ownerless), 'INV-31', 2],
  ['a file is closed unread', faulty(closedUnread), 'INV-14', 2],
  ['there are no orders', faulty(...opensOrders.map(unknown)), 'goal order', 0],
  ['nothing is settled', faulty(unknown('SettlementProposed')), 'goal accord', 0],
  ['no case is closed', faulty(unknown('CaseClosed')), 'goal end', 0],
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

test('every claim › has a fault that breaks it', () => {
  const claimed = checksOf(domesticViolence).flatMap(({ claims }) => claims.map(({ id }) => id));
  expect([...new Set(faults.map(([, , id]) => id))].sort()).toEqual(claimed.sort());
});
