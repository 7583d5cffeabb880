// The scenarios of the case types, each run as it is written.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MemoryEventStore } from '@himaya/event-store';
import { problemText, runScenario } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { caseTypes, policies } from '../src/index.ts';

const FOLDER = fileURLToPath(new URL('../../../test/scenarios/', import.meta.url));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const names = caseTypes.map(({ name, version }) => `${name}@${version}`);
const own = files.filter((name) => {
  const text = readFileSync(FOLDER + name, 'utf8');
  return names.some((one) => text.includes(`caseTypes: [${one}`));
});

test.each(own)('scenario › %s › goes as it is written', async (name) => {
  const options = { store: new MemoryEventStore(), caseTypes, policies };
  const report = await runScenario({ file: FOLDER + name }, options);
  expect(report.problems.map(problemText)).toEqual([]);
  expect(report.passed).toBe(true);
});

test('scenarios › of the case types › are several', () => {
  expect(own.length).toBeGreaterThanOrEqual(7);
});
