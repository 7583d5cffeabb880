// Nothing masks a rule: XState, without the rules, says what is taken; a failed one must refuse it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnsupportedStatechart, compile, isChartError } from '../src/index.ts';
import type { Chart, ChartChange, ChartEvent, StepResult } from '../src/index.ts';
import type { Loose } from './machine.ts';
import { Oracle } from './oracle.ts';
import { randomEvents, randomMachine, ruleFails } from './random-machine.ts';
import { runs, seed } from './seed.ts';

const MACHINES = runs(300);

/** One taken transition that has a rule: its number, and the event that it heard. */
type Took = readonly [rule: number, type: string, n: number];

type Total = Record<'machines' | 'refused' | 'masked' | 'stepped', number>;

function compiled(tape: readonly number[]): Chart<Loose> | undefined {
  try {
    return compile(randomMachine(tape, 'judged')[0]) as unknown as Chart<Loose>;
  } catch (error) {
    if (error instanceof UnsupportedStatechart) return undefined;
    throw error;
  }
}

function orLooped<T>(ask: () => T): T | 'looped' {
  try {
    return ask();
  } catch (error) {
    const looped = isChartError(error, 'microstep-limit') || /Infinite loop/.test(String(error));
    if (looped || isChartError(error, 'start-refused')) return 'looped';
    throw error;
  }
}

/** Takes one event on both sides and judges the chart's answer; answers the new snapshot. */
function check(
  chart: Chart<Loose>,
  oracle: Oracle,
  event: ChartEvent,
  at: ChartChange<Loose>['snapshot'],
  total: Total,
): ChartChange<Loose>['snapshot'] | 'looped' {
  const can = oracle.can(event);
  if (orLooped(() => can && oracle.step(event)) === 'looped') return 'looped';
  const result = orLooped<StepResult<Loose>>(() => chart.step(at, event));
  if (result === 'looped') return 'looped';
  const explanation = chart.explain(at, event);
  expect(explanation.outcome).toBe(result.kind);
  if (!can) {
    expect(result.kind).toBe('not-enabled');
    return at;
  }
  const took = oracle.effects.flatMap((effect) => {
    const { type, params } = effect as { type: string; params: Took };
    return type === 'took' ? [params] : [];
  });
  const failing = took.filter(([rule, , n]) => ruleFails(rule, n));
  if (result.kind === 'refused') {
    const codes = result.failed.map(({ rule }) => rule.code);
    expect(explanation.failed.map(({ rule }) => rule.code)).toEqual(codes);
    // A pre-empted transition is taken by nobody, but its region would have reacted.
    const preempted = explanation.candidates.some(({ preempted: gone }) => gone);
    if (failing.length === 0) expect(preempted).toBe(true);
    for (const [rule, type] of failing) {
      if (type === event.type && type !== 'r') expect(codes).toContain(`${rule}`);
    }
    total.refused++;
    // Others reacted as well: a stepper that asks for any reaction would have gone on.
    if (took.length > failing.length) total.masked++;
    oracle.undo();
    return at;
  }
  expect(failing).toEqual([]);
  if (result.kind !== 'stepped') throw new Error(result.kind);
  const { value, context, status } = result.snapshot;
  expect({ value, context, status }).toEqual(pick(oracle));
  expect(result.effects).toEqual(oracle.effects);
  total.stepped++;
  return result.snapshot;
}

function pick({ seen: { value, context, status } }: Oracle): object {
  return { value, context, status };
}

describe('rules on random machines', () => {
  it(
    'a rule that fails where XState would go › refuses the event, whatever else reacts',
    { timeout: 3_600_000 },
    () => {
      const total = { machines: 0, refused: 0, masked: 0, stepped: 0 };
      const choices = fc.array(fc.nat({ max: 2519 }), { minLength: 150, maxLength: 500 });
      const event = fc.record({ type: fc.constantFrom(...randomEvents), n: fc.nat({ max: 9 }) });
      const events = fc.array(event, { minLength: 10, maxLength: 30 });
      fc.assert(
        fc.property(choices, events, (tape, sent) => runThrough(tape, sent, total)),
        // Some of what is drawn is refused by compile, or masks nothing: more is drawn than counted.
        { seed, numRuns: 2 * MACHINES, endOnFailure: true },
      );
      console.info(JSON.stringify(total));
      expect(total.machines).toBeGreaterThan(MACHINES / 2);
      expect(total.masked).toBeGreaterThan(MACHINES / 40);
    },
  );
});

function runThrough(tape: readonly number[], events: readonly ChartEvent[], total: Total): void {
  const chart = compiled(tape);
  if (chart === undefined) return;
  const oracle = new Oracle(randomMachine(tape, 'marked')[0], { canonical: true });
  const started = orLooped(() => chart.start());
  if (started === 'looped' || orLooped(() => oracle.start()) === 'looped') return;
  total.machines++;
  let { snapshot } = started;
  for (const event of events) {
    if (snapshot.status === 'done') break;
    const next = check(chart, oracle, event, snapshot, total);
    if (next === 'looped') break;
    snapshot = next;
  }
}
