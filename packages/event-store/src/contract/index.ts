// The contract every event store passes: call these two in a store's tests.
import { describe, test } from 'vitest';
import { appendCases, repeatCases } from './append-cases.ts';
import { concurrencyCases } from './concurrency-cases.ts';
import { EntryMaker } from './entries.ts';
import { lifecycleCases, watchCases } from './lifecycle-cases.ts';
import { limitCases } from './limit-cases.ts';
import { multiRaceCases } from './multi-race-cases.ts';
import { multiStreamCases } from './multi-stream-cases.ts';
import { readCases } from './read-cases.ts';
import type { ContractCase, ContractSubject } from './subject.ts';

export { eventStoreDifferential, type DifferentialSubject } from './differential.ts';
export { EntryMaker, seededRandom } from './entries.ts';
export {
  NOTHING_CHANGES,
  readStoreContract,
  type OpenedReadStore,
  type ReadStoreSubject,
} from './read-store.ts';
export type { ContractSubject, OpenedStore, Tampering } from './subject.ts';

const GROUPS: readonly (readonly [string, readonly ContractCase[]])[] = [
  ['append', appendCases],
  ['repeated append', repeatCases],
  ['multi-stream append', multiStreamCases],
  ['multi-stream races', multiRaceCases],
  ['concurrency', concurrencyCases],
  ['reads', readCases],
  ['limits', limitCases],
  ['lifecycle', lifecycleCases],
  ['watch', watchCases],
];

/**
 * Registers the contract's tests for one kind of store; each test opens a store on new records.
 * Passing all of them is what it means to be an event store.
 */
export function eventStoreContract(subject: ContractSubject): void {
  for (const [group, cases] of GROUPS) {
    describe(`${subject.name} › ${group}`, () => {
      cases.forEach((each, index) => {
        test(`${each.name}`, () => runCase(subject, each, index + 1));
      });
    });
  }
}

async function runCase(subject: ContractSubject, each: ContractCase, seed: number): Promise<void> {
  const opened = await subject.open();
  try {
    await each.run({ ...opened, make: new EntryMaker(seed), subject });
  } finally {
    await opened.store.close();
    await opened.dispose?.();
  }
}
