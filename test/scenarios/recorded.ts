// What a scenario of the office records on a store, told by hashes: they are the same on every store.
import { fileURLToPath } from 'node:url';
import { MemoryEventStore, verifyStore, type EventStore } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';
import { problemText, runScenario, type ScenarioReport } from '@himaya/testkit';
import { expect } from 'vitest';
import { brokenClaims } from './claims.ts';

/** Where the scenarios are. */
export const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** The scenarios that go on every store there is. */
export const MAIN_SCENARIOS = ['sc-01.yaml', 'sc-02.yaml', 'sc-03.yaml', 'sc-07.yaml'];

function runOn(store: EventStore, name: string): Promise<ScenarioReport> {
  return runScenario({ file: FOLDER + name }, { store, caseTypes, policies });
}

/** What the steps of a scenario have recorded. */
function hashesOf({ steps }: ScenarioReport): readonly string[] {
  return steps.flatMap(({ recorded, events }) => [...recorded, ...events].map(({ hash }) => hash));
}

async function hashesOn(store: EventStore, name: string): Promise<readonly string[]> {
  const report = await runOn(store, name);
  expect(report.problems.map(problemText)).toEqual([]);
  expect(report.passed).toBe(true);
  expect(await brokenClaims(store, report)).toEqual([]);
  return hashesOf(report);
}

/** Runs a scenario on a store, which is closed then, and in memory: both record the same, intact. */
export async function expectSameBytes(store: EventStore, name: string): Promise<void> {
  const recorded = await hashesOn(store, name);
  expect(recorded.length).toBeGreaterThan(3);
  expect((await verifyStore(store)).firstBad).toBeUndefined();
  await store.close();
  expect(recorded).toEqual(await hashesOn(new MemoryEventStore(), name));
}

/**
 * Runs a scenario on a store that cannot check several streams: it goes as in memory up to the step
 * that needs that, which is refused for it and records nothing.
 */
export async function expectUnsupported(
  store: EventStore,
  name: string,
  command: string,
): Promise<void> {
  const report = await runOn(store, name);
  expect(report.problems.map(problemText)).toEqual([
    expect.stringMatching(`expected ${command} accepted, found it refused: STORE_UNSUPPORTED$`),
  ]);
  const recorded = hashesOf(report);
  expect(recorded.length).toBeGreaterThan(3);
  expect((await verifyStore(store)).firstBad).toBeUndefined();
  await store.close();
  const inMemory = await hashesOn(new MemoryEventStore(), name);
  expect(recorded).toEqual(inMemory.slice(0, recorded.length));
}
