// Workers under leases: one process at a time does each thing, and another goes on when it ends.
import { setTimeout as pause } from 'node:timers/promises';
import { MemoryReadStore, type EventStore, type ReadStore } from '@himaya/event-store';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, WorkerOptions } from '../src/index.ts';
import { holdLease } from '../src/rim/lease-hold.ts';
import { bench, DAY } from './sample/bench.ts';
import { counting, dues, rowsIn } from './sample/projections.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Workers of one process; `end` resolves when they have stopped. */
function start(engine: Engine, options: Partial<WorkerOptions>): () => Promise<void> {
  const stop = new AbortController();
  const working = engine.runWorkers({ leaseMs: 300, pollMs: 20, ...options, signal: stop.signal });
  const end = async (): Promise<void> => {
    stop.abort();
    await working;
  };
  ends.push(end);
  return end;
}

/** Waits until it holds; the test's own limit ends a wait in vain. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await pause(5);
}

const reachedIn = async (engine: Engine, caseId: string): Promise<number> =>
  (await engine.history(caseId)).filter(({ type }) => type === 'DeadlineReached').length;

const heldBy = async (readStore: ReadStore): Promise<readonly string[]> => {
  const held = (await readStore.leases()).filter(({ leftMs }) => leftMs > 0);
  return [...new Set(held.map(({ holder }) => holder))];
};

describe('workers', () => {
  it('of two processes › reach each deadline once, react once and keep projections up', async () => {
    const readStore = new MemoryReadStore();
    const { engine, other, accept, open, clock } = bench();
    const projections = [counting(), dues()];
    const caseIds = [await open(), await open()];
    for (const caseId of caseIds) await accept('RecordIncident', { incident: 'i' }, { caseId });
    for (const one of [engine, other()]) start(one, { readStore, projections });
    clock.forward(2 * DAY);
    for (const caseId of caseIds) await until(async () => (await reachedIn(engine, caseId)) > 0);
    await until(async () => {
      const where = [{ column: 'status', is: '=', value: 'reached' }] as const;
      const rows = await rowsIn(readStore, 'dues', 'dues', { where });
      return new Set(rows.map(({ caseId }) => caseId)).size === 2;
    });
    for (const caseId of caseIds) expect(await reachedIn(engine, caseId)).toBe(1);
    expect((await readStore.leases()).map(({ name }) => name)).toEqual([
      'deadlines',
      'projection counts v1',
      'projection dues v1',
      'reactions',
    ]);
  });

  it('that are told to end › finish, give their leases back, and another goes on at once', async () => {
    const readStore = new MemoryReadStore();
    const { engine, other, accept, open, clock } = bench();
    const caseId = await open();
    const end = start(engine, { readStore, leaseMs: 3_600_000 });
    await until(async () => (await heldBy(readStore)).length === 1);
    await end();
    expect(await heldBy(readStore)).toEqual([]);
    start(other(), { readStore, leaseMs: 3_600_000 });
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY);
    await until(async () => (await reachedIn(engine, caseId)) === 1);
  });

  it('that cannot renew any more › do no more, and another process takes over', async () => {
    const readStore = new MemoryReadStore();
    const { engine, other, accept, open, clock } = bench();
    const caseId = await open();
    const commits: string[] = [];
    let isCut = false;
    const cut = faceOf(readStore, (name) => {
      if (isCut) throw new Error('no way there');
      if (name === 'commit') commits.push('first');
    });
    start(engine, { readStore: cut, projections: [counting()] });
    await until(async () => (await rowsIn(readStore, 'counts', 'types')).length > 0);
    const [first] = await heldBy(readStore);
    start(other(), { readStore, projections: [counting()] });
    isCut = true;
    await until(async () => {
      const now = await readStore.leases();
      return now.every(({ holder, leftMs }) => holder !== first && leftMs > 0);
    });
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY);
    await until(async () => (await reachedIn(engine, caseId)) === 1);
    const [counts] = await readStore.projections();
    expect(counts).toMatchObject({ status: 'live', parked: 0 });
  });

  it('a lease that cannot be renewed › is given up while it still lasts', async () => {
    const readStore = new MemoryReadStore();
    const cut = faceOf(readStore, (name) => {
      if (name === 'renewLease') throw new Error('no way there');
    });
    const hold = await holdLease(cut, 'work', 'one', 2_000);
    expect(await hold?.goOn()).toBe(true);
    await until(async () => !(await hold?.goOn()));
    expect((await readStore.leases())[0]?.leftMs).toBeGreaterThan(0);
    await hold?.release();
  });

  it('without a read store › work in every process, and appends decide', async () => {
    const { engine, other, accept, open, clock } = bench();
    const caseId = await open();
    for (const one of [engine, other()]) start(one, {});
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    clock.forward(2 * DAY);
    await until(async () => (await reachedIn(engine, caseId)) > 0);
    await pause(100);
    expect(await reachedIn(engine, caseId)).toBe(1);
    expect((await engine.replay(caseId))?.divergences).toEqual([]);
  });

  it('whose store fails › say so, and go on when it is back', async () => {
    const readStore = new MemoryReadStore();
    let isDown = true;
    const { store } = bench();
    const failing = faceOf(store, (name) => {
      if (isDown && name === 'readAll') throw new Error('no way there');
    });
    const { engine, alerts } = bench({ store: failing });
    start(engine, { readStore, projections: [counting()] });
    await until(() => alerts.some(({ code }) => code === 'worker-failed'));
    isDown = false;
    await until(async () => (await readStore.projections())[0]?.status === 'live');
  });

  it('a projection that is dropped under them › is left alone, the rest goes on', async () => {
    const readStore = new MemoryReadStore();
    const { engine, open } = bench();
    await open();
    await readStore.create(counting(), counting().tables);
    start(engine, { readStore, projections: [counting(1), counting(2)] });
    await until(async () => (await readStore.projections())[0]?.status === 'replaced');
    await until(async () => (await readStore.drop(counting())) === 'missing');
    await until(async () => {
      const lease = (await readStore.leases()).find(({ name }) => name.endsWith('counts v1'));
      return lease?.leftMs === 0;
    });
    await open();
    await until(async () => (await rowsIn(readStore, 'counts', 'types'))[0]?.count === 2);
    expect((await readStore.projections()).map(({ version }) => version)).toEqual([2]);
  });

  it.each([
    ['projections without a read store', { projections: [counting()] }],
    ['leases too short to renew', { leaseMs: 10 }],
    ['no pause between two looks', { pollMs: 0 }],
  ])('with %s › are refused', async (_what, options) => {
    const { signal } = new AbortController();
    await expect(bench().engine.runWorkers({ ...options, signal })).rejects.toMatchObject({
      code: 'option-invalid',
    });
  });
});

/** A store that asks before each call; what that throws, the call rejects with. */
function faceOf<Store extends ReadStore | EventStore>(
  store: Store,
  ask: (name: string) => void,
): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const found = Reflect.get(target, name, target) as unknown;
      if (typeof found !== 'function' || name === 'watch') {
        return typeof found === 'function' ? found.bind(target) : found;
      }
      return async (...args: unknown[]) => {
        ask(String(name));
        return Reflect.apply(found, target, args) as unknown;
      };
    },
  });
}
