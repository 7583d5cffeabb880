// Projections: batches as a whole, fencing, versions side by side, and what is parked.
import { expect } from 'vitest';
import { LOG_START } from '../port.ts';
import type { ReadStore, Row } from '../read-store/port.ts';
import {
  batchOf,
  DUE,
  item,
  livingWith,
  LONG_MS,
  TABLES,
  taken,
  type ReadStoreCase,
} from './read-store-subject.ts';
import { rowCases } from './read-row-cases.ts';

const all = { countMax: 100 } as const;

async function itemsOf(store: ReadStore): Promise<readonly (readonly unknown[])[] | undefined> {
  const rows = await store.find(DUE.name, 'items', all);
  return rows?.map(({ caseId, code }) => [caseId, code]);
}

const parkedAt = (stream: string, position: number) =>
  ({ stream, position, type: 'Noted', reason: `it's "bad"` }) as const;

const batchCases: readonly ReadStoreCase[] = [
  {
    name: 'a batch › its rows, its place and what it parks are there together',
    run: async ({ store, second }) => {
      const full: Row = item('case-1', "o'clock", {
        dueAt: 'نص "quoted"; DROP TABLE items; --',
        level: Number.MAX_SAFE_INTEGER,
        isOpen: false,
        note: '\\ % _ \u{1f600}',
        count: -1,
        isLate: true,
      });
      const lease = await taken(store);
      await store.create(DUE, TABLES);
      const batch = batchOf(lease, -1, 7, { put: [full, item('case-2', 'A')] });
      const totals = { remove: [], put: [{ order: 'all', count: 2 }] };
      const outcome = await store.commit({
        ...batch,
        tables: { ...batch.tables, totals },
        parked: [parkedAt('case-3', 4)],
      });
      expect(outcome).toBe('committed');
      const other = await second();
      expect(await other.projections()).toEqual([
        { ...DUE, tables: TABLES, status: 'building', position: 7n, parked: 1 },
      ]);
      expect(await other.parked(DUE)).toEqual([{ ...parkedAt('case-3', 4), retry: false }]);
      expect(await other.rows(DUE, 'items', [['case-1', "o'clock"], ['case-9', 'A']])).toEqual([
        full,
      ]);
      await store.makeLive(DUE);
      expect(await other.find(DUE.name, 'totals', all)).toEqual([{ order: 'all', count: 2 }]);
      await other.close();
    },
  },
  {
    name: 'removals and rows of one batch › what begins with a key goes, then rows come',
    run: async ({ store }) => {
      const rows = [item('case-1', 'A'), item('case-1', 'B'), item('case-10', 'A')];
      const lease = await livingWith(store, rows);
      const put = [item('case-1', 'C'), item('case-10', 'A', { note: 'new' })];
      await store.commit(batchOf(lease, 0, 1, { remove: [['case-1']], put }));
      expect(await itemsOf(store)).toEqual([['case-1', 'C'], ['case-10', 'A']]);
      expect(await store.rows(DUE, 'items', [['case-10', 'A']])).toMatchObject([{ note: 'new' }]);
      await store.commit(batchOf(lease, 1, 2, { remove: [['case-10', 'A'], ['case-7', 'A']] }));
      expect(await itemsOf(store)).toEqual([['case-1', 'C']]);
    },
  },
  {
    name: 'two rows of one key in a batch › the later one counts',
    run: async ({ store }) => {
      const put = [item('case-1', 'A', { level: 1 }), item('case-1', 'A', { level: 2 })];
      await livingWith(store, put);
      expect(await store.rows(DUE, 'items', [['case-1', 'A']])).toEqual([put[1]]);
    },
  },
  {
    name: 'a batch of another place › it is not written',
    run: async ({ store }) => {
      const lease = await livingWith(store, []);
      expect(await store.commit(batchOf(lease, -1, 5, { put: [item('case-1', 'A')] }))).toBe(
        'moved',
      );
      expect(await itemsOf(store)).toEqual([]);
      expect(await store.projections()).toMatchObject([{ position: 0n }]);
      const lost = { projection: { name: 'nothing', version: 1 } };
      expect(await store.commit({ ...batchOf(lease, 0, 1), ...lost })).toBe('moved');
    },
  },
  {
    name: 'a batch of an earlier holder › it is not written',
    run: async ({ store, second }) => {
      const other = await second();
      const old = await livingWith(store, []);
      await store.releaseLease(old);
      const lease = await taken(other, 'work', 'two');
      expect(await store.commit(batchOf(old, 0, 5, { put: [item('case-1', 'A')] }))).toBe('fenced');
      expect(await itemsOf(store)).toEqual([]);
      expect(await other.commit(batchOf(lease, 0, 5, { put: [item('case-1', 'B')] }))).toBe(
        'committed',
      );
      expect(await itemsOf(store)).toEqual([['case-1', 'B']]);
      await other.close();
    },
  },
  {
    name: 'two batches from one place at once › exactly one is written',
    run: async ({ store, second }) => {
      const other = await second();
      const lease = await livingWith(store, []);
      const outcomes = await Promise.all([
        store.commit(batchOf(lease, 0, 1, { put: [item('case-1', 'A')] })),
        other.commit(batchOf(lease, 0, 2, { put: [item('case-1', 'B')] })),
      ]);
      expect(outcomes.toSorted()).toEqual(['committed', 'moved']);
      expect(await itemsOf(store)).toHaveLength(1);
      await other.close();
    },
  },
  {
    name: 'a large batch › every row of it is there',
    run: async ({ store }) => {
      const rows = Array.from({ length: 2_500 }, (_, at) => item(`case-${at}`, 'A', { level: at }));
      await livingWith(store, rows);
      const keys = rows.map(({ caseId, code }) => [String(caseId), String(code)]);
      const found = await store.rows(DUE, 'items', keys);
      expect(new Set(found.map(({ level }) => level)).size).toBe(2_500);
    },
  },
];

const versionCases: readonly ReadStoreCase[] = [
  {
    name: 'a version made twice › it stays; with other tables › it is refused',
    run: async ({ store, second }) => {
      const other = await second();
      await Promise.all([store.create(DUE, TABLES), other.create(DUE, TABLES)]);
      const { totals } = TABLES;
      await expect(store.create(DUE, { totals })).rejects.toMatchObject({
        code: 'projection-changed',
      });
      expect(await other.projections()).toMatchObject([{ ...DUE, position: LOG_START }]);
      await other.close();
    },
  },
  {
    name: 'names that are none › they are refused before anything is made',
    run: async ({ store }) => {
      const { totals } = TABLES;
      const key = ['a'] as const;
      const wrong = [
        store.create({ name: 'x"; DROP TABLE leases; --', version: 1 }, { totals }),
        store.create({ name: 'due', version: 0 }, { totals }),
        store.create({ name: 'due', version: 1.5 }, { totals }),
        store.create({ name: 'due', version: 1 }, {}),
        store.create({ name: 'due', version: 1 }, { 'a b': totals }),
        store.create(
          { name: 'due', version: 1 },
          { t: { columns: { a: 'text', 'b"': 'text' }, key } },
        ),
        store.create({ name: 'due', version: 1 }, { t: { columns: { a: 'text?' }, key } }),
        store.create({ name: 'due', version: 1 }, { t: { columns: { a: 'blob' as 'text' }, key } }),
        store.create({ name: 'due', version: 1 }, { t: { columns: { b: 'text' }, key } }),
      ];
      for (const made of wrong) {
        await expect(made).rejects.toMatchObject({ code: 'projection-invalid' });
      }
      expect(await store.projections()).toEqual([]);
    },
  },
  {
    name: 'a version beside the live one › readers see it when it is switched, and all of it',
    run: async ({ store, second }) => {
      const other = await second();
      expect(await itemsOf(store)).toBeUndefined();
      const lease = await livingWith(store, [item('case-1', 'A')]);
      const next = { ...DUE, version: 2 };
      await store.create(next, TABLES);
      await store.commit({
        ...batchOf(lease, -1, 3, { put: [item('case-1', 'B')] }),
        projection: next,
      });
      expect(await itemsOf(other)).toEqual([['case-1', 'A']]);
      expect(await store.makeLive(next, 'newer')).toBe('live');
      expect(await itemsOf(other)).toEqual([['case-1', 'B']]);
      expect(await store.makeLive(DUE, 'newer')).toBe('kept');
      const found = await other.projections();
      expect(found.map(({ version, status }) => [version, status])).toEqual([
        [1, 'replaced'],
        [2, 'live'],
      ]);
      // Back, if somebody says so.
      expect(await store.makeLive(DUE)).toBe('live');
      expect(await itemsOf(other)).toEqual([['case-1', 'A']]);
      expect(await store.makeLive({ ...DUE, version: 9 })).toBe('missing');
      await other.close();
    },
  },
  {
    name: 'a version that is dropped › it is gone with its rows; the live one stays',
    run: async ({ store }) => {
      const lease = await livingWith(store, [item('case-1', 'A')]);
      const next = { ...DUE, version: 2 };
      await store.create(next, TABLES);
      const batch = { ...batchOf(lease, -1, 3, { put: [item('case-1', 'B')] }), projection: next };
      await store.commit({ ...batch, parked: [parkedAt('case-3', 4)] });
      expect(await store.drop(DUE)).toBe('live');
      expect(await store.drop(next)).toBe('dropped');
      expect(await store.drop(next)).toBe('missing');
      expect(await store.commit({ ...batch, expected: batch.next })).toBe('moved');
      expect(await itemsOf(store)).toEqual([['case-1', 'A']]);
      // Made again, it begins again.
      await store.create(next, TABLES);
      expect(await store.parked(next)).toEqual([]);
      expect(await store.rows(next, 'items', [['case-1', 'B']])).toEqual([]);
    },
  },
];

const parkingCases: readonly ReadStoreCase[] = [
  {
    name: 'what is parked › it waits until a batch releases it, and says if it is to be tried',
    run: async ({ store }) => {
      const lease = await livingWith(store, []);
      const parked = [parkedAt('case-2', 4), parkedAt('case-1', 0)];
      await store.commit(batchOf(lease, 0, 1, {}, { parked }));
      expect((await store.parked(DUE)).map(({ stream }) => stream)).toEqual(['case-1', 'case-2']);
      expect(await store.askRetry(DUE)).toBe(2);
      expect((await store.parked(DUE)).map(({ retry }) => retry)).toEqual([true, true]);
      const later = [parkedAt('case-2', 6)];
      await store.commit(batchOf(lease, 1, 1, {}, { released: ['case-1'], parked: later }));
      expect(await store.parked(DUE)).toEqual([{ ...later[0], retry: false }]);
      expect(await store.projections()).toMatchObject([{ parked: 1, position: 1n }]);
    },
  },
  {
    name: 'what was written › it is there after opening again',
    run: async ({ store, reopen }) => {
      if (reopen === undefined) return; // it ends with the process
      const lease = await livingWith(store, [item('case-1', 'A')]);
      await store.close();
      const again = await reopen();
      expect(await itemsOf(again)).toEqual([['case-1', 'A']]);
      expect(await again.commit(batchOf(lease, 0, 1))).toBe('committed');
      await again.close();
    },
  },
  {
    name: 'a read store that is closed › every call says so',
    run: async ({ store }) => {
      const lease = await livingWith(store, []);
      await store.close();
      await store.close();
      const calls = [
        store.takeLease('work', 'one', LONG_MS),
        store.renewLease(lease, LONG_MS),
        store.commit(batchOf(lease, 0, 1)),
        store.find(DUE.name, 'items', all),
        store.projections(),
      ];
      for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'store-closed' });
    },
  },
];

/** What holds of projections in every read store. */
export const projectionCases: readonly ReadStoreCase[] = [
  ...batchCases,
  ...rowCases,
  ...versionCases,
  ...parkingCases,
];
