// Explanations name every candidate with every verdict, and agree with the step.
import { describe, expect, it } from 'vitest';
import { and, not, raise, stateIn } from 'xstate';
import { ruleGuard } from '../src/index.ts';
import { chartOf } from './machine.ts';
import type { Loose } from './machine.ts';

const rule = ruleGuard<Loose, Loose>([
  { code: 'POSITIVE', holds: ({ event }) => Number(event['n']) > 0 },
  { code: 'SMALL', holds: ({ event }) => Number(event['n']) < 10 },
]);

const chart = chartOf(
  {
    type: 'parallel',
    on: { e: { target: '.a', actions: 'root' } },
    states: {
      a: {
        initial: 'x',
        states: {
          x: {
            on: {
              e: [
                { guard: and(['never', not(stateIn('b.y' as never))] as never), target: 'y' },
                { guard: and(['always', rule] as never), target: 'z' },
                { target: 'y' },
              ],
            },
          },
          y: {},
          z: { on: { 'later.*': 'x' } },
        },
      },
      b: { initial: 'x', states: { x: { on: { '*': 'y' } }, y: {} } },
    },
  },
  { guards: { never: () => false, always: () => true }, actions: { root: () => {} } },
);
const { snapshot } = chart.start();

describe('explain', () => {
  it('an event that steps › lists candidates innermost first, with what was selected', () => {
    const explanation = chart.explain(snapshot, { type: 'e', n: 5 });
    expect(explanation).toMatchObject({
      eventType: 'e',
      outcome: 'stepped',
      failed: [],
      reactsIn: [],
    });
    const { candidates } = explanation;
    expect(
      candidates.map(({ source, descriptor, targets }) => [source, descriptor, targets]),
    ).toEqual([
      ['a.x', 'e', ['a.y']],
      ['a.x', 'e', ['a.z']],
      ['a.x', 'e', ['a.y']],
      ['b.x', '*', ['b.y']],
      ['', 'e', ['a']],
    ]);
    expect(candidates.map(({ guard }) => guard)).toEqual([
      'selector',
      'rules',
      'none',
      'none',
      'none',
    ]);
    expect(candidates.map(({ selected }) => selected)).toEqual([false, true, false, true, false]);
    expect(candidates[0]?.selectors).toEqual([
      { selector: 'never', holds: false },
      { selector: 'not(in(b.y))', holds: true },
    ]);
    expect(candidates[1]?.rules.map(({ rule: { code }, holds }) => [code, holds])).toEqual([
      ['POSITIVE', true],
      ['SMALL', true],
    ]);
  });

  it('a refused event › names the failed rules as the step does', () => {
    const explanation = chart.explain(snapshot, { type: 'e', n: 0 });
    const step = chart.step(snapshot, { type: 'e', n: 0 });
    expect(explanation.outcome).toBe('refused');
    expect(step).toEqual({ kind: 'refused', failed: explanation.failed });
    expect(explanation.failed.map(({ rule: { code } }) => code)).toEqual(['POSITIVE']);
    expect(explanation.candidates[1]).toMatchObject({ selected: true });
  });

  it('an event that is not enabled › names the states that would react', () => {
    const there = chart.restore({ configuration: ['a.x', 'b.y'], context: {} });
    expect(chart.explain(there, { type: 'later.on' })).toEqual({
      eventType: 'later.on',
      outcome: 'not-enabled',
      failed: [],
      candidates: [],
      reactsIn: ['a.z', 'b.x'],
    });
  });

  it('two regions that leave the same states › says which one is pre-empted', () => {
    const region = { initial: 'x', states: { x: { on: { e: '#m.out' } } } };
    const leaving = chartOf({
      initial: 'p',
      states: { p: { type: 'parallel', states: { a: region, b: region } }, out: {} },
    });
    const { candidates } = leaving.explain(leaving.start().snapshot, { type: 'e' });
    expect(
      candidates.map(({ source, selected, preempted }) => [source, selected, preempted]),
    ).toEqual([
      ['p.a.x', true, false],
      ['p.b.x', true, true],
    ]);
  });

  it('what the step never asks › may throw: it says so, and spares no other verdict', () => {
    const bad = (): boolean => JSON.parse('{') as boolean;
    const rules = ruleGuard([
      { code: 'FIRST', holds: () => true },
      { code: 'BAD', holds: bad },
      { code: 'LAST', holds: () => true },
    ]);
    const one = chartOf({
      initial: 'a',
      states: { a: { on: { e: ['b', { guard: and([bad, rules]), target: 'a' }] } }, b: {} },
    });
    const { outcome, candidates } = one.explain(one.start().snapshot, { type: 'e' });
    expect(outcome).toBe('stepped');
    const threw = expect.stringContaining('SyntaxError');
    expect(candidates[1]).toMatchObject({
      selected: false,
      selectors: [{ selector: 'inline', holds: false, threw }],
    });
    expect(candidates[1]?.rules.map(({ rule: { code }, ...verdict }) => [code, verdict])).toEqual([
      ['FIRST', { holds: true }],
      ['BAD', { holds: false, threw }],
      ['LAST', { holds: true }],
    ]);
  });

  it('what the step asks › may not throw: the explanation fails as the step does', () => {
    const bad = (): boolean => JSON.parse('{') as boolean;
    for (const guard of [bad, ruleGuard([{ code: 'BAD', holds: bad }])]) {
      const one = chartOf({ initial: 'a', states: { a: { on: { e: { guard, target: 'a' } } } } });
      const { snapshot: there } = one.start();
      const expected = expect.objectContaining({ code: 'guard-threw' });
      expect(() => one.explain(there, { type: 'e' })).toThrow(expected);
      expect(() => one.step(there, { type: 'e' })).toThrow(expected);
    }
  });

  it('a rule under a wildcard › is explained for the done event that it hears', () => {
    const one = chartOf({
      initial: 'a',
      on: { '*': { guard: rule, target: '.b' } },
      states: {
        a: { initial: 'x', states: { x: { on: { go: 'z' } }, z: { type: 'final' } } },
        b: {},
      },
    });
    const explanation = one.explain(one.start().snapshot, { type: 'go' });
    expect(one.step(one.start().snapshot, { type: 'go' })).toMatchObject({ kind: 'refused' });
    expect(explanation).toMatchObject({
      outcome: 'refused',
      candidates: [{}, {}, { source: '', raised: 'xstate.done.state.m.a' }],
    });
  });

  it('a rule on an event that the chart raises › is explained with the event that raises it', () => {
    const region = (raised: unknown) => ({
      type: 'parallel',
      states: {
        a: { initial: 'x', states: { x: { on: { go: { target: 'y', actions: raised } } }, y: {} } },
        b: { initial: 'x', states: { x: { on: { r: { guard: rule, target: 'y' } } }, y: {} } },
      },
    });
    for (const event of [{ type: 'r', n: 0 }, () => ({ type: 'r', n: 0 })]) {
      const one = chartOf(region(raise(event as never)));
      const { snapshot: there } = one.start();
      const explanation = one.explain(there, { type: 'go' });
      const result = one.step(there, { type: 'go' });
      expect(result).toEqual({ kind: 'refused', failed: explanation.failed });
      expect(explanation.outcome).toBe('refused');
      expect(
        explanation.candidates.map(({ source, raised, rules }) => [
          source,
          raised,
          rules.map(({ rule: { code }, holds }) => [code, holds]),
        ]),
      ).toEqual([
        ['a.x', undefined, []],
        ['b.x', 'r', [['POSITIVE', false], ['SMALL', true]]],
      ]);
    }
    const passing = chartOf(region(raise({ type: 'r', n: 5 } as never)));
    const { outcome, candidates } = passing.explain(passing.start().snapshot, { type: 'go' });
    expect([outcome, candidates.length]).toEqual(['stepped', 2]);
  });

  it('a snapshot that is done › has no candidates', () => {
    const one = chartOf({ initial: 'z', on: { e: '.z' }, states: { z: { type: 'final' } } });
    const done = one.start().snapshot;
    expect(one.explain(done, { type: 'e' })).toMatchObject({
      outcome: 'not-enabled',
      candidates: [],
      reactsIn: [''],
    });
  });
});
