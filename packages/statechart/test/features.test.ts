// Each supported feature once, in the smallest chart that shows it.
import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { afterEvent } from '../src/index.ts';
import { chartOf, drive } from './machine.ts';
import type { Loose } from './machine.ts';

type Args = { readonly context: Loose; readonly event: { readonly n: number } };
const add = assign({
  n: ({ context, event }: Args) => Number(context['n'] ?? 0) + event.n,
} as never);
const names = (...types: string[]) => Object.fromEntries(types.map((type) => [type, () => {}]));

describe('chart', () => {
  it('a machine without states › one configuration › is the empty path', () => {
    const chart = chartOf({ on: { e: { actions: add } } });
    const { snapshot, entered } = chart.start();
    expect(snapshot).toMatchObject({ configuration: [''], value: {}, status: 'active' });
    expect(entered).toEqual(['']);
    expect(drive(chart, snapshot, { type: 'e', n: 2 }).context).toEqual({ n: 2 });
  });

  it('hierarchy › entered and left › are paths in order', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: { initial: 'b', states: { b: { on: { e: '#m.c' } } } },
        c: { initial: 'd', states: { d: {} } },
      },
    });
    const { snapshot, entered } = chart.start();
    expect(entered).toEqual(['', 'a', 'a.b']);
    expect(chart.step(snapshot, { type: 'e' })).toMatchObject({
      left: ['a.b', 'a'],
      entered: ['c', 'c.d'],
      snapshot: { configuration: ['c.d'] },
    });
    expect(chart.matches(snapshot, 'a')).toBe(true);
    expect(chart.matches(snapshot, 'a.b')).toBe(true);
    expect(chart.matches(snapshot, 'c')).toBe(false);
    expect(() => chart.matches(snapshot, 'nowhere')).toThrow(/state-unknown.*nowhere/);
  });

  it('exit, transition and entry actions › come in document order, exits reversed', () => {
    const region = (key: string) => ({
      initial: '1',
      exit: `x${key}`,
      states: {
        1: { exit: `x${key}1`, on: { e: { target: '2', actions: `t${key}` } } },
        2: { entry: `n${key}2` },
      },
    });
    const actions = names('xa', 'xa1', 'ta', 'na2', 'xb', 'xb1', 'tb', 'nb2');
    const chart = chartOf(
      { type: 'parallel', states: { a: region('a'), b: region('b') } },
      { actions },
    );
    const result = chart.step(chart.start().snapshot, { type: 'e' });
    expect(result).toMatchObject({
      effects: ['xb1', 'xa1', 'ta', 'tb', 'na2', 'nb2'].map((type) => ({ type })),
    });
  });

  it('multi-target › enters each region where it says', () => {
    const region = { initial: 'x', states: { x: {}, y: {} } };
    const chart = chartOf({
      initial: 'out',
      states: {
        out: { on: { e: { target: ['#m.p.a.y', '#m.p.b.y'] } } },
        p: { type: 'parallel', states: { a: region, b: region } },
      },
    });
    expect(drive(chart, chart.start().snapshot, 'e').value).toEqual({ p: { a: 'y', b: 'y' } });
  });

  it('reenter › leaves and enters its own state; without it only the inside', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: {
          initial: 'x',
          on: { in: '.x', out: { target: '.x', reenter: true } },
          states: { x: {} },
        },
      },
    });
    const { snapshot } = chart.start();
    expect(chart.step(snapshot, { type: 'in' })).toMatchObject({ left: ['a.x'], entered: ['a.x'] });
    expect(chart.step(snapshot, { type: 'out' })).toMatchObject({
      left: ['a.x', 'a'],
      entered: ['a', 'a.x'],
    });
  });

  it('reenter of a region › resets its sibling regions, as in XState and SCXML', () => {
    const region = { initial: 'x', states: { x: { on: { go: 'y' } }, y: {} } };
    const chart = chartOf({
      type: 'parallel',
      states: { a: region, b: { ...region, on: { again: { target: '.x', reenter: true } } } },
    });
    const moved = drive(chart, chart.start().snapshot, 'go');
    expect(drive(chart, moved, 'again').value).toEqual({ a: 'x', b: 'x' });
  });

  it('a transition without target and actions › forbids; one with assign({}) accepts', () => {
    const chart = chartOf({
      initial: 'a',
      on: { e: { actions: add }, f: { actions: assign({}) } },
      states: { a: { on: { e: {} } } },
    });
    const { snapshot } = chart.start();
    expect(chart.step(snapshot, { type: 'e' })).toEqual({ kind: 'not-enabled' });
    expect(chart.step(snapshot, { type: 'f' })).toMatchObject({ kind: 'stepped', snapshot });
    expect(chart.enabled(snapshot)).toEqual(['f']);
  });

  it('a forbidden transition in one region › leaves the other regions free', () => {
    const chart = chartOf({
      type: 'parallel',
      states: {
        a: { on: { e: {} } },
        b: { initial: 'x', states: { x: { on: { e: 'y' } }, y: {} } },
      },
    });
    expect(drive(chart, chart.start().snapshot, 'e').value).toEqual({ a: {}, b: 'y' });
  });

  it('wildcards › exact first, then the longest prefix, then any', () => {
    const actions = names('exact', 'prefix', 'any');
    const chart = chartOf(
      {
        on: { '*': { actions: 'any' }, 'a.*': { actions: 'prefix' }, 'a.b': { actions: 'exact' } },
      },
      { actions },
    );
    const { snapshot } = chart.start();
    const heard = (type: string): unknown => chart.step(snapshot, { type });
    expect(heard('a.b')).toMatchObject({ effects: [{ type: 'exact' }] });
    expect(heard('a.c.d')).toMatchObject({ effects: [{ type: 'prefix' }] });
    expect(heard('a')).toMatchObject({ effects: [{ type: 'prefix' }] });
    expect(heard('ab')).toMatchObject({ effects: [{ type: 'any' }] });
    expect(chart.enabled(snapshot)).toEqual(['*', 'a.*', 'a.b']);
    expect(chart.eventTypes).toEqual(['a.b']);
  });

  it('after › a named delay › is an event that no wildcard hears', () => {
    const chart = chartOf(
      {
        initial: 'a',
        on: { '*': '.a' },
        states: {
          a: { after: { due: { guard: ({ event }: Args) => event.n > 1, target: 'b' } } },
          b: {},
        },
      },
      { delays: { due: 5 } },
    );
    const { snapshot } = chart.start();
    expect(afterEvent('due')).toBe('@after.due');
    expect(chart.eventTypes).toEqual(['@after.due']);
    expect(chart.step(snapshot, { type: '@after.due', n: 1 })).toEqual({ kind: 'not-enabled' });
    expect(chart.step(snapshot, { type: '@after.other' })).toEqual({ kind: 'not-enabled' });
    const late = drive(chart, snapshot, { type: '@after.due', n: 2 });
    expect(late.value).toBe('b');
    expect(chart.step(late, { type: '@after.due', n: 2 })).toEqual({ kind: 'not-enabled' });
  });

  it('events of XState › from outside › are not enabled, whatever hears everything', () => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { on: { '*': 'b' }, onDone: 'b', initial: 'x', states: { x: {} } }, b: {} },
    });
    const { snapshot } = chart.start();
    for (const type of ['xstate.done.state.m.a', 'xstate.init', 'xstate.stop']) {
      expect(chart.step(snapshot, { type })).toEqual({ kind: 'not-enabled' });
    }
  });

  it('always › is not tried for an event that is not enabled', () => {
    const guard = ({ event }: { event: { type: string } }): boolean => event.type === 'nudge';
    const chart = chartOf({
      initial: 'a',
      states: { a: { always: { guard, target: 'b' } }, b: {} },
    });
    expect(chart.step(chart.start().snapshot, { type: 'nudge' })).toEqual({ kind: 'not-enabled' });
  });

  it('done › of a compound, then of its parallel parent › with output, in order', () => {
    const region = (output: string) => ({
      initial: 'x',
      onDone: {
        actions: {
          type: 'done',
          params: ({ event }: { event: { output: unknown } }) => event.output,
        },
      },
      states: { x: { on: { [output]: 'z' } }, z: { type: 'final', output } },
    });
    const chart = chartOf(
      {
        initial: 'p',
        states: {
          p: { type: 'parallel', onDone: 'q', states: { a: region('one'), b: region('two') } },
          q: {},
        },
      },
      { actions: names('done') },
    );
    const half = chart.step(chart.start().snapshot, { type: 'one' });
    expect(half).toMatchObject({
      effects: [{ type: 'done', params: 'one' }],
      snapshot: { value: { p: { a: 'z', b: 'x' } } },
    });
    if (half.kind !== 'stepped') throw new Error();
    expect(chart.step(half.snapshot, { type: 'two' })).toMatchObject({
      effects: [{ type: 'done', params: 'two' }],
      snapshot: { value: 'q', status: 'active' },
    });
  });

  it('final › at the top › is done with output, and exit actions run once', () => {
    const chart = chartOf(
      {
        context: { n: 1 },
        exit: 'bye',
        output: ({ event }: { event: { output: unknown } }) => ({ got: event.output }),
        initial: 'a',
        states: {
          a: { on: { e: 'z' } },
          z: { type: 'final', output: ({ context }: Args) => context['n'] },
        },
      },
      { actions: names('bye') },
    );
    expect(chart.hasFinalRoot).toBe(true);
    const result = chart.step(chart.start().snapshot, { type: 'e' });
    expect(result).toMatchObject({
      effects: [{ type: 'bye' }],
      snapshot: { status: 'done', output: { got: 1 } },
    });
  });

  it('hasFinalRoot › a parallel root › only when all regions can finish', () => {
    const open = { initial: 'x', states: { x: {} } };
    const ending = { initial: 'x', states: { x: {}, z: { type: 'final' } } };
    expect(chartOf({ type: 'parallel', states: { a: ending, b: open } }).hasFinalRoot).toBe(false);
    expect(chartOf({ type: 'parallel', states: { a: ending, b: ending } }).hasFinalRoot).toBe(true);
    expect(chartOf({ initial: 'c', states: { c: ending } }).hasFinalRoot).toBe(false);
  });

  it('tags and meta › tags are sorted and each once, meta is allowed', () => {
    const chart = chartOf({
      tags: ['z', 'a'],
      meta: { title: 'm' },
      initial: 'x',
      states: { x: { tags: ['a', 'k'], meta: {} } },
    });
    expect(chart.start().snapshot.tags).toEqual(['a', 'k', 'z']);
  });

  it('structure › is JSON, equal for equal machines, and changes with names', () => {
    const config = (guard: string) => ({
      initial: 'a',
      states: {
        a: { on: { e: { guard, target: 'b', actions: ['act', add] } } },
        b: { type: 'final' },
      },
    });
    const implementations = { guards: { yes: () => true, no: () => false }, actions: names('act') };
    const { structure } = chartOf(config('yes'), implementations);
    expect(JSON.parse(JSON.stringify(structure))).toEqual(structure);
    expect(chartOf(config('yes'), implementations).structure).toEqual(structure);
    expect(chartOf(config('no'), implementations).structure).not.toEqual(structure);
    expect(structure.nodes[1]?.transitions).toEqual([
      {
        event: 'e',
        targets: ['b'],
        reenter: false,
        guard: { kind: 'test', name: 'yes' },
        actions: [
          { kind: 'effect', name: 'act' },
          { kind: 'assign', keys: ['n'] },
        ],
      },
    ]);
  });
});
