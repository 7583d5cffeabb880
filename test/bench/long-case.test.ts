// The long case that is measured is the one that is meant, and loads, replays and lists its deadlines.
import { expect, test } from 'vitest';
import { history, officeOver } from './long-case.ts';

test('a case of 500 events › with 20 orders and 60 referrals › is read anew', async () => {
  const { store, clock, caseId } = await history(500);
  const engine = officeOver(store, clock);
  const view = await engine.caseAt(caseId);
  const of = (kind: string) => (view?.parts ?? []).filter((part) => part.kind === kind);
  expect([of('order').length, of('referral').length]).toEqual([20, 60]);
  expect(view?.divergence).toBeUndefined();
  expect((await engine.history(caseId)).length).toBeGreaterThanOrEqual(500);
  // Each order that binds is to be served and ends; each referral is to be accepted, or is late.
  const codes = (view?.deadlines ?? []).map(({ code }) => code);
  const count = (code: string) => codes.filter((one) => one === code).length;
  expect(count('T-PO-EXPIRE')).toBeGreaterThan(0);
  expect(count('T-REFERRAL')).toBe(60);
  expect((await engine.replay(caseId))?.divergences).toEqual([]);
}, 120_000);
