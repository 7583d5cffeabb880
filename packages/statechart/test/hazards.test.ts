// The ten hazards of XState 5.33: each is shown there, where that is cheap, and absent here.
import { describe, expect, it, vi } from 'vitest';
import { assign, createActor, initialTransition, raise, transition } from 'xstate';
import { MAX_ITERATIONS, UnsupportedStatechart, isChartError } from '../src/index.ts';
import { chartOf, drive, machineOf, thrownBy } from './machine.ts';
import type { Loose } from './machine.ts';

const log = (what: string) =>
  assign({ log: ({ context }: { context: Loose }) => `${String(context['log'])}${what}` } as never);

describe('hazards', () => {
  it('1 › a context factory › runs once per case, not once per event', () => {
    let runs = 0;
    const config = { context: () => ({ runs: ++runs, n: 0 }), on: { e: { actions: assign({}) } } };
    const machine = machineOf(config);
    let [snapshot] = initialTransition(machine);
    runs = 0;
    for (let i = 0; i < 3; i++) [snapshot] = transition(machine, snapshot, { type: 'e' });
    expect(runs).toBe(3);

    const counted = vi.fn(() => ({ n: 0 }));
    const chart = chartOf({ ...config, context: counted });
    counted.mockClear();
    drive(chart, chart.start().snapshot, 'e', 'e', 'e');
    expect(counted).toHaveBeenCalledTimes(1);
  });

  // Both regions wait for `go`; region a was entered last, so XState asks it last.
  const going = ({ context }: { context: Loose }): boolean => context['go'] === true;
  const waiting = (actions: string) => ({ always: { guard: going, target: 'z', actions } });
  const acting = {
    type: 'parallel',
    context: { go: false },
    on: { go: { actions: assign({ go: true } as never) } },
    states: {
      a: { initial: 'x', states: { x: { on: { move: 'y' } }, y: waiting('A'), z: {} } },
      b: { initial: 'x', states: { x: waiting('B'), z: {} } },
    },
  };
  const actions = { A: () => {}, B: () => {} };

  it('2 › restore then continue › equals replay, effects in the same order', () => {
    const machine = machineOf(acting, { actions });
    const [begun] = initialTransition(machine);
    const [moved] = transition(machine, begun, { type: 'move' });
    const persisted = JSON.parse(JSON.stringify(machine.getPersistedSnapshot(moved))) as never;
    const restored = createActor(machine, { snapshot: persisted }).getSnapshot();
    const types = (snapshot: typeof moved): string[] =>
      transition(machine, snapshot, { type: 'go' })[1].map((action) => action.type);
    expect([types(moved), types(restored as never)]).toEqual([
      ['B', 'A'],
      ['A', 'B'],
    ]);

    const chart = chartOf(acting, { actions });
    const live = drive(chart, chart.start().snapshot, 'move');
    const again = chart.restore(JSON.parse(JSON.stringify(live)) as typeof live);
    const [a, b] = [chart.step(live, { type: 'go' }), chart.step(again, { type: 'go' })];
    expect(a).toEqual(b);
    expect(a).toMatchObject({ effects: [{ type: 'A' }, { type: 'B' }] });
  });

  it('3 › history, which leads to illegal configurations › is refused', () => {
    const config = {
      type: 'parallel',
      states: { r: { initial: 'x', states: { x: {}, back: { type: 'history' } } }, s: {} },
    };
    const error = thrownBy(() => chartOf(config));
    expect(error).toBeInstanceOf(UnsupportedStatechart);
    expect(error).toMatchObject({ problems: [{ path: 'r.back', feature: 'history state' }] });
  });

  it('4 › a delay of thirty days › is a name, and only its event fires it', async () => {
    const config = { initial: 'on', states: { on: { after: { month: 'off' } }, off: {} } };
    const delays = { month: 30 * 24 * 3600 * 1000 };
    const overflow = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const actor = createActor(machineOf(config, { delays })).start();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(actor.getSnapshot().value).toBe('off');
    overflow.mockRestore();

    const chart = chartOf(config, { delays });
    const { snapshot, effects } = chart.start();
    expect(effects).toEqual([]);
    expect(chart.enabled(snapshot)).toEqual(['@after.month']);
    expect(drive(chart, snapshot, '@after.month').value).toBe('off');
  });

  it('5 › a restored snapshot › still hears its delay: there is no timer to lose', () => {
    const config = { initial: 'on', states: { on: { after: { soon: 'off' } }, off: {} } };
    const chart = chartOf(config, { delays: { soon: 1 } });
    const restored = chart.restore({ configuration: ['on'], context: {} });
    expect(drive(chart, restored, '@after.soon').value).toBe('off');
  });

  it('6 › a snapshot of version 1 stepped by version 2 › is stepped by version 2', () => {
    const states = { x: {}, y: {} };
    const config = (target: string) => ({
      initial: 'w',
      states: { w: { on: { e: target } }, ...states },
    });
    const [one, two] = [machineOf(config('x')), machineOf(config('y'))];
    const [begun] = initialTransition(one);
    expect(transition(two, begun, { type: 'e' })[0].value).toBe('x');

    const { snapshot } = chartOf(config('x')).start();
    expect(chartOf(config('y')).step(snapshot, { type: 'e' })).toMatchObject({
      snapshot: { value: 'y' },
    });
  });

  it('6 › a snapshot of another chart › is refused by name', () => {
    const { snapshot } = chartOf({ initial: 'x', states: { x: {} } }).start();
    const other = chartOf({ initial: 'y', states: { y: { on: { e: {} } } } });
    const error = thrownBy(() => other.step(snapshot, { type: 'e' }));
    expect(isChartError(error, 'configuration-unknown')).toBe(true);
  });

  it('7 › an error on start › is thrown, not put into a snapshot', () => {
    const config = {
      context: {},
      entry: assign({ n: () => JSON.parse('{') as number }),
    };
    expect(initialTransition(machineOf(config))[0].status).toBe('error');
    expect(
      isChartError(
        thrownBy(() => chartOf(config).start()),
        'action-threw',
      ),
    ).toBe(true);
  });

  it('7 › a circle of raised events › ends at a limit that names the states', () => {
    const config = {
      initial: 'a',
      states: {
        a: { on: { e: 'b', pong: 'b' } },
        b: { entry: raise({ type: 'ping' } as never), on: { ping: 'c' } },
        c: { entry: raise({ type: 'ping' } as never), on: { ping: 'b' } },
      },
    };
    const chart = chartOf(config);
    const error = thrownBy(() => chart.step(chart.start().snapshot, { type: 'e' }));
    expect(isChartError(error, 'microstep-limit')).toBe(true);
    expect(String(error)).toContain(`${MAX_ITERATIONS} microsteps`);
    expect((error as { states: unknown }).states).toEqual([expect.stringMatching(/^[bc]$/)]);
  });

  it('8 › a snapshot that is done › is inert', () => {
    const config = {
      context: { log: '' },
      initial: 'a',
      exit: log('exit '),
      on: { e: { actions: log('e ') } },
      states: { a: { on: { end: 'z' } }, z: { type: 'final' } },
    };
    const machine = machineOf(config);
    const [ended] = transition(machine, initialTransition(machine)[0], { type: 'end' });
    const [after] = transition(machine, ended, { type: 'e' });
    expect(after.context).not.toEqual(ended.context);

    const chart = chartOf(config);
    const done = drive(chart, chart.start().snapshot, 'end');
    expect(done).toMatchObject({ status: 'done', context: { log: 'exit ' } });
    expect(chart.step(done, { type: 'e' })).toEqual({ kind: 'not-enabled' });
    expect(chart.enabled(done)).toEqual([]);
  });

  it('9 › two states at once of which only one can be active › are refused by name', () => {
    const chart = chartOf({ initial: 'x', states: { x: {}, y: {} } });
    const error = thrownBy(() => chart.restore({ configuration: ['x', 'y'], context: {} }));
    expect(isChartError(error, 'configuration-unknown')).toBe(true);
    expect(String(error)).toContain('exactly one active child');
  });

  it('9 › a configuration without a region that was added later › is refused by name', () => {
    const region = { initial: 'x', states: { x: {}, y: {} } };
    const chart = chartOf({ type: 'parallel', states: { old: region, added: region } });
    const error = thrownBy(() => chart.restore({ configuration: ['old.x'], context: {} }));
    expect(error).toMatchObject({ code: 'configuration-unknown', states: ['added'] });
  });

  it('9 › a context key that was added later › is not invented, and a step says what it is', () => {
    const count = ({ context }: { context: Loose }) => Number(context['added']) + 1;
    const chart = chartOf({
      context: { added: 0 },
      on: { e: { actions: assign({ added: count }) } },
    });
    const restored = chart.restore({ configuration: [''], context: { old: 1 } });
    expect(restored.context).toEqual({ old: 1 });
    // What comes of the missing value is no number, and no NaN slips into the record.
    const error = thrownBy(() => chart.step(restored, { type: 'e' }));
    expect(isChartError(error, 'context-not-plain')).toBe(true);
  });

  it('9 › a state that was removed › is refused by name', () => {
    const chart = chartOf({ initial: 'x', states: { x: {} } });
    const error = thrownBy(() => chart.restore({ configuration: ['gone'], context: {} }));
    expect(error).toMatchObject({ code: 'configuration-unknown', states: ['gone'] });
    expect(String(error)).toContain('"gone" does not exist');
  });

  it('10 › restoring › names what is wrong and promises nothing about timers', () => {
    const chart = chartOf(
      { initial: 'x', states: { x: { after: { t: 'y' } }, y: {} } },
      { delays: { t: 1 } },
    );
    const restored = chart.restore({ configuration: ['x'], context: { kept: 1 } });
    expect(restored).toEqual({
      configuration: ['x'],
      value: 'x',
      context: { kept: 1 },
      tags: [],
      status: 'active',
    });
  });
});
