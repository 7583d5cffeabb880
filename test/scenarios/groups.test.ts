// Workers of two processes on a cluster (a protocol double): reactions by its group, without leases.
import { createEngine, instant, msOf } from '@himaya/engine';
import { verifyStore, type EventStore } from '@himaya/event-store';
import { seededIds } from '@himaya/testkit';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openOnDouble } from '../../packages/event-store-eventstoredb/test/subject.ts';
import { caseTypes, policies } from '../crash/worked-cases.ts';

const START = msOf(instant('2027-01-10T06:00:00Z'));
const LATER = START + 3 * 86_400_000;
const CASES = 12;
const clerk = { staff: 'clk1', role: 'CLK', office: 'TST' };

function engineOver(store: EventStore, nowMs: number) {
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  return createEngine({ store, caseTypes, policies, office: 'TST', clock });
}

test('workers on a cluster › one loses its connection again and again › everything happens once',
  async () => {
    const { store, second, double, dispose } = await openOnDouble({ client: 'kurrent' });
    const other = (await second?.()) as EventStore;
    const early = engineOver(store, START);
    const ids = seededIds('groups');
    const caseIds = Array.from({ length: CASES }, () => ids.next());
    for (const id of caseIds) {
      const outcome = await early.execute({ id, name: 'Open', input: {} }, clerk);
      expect(outcome.kind).toBe('accepted');
    }
    const late = engineOver(store, LATER);
    const stop = new AbortController();
    const { signal } = stop;
    const working = [late, engineOver(other, LATER)].map((engine) =>
      engine.runWorkers({ signal, pollMs: 20 }));
    const types = async (caseId: string) => {
      const history = await late.history(caseId);
      return history.map(({ type, data }) => `${type} ${String(data['level'] ?? '')}`);
    };
    // Answers are lost behind and before what they tell, and members with them.
    for (const fault of ['lose-answer', 'cut', 'lose-answer'] as const) {
      double.faults.next('answer', fault);
      await pause(60);
    }
    for (const caseId of caseIds) {
      while (!(await types(caseId)).includes('Told ')) await pause(20);
      while ((await types(caseId)).length < 7) await pause(20);
    }
    stop.abort();
    await Promise.all(working);
    for (const caseId of caseIds) {
      expect((await types(caseId)).toSorted()).toEqual([
        'CaseOpened ',
        'DeadlineEscalated 1',
        'DeadlineEscalated 2',
        'DeadlineReached ',
        'Missed ',
        'Opened ',
        'Told ',
      ]);
      expect((await late.replay(caseId))?.divergences).toEqual([]);
    }
    expect(double.faults.hits).toBeGreaterThan(0);
    expect((await verifyStore(store)).firstBad).toBeUndefined();
    await double.calls('group', 0);
    await other.close();
    await store.close();
    await dispose?.();
  });
