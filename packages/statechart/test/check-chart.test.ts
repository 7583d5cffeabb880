// Checking a chart by its structure: what is never reached, what is never left, and ways that cover it.
import { describe, expect, test } from 'vitest';
import { and, assign, createMachine, not, raise, stateIn } from 'xstate';
import { checkChart, compile, countConfigurations } from '../src/index.ts';

const chartOf = (config: object) => compile(createMachine(config as never));
const may = (): boolean => true;
const stays = { actions: assign({}) };

describe('checkChart › a state', () => {
  test('no transition leads to it › is unreachable, with all that leaves it', () => {
    const { unreachable } = checkChart(
      chartOf({ initial: 'a', states: { a: { on: { GO: 'b' } }, b: {}, c: { on: { GO: 'b' } } } }),
    );
    expect(unreachable.states).toEqual(['c']);
    expect(unreachable.transitions).toEqual([{ source: 'c', event: 'GO', index: 0 }]);
  });

  test('a condition stands before it › is reachable, whatever the condition says', () => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { on: { GO: { guard: () => false, target: 'b' } } }, b: {} },
    });
    expect(checkChart(chart).unreachable.states).toEqual([]);
  });

  test('nothing leaves it › is a dead end, with the shortest way there', () => {
    const { deadEnds } = checkChart(
      chartOf({
        initial: 'a',
        states: { a: { on: { GO: 'b', END: 'c' } }, b: { on: { GO: 'trap' } }, trap: {}, c: {} },
      }),
      { rests: ['c'] },
    );
    expect(deadEnds.map(({ state }) => state)).toEqual(['trap']);
    expect(deadEnds[0]?.steps.map(({ event, configuration }) => [event, ...configuration])).toEqual(
      [
        ['GO', 'b'],
        ['GO', 'trap'],
      ],
    );
  });

  test('it is final, or its parent leads out of it › is no dead end', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: { initial: 'in', on: { OUT: 'over' }, states: { in: {} } },
        over: { type: 'final' },
      },
    });
    expect(checkChart(chart).deadEnds).toEqual([]);
  });
});

describe('checkChart › a transition', () => {
  test('one without a condition stands before it › is unreachable', () => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { on: { GO: [{ target: 'b' }, { guard: may, target: 'a' }] } }, b: {} },
    });
    expect(checkChart(chart).unreachable.transitions).toEqual([
      { source: 'a', event: 'GO', index: 1 },
    ]);
  });

  test.each([
    ['a state that is not active', stateIn('#b'), 1],
    ['no state that is active', not(stateIn('#a')), 1],
    ['both, one of them impossible', and([may, stateIn('#b')]), 1],
    ['a state that is active', stateIn('#a'), 0],
  ])('it asks for %s › is judged by the structure', (_, guard, count) => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { id: 'a', on: { GO: { guard, target: 'b' } } }, b: { id: 'b' } },
    });
    expect(checkChart(chart).unreachable.transitions).toHaveLength(count);
  });

  test('a state inside takes the event for certain › is unreachable around it', () => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { initial: 'in', on: { GO: stays }, states: { in: { on: { GO: stays } } } } },
    });
    expect(checkChart(chart).unreachable.transitions).toEqual([
      { source: 'a', event: 'GO', index: 0 },
    ]);
  });

  test('it waits for the end of a state that never ends › is unreachable', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: { initial: 'in', onDone: 'b', states: { in: {}, end: { type: 'final' } } },
        b: {},
      },
    });
    expect(checkChart(chart).unreachable.states).toEqual(['a.end', 'b']);
  });

  test('only what is raised, or a state that is done, leads to it › is reached', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: { on: { GO: { target: 'b', actions: raise({ type: 'NEXT' }) } } },
        b: { on: { NEXT: 'c' } },
        c: { initial: 'x', onDone: 'd', states: { x: { on: { GO: 'y' } }, y: { type: 'final' } } },
        d: { on: { GO: 'a' } },
      },
    });
    const { unreachable, suite } = checkChart(chart);
    expect(unreachable).toEqual({ states: [], transitions: [] });
    expect(suite.flat().map(({ event }) => event)).toEqual(
      expect.arrayContaining(['NEXT', 'xstate.done.state.(machine).c']),
    );
  });
});

describe('checkChart › a suite', () => {
  const chart = chartOf({
    initial: 'a',
    states: {
      a: { on: { GO: [{ guard: may, target: 'b' }, { target: 'c' }] } },
      b: { always: { guard: may, target: 'c' }, on: { BACK: 'a' } },
      c: { on: { BACK: 'a' } },
    },
  });

  test('of any chart › takes every transition, and each test begins at the start', () => {
    const { suite } = checkChart(chart);
    const taken = suite.flat().flatMap((step) => step.taken);
    const names = new Set(taken.map(({ source, event, index }) => `${source} ${event} ${index}`));
    expect([...names].sort()).toEqual(['a GO 0', 'a GO 1', 'b  0', 'b BACK 0', 'c BACK 0']);
    for (const [first] of suite) expect(first?.taken[0]?.source).toBe('a');
  });

  test('what a longer test takes on its way › has no test of its own', () => {
    expect(checkChart(chart).suite.map((each) => each.length)).toEqual([2, 2, 2]);
  });
});

describe('checkChart › a limit', () => {
  const x = { on: { GO: { guard: may, target: 'y' } } };
  const region = { initial: 'x', states: { x, y: {} } };
  const chart = chartOf({ type: 'parallel', states: { a: region, b: region, c: region } });

  test('regions side by side › are checked each by itself, and counted together', () => {
    expect(checkChart(chart).configurations).toBe(6);
    expect(countConfigurations(chart)).toBe(8);
  });

  test('more configurations than allowed › is an error and no answer', () => {
    expect(() => countConfigurations(chart, 7)).toThrow(/more than 7 configurations/);
  });
});
