// Whether an event is enabled in every configuration, judged by structure alone.
import { describe, expect, it } from 'vitest';
import { assign, raise } from 'xstate';
import { ruleGuard } from '../src/index.ts';
import { chartOf, drive } from './machine.ts';

const accept = { actions: assign({}) };
const on = (transition: unknown = accept) => ({ on: { help: transition } });
const region = (...states: object[]) => ({
  initial: 's0',
  states: Object.fromEntries(states.map((state, i) => [`s${i}`, state])),
});
const guard = (): boolean => true;
const rule = ruleGuard([{ code: 'NO', holds: () => true }]);
const raising = (event: unknown, ruled: string) => ({
  initial: 'a',
  on: { help: { target: '.b', actions: raise(event as never) } },
  states: { a: {}, b: { on: { [ruled]: { guard: rule, ...accept } } } },
});
const uncovered = (...configurationExample: string[]) => ({ covered: false, configurationExample });

describe('covers', () => {
  it.each([
    ['the root hears it', { ...on(), ...region({}, {}) }],
    ['every child hears it', region(on(), on())],
    [
      'one region of a parallel state hears it',
      { type: 'parallel', states: { a: region({}), b: region(on(), on()) } },
    ],
    ['it raises what no rule guards', raising({ type: 's' }, 'r')],
    ['a wildcard hears it', { ...region({}), on: { '*': accept } }],
    ['a guarded candidate has an unguarded one after it', on([{ guard, ...accept }, accept])],
    [
      'a child forbids it in one region, another hears it',
      { type: 'parallel', states: { a: region(on({})), b: on() } },
    ],
  ])('%s › is covered', (_, config) => {
    expect(chartOf(config).covers('help')).toEqual({ covered: true });
  });

  it.each([
    ['one child is deaf', region(on(), {}), ['s1']],
    ['it is guarded', on({ guard, ...accept }), ['']],
    ['a rule may refuse it', { ...on(), ...region({}, on({ guard: rule, ...accept })) }, ['s1']],
    ['a child forbids it', { ...on(), ...region({}, on({})) }, ['s1']],
    [
      'regions hear it in some states only',
      { type: 'parallel', states: { a: region(on(), {}), b: region(on(), {}) } },
      ['a.s1', 'b.s1'],
    ],
    [
      'another region may refuse it',
      { type: 'parallel', states: { a: on(), b: region({}, on({ guard: rule, ...accept })) } },
      ['a', 'b.s1'],
    ],
    ['it raises what a rule may refuse', raising({ type: 'r' }, 'r'), ['b']],
    ['it raises what a rule may refuse under a wildcard', raising({ type: 'r.x' }, 'r.*'), ['b']],
    [
      'a rule under a wildcard may refuse a done event',
      { ...on(), ...region({}, { on: { '*': { guard: rule, ...accept }, help: accept } }) },
      ['s1'],
    ],
    ['it raises what nobody can foresee', raising(() => ({ type: 'r' }), 'r'), ['b']],
    ['the chart can be done', { ...on(), ...region({}, { type: 'final' }) }, ['s1']],
  ])('%s › is not covered, with an example', (_, config, example) => {
    expect(chartOf(config).covers('help')).toEqual(uncovered(...example));
  });

  it('the example › is a configuration in which the event is not enabled', () => {
    const chart = chartOf({
      type: 'parallel',
      states: { a: region(on(), {}, on()), b: region({}, on()) },
    });
    const coverage = chart.covers('help');
    if (coverage.covered) throw new Error('covered');
    const there = chart.restore({ configuration: coverage.configurationExample, context: {} });
    expect(chart.step(there, { type: 'help' })).toEqual({ kind: 'not-enabled' });
  });
});

describe('enabled', () => {
  it('leaves out what an inner state forbids and what stands behind an unguarded candidate', () => {
    const chart = chartOf({
      on: { a: accept, b: accept, c: accept },
      ...region({ on: { a: {}, b: [{ guard, ...accept }], go: 's1' } }, {}),
    });
    const { snapshot } = chart.start();
    expect(chart.enabled(snapshot)).toEqual(['b', 'c', 'go']);
    expect(chart.enabled(drive(chart, snapshot, 'go'))).toEqual(['a', 'b', 'c']);
  });
});
