// What compile refuses, each by name with a cure, and all of it at once.
import { describe, expect, it } from 'vitest';
import {
  and,
  assign,
  emit,
  enqueueActions,
  forwardTo,
  fromPromise,
  log,
  not,
  or,
  raise,
  sendParent,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
} from 'xstate';
import { FACTS_KEY, UnsupportedStatechart, ruleGuard } from '../src/index.ts';
import type { ChartProblem } from '../src/index.ts';
import { chartOf, thrownBy } from './machine.ts';

const rule = ruleGuard([{ code: 'NO', holds: () => false }]);
const on = (transition: object) => ({ on: { e: transition } });
const acting = (action: unknown) => on({ actions: action });

function problemsOf(config: object, implementations: object = {}): readonly ChartProblem[] {
  const error = thrownBy(() => chartOf(config, implementations));
  if (!(error instanceof UnsupportedStatechart)) throw error;
  return error.problems;
}

const cases: readonly (readonly [feature: string, config: object, implementations?: object])[] = [
  ['history state', { initial: 'a', states: { a: {}, h: { history: 'deep' } } }],
  ['enqueueActions', acting(enqueueActions(() => {}))],
  ['invoke', { invoke: { src: 'load' } }, { actors: { load: fromPromise(async () => 1) } }],
  ['spawnChild', acting(spawnChild('load' as never))],
  ['stopChild', acting(stopChild('load'))],
  ['sendTo, sendParent or forwardTo', acting(sendTo('x', { type: 'e' }))],
  ['sendTo, sendParent or forwardTo', acting(sendParent({ type: 'e' }))],
  ['sendTo, sendParent or forwardTo', acting(forwardTo('x'))],
  ['emit', acting(emit({ type: 'e' }))],
  ['log', acting(log('x'))],
  ['anonymous action', acting(() => {})],
  ['anonymous action', { entry: () => {} }],
  ['anonymous delay 1000', { initial: 'a', states: { a: { after: { 1000: 'b' } }, b: {} } }],
  ['missing delay "due"', { initial: 'a', states: { a: { after: { due: 'b' } }, b: {} } }],
  ['delayed raise', acting(raise({ type: 'r' } as never, { delay: 10 }))],
  ['raise of reserved event "xstate.stop"', acting(raise({ type: 'xstate.stop' } as never))],
  ['raise of reserved event "@after.due"', acting(raise({ type: '@after.due' } as never))],
  ['raise of something else than an event', acting(raise('r' as never))],
  ['transition on reserved event "xstate.done.state.x"', { on: { 'xstate.done.state.x': {} } }],
  ['transition on reserved event "@after.due"', { on: { '@after.due': {} } }],
  ['transition on reserved event "xstate.*"', { on: { 'xstate.*': {} } }],
  ['missing guard "g"', on({ guard: 'g', actions: assign({}) })],
  ['missing guard "g"', on({ guard: and(['g'] as never), actions: assign({}) })],
  ['circular guard "g"', on({ guard: 'g', actions: assign({}) }), { guards: { g: not('g') } }],
  ['missing action "x"', acting('x')],
  ['missing action "x"', { exit: { type: 'x', params: {} } }],
  [
    'rule guard on always',
    { initial: 'a', states: { a: { always: { guard: rule, target: 'b' } }, b: {} } },
  ],
  [
    'rule guard on onDone',
    {
      initial: 'a',
      states: {
        a: { type: 'parallel', onDone: { guard: rule, target: 'b' }, states: { x: {} } },
        b: {},
      },
    },
  ],
  ['rule guard inside or() or not()', on({ guard: or([rule, () => true]), actions: assign({}) })],
  ['rule guard inside or() or not()', on({ guard: and([not(rule)]), actions: assign({}) })],
  ['rule guard on "e", which neither moves nor acts', on({ guard: rule })],
  [
    'stateIn of unknown state "a.z"',
    { initial: 'a', states: { a: on({ guard: stateIn('a.z' as never), target: 'a' }) } },
  ],
  ['stateIn of unknown state "#z"', on({ guard: stateIn('#z' as never), actions: assign({}) })],
  ['route', { initial: 'a', states: { a: { id: 'a', route: {} } } }],
  ['state key "a.b" with a dot', { initial: 'a.b', states: { 'a.b': {} } }],
  ['parallel state without regions', { type: 'parallel' }],
  [`assign to "${FACTS_KEY}"`, acting(assign({ [FACTS_KEY]: 1 } as never))],
  [
    'targets that exclude each other: "b", "c"',
    { initial: 'a', states: { a: { on: { e: { target: ['b', 'c'] } } }, b: {}, c: {} } },
  ],
  [
    'targets that exclude each other: "b.x", "b.y"',
    {
      initial: 'a',
      states: {
        a: { on: { e: { target: ['b', '#m.b.y'] } } },
        b: { initial: 'x', states: { x: {}, y: {} } },
      },
    },
  ],
  ['missing initial state "z"', { initial: 'z', states: { a: {} } }],
  ['transition on "a.*.b", which hears nothing', { on: { 'a.*.b': {} } }],
  ['transition on "a*", which hears nothing', { on: { 'a*': {} } }],
  ['missing guard "toString"', on({ guard: 'toString', actions: assign({}) })],
  ['missing action "constructor"', acting('constructor')],
  ['missing delay "toString"', { initial: 'a', states: { a: { after: { toString: 'a' } } } }],
  ['context factory that reads an actor', { context: calling('self') }],
  ['context factory that answers differently each time', { context: counting() }],
];

// Its text names no actor: only running it shows that it reads one.
function calling(name: string): (args: Record<string, unknown>) => object {
  return (args) => ({ read: args[name] });
}

function counting(): () => object {
  let count = 0;
  return () => ({ id: count++ });
}

describe('compile', () => {
  it.each(cases)('%s › is refused by name, with a cure', (feature, config, implementations) => {
    const problems = problemsOf(config as object, implementations as object | undefined);
    expect(problems.map((problem) => problem.feature)).toEqual([feature]);
    expect(problems[0]?.cure).toMatch(/\w.*\.$/);
  });

  it('many problems › one error › names all of them with their states', () => {
    const error = thrownBy(() =>
      chartOf({
        initial: 'a',
        entry: () => {},
        states: {
          a: { on: { e: { guard: 'g', target: 'b', actions: 'x' } } },
          b: { initial: 'h', states: { h: { type: 'history' } } },
        },
      }),
    );
    expect(error).toMatchObject({
      name: 'UnsupportedStatechart',
      machine: 'm',
      problems: [
        { path: 'b.h', feature: 'history state' },
        { path: '', feature: 'anonymous action' },
        { path: 'a', feature: 'missing guard "g"' },
        { path: 'a', feature: 'missing action "x"' },
      ],
    });
    expect(String(error)).toContain('Cannot compile machine "m": 4 problems.');
    expect(String(error)).toContain('- a: missing guard "g". Declare it in setup({ guards }).');
  });

  it('problems that stand behind another problem › are named in the same error', () => {
    const act = { actions: () => {} };
    const problems = problemsOf(
      {
        initial: 'a',
        states: {
          a: {
            invoke: { src: 'load', onDone: { guard: 'g' }, onError: act },
            on: { 'xstate.stop': { ...act, target: 'h' } },
          },
          h: { history: 'shallow' },
        },
      },
      { actors: { load: fromPromise(async () => 1) } },
    );
    expect(problems.map(({ path, feature }) => [path, feature])).toEqual([
      ['a', 'invoke'],
      ['h', 'history state'],
      ['a', 'transition on reserved event "xstate.stop"'],
      ['a', 'transition to history state "h"'],
      ['a', 'anonymous action'],
      ['a', 'missing guard "g"'],
    ]);
  });

  it('a context factory that needs input › is not judged', () => {
    const context = ({ input }: { input: { id: string } }) => ({ id: input.id });
    expect(chartOf({ context }).start({ id: 'k' }).snapshot.context).toEqual({ id: 'k' });
  });
});

describe('compile › two regions that assign on one event', () => {
  const put = (key: string) => ({ actions: assign({ [key]: 1 } as never) });
  const any = { actions: assign((() => ({ n: 1 })) as never) };
  const say = (type: string) => ({ actions: raise({ type } as never) });
  const unsaid = { actions: raise((() => ({ type: 'x' })) as never) };
  const going = (more: object, y: object = {}) => ({
    initial: 'x',
    states: { x: { on: { e: 'y' } }, y },
    ...more,
  });
  const raisingOnEntry = (type: string) =>
    going({ on: { [type]: put('n') } }, { entry: raise({ type } as never) });
  const raisingOnExit = (type: string) => ({
    initial: 'x',
    states: { x: { on: { e: 'y' }, exit: raise({ type } as never) }, y: {} },
    on: { [type]: put('n') },
  });
  const ending = going({ onDone: put('n') }, { type: 'final' });
  const settling = going({}, { always: { target: 'x', guard: () => false, ...put('n') } });
  const regions = (a: object, b: object, more: object = {}) => ({
    type: 'parallel',
    states: { a: { on: a }, b: { on: b } },
    ...more,
  });

  it('one key › is refused, on the same event, under a wildcard, or always', () => {
    const feature = 'assign of "n" together with region "b"';
    const expected = [expect.objectContaining({ path: 'a', feature })];
    expect(problemsOf(regions({ e: put('n') }, { e: put('n') }))).toEqual(expected);
    expect(problemsOf(regions({ 'e.x': put('n') }, { 'e.*': put('n') }))).toEqual(expected);
    expect(problemsOf(regions({ '*': put('n') }, { e: put('n') }))).toEqual(expected);
    const always = {
      type: 'parallel',
      states: { a: { always: put('n') }, b: { always: put('n') } },
    };
    expect(problemsOf(always)).toEqual(expected);
  });

  it('one key › by entry and exit actions too, and when both regions are entered', () => {
    const entered = { initial: 'x', entry: assign({ n: 1 } as never), states: { x: {} } };
    const config = {
      initial: 'o',
      states: {
        o: { on: { e: 'p' } },
        p: { type: 'parallel', states: { a: entered, b: entered } },
      },
    };
    expect(problemsOf(config)).toEqual([
      expect.objectContaining({ path: 'p.a', feature: 'assign of "n" together with region "p.b"' }),
    ]);
    const moving = (action: string) => ({
      initial: 'x',
      states: { x: { on: { e: 'y' } }, y: { [action]: assign({ n: 1 } as never) }, z: {} },
    });
    expect(
      problemsOf({ type: 'parallel', states: { a: moving('entry'), b: moving('entry') } }),
    ).toEqual([
      expect.objectContaining({ path: 'a.x', feature: 'assign of "n" together with region "b.x"' }),
    ]);
  });

  it.each([
    ['raised events', { on: { e: say('x'), x: put('n') } }, { on: { e: say('y'), y: put('n') } }],
    ['an event that one raises', { on: { e: put('n') } }, { on: { e: say('y'), y: put('n') } }],
    ['an event raised on entry', raisingOnEntry('x'), raisingOnEntry('y')],
    ['an event raised on exit', raisingOnExit('x'), raisingOnExit('y')],
    ['an event of a function', { on: { e: unsaid, x: put('n') } }, { on: { e: put('n') } }],
    ['onDone', ending, ending],
    ['onDone beside a raised event', ending, { on: { e: say('y'), 'y.*': put('n') } }],
    ['always of a state entered', settling, { on: { e: say('y'), y: put('n') } }],
    ['a longer chain', { on: { e: say('x'), x: say('z'), z: put('n') } }, ending],
  ])('one key › by %s of two regions that react together › is refused', (_, a, b) => {
    expect(problemsOf({ type: 'parallel', states: { a, b } })).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          path: expect.stringMatching(/^a/),
          feature: expect.stringMatching(/^assign of "n" together with region "b/),
        }),
      ]),
    );
  });

  it('one key › by what one transition causes, or different events do › is allowed', () => {
    const both = [say('x').actions, put('n').actions];
    const fine = [
      [{ on: { e: { actions: both } } }, { on: { x: put('n') } }],
      [{ on: { e: say('x'), x: put('n') } }, { on: { f: say('y'), y: put('n') } }],
      [{ on: { e: say('x'), x: put('n') } }, { on: { e: say('y'), y: put('k') } }],
      [ending, { on: { f: put('n') } }],
    ];
    for (const [a, b] of fine) {
      expect(() => chartOf({ type: 'parallel', states: { a, b } })).not.toThrow();
    }
  });

  it('one key › beside a state that targets itself and so leaves nothing', () => {
    const out = { e: { target: '#m.out', ...put('n') } };
    const itself = { e: { target: '#m.p.b', ...put('n') } };
    const config = { initial: 'p', states: { p: regions(out, itself), out: {} } };
    expect(problemsOf(config)).toEqual([
      expect.objectContaining({ feature: 'assign of "n" together with region "p.b"' }),
    ]);
  });

  it('different keys, or different events › is allowed', () => {
    expect(() => chartOf(regions({ e: put('n') }, { e: put('k') }))).not.toThrow();
    expect(() => chartOf(regions({ e: put('n') }, { f: put('n') }))).not.toThrow();
  });

  it('one key, but only one of both can be taken › is allowed', () => {
    const leaving = { e: { target: '#m.out', ...put('n') } };
    const config = { initial: 'p', states: { p: regions(leaving, leaving), out: {} } };
    expect(() => chartOf(config)).not.toThrow();
  });

  it('function-form assign › is refused only beside another assign on the event', () => {
    expect(problemsOf(regions({ e: any }, { e: put('k') }))).toEqual([
      expect.objectContaining({
        path: 'a',
        feature: 'function-form assign beside an assign of "k" in region "b"',
      }),
    ]);
    expect(() =>
      chartOf(regions({ e: any }, { e: { actions: 'x' } }), { actions: { x: () => {} } }),
    ).not.toThrow();
    expect(() => chartOf(regions({ e: any }, { f: any }))).not.toThrow();
  });
});
