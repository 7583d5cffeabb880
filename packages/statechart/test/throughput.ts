// Events per second against XState on the case machine; run it with `tsx --conditions=source`.
import { transition } from 'xstate';
import type { AnyMachineSnapshot } from 'xstate';
import { compile } from '../src/index.ts';
import type { ChartEvent, ChartSnapshot } from '../src/index.ts';
import { caseMachine } from './machines/case.ts';
import type { CaseContext, CaseEvent } from './machines/case.ts';
import { Oracle } from './oracle.ts';

const HISTORY: readonly CaseEvent[] = [
  { type: 'partyAdded' },
  { type: 'note.added', n: 1 },
  { type: 'submitted' },
  { type: 'accepted' },
  { type: 'riskAssessed', n: 5 },
  { type: 'visited' },
  { type: 'visited' },
  { type: 'orderIssued' },
  { type: 'breached' },
  { type: 'answered' },
  { type: 'report.filed' },
  { type: 'report.asked' },
  { type: 'report.filed' },
  { type: 'suspended' },
  { type: 'resumed' },
  { type: 'visited' },
  { type: 'orderRevoked' },
  { type: 'declined' },
  { type: 'concluded' },
  { type: 'agreed' },
  { type: 'fulfilled' },
  { type: 'closed' },
  { type: 'reopened' },
  { type: 'withdrawn' },
];

function perSecond(name: string, rounds: number, replay: () => void): void {
  replay();
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    const begun = performance.now();
    for (let round = 0; round < rounds; round++) replay();
    times.push(performance.now() - begun);
  }
  const median = times.sort((a, b) => a - b)[3] ?? 0;
  const rate = Math.round((rounds * HISTORY.length * 1000) / median);
  console.info(`${name.padEnd(28)} ${rate.toLocaleString('en')} events/s`);
}

const chart = compile(caseMachine);
const events = HISTORY as readonly unknown[] as readonly ChartEvent[];
const { snapshot: first } = chart.start({});
let stepped = 0;
perSecond('chart.step', 2000, () => {
  let snapshot: ChartSnapshot<CaseContext> = first;
  stepped = 0;
  for (const event of events) {
    const result = chart.step(snapshot, event);
    if (result.kind === 'stepped') [snapshot, stepped] = [result.snapshot, stepped + 1];
  }
});
console.info(`${stepped} of ${HISTORY.length} events stepped`);
perSecond('chart.step, with facts', 2000, () => {
  let snapshot: ChartSnapshot<CaseContext> = first;
  for (const event of events) {
    const result = chart.step(snapshot, event, { parts: [] });
    if (result.kind === 'stepped') snapshot = result.snapshot;
  }
});
perSecond('chart.start', 2000, () => {
  for (let i = 0; i < HISTORY.length; i++) chart.start({});
});
perSecond('chart.step, not enabled', 2000, () => {
  for (let i = 0; i < HISTORY.length; i++) chart.step(first, { type: 'unheard' });
});
const oracle = new Oracle(caseMachine);
perSecond('xstate, reused inert scope', 100, () => {
  oracle.start({});
  for (const event of HISTORY) oracle.step(event);
});
perSecond('xstate transition()', 20, () => {
  let snapshot = caseMachine.resolveState({ value: first.value, context: first.context });
  for (const event of HISTORY) {
    [snapshot] = transition(caseMachine, snapshot as AnyMachineSnapshot as never, event);
  }
});
