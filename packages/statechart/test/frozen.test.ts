// What a snapshot keeps: plain JSON that no function of the machine can change afterwards.
import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import { factsOf, UnsupportedStatechart, isChartError, ruleGuard } from '../src/index.ts';
import { chartOf, drive, thrownBy } from './machine.ts';
import type { Loose } from './machine.ts';

interface Args {
  readonly context: { readonly list: unknown[]; readonly inner: Loose } & Loose;
  readonly event: Loose;
}

const context = () => ({ list: [2, 1], inner: { deep: { n: 1 } } });
const accept = { actions: assign({}) };
const on = (transition: object, given: unknown = context()) => ({
  context: given,
  on: { e: transition },
});
const assigning = (value: unknown) => on({ actions: assign({ value } as never) });
const guarded = (guard: unknown) => on({ guard, ...accept });

const changes: readonly (readonly [string, (args: Args) => unknown])[] = [
  ['pushes', ({ context: { list } }) => list.push(3) && list],
  ['sorts in place', ({ context: { list } }) => list.sort()],
  ['writes deep inside', ({ context: { inner } }) => ((inner['deep'] as Loose)['n'] = 2)],
  ['writes a key', ({ context: all }) => ((all as Loose)['list'] = [])],
  ['deletes a key', ({ context: all }) => delete (all as Loose)['inner']],
  ['writes into the event', ({ event }) => ((event['data'] as Loose)['n'] = 2)],
  ['writes the event', ({ event }) => (event['data'] = 2)],
];

describe('a function of the machine that changes what it is given', () => {
  it.each(changes)('assign › that %s › is a fault, and nothing is changed', (_, change) => {
    const chart = chartOf(assigning(change));
    const { snapshot } = chart.start();
    const event = { type: 'e', data: { n: 1 } };
    const error = thrownBy(() => chart.step(snapshot, event));
    expect(isChartError(error, 'action-threw')).toBe(true);
    expect(String(error)).toContain('let an assign answer new values');
    expect(snapshot.context).toEqual(context());
    expect(chart.start().snapshot.context).toEqual(context());
    expect(event).toEqual({ type: 'e', data: { n: 1 } });
  });

  it.each(changes)('guard › that %s › is a fault, with facts and without', (_, change) => {
    const chart = chartOf(guarded((args: Args) => Boolean(change(args))));
    const { snapshot } = chart.start();
    const event = { type: 'e', data: { n: 1 } };
    for (const facts of [undefined, { parts: 1 }]) {
      const error = thrownBy(() => chart.step(snapshot, event, facts));
      expect(isChartError(error, 'guard-threw')).toBe(true);
    }
    expect(snapshot.context).toEqual(context());
  });

  it('a snapshot from JSON, or restored › is protected as well', () => {
    const chart = chartOf(assigning(({ context: { list } }: Args) => list.push(3)));
    const persisted = { configuration: [''], context: context() };
    const read = JSON.parse(JSON.stringify(chart.start().snapshot)) as ReturnType<
      typeof chart.restore
    >;
    for (const snapshot of [chart.restore(persisted), read]) {
      const error = thrownBy(() => chart.step(snapshot, { type: 'e' }));
      expect(isChartError(error, 'action-threw')).toBe(true);
      expect(snapshot.context).toEqual(context());
    }
  });

  it('event data kept in the context › cannot be changed by whoever sent it', () => {
    const chart = chartOf(assigning(({ event }: Args) => event['data']));
    const data = { names: ['a'] };
    const { context: kept } = drive(chart, chart.start().snapshot, { type: 'e', data });
    expect(() => data.names.push('b')).toThrow(TypeError);
    expect(kept['value']).toEqual({ names: ['a'] });
  });
});

describe('a context', () => {
  it('unchanged values › stay the same objects, so that caches by object hold', () => {
    const chart = chartOf(assigning(1));
    const { snapshot } = chart.start();
    const next = drive(chart, snapshot, 'e');
    expect(next.context['inner']).toBe(snapshot.context['inner']);
    expect(drive(chart, next, 'e').context['inner']).toBe(snapshot.context['inner']);
  });

  it('keys without a value and negative zero › are kept as JSON keeps them', () => {
    const list = [{ a: undefined, b: [-0] }, { a: undefined }];
    const given = { gone: undefined, zero: -0, list };
    const chart = chartOf(assigning(() => given));
    const live = drive(chart, chart.start().snapshot, 'e');
    const read = JSON.parse(JSON.stringify(live)) as typeof live;
    expect({ ...live }).toStrictEqual(read);
    expect(live.context['value']).toStrictEqual({ zero: 0, list: [{ b: [0] }, {}] });
    expect(drive(chartOf(on({ actions: assign({ list: undefined }) })), live, 'e').context).toEqual(
      { inner: context().inner, value: live.context['value'] },
    );
  });

  it.each([
    ['value', new Date(0), 'an object of class Date'],
    ['value.of', { of: new Map() }, 'an object of class Map'],
    ['value[1]', [0, NaN], 'the number NaN'],
    ['value', Infinity, 'the number Infinity'],
    ['value[0]', [undefined], 'a value of type undefined'],
    ['value[0]', Array<unknown>(1), 'a value of type undefined'],
    ['value', 1n, 'a value of type bigint'],
    ['value.f', { f: () => 1 }, 'a value of type function'],
    ['value', '\ud800', 'a string with a lone surrogate'],
    ['value', Promise.resolve(1), 'an object of class Promise'],
  ])('"%s" that JSON would lose › is a fault that names it', (key, value, found) => {
    const chart = chartOf(assigning(() => value));
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
    expect(String(error)).toContain(`Cannot keep "${key}" in a snapshot: it is ${found}.`);
  });

  const hidden = Object.defineProperty({ a: 1 }, 'of', { value: 1 });
  const getter = { get of() { return Math.random(); } };
  it.each([
    ['a getter', getter, '.of" in a snapshot: it is a getter or setter'],
    ['a setter', { set of(_: number) {} }, '.of" in a snapshot: it is a getter or setter'],
    ['a symbol', { [Symbol('of')]: 1 }, '" in a snapshot: it is an object with a symbol'],
    ['a hidden property', hidden, '" in a snapshot: it is an object with a property that is not'],
  ])('%s › is a fault wherever it is built', (_, built, found) => {
    const within = (given: unknown, key: string): void => {
      const chart = chartOf(given as never);
      const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
      expect([isChartError(error, 'context-not-plain'), String(error)])
        .toEqual([true, expect.stringContaining(`Cannot keep "${key}${found}`)]);
    };
    within(assigning(() => built), 'value');
    within(assigning(() => [{ deep: built }]), 'value[0].deep');
    within(on({ actions: assign((() => built) as never) }), 'context');
    expect(thrownBy(() => chartOf(on(accept, () => built as never))))
      .toMatchObject({ problems: [{ feature: 'context that is not plain JSON' }] });
  });

  it('a value that every object inherits › is judged when it is assigned', () => {
    const chart = chartOf(on({ actions: assign({ constructor: () => Object } as never) }));
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
  });

  it('a snapshot › cannot be given another context', () => {
    const { snapshot } = chartOf(assigning(1)).start();
    expect(() => Object.assign(snapshot, { context: { evil: new Date(0) } })).toThrow(TypeError);
  });

  it('a value that takes the place of another › is checked and frozen like a new one', () => {
    const list = ({ event }: Args): unknown => event['list'];
    const chart = chartOf(on({ actions: assign({ list } as never) }));
    const { snapshot } = chart.start();
    const sent = { type: 'e', list: [new Date(0)] };
    const error = thrownBy(() => chart.step(snapshot, sent));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
    const replaced = drive(chart, snapshot, { type: 'e', list: [{ n: 1 }] });
    expect(Object.isFrozen((replaced.context['list'] as object[])[0])).toBe(true);
  });

  it('that is not plain from the start › is refused when the machine is compiled', () => {
    for (const given of [{ since: new Date(0) }, () => ({ ids: new Set() })]) {
      const error = thrownBy(() => chartOf(on(accept, given)));
      expect(error).toBeInstanceOf(UnsupportedStatechart);
      expect(error).toMatchObject({ problems: [{ feature: 'context that is not plain JSON' }] });
    }
    const needy = chartOf(on(accept, ({ input }: { input: { at: Date } }) => ({ at: input.at })));
    const error = thrownBy(() => needy.start({ at: new Date(0) }));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
  });

  it('the facts of a step › cannot be assigned: they are no plain data', () => {
    const facts = (args: Args) => factsOf(args);
    const chart = chartOf(assigning(facts));
    const { snapshot } = chart.start();
    const error = thrownBy(() => chart.step(snapshot, { type: 'e' }, { in: () => true }));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
  });

  it('an output › is plain too', () => {
    const output = () => new Date(0);
    const chart = chartOf({ ...on({ target: '.z' }), initial: 'a', output, ...ending });
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(String(error)).toContain('Cannot keep "output" in a snapshot');
  });
});

const ending = { states: { a: {}, z: { type: 'final' } } };

describe('a function that fails', () => {
  it('async › guard, rule or assign › is a fault, not a yes', () => {
    for (const config of [
      guarded(async () => false),
      guarded(ruleGuard([{ code: 'LATER', holds: (async () => false) as never }])),
      on({ actions: assign((async () => ({ n: 1 })) as never) }),
    ]) {
      const chart = chartOf(config);
      const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
      expect(error).toMatchObject({ name: 'ChartError', cause: expect.any(TypeError) });
    }
  });

  it('output › is a fault with its state', () => {
    const output = () => JSON.parse('{') as unknown;
    const inner = { a: {}, z: { type: 'final', output } };
    const states = { p: { initial: 'a', states: inner } };
    const nested = { ...on({ target: '.p.z' }), initial: 'p', states };
    const whole = { ...on({ target: '.z' }), initial: 'a', output, ...ending };
    for (const [config, state] of [
      [nested, 'p.z'],
      [whole, ''],
    ] as const) {
      const chart = chartOf(config);
      const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
      expect(error).toMatchObject({ code: 'action-threw', states: [state] });
      expect(String(error)).toContain('the output');
    }
  });

  it('context factory › is a fault that says so', () => {
    const chart = chartOf(on(accept, ({ input }: { input: Loose }) => ({ id: input['id'] })));
    const error = thrownBy(() => chart.start());
    expect(error).toMatchObject({ code: 'context-threw', cause: expect.any(TypeError) });
    expect(String(error)).toContain('chart "m"');
  });
});
