// The server is killed with -9 under load: what was acknowledged is there, once, and in its chain.
import { LOG_START, verifyStore, type Head, type StreamName } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { hasServer, testServer } from './server.ts';
import { openOnNewSchema } from './subject.ts';

const SEED = Number(process.env.HIMAYA_SEED ?? 1);
const ROUNDS = process.env.HIMAYA_NIGHTLY === '1' ? 50 : 5;

const isHere = await hasServer();
const onServer = test.skipIf(!isHere);
afterAll(async () => {
  if (isHere) await (await testServer()).stop();
});

onServer('server › when it is killed with -9 under load › nothing is lost', async (context) => {
  const { crash } = await testServer();
  if (!crash) return context.skip('HIMAYA_TEST_POSTGRES_URL: not ours to kill');
  console.log(`crash: seed=${SEED}, ${ROUNDS} rounds; again: HIMAYA_SEED=${SEED}`);
  const { store, dispose } = await openOnNewSchema({ busyTimeoutMs: 120_000 });
  const make = new EntryMaker(SEED);
  const heads = new Map<StreamName, Head | 'none'>();
  for (let made = 0; made < 8; made += 1) heads.set(make.stream(), 'none');
  const stop = new AbortController();
  const unclear: unknown[] = [];
  const writers = [...heads.keys()].map(async (stream) => {
    while (!stop.signal.aborted) {
      const request = make.append(stream, heads.get(stream) as Head | 'none');
      try {
        const outcome = await store.append(request);
        if (outcome.kind !== 'appended') throw new Error(`a lone writer met ${outcome.kind}`);
        heads.set(stream, outcome.heads[0].head);
      } catch (error) {
        unclear.push(error);
        return;
      }
    }
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    await setTimeout(20 + make.below(200));
    await crash();
  }
  stop.abort();
  await Promise.all(writers);
  // Each append went through in the end: a lost connection is made again, a repeat records nothing.
  expect(unclear).toEqual([]);
  let recorded = 0;
  for (const [stream, head] of heads) {
    expect((await store.readStream(stream, 0, 1)).head).toEqual(head);
    recorded += head === 'none' ? 0 : head.position + 1;
  }
  const report = await verifyStore(store);
  expect([report.entries, report.firstBad]).toEqual([recorded, undefined]);
  expect((await store.readAll(LOG_START, 1)).entries[0]?.globalPosition).toBe(0n);
  await store.close();
  await dispose?.();
}, 300_000);
