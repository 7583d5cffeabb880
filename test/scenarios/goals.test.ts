// What a case has to be able to come to: a scenario comes there, through the real engine.
import { brokenInRecord, type Claim } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { caseTypes, checks, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { recordedCases } from './models.ts';
import { FOLDER } from './recorded.ts';

/** By case type and claim: the scenario that comes there. */
const shownBy: Readonly<Record<string, string>> = {
  'family.domesticViolence goal order': 'sc-01.yaml',
  'family.domesticViolence goal accord': 'sc-02.yaml',
  'family.domesticViolence goal end': 'violence-stage.yaml',
  'community.parkingDispute goal accord': 'parking-street.yaml',
  'community.parkingDispute goal end': 'parking-closure.yaml',
};

const goals = Object.entries(checks).flatMap(([type, list]) =>
  list.flatMap(({ claims }) =>
    claims.flatMap((claim) =>
      claim.reachable ? [[`${type} ${claim.id}`, type, claim, claim.reachable] as const] : [],
    ),
  ),
);

test.each(goals)('%s › is come to by a recorded case', async (name, type, { id, text }, never) => {
  const there: Claim = { id, text, never };
  const store = new MemoryEventStore();
  const source = { file: `${FOLDER}${shownBy[name] ?? ''}` };
  const { steps } = await runScenario(source, { store, caseTypes, policies });
  const events = steps.flatMap((step) => [...step.events, ...step.recorded]);
  const cases = await recordedCases(store, new Set(events.map(({ stream }) => stream)), policies);
  const own = cases.filter(({ caseType }) => caseType.name === type);
  const found = own.flatMap(({ entries }) => [
    ...brokenInRecord([there], entries, { caseTypes, policies }).values(),
  ]);
  expect(found.length).toBeGreaterThan(0);
});

test('every goal › has a scenario that comes there', () => {
  expect(goals.map(([name]) => name).sort()).toEqual(Object.keys(shownBy).sort());
});
