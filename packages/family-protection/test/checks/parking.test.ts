// The claims about community complaints: each is proved, and each fails where what makes it true is gone.
import type { CaseType, Claim } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { parkingDispute } from '../../src/index.ts';
import { unfollowed, unknown, withFaults, without } from '../law/faults.ts';
import { checksOf, LIMIT_MS, stepsTo, verdictsOf } from './claims.ts';
import { closedUnread, ownerless, waitingEmergencies } from './faults.ts';

const faulty = (...faults: Parameters<typeof withFaults>[1][]): CaseType =>
  withFaults(parkingDispute, ...faults);

describe('claims about parking disputes › over every run of the case type', () => {
  for (const one of checksOf(parkingDispute)) {
    const names = one.claims.map(({ id }) => id).join(', ');
    const verdict = one.claims.some(({ reachable }) => reachable) ? 'possible' : 'proved';
    test(`${names} › ${verdict}`, { timeout: LIMIT_MS }, () => {
      const verdicts = verdictsOf(parkingDispute, one);
      const told = [...verdicts].map(([{ id }, { kind }]) => [id, kind]);
      // What a case can come to is shown by a run, and by no abstraction.
      const due = (claim: Claim) => (claim.reachable === undefined ? 'proved' : 'possible');
      expect(told).toEqual(one.claims.map((claim) => [claim.id, due(claim)]));
    });
  }

  test('the invariants of the domain model that concern it › are claimed', () => {
    const ids = checksOf(parkingDispute).flatMap(({ claims }) => claims.map(({ id }) => id));
    const due = ['01', '02', '03', '04', '05', '06', '14', '22', '31'].map((one) => `INV-${one}`);
    expect(ids).toEqual(expect.arrayContaining([...due, 'law 5 deadline', 'law 5 emergency']));
  });
});

const fromMediation = faulty(without('harmScreened'));

/** What is seeded, the claim that it breaks, and how often the shortest way there steps. */
const faults: readonly (readonly [string, CaseType, string, number])[] = [
  ['nobody screens for harm', fromMediation, 'INV-01', 3],
  ['a danger stops no session', faulty(unfollowed('a danger stops')), 'INV-01', 5],
  ['a measure is no obstacle', faulty(without('noMeasureRunning', 'harmScreened')), 'INV-02', 3],
  ['children sit at the table', faulty(without('partyMayMediate')), 'INV-03', 1],
  ['consents are not private', faulty(without('obtainedPrivately')), 'INV-04', 1],
  ['anybody hears a child', faulty(without('childScreenedByInterviewer')), 'INV-05', 1],
  ['the accused is with the child', faulty(without('guardianUnconflicted')), 'INV-06', 1],
  ['whoever is afraid is sent away', faulty(without('noHarmSuspected')), 'INV-14', 2],
  ['anybody moves a case', faulty(without('lessProtectionApproved')), 'INV-22', 1],
  ['a missed review is the last', faulty(unfollowed('a review that')), 'law 5 deadline', 2],
  ['emergencies wait for triage', faulty(waitingEmergencies), 'law 5 emergency', 1],
  ['nobody answers for a case', faulty(ownerless), 'INV-31', 2],
  ['a file is closed unread', faulty(closedUnread), 'INV-14 triage', 2],
  ['what is signed obliges nobody', faulty(unfollowed('each clause')), 'goal accord', 0],
  ['no case is closed', faulty(unknown('CaseClosed')), 'goal end', 0],
];

describe('claims about parking disputes › a fault is seeded', () => {
  for (const [what, caseType, id, length] of faults) {
    test(`${what} › ${id} is found broken`, { timeout: LIMIT_MS }, () => {
      const steps = stepsTo(caseType, id);
      expect(steps, steps.join(', ')).toHaveLength(length);
    });
  }
});

test('every claim › has a fault that breaks it', () => {
  const claimed = checksOf(parkingDispute).flatMap(({ claims }) => claims.map(({ id }) => id));
  expect([...new Set(faults.map(([, , id]) => id))].sort()).toEqual(claimed.sort());
});
