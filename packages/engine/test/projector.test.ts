// Projections: every event once, in any number of turns and processes; what fails parks.
import { MemoryReadStore, MemoryEventStore, LOG_START, type Head } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { describe, expect, it } from 'vitest';
import { caseProjection, projection, type RecordedEvent } from '../src/index.ts';
import { bench, DAY } from './sample/bench.ts';
import { matter, matterVersion } from './sample/matter.ts';
import { counting, dues, rowsIn } from './sample/projections.ts';

const SEED = Number(process.env.HIMAYA_SEED ?? 1);

const typesIn = async (readStore: MemoryReadStore) =>
  Object.fromEntries(
    (await rowsIn(readStore, 'counts', 'types')).map(({ type, count }) => [type, count]),
  );

function failingAt(failing: () => string | undefined) {
  return ({ type }: RecordedEvent): void => {
    if (type === failing()) throw new RangeError('a secret of the case');
  };
}

describe('a projection of events', () => {
  it('caught up again and again › holds each event once, of all cases', async () => {
    const readStore = new MemoryReadStore();
    const { engine, accept, open } = bench();
    const caseId = await open();
    await open();
    const counts = engine.project(counting(), readStore);
    expect(await readStore.find('counts', 'types', { countMax: 1 })).toBeUndefined();
    const [first, second] = await Promise.all([counts.catchUp(), counts.catchUp()]);
    expect([first.kind, second.kind].toSorted()).toEqual(['caught-up', 'held']);
    await accept('Note', { note: 'a' }, { caseId });
    expect(await counts.catchUp()).toMatchObject({ kind: 'caught-up', entries: 1, parked: 0 });
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 2, Opened: 2, Noted: 1 });
    expect(await engine.project(counting(), readStore).catchUp()).toMatchObject({ entries: 0 });
  });

  it('goes on in another process › reads the rows that it folds on', async () => {
    const readStore = new MemoryReadStore();
    const { engine, accept, open, other } = bench();
    const caseId = await open();
    await engine.project(counting(), readStore).catchUp();
    for (const note of ['a', 'b']) await accept('Note', { note }, { caseId });
    await other().project(counting(), readStore).catchUp();
    await accept('Note', { note: 'c' }, { caseId });
    await engine.project(counting(), readStore).catchUp();
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 1, Opened: 1, Noted: 3 });
  });

  it(`in any turns of any processes (seed ${SEED}) › its rows are those of a fresh build`, async () => {
    const store = new MemoryEventStore();
    const { engine, other } = bench({ store });
    const engines = [engine, other(), other()];
    const make = new EntryMaker(SEED);
    const streams = Array.from({ length: 40 }, () => make.stream());
    const heads = new Map<string, Head>();
    const readStore = new MemoryReadStore();
    const kept = engines.map((one) => one.project(counting(), readStore));
    for (let turn = 0; turn < 30; turn += 1) {
      for (let count = make.below(80); count > 0; count -= 1) {
        const stream = make.pick(streams as [string, ...string[]]);
        const outcome = await store.append(make.append(stream, heads.get(stream) ?? 'none'));
        if (outcome.kind !== 'appended') throw new Error(outcome.kind);
        heads.set(stream, outcome.heads[0].head);
      }
      const at = make.below(kept.length);
      const own = engines[at] as typeof engine;
      if (make.below(4) === 0) kept[at] = own.project(counting(), readStore);
      expect((await kept[at]?.catchUp())?.kind).toBe('caught-up');
    }
    const fresh = new MemoryReadStore();
    await engine.project(counting(), fresh).catchUp();
    await kept[0]?.catchUp();
    for (const table of ['types', 'streams']) {
      const rows = await rowsIn(readStore, 'counts', table);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toEqual(await rowsIn(fresh, 'counts', table));
    }
  });

  it('whose fold catches everything › still sees the rows that were not in memory', async () => {
    const readStore = new MemoryReadStore();
    const { engine, open, other } = bench();
    const careless = projection({
      name: 'careless',
      version: 1,
      tables: { all: { columns: { id: 'text', count: 'integer' }, key: ['id'] } },
      on: {
        Opened: ({ rows }) => {
          let count = 0;
          try {
            count = rows.all.get('x')?.count ?? 0;
          } catch {
            // Nothing: that is what is careless.
          }
          rows.all.put({ id: 'x', count: count + 1 });
        },
      },
    });
    await open();
    await engine.project(careless, readStore).catchUp();
    await open();
    await other().project(careless, readStore).catchUp();
    expect(await rowsIn(readStore, 'careless', 'all')).toEqual([{ id: 'x', count: 2 }]);
  });
});

describe('an event that a projection cannot take', () => {
  it('is parked › its stream waits, others go on, and it is told without what it holds', async () => {
    const readStore = new MemoryReadStore();
    const { engine, accept, open, alerts } = bench();
    const [bad, good] = [await open(), await open()];
    let failing: string | undefined = 'Noted';
    const counts = engine.project(counting(1, failingAt(() => failing)), readStore);
    await counts.catchUp();
    await accept('Note', { note: 'a' }, { caseId: bad });
    await accept('Note', { note: 'b' }, { caseId: bad });
    failing = 'Opened';
    await open();
    failing = 'Noted';
    expect(await counts.catchUp()).toMatchObject({ entries: 4, parked: 1 });
    expect(await readStore.parked({ name: 'counts', version: 1 })).toEqual([
      {
        stream: `case-${bad}`,
        position: 2,
        type: 'Noted',
        reason: 'it threw RangeError',
        retry: false,
      },
    ]);
    expect(alerts.map(({ code, caseId }) => [code, caseId])).toEqual([['projection-parked', bad]]);
    expect(JSON.stringify(alerts)).not.toContain('secret');
    // What the fold had changed before it failed is undone.
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 3, Opened: 3 });
    failing = undefined;
    await accept('Note', { note: 'c' }, { caseId: good });
    await counts.catchUp();
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 3, Opened: 3, Noted: 1 });
    // Tried again when somebody asks for it: from the parked event on, in order.
    expect(await readStore.askRetry({ name: 'counts', version: 1 })).toBe(1);
    expect(await counts.catchUp()).toMatchObject({ entries: 0, parked: 0 });
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 3, Opened: 3, Noted: 3 });
  });

  it('in a process that starts anew › is tried again by itself, once', async () => {
    const readStore = new MemoryReadStore();
    const { engine, accept, open, other } = bench();
    let tries = 0;
    const check = ({ type }: RecordedEvent): void => {
      if (type !== 'Noted') return;
      tries += 1;
      throw new RangeError('no');
    };
    await accept('Note', { note: 'a' }, { caseId: await open() });
    await engine.project(counting(1, check), readStore).catchUp();
    expect(tries).toBe(1);
    const again = other().project(counting(1, check), readStore);
    await again.catchUp();
    expect(await again.catchUp()).toMatchObject({ parked: 1 });
    expect(tries).toBe(2);
    await other().project(counting(), readStore).catchUp();
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 1, Opened: 1, Noted: 1 });
  });

  it('in more streams than may wait › the projection stops and says that it is broken', async () => {
    const readStore = new MemoryReadStore();
    const store = new MemoryEventStore();
    const make = new EntryMaker(SEED);
    for (let made = 0; made < 1_001; made += 1) {
      await store.append({
        writes: [{ stream: `x-${made}`, expected: 'none', entries: [
          make.entry(`x-${made}`, 'none', { type: 'NoteAdded' }),
        ] }],
      });
    }
    const { engine } = bench({ store });
    const counts = engine.project(counting(1, failingAt(() => 'NoteAdded')), readStore);
    await expect(counts.catchUp()).rejects.toMatchObject({ code: 'projection-failing' });
    const [state] = await readStore.projections();
    expect(state).toMatchObject({ status: 'building', parked: 1_001 });
    // And so it does when it is begun again.
    const { engine: other } = bench({ store });
    const again = other.project(counting(1, failingAt(() => 'NoteAdded')), readStore);
    await expect(again.catchUp()).rejects.toMatchObject({ code: 'projection-failing' });
  });
});

describe('a version of a projection', () => {
  it('beside the one that is read › is read when it has caught up, never the other way', async () => {
    const readStore = new MemoryReadStore();
    const { engine, open } = bench();
    await open();
    const old = engine.project(counting(1), readStore);
    await old.catchUp();
    const next = engine.project(counting(2, undefined, ['Opened']), readStore);
    await next.catchUp();
    expect(await typesIn(readStore)).toEqual({ Opened: 1 });
    await open();
    await old.catchUp();
    await engine.project(counting(1), readStore).catchUp();
    expect(await typesIn(readStore)).toEqual({ Opened: 1 });
    const states = await readStore.projections();
    expect(states.map(({ version, status }) => [version, status])).toEqual([
      [1, 'replaced'],
      [2, 'live'],
    ]);
    expect(states[0]?.position).toBeGreaterThan(states[1]?.position ?? LOG_START);
    expect(await readStore.drop({ name: 'counts', version: 1 })).toBe('dropped');
    expect(await old.catchUp()).toEqual({ kind: 'gone' });
  });

  it('that parks something › does not replace one that is read until it took that, too', async () => {
    const readStore = new MemoryReadStore();
    const { engine, open } = bench();
    await open();
    await engine.project(counting(1), readStore).catchUp();
    let failing: string | undefined = 'Opened';
    const next = engine.project(counting(2, failingAt(() => failing)), readStore);
    expect(await next.catchUp()).toMatchObject({ parked: 1 });
    const statuses = async () =>
      (await readStore.projections()).map(({ status }) => status);
    expect(await statuses()).toEqual(['live', 'building']);
    failing = undefined;
    await readStore.askRetry({ name: 'counts', version: 2 });
    await next.catchUp();
    expect(await statuses()).toEqual(['replaced', 'live']);
  });

  it('whose tables changed without a new version › is refused by name', async () => {
    const readStore = new MemoryReadStore();
    const { engine } = bench();
    await engine.project(counting(), readStore).catchUp();
    const other = projection({
      name: 'counts',
      version: 1,
      tables: { types: { columns: { type: 'text' }, key: ['type'] } },
      on: {},
    });
    await expect(engine.project(other, readStore).catchUp()).rejects.toMatchObject({
      code: 'projection-changed',
    });
  });

  it('whose lease went to somebody else meanwhile › writes nothing and reads anew', async () => {
    const readStore = new MemoryReadStore();
    const { engine, open, other } = bench();
    await open();
    const commit = readStore.commit.bind(readStore);
    let thief: Promise<unknown> | undefined;
    readStore.commit = async (batch) => {
      if (thief === undefined) {
        await readStore.releaseLease(batch.lease);
        thief = other().project(counting(), readStore).catchUp();
        await thief;
      }
      return commit(batch);
    };
    const counts = engine.project(counting(), readStore);
    expect(await counts.catchUp()).toEqual({ kind: 'stopped' });
    await open();
    await counts.catchUp();
    expect(await typesIn(readStore)).toEqual({ CaseOpened: 2, Opened: 2 });
  });
});

describe('a projection of cases', () => {
  it('as cases go on › has the rows of each as it stands, as a fresh build has', async () => {
    const readStore = new MemoryReadStore();
    const { engine, accept, open, clock, other } = bench();
    const caseIds = [await open(), await open(), await open()];
    const kept = engine.project(dues(), readStore);
    await kept.catchUp();
    for (const caseId of caseIds) await accept('RecordIncident', { incident: 'i' }, { caseId });
    await kept.catchUp();
    const before = await rowsIn(readStore, 'dues', 'dues');
    expect(new Set(before.map(({ caseId }) => caseId))).toEqual(new Set(caseIds));
    expect(before.every(({ status }) => status === 'pending')).toBe(true);
    await accept('Respond', {}, { caseId: caseIds[0] as string });
    clock.forward(2 * DAY);
    await engine.runDeadlines();
    await other().project(dues(), readStore).catchUp();
    const rows = await rowsIn(readStore, 'dues', 'dues');
    expect(rows).not.toEqual(before);
    const fresh = new MemoryReadStore();
    await other().project(dues(), fresh).catchUp();
    expect(rows).toEqual(await rowsIn(fresh, 'dues', 'dues'));
    const views = await Promise.all(caseIds.map((caseId) => engine.caseAt(caseId)));
    const due = views.flatMap((view) => view?.deadlines.map(({ dueAt }) => dueAt) ?? []);
    expect(rows.map(({ dueAt }) => dueAt).toSorted()).toEqual(due.toSorted());
  });

  it('with a case whose procedure is not at hand › parks it until a process has it', async () => {
    const readStore = new MemoryReadStore();
    const { open, accept, other } = bench();
    const caseId = await open();
    await accept('RecordIncident', { incident: 'i' }, { caseId });
    const stranger = other({ caseTypes: [matterVersion('9.0.0')] });
    expect(await stranger.project(dues(), readStore).catchUp()).toMatchObject({ parked: 1 });
    const [parked] = await readStore.parked({ name: 'dues', version: 1 });
    expect(parked?.reason).toContain('[case-unfoldable]');
    const here = other({ caseTypes: [matter] });
    expect(await here.project(dues(), readStore).catchUp()).toMatchObject({ parked: 0 });
    expect((await rowsIn(readStore, 'dues', 'dues'))[0]).toMatchObject({ caseId });
  });

  it.each([
    ['of another case', () => ({ dues: [{ caseId: 'other', code: 'a' }] })],
    ['of another type', ({ caseId }: { caseId: string }) => ({ dues: [{ caseId, code: 1 }] })],
    ['of no table', ({ caseId }: { caseId: string }) => ({ none: [{ caseId, code: 'a' }] })],
  ])('that answers a row %s › parks it, and writes none of that case', async (_what, rowsOf) => {
    const readStore = new MemoryReadStore();
    const { engine, open } = bench();
    await open();
    const wrong = caseProjection({
      name: 'wrong',
      version: 1,
      tables: { dues: { columns: { caseId: 'text', code: 'text' }, key: ['caseId', 'code'] } },
      rowsOf: rowsOf as never,
    });
    expect(await engine.project(wrong, readStore).catchUp()).toMatchObject({ parked: 1 });
    expect((await readStore.parked(wrong))[0]?.reason).toContain('[row-invalid]');
    expect(await rowsIn(readStore, 'wrong', 'dues')).toEqual([]);
  });

  it('whose key does not begin with the case › is refused when it is declared', () => {
    const tables = { dues: { columns: { caseId: 'text', code: 'text' }, key: ['code'] } } as const;
    expect(() =>
      caseProjection({ name: 'wrong', version: 1, tables, rowsOf: () => ({}) }),
    ).toThrow('[projection-invalid]');
  });
});
