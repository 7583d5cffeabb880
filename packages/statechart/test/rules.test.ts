// Rule guards: which rules refuse a step, and that nothing masks a refusal.
import { describe, expect, it, vi } from 'vitest';
import { and, assign, initialTransition, raise, transition } from 'xstate';
import { factsOf, RULES, isChartError, ruleGuard } from '../src/index.ts';
import type { GuardRule, StepResult } from '../src/index.ts';
import { chartOf, drive, machineOf, thrownBy } from './machine.ts';
import type { Loose } from './machine.ts';

interface Args {
  readonly context: Loose;
  readonly event: Loose;
}

const atLeast = (least: number, code = `LEAST_${least}`) => ({
  code,
  holds: ({ event }: Args) => Number(event['n']) >= least,
});
const least = (...limits: number[]) =>
  ruleGuard<Loose, Loose>(limits.map((limit) => atLeast(limit)));
const failing = ruleGuard([{ code: 'NEVER', holds: () => false }]);

function codes(result: StepResult): readonly string[] {
  if (result.kind !== 'refused') throw new Error(result.kind);
  return result.failed.map(({ rule }) => rule.code);
}

describe('rule guard', () => {
  const moving = (guard: unknown) => ({
    initial: 'a',
    states: { a: { on: { e: { guard, target: 'b' } } }, b: {} },
  });

  it('all rules hold › the step is taken', () => {
    const chart = chartOf(moving(least(1, 2)));
    expect(drive(chart, chart.start().snapshot, { type: 'e', n: 2 }).value).toBe('b');
  });

  it('several fail › every failed rule is named, by reference, and no other', () => {
    const rules: readonly GuardRule[] = [
      { ...atLeast(1), text: 'one' } as GuardRule,
      atLeast(2) as GuardRule,
      atLeast(3) as GuardRule,
    ];
    const chart = chartOf(moving(ruleGuard(rules)));
    const result = chart.step(chart.start().snapshot, { type: 'e', n: 1 });
    expect(codes(result)).toEqual(['LEAST_2', 'LEAST_3']);
    if (result.kind === 'refused') expect(result.failed[0]?.rule).toBe(rules[1]);
    expect(chart.rules).toEqual(rules);
    expect(chart.ruleSites[0]).toEqual({ rule: rules[0], eventType: 'e', source: 'a' });
  });

  it('a failed rule › is not avoided by a later candidate or an ancestor', () => {
    const chart = chartOf({
      initial: 'a',
      on: { e: '.b' },
      states: { a: { on: { e: [{ guard: failing, target: 'b' }, { target: 'b' }] } }, b: {} },
    });
    expect(codes(chart.step(chart.start().snapshot, { type: 'e' }))).toEqual(['NEVER']);
  });

  it('a failed rule › answers for its region: later candidates are not judged', () => {
    const chart = chartOf({
      on: { e: [9, 8].map((limit) => ({ guard: least(limit), actions: assign({}) })) },
    });
    expect(codes(chart.step(chart.start().snapshot, { type: 'e', n: 0 }))).toEqual(['LEAST_9']);
  });

  it('a failed rule in one region › is not masked by the transition of another region', () => {
    const config = {
      type: 'parallel',
      states: {
        a: { initial: 'x', states: { x: { on: { e: { guard: failing, target: 'y' } } }, y: {} } },
        b: { initial: 'x', states: { x: { on: { e: 'y' } }, y: {} } },
      },
    };
    const machine = machineOf(config);
    const [masked] = transition(machine, initialTransition(machine)[0], { type: 'e' });
    expect(masked.value).toEqual({ a: 'x', b: 'y' });
    const chart = chartOf(config);
    expect(codes(chart.step(chart.start().snapshot, { type: 'e' }))).toEqual(['NEVER']);
  });

  it('rules of several regions › are collected in document order, each code once', () => {
    const region = (...limits: number[]) => ({
      initial: 'x',
      states: { x: { on: { e: { guard: least(...limits), target: 'y' } } }, y: {} },
    });
    const chart = chartOf({ type: 'parallel', states: { a: region(5, 3), b: region(3, 4) } });
    expect(codes(chart.step(chart.start().snapshot, { type: 'e', n: 0 }))).toEqual([
      'LEAST_5',
      'LEAST_3',
      'LEAST_4',
    ]);
  });

  it('beside selectors, nested ands included › is judged only when all selectors hold', () => {
    const holds = vi.fn(() => false);
    const rule = ruleGuard([{ code: 'SPY', holds }]);
    const chosen = ({ event }: Args): boolean => event['n'] === 1;
    const chart = chartOf(
      {
        initial: 'a',
        states: {
          a: {
            on: {
              e: [
                { guard: and([rule, and([chosen as never, 'named' as never])]), target: 'b' },
                { target: 'c' },
              ],
            },
          },
          b: {},
          c: {},
        },
      },
      { guards: { named: () => true } },
    );
    const { snapshot } = chart.start();
    expect(drive(chart, snapshot, { type: 'e', n: 0 }).value).toBe('c');
    expect(holds).not.toHaveBeenCalled();
    expect(codes(chart.step(snapshot, { type: 'e', n: 1 }))).toEqual(['SPY']);
  });

  it('registered under a name › is a rule guard all the same', () => {
    const chart = chartOf(moving('allowed'), { guards: { allowed: failing } });
    expect(codes(chart.step(chart.start().snapshot, { type: 'e' }))).toEqual(['NEVER']);
  });

  it('on a named delay › may refuse it', () => {
    const chart = chartOf(
      { initial: 'a', states: { a: { after: { due: { guard: failing, target: 'b' } } }, b: {} } },
      { delays: { due: 1 } },
    );
    expect(codes(chart.step(chart.start().snapshot, { type: '@after.due' }))).toEqual(['NEVER']);
    expect(chart.ruleSites.map(({ eventType }) => eventType)).toEqual(['@after.due']);
  });

  it('on a raised event › refuses the whole step, and a start is a fault', () => {
    const config = (actions: string) => ({
      context: { n: 0 },
      [actions]: raise({ type: 'r' } as never),
      on: {
        e: { actions: [assign({ n: 1 } as never), raise({ type: 'r' } as never)] },
        r: { guard: failing, actions: assign({}) },
      },
    });
    const chart = chartOf(config('description'));
    expect(codes(chart.step(chart.start().snapshot, { type: 'e' }))).toEqual(['NEVER']);
    const error = thrownBy(() => chartOf(config('entry')).start());
    expect(isChartError(error, 'start-refused')).toBe(true);
    expect(String(error)).toContain('NEVER');
  });

  it('facts › are seen by rules beside their arguments', () => {
    const rule = ruleGuard<Loose, Loose>([
      { code: 'PARTS', holds: (args) => (factsOf(args) as Loose)['parts'] === 1 },
    ]);
    const chart = chartOf(moving(rule));
    const { snapshot } = chart.start();
    expect(chart.step(snapshot, { type: 'e' }, { parts: 1 })).toMatchObject({ kind: 'stepped' });
    expect(codes(chart.step(snapshot, { type: 'e' }, { parts: 2 }))).toEqual(['PARTS']);
  });

  it('called as XState calls it › answers whether all rules hold', () => {
    expect(least(1, 2)({ context: {}, event: { n: 2 } })).toBe(true);
    expect(least(1, 2)({ context: {}, event: { n: 1 } })).toBe(false);
    expect(RULES).toBe(Symbol.for('himaya.rules'));
  });

  it('a rule that throws › is a fault that names it', () => {
    const rule = ruleGuard([{ code: 'BAD', holds: () => JSON.parse('{') as boolean }]);
    const chart = chartOf(moving(rule));
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(isChartError(error, 'guard-threw')).toBe(true);
    expect(String(error)).toContain('rule "BAD" on "e" in state "a"');
  });
});
