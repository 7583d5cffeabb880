// A run made shorter: what is left holds, and no single item of it can be left out.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutDispensable } from '../src/witness/shorten.ts';

const SEED = 20_270_131;

test(`withoutDispensable › any items that are needed, seed ${SEED} › are left`, async () => {
  const lists = fc.record({
    length: fc.integer({ min: 1, max: 24 }),
    needed: fc.uniqueArray(fc.nat(23), { maxLength: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(lists, async ({ length, needed }) => {
      const whole = Array.from({ length }, (_, index) => index);
      // The last item is what breaks the claim: it is never left out.
      const wanted = new Set([...needed.filter((one) => one < length), length - 1]);
      let tried = 0;
      const holds = async (items: readonly number[]) => {
        tried += 1;
        await Promise.resolve();
        return [...wanted].every((one) => items.includes(one)) ? items : undefined;
      };
      const left = await withoutDispensable(whole, holds);
      expect(left).toEqual([...wanted].sort((a, b) => a - b));
      expect(tried).toBeLessThanOrEqual(length * length + length);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test('withoutDispensable › an item is needed beside another › both go, one by one', async () => {
  // 1 is needed while 2 is there: only once 2 has gone can it go.
  const holds = async (items: readonly number[]) => {
    await Promise.resolve();
    const isSound = items.includes(3) && (!items.includes(2) || items.includes(1));
    return isSound ? items : undefined;
  };
  expect(await withoutDispensable([0, 1, 2, 3], holds)).toEqual([3]);
});

test('withoutDispensable › less is found to do › that is what is kept', async () => {
  // A run ends with what breaks the claim, wherever that comes.
  const holds = async (items: readonly number[]) => {
    await Promise.resolve();
    const at = items.indexOf(1);
    return at < 0 ? undefined : items.slice(0, at + 1);
  };
  expect(await withoutDispensable([0, 1, 2, 3, 4, 5], holds)).toEqual([1]);
});
