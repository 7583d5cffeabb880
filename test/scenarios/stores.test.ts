// Every scenario goes as it is written on the memory and the SQLite store, and records the same bytes.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { afterAll, expect, test } from 'vitest';
import { expectSameBytes, FOLDER } from './recorded.ts';

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const folder = mkdtempSync(join(tmpdir(), 'himaya-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(files)('scenario › %s on both stores › records the same bytes', async (name) => {
  await expectSameBytes(openSqliteStore({ path: join(folder, `${name}.db`) }), name);
});

test('scenarios › of the office › are there, SC-07 among them', () => {
  expect(files).toContain('sc-07.yaml');
  expect(files.length).toBeGreaterThanOrEqual(14);
});
