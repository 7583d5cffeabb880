// Rows: what one may hold, and that one which does not fit keeps the others of its batch out.
import { expect } from 'vitest';
import type { Row } from '../read-store/port.ts';
import { batchOf, DUE, item, livingWith, type ReadStoreCase } from './read-store-subject.ts';

const asked = { countMax: 10 };

/** What holds of rows in every read store. */
export const rowCases: readonly ReadStoreCase[] = [
  {
    name: 'a row that does not fit › nothing of its batch is written',
    run: async ({ store }) => {
      const lease = await livingWith(store, []);
      const wrong: readonly Row[] = [
        item('case-2', 'A', { level: 1.5 }),
        item('case-2', 'A', { dueAt: null }),
        item('case-2', 'A', { other: 'x' }),
        item('case-2', 'A', { note: 'a\0b' }),
        item('case-2', 'A', { note: '\ud800' }),
        { caseId: 'case-2', code: 'A' },
      ];
      for (const row of wrong) {
        const put = [item('case-1', 'A'), row];
        await expect(store.commit(batchOf(lease, 0, 1, { put }))).rejects.toMatchObject({
          code: 'row-invalid',
        });
      }
      expect(await store.find(DUE.name, 'items', asked)).toEqual([]);
      expect(await store.projections()).toMatchObject([{ position: 0n }]);
    },
  },
  {
    name: 'a text that a server has no index for › it is refused, and taken where none is',
    run: async ({ store }) => {
      const lease = await livingWith(store, []);
      for (const row of [
        item('case-1', 'A', { dueAt: longText(667) }),
        item('case-1', longText(665)),
      ]) {
        await expect(store.commit(batchOf(lease, 0, 1, { put: [row] }))).rejects.toMatchObject({
          code: 'row-invalid',
        });
      }
      const long = item('case-1', longText(664), { dueAt: longText(666), note: longText(9_999) });
      expect(await store.commit(batchOf(lease, 0, 1, { put: [long] }))).toBe('committed');
      expect(await store.find(DUE.name, 'items', asked)).toEqual([long]);
    },
  },
];

/** A text of three bytes a character that no server can make shorter. */
function longText(characters: number): string {
  let seed = 1;
  return Array.from({ length: characters }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + (seed % 20_000));
  }).join('');
}
