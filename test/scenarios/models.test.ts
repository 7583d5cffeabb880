// Every scenario, decision by decision, is a way through the models over which claims are proved.
import { readdirSync } from 'node:fs';
import type { CaseType } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { caseTypes, checks, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';
import { describe, expect, test } from 'vitest';
import { recordedCases, straysOf } from './models.ts';
import { FOLDER } from './recorded.ts';

const all = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const isNightly = process.env['HIMAYA_NIGHTLY'] !== undefined;
/** By day every fifth: all of them take as long as a tenth of all tests. */
const files = all.filter((_, index) => isNightly || index % 5 === 0);
if (files.length < all.length) {
  console.info(`${files.length} of ${all.length} scenarios; the others are followed nightly`);
}

async function casesOf(file: string) {
  const store = new MemoryEventStore();
  const report = await runScenario({ file: FOLDER + file }, { store, caseTypes, policies });
  const events = report.steps.flatMap((step) => [...step.events, ...step.recorded]);
  return recordedCases(store, new Set(events.map(({ stream }) => stream)), policies);
}

/** Without one event in what a case may do: what it forgets of it no model can know. */
function forgetting(caseType: CaseType, event: string): CaseType {
  const { [event]: _, ...events } = caseType.events;
  return { ...caseType, events };
}

const officers = (checks['family.domesticViolence'] ?? []).filter(({ claims }) =>
  claims.some(({ id }) => id === 'INV-31'),
);

test('a model without a step › is left where a recorded case takes it', async () => {
  const cases = await casesOf('sc-01.yaml');
  const forgotten = cases.map((one) => ({
    ...one,
    caseType: forgetting(one.caseType, 'CaseAssigned'),
  }));
  const strays = officers.flatMap((check) => forgotten.flatMap((one) => straysOf(check, one)));
  expect(strays).toEqual([expect.stringMatching(/^INV-31: CaseAssigned at \d+ of case-/)]);
});

test('values that are listed for another event, too › leave out what is recorded', async () => {
  // `from` is somebody where a case is handed over, and an instant where an order is issued.
  const narrow = officers.map((one) => ({
    ...one,
    abstraction: { ...one.abstraction, values: { ...one.abstraction.values, from: ['S'] } },
  }));
  const cases = await casesOf('sc-01.yaml');
  const strays = narrow.flatMap((check) => cases.flatMap((one) => straysOf(check, one)));
  expect(strays).toEqual([expect.stringMatching(/^INV-31: ProtectionOrderIssued at \d+ of case-/)]);
});

describe('what a scenario records › is a way through the model of each claim', () => {
  test.each(files)('%s', async (file) => {
    for (const one of await casesOf(file)) {
      const own = checks[one.caseType.name] ?? [];
      expect(own.flatMap((check) => straysOf(check, one))).toEqual([]);
    }
  });
});
