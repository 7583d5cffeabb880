// Questions: conditions, order, pages, and what is refused.
import { expect } from 'vitest';
import type { ReadStore, RowQuery } from '../read-store/port.ts';
import { DUE, item, livingWith, type ReadStoreCase } from './read-store-subject.ts';

const ROWS = [
  item('case-1', 'A', { dueAt: 'b', level: 2, note: 'نزاع مواقف' }),
  item('case-1', 'B', { dueAt: 'a', level: 10, isOpen: false, note: '100%_\\' }),
  item('case-2', 'A', { dueAt: 'Z', level: -3, isLate: true }),
  item('case-3', 'A', { dueAt: '\u{1f600}', count: 0 }),
  item('case-4', 'A', { dueAt: '\uffee', count: 7 }),
];

async function found(store: ReadStore, query: Partial<RowQuery>): Promise<readonly string[]> {
  const rows = await store.find(DUE.name, 'items', { countMax: 10, ...query });
  return (rows ?? []).map(({ caseId, code }) => `${String(caseId).slice(5)}${String(code)}`);
}

/** What holds of questions to every read store. */
export const queryCases: readonly ReadStoreCase[] = [
  {
    name: 'conditions › all of them hold, and nothing is compared with what holds nothing',
    run: async ({ store }) => {
      await livingWith(store, ROWS);
      const where = async (...conditions: RowQuery['where'] & {}) =>
        found(store, { where: conditions });
      expect(await where({ column: 'caseId', is: '=', value: 'case-1' })).toEqual(['1A', '1B']);
      expect(await where({ column: 'level', is: '<=', value: 0 })).toEqual(['2A', '3A', '4A']);
      expect(await where({ column: 'level', is: '>', value: 2 })).toEqual(['1B']);
      expect(await where({ column: 'isOpen', is: '=', value: false })).toEqual(['1B']);
      expect(await where({ column: 'isLate', is: '=', value: true })).toEqual(['2A']);
      expect(await where({ column: 'count', is: '=', value: null })).toEqual(['1A', '1B', '2A']);
      expect(await where({ column: 'count', is: '>=', value: 0 })).toEqual(['3A', '4A']);
      expect(await where({ column: 'count', is: '<', value: 7 })).toEqual(['3A']);
      const both = [
        { column: 'caseId', is: '=', value: 'case-1' },
        { column: 'level', is: '<', value: 10 },
      ] as const;
      expect(await where(...both)).toEqual(['1A']);
    },
  },
  {
    name: 'a text within a text › it is looked for as it is, with no sign for anything',
    run: async ({ store }) => {
      await livingWith(store, ROWS);
      const within = async (value: string) =>
        found(store, { where: [{ column: 'note', is: 'contains', value }] });
      expect(await within('مواقف')).toEqual(['1A']);
      expect(await within('0%_')).toEqual(['1B']);
      expect(await within('%')).toEqual(['1B']);
      expect(await within('\\')).toEqual(['1B']);
      expect(await within("' OR 1=1 --")).toEqual([]);
      expect(await within('')).toEqual(['1A', '1B']);
    },
  },
  {
    name: 'order and pages › by bytes of texts, then by key, each row once',
    run: async ({ store }) => {
      await livingWith(store, ROWS);
      expect(await found(store, {})).toEqual(['1A', '1B', '2A', '3A', '4A']);
      const order = ['2A', '1B', '1A', '4A', '3A'];
      expect(await found(store, { orderBy: ['dueAt'] })).toEqual(order);
      expect(await found(store, { orderBy: ['isOpen', 'level'] })).toEqual([
        '1B', '2A', '3A', '4A', '1A',
      ]);
      const pages: string[] = [];
      for (let after: RowQuery['after']; ;) {
        const query = { orderBy: ['dueAt'], countMax: 2, ...(after && { after }) };
        const rows = await store.find(DUE.name, 'items', query);
        after = rows?.at(-1);
        if (after === undefined) break;
        pages.push(...(rows ?? []).map(({ caseId, code }) => `${caseId}${code}`.slice(5)));
      }
      expect(pages).toEqual(order);
    },
  },
  {
    name: 'a question that the live version has no answer to › it is refused',
    run: async ({ store }) => {
      await livingWith(store, ROWS);
      const wrong: readonly (readonly [string, Partial<RowQuery>])[] = [
        ['nothing', {}],
        ['items"; DROP TABLE x; --', {}],
        ['items', { where: [{ column: 'x"', is: '=', value: 1 }] }],
        ['items', { where: [{ column: 'level', is: '= 1 OR 1=' as '=', value: 1 }] }],
        ['items', { where: [{ column: 'level', is: '=', value: 'one' }] }],
        ['items', { where: [{ column: 'level', is: '<', value: null }] }],
        ['items', { where: [{ column: 'level', is: 'contains', value: '1' }] }],
        ['items', { orderBy: ['count'] }],
        ['items', { orderBy: ['dueAt; DROP TABLE x'] }],
        ['items', { after: { caseId: 'case-1' } }],
      ];
      for (const [table, query] of wrong) {
        await expect(store.find(DUE.name, table, { countMax: 1, ...query })).rejects.toMatchObject({
          code: 'query-invalid',
        });
      }
      expect(await store.find('nothing', 'items', { countMax: 1 })).toBeUndefined();
      expect(await found(store, {})).toHaveLength(5);
    },
  },
];
