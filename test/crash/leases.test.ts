// Workers of several processes under leases, the one that works killed: another goes on in time.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine, instant, msOf } from '@himaya/engine';
import { MemoryReadStore, verifyStore, type ReadStore, type Row } from '@himaya/event-store';
import { seededIds } from '@himaya/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { hasServer, testServer } from '../../packages/event-store-postgres/test/server.ts';
import { startScript } from '../process/script.ts';
import { openPlaces } from './places.ts';
import { caseTypes, dues, policies, told } from './worked-cases.ts';

const SEED = Number(process.env.HIMAYA_SEED ?? 1);
const CASES = process.env.HIMAYA_NIGHTLY === '1' ? 200 : 10;
const START = msOf(instant('2027-01-10T06:00:00Z'));
const LATER = START + 3 * 86_400_000;
const LEASE_MS = 3_000;
const LEASES = ['deadlines', 'projection dues v1', 'projection told v1', 'reactions'];
const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };
const folder = mkdtempSync(join(tmpdir(), 'himaya-leases-'));
const workers: ChildProcess[] = [];
const isHere = await hasServer();

afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  if (isHere) await (await testServer()).stop();
});

async function startWorker(place: string): Promise<ChildProcess> {
  const script = new URL('./lease-worker.ts', import.meta.url);
  const worker = await startScript(script, [place, String(LATER), String(LEASE_MS)]);
  workers.push(worker);
  return worker;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50);
}

/** Resolves when a worker has loaded everything and begins. */
function begun(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.stdout?.once('data', () => resolve());
    worker.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
  });
}

/** Who holds all leases; `undefined` unless it is one holder. */
async function holderOf(readStore: ReadStore): Promise<string | undefined> {
  const held = (await readStore.leases()).filter(({ leftMs }) => leftMs > 0);
  const holders = new Set(held.map(({ holder }) => holder));
  return held.length === LEASES.length && holders.size === 1 ? [...holders][0] : undefined;
}

async function rowsOf(readStore: ReadStore): Promise<readonly (readonly Row[] | undefined)[]> {
  return Promise.all(
    [dues, told].map(({ name }) => readStore.find(name, name, { countMax: 1_000 })),
  );
}

async function killed(place: string): Promise<void> {
  const { store, readStore } = await openPlaces(place);
  const at = (nowMs: number) => {
    const clock = { now: () => nowMs, monotonicMs: () => nowMs };
    return createEngine({ store, caseTypes, policies, office: 'TST', clock });
  };
  const ids = seededIds(`leases ${SEED}`);
  const early = at(START);
  const open = async (): Promise<string> => {
    const id = ids.next();
    const outcome = await early.execute({ id, name: 'Open', input: {} }, clerk);
    expect(outcome.kind).toBe('accepted');
    return id;
  };
  const caseIds = await Promise.all(Array.from({ length: CASES }, open));
  const victim = await startWorker(place);
  await until(async () => (await holderOf(readStore)) !== undefined);
  const first = await holderOf(readStore);
  const other = await startWorker(place);
  await begun(other);
  // In the middle of what it does: not all is done, and something may be half done.
  caseIds.push(...(await Promise.all(Array.from({ length: CASES }, open))));
  await pause(100);
  victim.kill('SIGKILL');
  const killedMs = performance.now();
  await until(async () => {
    const holder = await holderOf(readStore);
    return holder !== undefined && holder !== first;
  });
  // The promise itself: of a process that was killed another one takes over within two leases.
  expect(performance.now() - killedMs).toBeLessThan(2 * LEASE_MS);
  const late = at(LATER);
  const complete = async (caseId: string) => (await late.history(caseId)).length >= 7;
  for (const caseId of caseIds) await until(() => complete(caseId));
  const fresh = new MemoryReadStore();
  for (const one of [dues, told]) await late.project(one, fresh).catchUp();
  const due = await rowsOf(fresh);
  expect(due.map((rows) => rows?.length)).toEqual([caseIds.length, caseIds.length]);
  await until(async () => JSON.stringify(await rowsOf(readStore)) === JSON.stringify(due));
  for (const caseId of caseIds) {
    const types = (await late.history(caseId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'DeadlineReached')).toHaveLength(1);
    expect(types.filter((type) => type === 'Told')).toHaveLength(1);
    expect((await late.replay(caseId))?.divergences).toEqual([]);
  }
  // Told to end, it finishes and gives everything back.
  const ended = new Promise<number | null>((resolve) => other.once('exit', resolve));
  other.kill('SIGTERM');
  expect(await ended).toBe(0);
  const leases = await readStore.leases();
  expect(leases.map(({ name, leftMs }) => [name, leftMs])).toEqual(LEASES.map((one) => [one, 0]));
  expect(await readStore.projections()).toMatchObject([{ parked: 0 }, { parked: 0 }]);
  expect((await verifyStore(store)).firstBad).toBeUndefined();
  await readStore.close();
  await store.close();
}

test(`workers on a file › one is killed (seed ${SEED}) › another does the rest, once`,
  () => killed(join(folder, 'store.db')), 120_000);

describe.skipIf(!isHere)('PostgreSQL (needs a server)', () => {
  test(`workers on a server › one is killed (seed ${SEED}) › another does the rest, once`,
    async () => killed(`${(await testServer()).url}#leases_${process.pid}`), 120_000);
});
