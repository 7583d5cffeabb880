// Leases: one holder at a time, takeover when one ends, and tokens that only grow.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Lease, ReadStore } from '../read-store/port.ts';
import { LONG_MS, type ReadStoreCase } from './read-store-subject.ts';

/** So short that it ends within the test, which only waits until it has. */
const SHORT_MS = 40;

async function takeWhenFree(store: ReadStore, name: string, holder: string): Promise<Lease> {
  for (;;) {
    const lease = await store.takeLease(name, holder, LONG_MS);
    if (lease !== undefined) return lease;
    await pause(5);
  }
}

/** What holds of leases in every read store. */
export const leaseCases: readonly ReadStoreCase[] = [
  {
    name: 'a lease that is held › nobody else takes it, nor its holder again',
    run: async ({ store, second }) => {
      const other = await second();
      const lease = await store.takeLease('work', 'one', LONG_MS);
      expect(lease).toEqual({ name: 'work', holder: 'one', token: 1 });
      expect(await other.takeLease('work', 'two', LONG_MS)).toBeUndefined();
      expect(await store.takeLease('work', 'one', LONG_MS)).toBeUndefined();
      expect(await other.takeLease('other', 'two', LONG_MS)).toMatchObject({ token: 1 });
      await other.close();
    },
  },
  {
    name: 'many holders at once › exactly one has it',
    run: async ({ store, second }) => {
      const other = await second();
      const found = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          (index % 2 === 0 ? store : other).takeLease('work', `holder ${index}`, LONG_MS),
        ),
      );
      expect(found.filter((lease) => lease !== undefined)).toHaveLength(1);
      await other.close();
    },
  },
  {
    name: 'a lease that ended › another takes it with a larger token, and the first is out',
    run: async ({ store, second }) => {
      const other = await second();
      const first = (await store.takeLease('work', 'one', SHORT_MS)) as Lease;
      const next = await takeWhenFree(other, 'work', 'two');
      expect(next.token).toBeGreaterThan(first.token);
      expect(await store.renewLease(first, LONG_MS)).toBe(false);
      // Nor does giving it back take it from who has it now.
      await store.releaseLease(first);
      expect(await store.takeLease('work', 'one', LONG_MS)).toBeUndefined();
      expect(await other.renewLease(next, LONG_MS)).toBe(true);
      await other.close();
    },
  },
  {
    name: 'a lease that is renewed › it goes on under its token',
    run: async ({ store, second }) => {
      const other = await second();
      const lease = (await store.takeLease('work', 'one', SHORT_MS)) as Lease;
      if (await store.renewLease(lease, LONG_MS)) {
        await pause(SHORT_MS * 2);
        expect(await other.takeLease('work', 'two', LONG_MS)).toBeUndefined();
        const [held] = await other.leases();
        expect(held).toMatchObject(lease);
        expect(held?.leftMs).toBeGreaterThan(LONG_MS / 2);
      }
      await other.close();
    },
  },
  {
    name: 'a lease that is given back › it is free at once, under a larger token',
    run: async ({ store }) => {
      const first = (await store.takeLease('work', 'one', LONG_MS)) as Lease;
      await store.releaseLease(first);
      expect((await store.leases()).map(({ leftMs }) => leftMs)).toEqual([0]);
      const next = await store.takeLease('work', 'two', LONG_MS);
      expect(next?.token).toBeGreaterThan(first.token);
    },
  },
  {
    name: 'a lease of an earlier day › it is there after opening again',
    run: async ({ store, reopen }) => {
      if (reopen === undefined) return; // it ends with the process
      const first = (await store.takeLease('work', 'one', LONG_MS)) as Lease;
      await store.close();
      const again = await reopen();
      expect(await again.takeLease('work', 'two', LONG_MS)).toBeUndefined();
      expect(await again.renewLease(first, LONG_MS)).toBe(true);
      await again.close();
    },
  },
];
