// Where a chart can come to rest by its structure, region by region, with a shortest way there.
import { expect, test } from 'vitest';
import { createMachine, raise } from 'xstate';
import { compile, reachedIn } from '../src/index.ts';

const chartOf = (config: object) => compile(createMachine(config as never));
const may = (): boolean => true;

test('reachedIn › regions side by side › are told each by itself, with the shortest way', () => {
  const chart = chartOf({
    type: 'parallel',
    states: {
      a: {
        initial: 'one',
        states: {
          one: { on: { GO: 'two', ALL: 'three' } },
          two: { on: { GO: 'three' } },
          three: {},
        },
      },
      b: { initial: 'on', states: { on: { on: { END: 'off' } }, off: {}, never: {} } },
    },
  });
  expect(reachedIn(chart)).toEqual([
    [
      { configuration: ['a.one'], events: [] },
      { configuration: ['a.two'], events: ['GO'] },
      { configuration: ['a.three'], events: ['ALL'] },
    ],
    [
      { configuration: ['b.on'], events: [] },
      { configuration: ['b.off'], events: ['END'] },
    ],
  ]);
});

test('reachedIn › a state that holds regions › is told with the leaves of all of them', () => {
  const chart = chartOf({
    initial: 'both',
    states: {
      both: {
        type: 'parallel',
        states: {
          a: { initial: 'one', states: { one: { on: { GO: 'two' } }, two: {} } },
          b: { initial: 'on', states: { on: {} } },
        },
      },
    },
  });
  expect(reachedIn(chart)[0]?.map(({ configuration }) => configuration)).toEqual([
    ['both.a.one', 'both.b.on'],
    ['both.a.two', 'both.b.on'],
  ]);
});

test('reachedIn › a state that is left at once › is no place to rest, unless it may stay', () => {
  const leaves = (always: object) => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { on: { GO: 'by' } }, by: { always }, b: {} },
    });
    return reachedIn(chart)[0]?.map(({ configuration }) => configuration.join());
  };
  expect(leaves({ target: 'b' })).toEqual(['a', 'b']);
  expect(leaves({ target: 'b', guard: may })).toEqual(['a', 'by', 'b']);
});

test('reachedIn › a raised event still waits › is no place to rest', () => {
  const chart = chartOf({
    initial: 'a',
    states: {
      a: { on: { GO: { target: 'by', actions: raise({ type: 'ON' }) } } },
      by: { on: { ON: 'b' } },
      b: {},
    },
  });
  expect(reachedIn(chart)[0]?.map(({ configuration }) => configuration.join())).toEqual(['a', 'b']);
});
