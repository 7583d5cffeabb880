// Workers in several processes on one file, one of them killed: everything happens once.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine, instant, msOf, type Engine } from '@himaya/engine';
import { verifyStore } from '@himaya/event-store';
import { seededRandom } from '@himaya/event-store/contract';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { seededIds } from '@himaya/testkit';
import { afterAll, expect, test } from 'vitest';
import { startScript } from '../process/script.ts';
import { caseTypes, policies } from './worked-cases.ts';

const SEED = Number(process.env.HIMAYA_SEED ?? 1);
const CASES = process.env.HIMAYA_NIGHTLY === '1' ? 400 : 80;
const START = msOf(instant('2027-01-10T06:00:00Z'));
const LATER = START + 3 * 86_400_000;
const LIVES_MS_MAX = 300;
const folder = mkdtempSync(join(tmpdir(), 'himaya-workers-'));
const workers: ChildProcess[] = [];
const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };

afterAll(() => {
  for (const worker of workers) worker.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Does `work` with an engine on the file, at an instant. */
async function withEngine<Result>(
  path: string,
  nowMs: number,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const store = openSqliteStore({ path });
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  try {
    return await work(createEngine({ store, caseTypes, policies, office: 'TST', clock }));
  } finally {
    await store.close();
  }
}

async function startWorker(path: string): Promise<ChildProcess> {
  const script = new URL('./engine-worker.ts', import.meta.url);
  const worker = await startScript(script, [path, String(LATER)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  workers.push(worker);
  return worker;
}

/** Resolves when a worker says `word`; one that ends before it has failed. */
function says(worker: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    worker.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    worker.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(word)) resolve();
    });
    worker.once('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`a worker ended with ${code}: ${errors}`));
    });
  });
}

test(`workers › three processes, one killed (seed ${SEED}) › do everything once`, async () => {
  const path = join(folder, 'store.db');
  const ids = seededIds(`workers ${SEED}`);
  const caseIds = await withEngine(path, START, (engine) =>
    Promise.all(
      Array.from({ length: CASES }, async () => {
        const id = ids.next();
        const outcome = await engine.execute({ id, name: 'Open', input: {} }, clerk);
        expect(outcome.kind).toBe('accepted');
        return id;
      }),
    ),
  );
  const [victim, ...others] = await Promise.all([1, 2, 3].map(() => startWorker(path)));
  const idle = others.map((one) => says(one, 'idle'));
  await says(victim as ChildProcess, 'started');
  await pause(seededRandom(SEED)() * LIVES_MS_MAX);
  victim?.kill('SIGKILL');
  await Promise.all(idle);
  // Another one that comes late finds nothing left to do, and repeats nothing.
  await says(await startWorker(path), 'idle');
  for (const worker of workers) worker.kill('SIGKILL');
  await withEngine(path, LATER, async (engine) => {
    for (const caseId of caseIds) {
      const history = await engine.history(caseId);
      const types = history.map(({ type, data }) => `${type} ${String(data['level'] ?? '')}`);
      expect(types.toSorted()).toEqual([
        'CaseOpened ',
        'DeadlineEscalated 1',
        'DeadlineEscalated 2',
        'DeadlineReached ',
        'Missed ',
        'Opened ',
        'Told ',
      ]);
      expect((await engine.caseAt(caseId))?.context).toEqual({ told: 1 });
      expect((await engine.replay(caseId))?.divergences).toEqual([]);
    }
  });
  const store = openSqliteStore({ path });
  expect((await verifyStore(store)).firstBad).toBeUndefined();
  await store.close();
}, 120_000);
