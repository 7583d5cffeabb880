// What was released stays as it was: structures, policies, and every outcome of the golden histories.
import { fileURLToPath } from 'node:url';
import { checkLock } from '@himaya/testkit';
import { caseTypes, policies } from '@himaya/family-protection';
import { expect, it } from 'vitest';
import { EXEMPT } from './exempt.ts';

/** Thousands of steps are decided anew: on a busy machine that takes minutes. */
const PATIENCE_MS = 300_000;
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

it('the lock › of the office’s procedures › finds no change without a version', async () => {
  const update = process.env['HIMAYA_LOCK'];
  const report = await checkLock({
    caseTypes,
    policies,
    lockPath: at('procedures.lock.json'),
    goldenDir: at('../scenarios/'),
    exempt: EXEMPT,
    ...(update === 'add' || update === 'replace' ? { update } : {}),
  });
  expect(report.problems.map(({ message }) => message)).toEqual([]);
}, PATIENCE_MS);
