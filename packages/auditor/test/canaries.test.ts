// A canary in every sensitive field and free text of a whole case: no answer of the command sings.
import { fileURLToPath } from 'node:url';
import { redact, sensitiveFields } from '@himaya/engine';
import {
  MemoryEventStore,
  readEnvelope,
  sealEntry,
  type Entry,
  type Envelope,
  type NonEmpty,
  type StreamName,
} from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { himaya, scratch } from './command-line.ts';

const CANARY = 'Canary-كناري';
const SCENARIO = fileURLToPath(new URL('../../../test/scenarios/sc-07.yaml', import.meta.url));
const definitions = { caseTypes, policies };
const folder = scratch();
const path = folder.path('canaries.db');
let stream: StreamName = '';
let planted = 0;

beforeAll(async () => {
  const memory = new MemoryEventStore();
  const report = await runScenario({ file: SCENARIO }, { store: memory, ...definitions });
  stream = `case-${report.cases[0]?.caseId}`;
  const { entries } = await memory.readStream(stream, 0, 4_096);
  const sealed: Entry[] = [];
  for (const { bytes } of entries) {
    const envelope = withCanaries(readEnvelope(bytes));
    sealed.push(sealEntry({ ...envelope, prev: sealed.at(-1)?.hash ?? null }));
  }
  const store = openSqliteStore({ path });
  const writes = [{ stream, expected: 'none', entries: sealed as unknown as NonEmpty<Entry> }];
  await store.append({ writes: writes as never });
  await store.close();
});
afterAll(() => folder.remove());

function withCanaries(envelope: Envelope): Envelope {
  const schema = caseTypes[0]?.events[envelope.type];
  const data = schema
    ? replaced(envelope.data, redact(envelope.data, sensitiveFields(schema)))
    : envelope.data;
  const texts = { reason: CANARY, lateReason: CANARY, basis: CANARY };
  return { ...envelope, ...texts, data: data as Envelope['data'] };
}

/** The value with a canary wherever its redacted copy differs. */
function replaced(value: unknown, shown: unknown): unknown {
  if (typeof shown === 'string' && shown !== value) {
    planted += 1;
    return CANARY;
  }
  if (Array.isArray(value)) return value.map((one, at) => replaced(one, (shown as unknown[])[at]));
  if (typeof value !== 'object' || value === null) return value;
  const copy = shown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, replaced(one, copy[key])]),
  );
}

const calls = (): readonly (readonly string[])[] => {
  const caseId = stream.replace('case-', '');
  return [
    ['cases'],
    ['history', caseId, '--data'],
    ['replay', caseId],
    ['replay', caseId, '--position', '40'],
    ['replay', '--all'],
    ...[1, 2, 3, 14, 30, 45].map((position) => ['explain', caseId, String(position)]),
    ...['INT', 'CW', 'SUP'].map((role) => ['options', caseId, '--as', role]),
    ['verify'],
  ];
};

test.each([
  ['in English', []],
  ['in Arabic', ['--lang', 'ar']],
  ['as JSON', ['--json']],
])('himaya %s › of a case full of canaries › shows none', async (_, extra) => {
  expect(planted).toBeGreaterThan(8);
  for (const argv of calls()) {
    const asked = [...argv, ...extra, '--store', `sqlite:${path}`];
    const { code, out, err } = await himaya(asked, { definitions, columns: 100 });
    expect([argv, [0, 1].includes(code)]).toEqual([argv, true]);
    expect([argv, out.length > 0, (out + err).includes('Canary')]).toEqual([argv, true, false]);
  }
});

test('himaya › with --unredacted › shows them', async () => {
  const caseId = stream.replace('case-', '');
  const argv = ['history', caseId, '--data', '--store', `sqlite:${path}`, '--unredacted'];
  expect((await himaya(argv, { definitions })).out).toContain('Canary');
});
