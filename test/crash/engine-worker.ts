// A worker of the engine in a process of its own: reaches deadlines and gives reactions until killed.
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine } from '@himaya/engine';
import { isFault } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from './worked-cases.ts';

const [path, nowMs] = process.argv.slice(2);
const engine = createEngine({
  store: openSqliteStore({ path: String(path) }),
  caseTypes,
  policies,
  office: 'TST',
  clock: { now: () => Number(nowMs), monotonicMs: () => Number(nowMs) },
});

/** One turn: whether there was anything to do, or to wait for. */
async function turn(): Promise<boolean> {
  try {
    const deadlines = await engine.runDeadlines();
    const reactions = await engine.runReactions();
    const reached = deadlines.kind === 'ran' ? deadlines.cases : 1;
    return reached > 0 || (reactions.kind === 'ran' ? reactions.issued : 1) > 0;
  } catch (error) {
    if (!isFault(error, 'store-busy')) throw error;
    return true;
  }
}

console.log('started');
for (;;) {
  if (await turn()) continue;
  console.log('idle');
  await pause(20);
}
