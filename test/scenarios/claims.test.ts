// A record is judged by claims decision by decision; one that nobody can judge says so.
import { brokenInRecord, type Claim } from '@himaya/engine';
import { MemoryEventStore, type StreamName } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';
import { runScenario } from '@himaya/testkit';
import { expect, test } from 'vitest';
import { FOLDER } from './recorded.ts';

const text = { en: 'Nobody is added.', ar: 'لا يضاف أحد.' };
const claim: Claim = {
  id: 'nobody',
  text,
  decisions: ['PartyAdded'],
  neverBy: ({ before, after, event }) =>
    event.type === 'PartyAdded' && before.context !== after.context,
};

async function recorded() {
  const store = new MemoryEventStore();
  const source = { file: `${FOLDER}sc-07.yaml` };
  const { steps } = await runScenario(source, { store, caseTypes, policies });
  const events = steps.flatMap((step) => step.events);
  const added = events.find(({ type }) => type === 'PartyAdded');
  const stream = added?.stream as StreamName;
  const { entries } = await store.readStream(stream, 0, 1_000);
  return { entries, added };
}

test('a record › in which a decision breaks a claim › tells which was the first', async () => {
  const { entries, added } = await recorded();
  const broken = brokenInRecord([claim], entries, { caseTypes, policies });
  expect([...broken]).toEqual([[claim, added?.position]]);
});

test('a record › whose procedure is not at hand › is a fault and no clean record', async () => {
  const { entries } = await recorded();
  expect(() => brokenInRecord([claim], entries, { caseTypes: [], policies })).toThrow(
    expect.objectContaining({ code: 'case-unfoldable' }) as Error,
  );
});
