// Guards and actions of the machine's author: when they are called, and with what.
import { describe, expect, it } from 'vitest';
import { and, assign, cancel, not, or, raise, stateIn } from 'xstate';
import { factsOf, FACTS_KEY, isChartError, ruleGuard } from '../src/index.ts';
import { chartOf, drive, thrownBy } from './machine.ts';
import type { Loose } from './machine.ts';

type Args = { readonly context: Loose; readonly event: { readonly n: number } };
const add = assign({
  n: ({ context, event }: Args) => Number(context['n'] ?? 0) + event.n,
} as never);
const raising = raise({ type: 'r' } as never);
const names = (...types: string[]) => Object.fromEntries(types.map((type) => [type, () => {}]));

describe('functions of a machine', () => {
  it('guards › inline, named, with params, composed › choose the first that holds', () => {
    const is = (least: number) => ({ type: 'least', params: { least } });
    const chart = chartOf(
      {
        initial: 'w',
        states: {
          w: {
            on: {
              e: [
                { guard: ({ event }: Args) => event.n > 90, target: 'inline' },
                { guard: and([is(50), not('odd')] as never), target: 'and' },
                { guard: or(['odd', 'never'] as never), target: 'or' },
                {
                  guard: { type: 'least', params: ({ event }: Args) => ({ least: event.n - 1 }) },
                  target: 'params',
                },
              ],
            },
          },
          inline: {},
          and: {},
          or: {},
          params: {},
        },
      },
      {
        guards: {
          odd: ({ event }: Args) => event.n % 2 === 1,
          never: () => false,
          least: ({ event }: Args, { least }: { least: number }) => event.n >= least,
        },
      },
    );
    const { snapshot } = chart.start();
    const target = (n: number): unknown => drive(chart, snapshot, { type: 'e', n }).value;
    expect([91, 60, 61, 2].map(target)).toEqual(['inline', 'and', 'or', 'params']);
  });

  it('stateIn › by path, by id, by value › asks the configuration before the event', () => {
    const region = { initial: 'x', states: { x: { on: { go: 'y' } }, y: {} } };
    const check = (value: unknown) => ({ e: { guard: stateIn(value as never), actions: add } });
    for (const value of ['a.y', '#m.a.y', { a: 'y' }]) {
      const chart = chartOf({ type: 'parallel', states: { a: region, b: { on: check(value) } } });
      const { snapshot } = chart.start();
      expect(chart.step(snapshot, { type: 'e', n: 1 })).toEqual({ kind: 'not-enabled' });
      const there = drive(chart, snapshot, 'go');
      expect(chart.step(there, { type: 'e', n: 1 })).toMatchObject({ kind: 'stepped' });
    }
  });

  it('assign › object, function and named form › see the latest context', () => {
    const chart = chartOf(
      {
        context: { n: 1 },
        on: {
          e: {
            actions: [
              add,
              assign((({ context }: Args) => ({ twice: Number(context['n']) * 2 })) as never),
              { type: 'put', params: ({ context }: Args) => ({ n: context['twice'] }) },
              assign({ fixed: 7 }),
            ],
          },
        },
      },
      {
        actions: { put: assign({ put: (_: unknown, params: { n: number }) => params.n } as never) },
      },
    );
    expect(drive(chart, chart.start().snapshot, { type: 'e', n: 4 }).context).toEqual({
      n: 5,
      twice: 10,
      put: 10,
      fixed: 7,
    });
  });

  it('effects › carry resolved params; cancel is one', () => {
    const chart = chartOf(
      {
        on: {
          e: {
            actions: [
              'plain',
              { type: 'told', params: ({ event }: Args) => ({ n: event.n }) },
              cancel('timer'),
            ],
          },
        },
      },
      { actions: names('plain', 'told') },
    );
    expect(chart.step(chart.start().snapshot, { type: 'e', n: 3 })).toMatchObject({
      effects: [
        { type: 'plain' },
        { type: 'told', params: { n: 3 } },
        { type: 'xstate.cancel', params: { sendId: 'timer' } },
      ],
    });
  });

  it('raise › static or computed › is taken in the same step, after always', () => {
    const chart = chartOf({
      initial: 'a',
      states: {
        a: {
          on: {
            e: {
              target: 'b',
              actions: [
                raise({ type: 'r' } as never),
                raise((({ event }: Args) => ({ type: 's', n: event.n })) as never),
              ],
            },
          },
        },
        b: { always: 'c' },
        c: { on: { r: 'd' } },
        d: { on: { s: { target: 'f', actions: add } } },
        f: {},
      },
    });
    const result = chart.step(chart.start().snapshot, { type: 'e', n: 5 });
    expect(result).toMatchObject({
      snapshot: { value: 'f', context: { n: 5 } },
      entered: ['b', 'c', 'd', 'f'],
    });
  });

  it('raise › of a reserved event made at run time › is a fault', () => {
    const chart = chartOf({
      on: { e: { actions: raise((() => ({ type: 'xstate.stop' })) as never) } },
    });
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(isChartError(error, 'event-reserved')).toBe(true);
  });

  it('facts › reach guards, assigns and params, and never the context', () => {
    const seen = (args: Args): unknown => (factsOf(args) as Loose | undefined)?.['ok'];
    const chart = chartOf(
      {
        on: {
          e: {
            guard: seen,
            actions: [
              assign(((args: Args) => ({
                ...args.context,
                took: seen(args),
                [FACTS_KEY]: factsOf(args),
              })) as never),
              { type: 'told', params: seen },
            ],
          },
        },
      },
      { actions: names('told') },
    );
    const { snapshot } = chart.start();
    expect(chart.step(snapshot, { type: 'e' })).toEqual({ kind: 'not-enabled' });
    expect(chart.step(snapshot, { type: 'e' }, { ok: 'yes' })).toMatchObject({
      effects: [{ type: 'told', params: 'yes' }],
      snapshot: { context: { took: 'yes' } },
    });
    const result = chart.step(snapshot, { type: 'e' }, { ok: 'yes' });
    if (result.kind === 'stepped') expect(result.snapshot.context).not.toHaveProperty(FACTS_KEY);
  });

  it('settle › takes what the facts of a step enable, and nothing when they enable nothing', () => {
    const ok = (args: Args): boolean => (factsOf(args) as Loose | undefined)?.['ok'] === true;
    const chart = chartOf({
      initial: 'a',
      states: {
        a: { on: { e: 'c' }, always: { guard: ok, target: 'b', actions: raising } },
        b: { on: { r: { actions: add } }, always: { guard: ok, target: 'z' } },
        c: {},
        z: { type: 'final' },
      },
    });
    const { snapshot } = chart.start();
    const event = { type: 'e', n: 1 };
    expect(chart.settle(snapshot, event)).toEqual({ kind: 'not-enabled' });
    const settled = chart.settle(snapshot, event, { ok: true });
    const snapshotThen = { value: 'z', status: 'done' };
    expect(settled).toMatchObject({ snapshot: snapshotThen, entered: ['b', 'z'] });
    if (settled.kind !== 'stepped') throw new Error(settled.kind);
    expect(chart.settle(settled.snapshot, event, { ok: true })).toEqual({ kind: 'not-enabled' });
  });

  it('settle › is refused by a rule on what it raises, as a step is', () => {
    const chart = chartOf({
      context: { n: 0 },
      always: { guard: ({ context }: Args) => context['n'] === 0, actions: [add, raising] },
      on: { r: { guard: ruleGuard([{ code: 'NO', holds: () => false }]), actions: add } },
    });
    const there = chart.restore({ configuration: [''], context: { n: 0 } });
    expect(chart.settle(there, { type: 'e', n: 1 })).toMatchObject({
      kind: 'refused',
      failed: [{ rule: { code: 'NO' } }],
    });
    expect(there.context).toEqual({ n: 0 });
  });

  it('self, system and spawn › read by a function of the machine › are a fault', () => {
    for (const name of ['self', 'system', 'spawn']) {
      const nosy = assign({ n: (args: never) => args[name] as unknown } as never);
      const chart = chartOf({ on: { e: { actions: nosy } } });
      const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
      expect(isChartError(error, 'self-is-not-available')).toBe(true);
      expect(String(error)).toContain(`"${name}"`);
    }
  });

  it('a guard that throws › is a fault with its state, event and cause', () => {
    const chart = chartOf({
      initial: 'a',
      states: { a: { on: { e: { guard: () => JSON.parse('{') as boolean, target: 'a' } } } },
    });
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(error).toMatchObject({
      code: 'guard-threw',
      states: ['a'],
      cause: expect.any(SyntaxError),
    });
  });
});
