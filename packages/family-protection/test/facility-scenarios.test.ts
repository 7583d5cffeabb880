// The scenarios of the building, each run as it is written.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MemoryEventStore } from '@himaya/event-store';
import { problemText, runScenario } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { caseTypes, policies } from '../src/index.ts';

const FOLDER = fileURLToPath(new URL('../../../test/scenarios/', import.meta.url));
const own = readdirSync(FOLDER).filter((name) => /^(sc-10|facility).*\.yaml$/.test(name));

test.each(own)('scenario › %s › goes as it is written', async (name) => {
  const options = { store: new MemoryEventStore(), caseTypes, policies };
  const report = await runScenario({ file: FOLDER + name }, options);
  expect(report.problems.map(problemText)).toEqual([]);
});

test('scenarios › of the building › are four', () => {
  expect(own).toHaveLength(4);
});
