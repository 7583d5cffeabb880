// The contract every read store passes: call this in a read store's tests.
import { describe, test } from 'vitest';
import { leaseCases } from './read-lease-cases.ts';
import { projectionCases } from './read-projection-cases.ts';
import { queryCases } from './read-query-cases.ts';
import type { ReadStoreCase, ReadStoreSubject } from './read-store-subject.ts';

export { NOTHING_CHANGES } from './read-store-subject.ts';
export type { OpenedReadStore, ReadStoreSubject } from './read-store-subject.ts';

const GROUPS: readonly (readonly [string, readonly ReadStoreCase[]])[] = [
  ['leases', leaseCases],
  ['projections', projectionCases],
  ['questions', queryCases],
];

/** Registers the contract's tests for one kind of read store; each opens a new, empty one. */
export function readStoreContract(subject: ReadStoreSubject): void {
  for (const [group, cases] of GROUPS) {
    describe(`${subject.name} read store › ${group}`, () => {
      for (const each of cases) {
        test(`${each.name}`, async () => {
          const opened = await subject.open();
          try {
            await each.run(opened);
          } finally {
            await opened.store.close();
            await opened.dispose?.();
          }
        });
      }
    });
  }
}
