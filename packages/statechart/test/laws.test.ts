// Laws of a chart: restore then continue equals continue, and a step changes none of its arguments.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../src/index.ts';
import type { Chart, ChartEvent } from '../src/index.ts';
import type { Loose } from './machine.ts';
import { caseEvents, caseMachine } from './machines/case.ts';
import { nestedEvents, nestedMachine } from './machines/nested.ts';
import { runs, seed } from './seed.ts';

const charts = [
  ['case', compile(caseMachine) as unknown as Chart<Loose>, caseEvents],
  ['nested', compile(nestedMachine) as unknown as Chart<Loose>, nestedEvents],
] as const;

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function historyOf(types: readonly string[]): fc.Arbitrary<ChartEvent[]> {
  const event = fc.record({ type: fc.constantFrom(...types), n: fc.nat({ max: 10 }) });
  return fc.array(event, { minLength: 5, maxLength: 40 });
}

describe('laws', () => {
  it.each(charts)(
    '%s › persisted and restored at any event › goes on the same',
    (_, chart, types) => {
      fc.assert(
        fc.property(historyOf(types), (events) => {
          let live = chart.start({}).snapshot;
          for (const event of events) {
            const { configuration, context } = JSON.parse(JSON.stringify(live)) as typeof live;
            const shuffled = [...configuration].reverse();
            const restored = chart.restore({ configuration: shuffled, context });
            expect(restored).toEqual(live);
            const [a, b] = [chart.step(live, event), chart.step(restored, event)];
            expect(a).toEqual(b);
            if (a.kind === 'stepped') live = a.snapshot;
            if (live.status === 'done') break;
          }
        }),
        { seed, numRuns: runs(60) },
      );
    },
  );

  it.each(charts)(
    '%s › stepped twice from frozen arguments › answers twice the same',
    (_, chart, types) => {
      fc.assert(
        fc.property(historyOf(types), (events) => {
          let live = frozen(chart.start({}).snapshot);
          const facts = frozen({ parts: [{ id: 1 }] });
          for (const event of events) {
            const first = chart.step(live, frozen(event), facts);
            chart.explain(live, event, facts);
            expect(chart.step(live, event, facts)).toEqual(first);
            if (first.kind === 'stepped') live = frozen(first.snapshot);
            if (live.status === 'done') break;
          }
        }),
        { seed, numRuns: runs(60) },
      );
    },
  );

  it.each(charts)('%s › explained › comes to what the step comes to', (_, chart, types) => {
    fc.assert(
      fc.property(historyOf(types), (events) => {
        let live = chart.start({}).snapshot;
        for (const event of events) {
          const step = chart.step(live, event);
          const { outcome, candidates, reactsIn } = chart.explain(live, event);
          expect(outcome).toBe(step.kind);
          const reacting = candidates.some(({ selected }) => selected);
          if (step.kind === 'stepped') live = step.snapshot;
          if (step.kind !== 'not-enabled') expect([reacting, reactsIn]).toEqual([true, []]);
          if (live.status === 'done') break;
        }
      }),
      { seed, numRuns: runs(60) },
    );
  });
});
