// Every scenario goes as it is written on the memory and the SQLite store, and records the same bytes.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { problemText, runScenario } from '@himaya/testkit';
import { afterAll, expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const folder = mkdtempSync(join(tmpdir(), 'himaya-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The hashes of everything that a scenario records on a store. */
async function hashesOn(store: EventStore, name: string): Promise<readonly string[]> {
  const report = await runScenario({ file: FOLDER + name }, { store, caseTypes, policies });
  await store.close();
  expect(report.problems.map(problemText)).toEqual([]);
  expect(report.passed).toBe(true);
  return report.steps.flatMap(({ recorded, events }) =>
    [...recorded, ...events].map(({ hash }) => hash),
  );
}

test.each(files)('scenario › %s on both stores › records the same bytes', async (name) => {
  const path = join(folder, `${name}.db`);
  const onSqlite = await hashesOn(openSqliteStore({ path }), name);
  expect(onSqlite.length).toBeGreaterThan(3);
  expect(onSqlite).toEqual(await hashesOn(new MemoryEventStore(), name));
});

test('scenarios › of the office › are there, SC-07 among them', () => {
  expect(files).toContain('sc-07.yaml');
  expect(files.length).toBeGreaterThanOrEqual(14);
});
