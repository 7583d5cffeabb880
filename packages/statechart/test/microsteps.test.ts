// Corners of one microstep and of a chain of them, each as XState has it and as it is written down.
import { describe, expect, it } from 'vitest';
import { assign, or, raise, stateIn } from 'xstate';
import { Pair } from './compare.ts';
import { machineOf } from './machine.ts';
import type { Loose } from './machine.ts';

type Args = { readonly context: Loose; readonly event: { readonly type: string } };

const names = ['enter', 'leave', 'first', 'take', 'wild', 'exact', 'told'];
const actions = Object.fromEntries(names.map((name) => [name, () => {}]));
/** An effect that says where it comes from. */
const of = (type: string, place: unknown) => ({ type, params: { of: place } });
const heard = { type: 'told', params: ({ event }: Args) => ({ of: event.type }) };
const rule = { count: assign({ n: (_: Args, by: number) => by } as never) };

/** Takes events on both sides; answers what of it can be written down shortly. */
function taken(config: object, ...events: readonly string[]) {
  const pair = new Pair(machineOf(config, { actions: { ...actions, ...rule } }), {
    canonical: true,
  });
  const effects: string[] = [];
  const note = (change: ReturnType<Pair['start'] | Pair['step']>): void => {
    if (change === 'looped' || !('effects' in change)) throw new Error('nothing was taken');
    for (const { type, params } of change.effects) {
      effects.push(`${type} ${(params as { of?: string } | undefined)?.of ?? ''}`.trim());
    }
  };
  note(pair.start());
  for (const type of events) note(pair.step({ type }));
  const { configuration, value, context, status, output } = pair.snapshot;
  return { at: configuration.join(' '), value, context, status, output, effects };
}

const regions = (a: object, b: object) => ({ type: 'parallel', states: { a, b } });
const two = (inner: object = {}) => ({ initial: 'x', states: { x: inner, y: {} } });

describe('a microstep › of what two regions select', () => {
  const outside = (inner: object) => ({
    initial: 'r',
    states: { r: inner, left: { id: 'left' }, right: { id: 'right' } },
  });
  const leaving = (target: string) => ({ initial: 'x', states: { x: { on: { e: target } } } });
  const moving = { initial: 'x', states: { x: { on: { e: 'y' } }, y: {} } };

  it('the first alone, when both leave the state around them', () => {
    const config = outside(regions(leaving('#left'), leaving('#right')));
    expect(taken(config, 'e')).toMatchObject({ at: 'left' });
  });

  it.each([
    ['the first', regions(moving, leaving('#right')), 'r.a.y r.b.x'],
    ['the first, if that leaves both', regions(leaving('#left'), moving), 'left'],
  ])('%s alone, when one moves within and the other leaves both', (_, inner, at) => {
    expect(taken(outside(inner), 'e')).toMatchObject({ at });
  });

  it('both, when each moves within its own', () => {
    expect(taken(regions(moving, moving), 'e')).toMatchObject({ at: 'a.y b.y' });
  });

  it('once, when it is one transition of a state around both', () => {
    const once = { guard: ({ context }: Args) => context['n'] === 0, actions: of('take', 'r') };
    const counted = { ...once, actions: [once.actions, { type: 'count', params: 1 }] };
    const config = { context: { n: 0 }, always: counted, ...regions(two(), two()) };
    expect(taken(config)).toMatchObject({ effects: ['take r'], context: { n: 1 } });
  });
});

describe('a microstep › enters', () => {
  it('its own source, when it also targets a state elsewhere', () => {
    const source = { id: 'y', on: { e: { target: ['#y', '#z'] } }, entry: of('enter', 'y') };
    const own = { initial: 'x', states: { x: { on: { f: 'y' } }, y: source } };
    const beside = { initial: 'x', states: { x: {}, y: { id: 'z' } } };
    expect(taken(regions(own, beside), 'f', 'e')).toMatchObject({
      at: 'a.y b.y',
      effects: ['enter y', 'enter y'],
    });
  });

  it('anew the inside of a state that targets itself, and stays in the state', () => {
    const c = { id: 'c', entry: of('enter', 'c'), exit: of('leave', 'c'), on: { e: '#c' } };
    const config = { initial: 'c', states: { c: { ...c, ...two({ on: { f: 'y' } }) } } };
    expect(taken(config, 'f', 'e')).toMatchObject({ at: 'c.x', effects: ['enter c'] });
  });

  it('initial states, with the actions of each initial on the way', () => {
    const inner = (name: string, states: object) => ({
      initial: { target: 'x', actions: of('first', name) },
      states: { x: states },
    });
    const config = {
      ...inner('root', { on: { e: '#t' } }),
      states: { x: { on: { e: '#t' } }, t: { id: 't', ...inner('t', inner('t.x', {})) } },
    };
    expect(taken(config, 'e').effects).toEqual(['first root', 'first t', 'first t.x']);
  });

  it('the regions of a target, with the actions of their initials', () => {
    const region = (name: string) => ({
      initial: { target: 'x', actions: of('first', name) },
      states: { x: {} },
    });
    const p = { id: 'p', ...regions(region('a'), region('b')) };
    const config = { initial: 'o', states: { o: { on: { e: '#p' } }, p } };
    expect(taken(config, 'e').effects).toEqual(['first a', 'first b']);
  });

  it('a region beside a target, without the actions of its initial', () => {
    const initial = { target: 'x', actions: of('first', 'b') };
    const a = { initial: 'x', states: { x: { id: 'ax' } } };
    const p = regions(a, { initial, states: { x: {} } });
    const config = { initial: 'o', states: { o: { on: { e: '#ax' } }, p } };
    expect(taken(config, 'e')).toMatchObject({ at: 'p.a.x p.b.x', effects: [] });
  });

  it('of a parallel target what was targeted before, and the rest by default', () => {
    const region = (id: string) => ({ initial: 'x', states: { x: {}, y: { id } } });
    const p = { id: 'p', ...regions(region('ay'), region('by')) };
    const config = { initial: 'o', states: { o: { on: { e: { target: ['#by', '#p'] } } }, p } };
    expect(taken(config, 'e').at).toBe('p.a.x p.b.y');
  });

  it('in document order, whatever the order of the targets', () => {
    const region = (id: string) => ({
      initial: 'x',
      states: { x: {}, y: { id, entry: of('enter', id) } },
    });
    const on = { e: { target: ['#b', '#a'] } };
    const config = { initial: 'o', states: { o: { on }, p: regions(region('a'), region('b')) } };
    expect(taken(config, 'e').effects).toEqual(['enter a', 'enter b']);
  });

  it('the root again, when the root itself re-enters', () => {
    const config = {
      entry: of('enter', 'root'),
      exit: of('leave', 'root'),
      on: { e: { target: '.y', reenter: true } },
      ...two(),
    };
    expect(taken(config, 'e')).toMatchObject({
      at: 'y',
      effects: ['enter root', 'leave root', 'enter root'],
    });
  });
});

describe('a microstep › takes', () => {
  it('of two transitions that leave common states the deeper one, and drops the other', () => {
    const on = { e: { target: '#o', actions: of('take', 'deep') } };
    const deep = { initial: 'i', states: { i: { on } } };
    const beside = two({ on: { e: { target: 'y', actions: of('take', 'beside') } } });
    const config = { initial: 'p', states: { p: regions(two(deep), beside), o: { id: 'o' } } };
    expect(taken(config, 'e')).toMatchObject({ at: 'o', effects: ['take deep'] });
  });

  it('the deeper one also where the other one was found first', () => {
    const guard = ({ context }: Args) => context['n'] === 1;
    const ready = { guard, target: '#deep' };
    const p = { ...regions(two(), two({ always: ready })), always: { guard, target: '#flat' } };
    const on = { e: { actions: assign({ n: 1 }) } };
    const config = { initial: 'p', context: { n: 0 }, on };
    const ends = { deep: { id: 'deep' }, flat: { id: 'flat' } };
    expect(taken({ ...config, states: { p, ...ends } }, 'e').at).toBe('deep');
  });

  it('what active states hear, and from one configuration not the same each time', () => {
    const first = ({ context }: Args) => context['n'] === 0;
    const next = { e: [{ guard: first, target: 'y' }, { target: 'z' }] };
    const b = { initial: 'x', states: { x: { on: next }, y: { on: { f: 'x' } }, z: {} } };
    const a = two({ on: { e: { actions: of('take', 'x') } } });
    const deaf = { ...a, states: { ...a.states, y: { on: { e: { actions: of('take', 'y') } } } } };
    const config = { context: { n: 0 }, ...regions(deaf, b) };
    const on = { f: { actions: assign({ n: 1 }) }, g: { actions: assign({ n: 1 }) } };
    expect(taken({ ...config, on }, 'e', 'f', 'g', 'e')).toMatchObject({
      at: 'a.x b.z',
      effects: ['take x', 'take x'],
    });
  });

  it('actions without a target and leaves nothing', () => {
    const config = {
      initial: 'x',
      exit: of('leave', 'root'),
      on: { e: { actions: of('take', 'root') } },
      states: { x: { exit: of('leave', 'x') } },
    };
    expect(taken(config, 'e')).toMatchObject({ at: 'x', effects: ['take root'] });
  });

  it('exact descriptors before longer wildcards, and those before shorter ones', () => {
    const never = { guard: () => false };
    const wild = (name: string) => ({ actions: of('wild', name) });
    const on = { '*': wild('*'), 'a.*': wild('a.*'), 'a.b.*': wild('a.b.*'), 'a.b': never };
    expect(taken({ on }, 'a.b', 'a.c', 'ab').effects).toEqual(['wild a.b.*', 'wild a.*', 'wild *']);
    const both = { ...on, 'a.b': { actions: of('exact', 'a.b') } };
    expect(taken({ on: both }, 'a.b', 'a').effects).toEqual(['exact a.b', 'wild a.*']);
  });
});

describe('a chain of microsteps', () => {
  it('takes raised events in the order of raising, each as the event of its step', () => {
    const on = {
      e: { actions: [raise({ type: 'r' }), raise({ type: 's' }), heard] },
      r: { actions: heard },
      s: { actions: heard },
    };
    expect(taken({ on }, 'e').effects).toEqual(['told e', 'told r', 'told s']);
  });

  it('asks eventless transitions of ancestors too, at the start and after raised events', () => {
    const always = { guard: ({ context }: Args) => context['n'] === 1, target: '.y' };
    const config = { ...two(), context: { n: 1 }, always };
    expect(taken(config).at).toBe('y');
    const on = { e: { actions: raise({ type: 'r' }) }, r: { actions: assign({ n: 1 }) } };
    expect(taken({ ...config, context: { n: 0 }, on }, 'e').at).toBe('y');
  });

  it('asks eventless transitions again after one that only assigns', () => {
    const n = ({ context }: Args) => Number(context['n']);
    const counted = assign({ n: (args: Args) => n(args) + 1 } as never);
    const always = { guard: (args: Args) => n(args) < 3, actions: counted };
    expect(taken({ context: { n: 0 }, always }).context).toEqual({ n: 3 });
  });

  it('asks again after a raised event, though the last one found changed nothing', () => {
    const is = (n: number) => ({ context }: Args): boolean => context['n'] === n;
    const always = [
      { guard: is(0), actions: heard },
      { guard: is(1), target: '.y' },
    ];
    const on = { e: { actions: raise({ type: 'r' }) }, r: { actions: assign({ n: 1 }) } };
    expect(taken({ ...two(), context: { n: 0 }, on, always }, 'e').at).toBe('y');
  });

  it('hands params to a named assign, and its new context to what follows', () => {
    const after = { type: 'told', params: ({ context }: Args) => ({ of: context['n'] }) };
    const on = { e: { actions: [heard, { type: 'count', params: 7 }, after] } };
    expect(taken({ context: { n: 0 }, on }, 'e').effects).toEqual(['told e', 'told 7']);
  });
});

describe('guards', () => {
  it('stateIn of several regions › holds in all of them only', () => {
    const region = two({ on: { e: 'y' } });
    const inBoth = { guard: stateIn({ a: 'y', b: 'y' } as never), actions: of('take', 'both') };
    const on = { g: [inBoth, { actions: of('take', 'else') }] };
    const config = { ...regions(region, two({ on: { f: 'y' } })), on, tags: ['z', 'a'] };
    expect(taken(config, 'e', 'g', 'f', 'g').effects).toEqual(['take else', 'take both']);
  });

  it('or › holds when one part does', () => {
    const guard = or([() => false, () => true]);
    expect(taken({ on: { e: { guard, actions: heard } } }, 'e').effects).toEqual(['told e']);
  });

  it('params that are a function › are resolved for the guard', () => {
    const most = { type: 'most', params: ({ event }: Args) => event.type.length };
    const guards = { most: (_: Args, length: number) => length === 1 };
    const machine = machineOf({ on: { '*': { guard: most, actions: assign({}) } } }, { guards });
    const pair = new Pair(machine, { canonical: true });
    pair.start();
    expect(pair.step({ type: 'e' })).toMatchObject({ kind: 'stepped' });
    expect(pair.step({ type: 'ee' })).toMatchObject({ kind: 'not-enabled' });
  });
});

describe('what is finished', () => {
  const done = (name: string) => ({ actions: of('take', name) });
  const final = { type: 'final' };
  const ends = { initial: 'x', states: { x: { on: { e: 'y' } }, y: final } };

  it('a parallel state › when every region is, a region that is itself final among them', () => {
    const p = { ...regions(ends, { ...ends, onDone: done('b') }), onDone: done('p') };
    expect(taken({ initial: 'p', states: { p } }, 'e').effects).toEqual(['take b', 'take p']);
    const half = { ...regions(ends, final), onDone: done('half') };
    expect(taken({ initial: 'p', states: { p: half } }, 'e').effects).toEqual(['take half']);
    const whole = { ...regions(final, final), onDone: done('whole') };
    const config = { initial: 'o', states: { o: { on: { e: 'p' } }, p: whole } };
    expect(taken(config, 'e').effects).toEqual(['take whole']);
  });

  it('a parallel state inside another › finishes the other as well, once', () => {
    const inner = { ...regions(ends, ends), onDone: done('inner') };
    const outer = { ...regions(inner, ends), onDone: done('outer') };
    const { effects } = taken({ initial: 'p', states: { p: outer } }, 'e');
    expect(effects).toEqual(['take inner', 'take outer']);
  });

  it('a compound state › hands the output of its final state on, and is not done before', () => {
    const output = (name: string) => ({ type: 'final', output: name });
    const params = ({ event }: { event: { output?: string } }) => ({ of: event.output });
    const told = { type: 'told', params };
    const states = { x: { on: { e: 'y' } }, y: output('y') };
    const c = { initial: 'x', states, onDone: { actions: told } };
    expect(taken({ initial: 'c', states: { c, d: {} } }, 'e').effects).toEqual(['told y']);
  });

  it('a chart › leaves all its states from the innermost on, and answers what completed it', () => {
    const output = ({ event }: { event: object }) => event;
    const end = { type: 'final', output: 'of y', exit: of('leave', 'y') };
    const one = { exit: of('leave', 'root'), output, ...two({ on: { e: 'y' } }) };
    expect(taken({ ...one, states: { ...one.states, y: end } }, 'e')).toMatchObject({
      status: 'done',
      output: { type: 'xstate.done.state.m.y', output: 'of y' },
      effects: ['leave y', 'leave root'],
    });
    const deep = { output, ...regions(ends, regions(ends, ends)) };
    expect(taken(deep, 'e')).toMatchObject({
      status: 'done',
      value: { a: 'y', b: { a: 'y', b: 'y' } },
      output: { type: 'xstate.done.state.m' },
    });
  });

  it('a chart of leaf regions › is done when they are', () => {
    expect(taken(regions(final, final))).toMatchObject({ status: 'done', value: { a: {}, b: {} } });
  });
});
