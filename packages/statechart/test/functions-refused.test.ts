// Functions whose text reads an actor, a clock or chance: refused by name when a machine is compiled.
import { describe, expect, it } from 'vitest';
import { and, assign, cancel, raise } from 'xstate';
import { UnsupportedStatechart, ruleGuard } from '../src/index.ts';
import { chartOf, thrownBy } from './machine.ts';
import type { Loose } from './machine.ts';

type Args = never;
const on = (transition: object) => ({ on: { e: transition } });

function problemsOf(config: object, implementations: object = {}): unknown {
  const error = thrownBy(() => chartOf(config, implementations));
  if (!(error instanceof UnsupportedStatechart)) throw error;
  return error.problems.map(({ path, feature }) => [path, feature]);
}

const clock = (): number => Date.now();

describe('compile › a function that reads a clock', () => {
  const accept = { actions: assign({}) };
  const cases: readonly (readonly [what: string, config: object, implementations?: object])[] = [
    ['assign', on({ actions: assign((() => ({ n: Date.now() })) as never) })],
    ['assign of "n"', on({ actions: assign({ n: clock }) })],
    ['assign of "n"', on({ actions: 'put' }), { actions: { put: assign({ n: clock }) } }],
    ['guard', on({ ...accept, guard: () => Date.now() > 0 })],
    ['guard "g"', on({ ...accept, guard: 'g' }), { guards: { g: clock } }],
    ['guard "g"', on({ ...accept, guard: and(['g'] as never) }), { guards: { g: clock } }],
    [
      'params of guard "g"',
      on({ ...accept, guard: { type: 'g', params: clock } }),
      { guards: { g: () => true } },
    ],
    [
      'params of action "x"',
      on({ actions: { type: 'x', params: clock } }),
      { actions: { x: () => {} } },
    ],
    ['raise', on({ actions: raise((() => ({ type: 'r', at: Date.now() })) as never) })],
    ['cancel', on({ actions: cancel((() => String(Date.now())) as never) })],
    ['output', { output: clock }],
    ['context factory', { context: () => ({ at: Date.now() }) }],
    [
      'rule "SOON"',
      on({ ...accept, guard: ruleGuard([{ code: 'SOON', holds: () => Date.now() > 0 }]) }),
    ],
  ];
  it.each(cases)('%s › is refused where it stands', (what, config, implementations) => {
    const feature = `${what} that reads a clock`;
    expect(problemsOf(config as object, implementations as object)).toEqual([['', feature]]);
  });

  it('an effect › may read it: its implementation is never run here', () => {
    expect(() => chartOf(on({ actions: 'x' }), { actions: { x: clock } })).not.toThrow();
  });
});

describe('compile › what counts as reading', () => {
  const read = (fn: (args: Args) => unknown): unknown =>
    problemsOf({ initial: 'a', states: { a: on({ actions: assign({ n: fn }) }) } });
  const reads = (what: string) => [['a', `assign of "n" that reads ${what}`]];
  const now = { Date };
  const methods = {
    put({ self }: Loose): unknown {
      return self;
    },
  };

  it.each([
    ['Date.now', () => Date.now()],
    ['Date.now by another object', () => now.Date.now()],
    ['new Date()', () => new Date().toISOString()],
    // oxlint-disable-next-line unicorn/new-for-builtins -- the old form must be seen too
    ['Date()', () => Date()],
    ['performance.now', () => performance.now()],
    ['process.hrtime', () => process.hrtime()],
  ])('%s › is a clock', (_, fn) => {
    expect(read(fn)).toEqual(reads('a clock'));
  });

  it.each([
    ['Math.random', () => Math.random()],
    ['randomUUID', () => crypto.randomUUID()],
  ])('%s › is randomness', (_, fn) => {
    expect(read(fn)).toEqual(reads('randomness'));
  });

  it.each([
    ['destructured', 'self', ({ self }: Loose) => self],
    ['renamed', 'self', ({ context: _, self: me }: Loose) => me],
    ['with a default', 'system', ({ system = 1 }: Loose) => system],
    ['of the whole argument', 'self', (args: Loose) => args['self'] ?? (args as { self: 1 }).self],
    ['of a bare argument', 'spawn', (args: Loose) => (args as { spawn?: () => 1 }).spawn?.()],
    [
      'taken apart inside',
      'system',
      (args: Loose) => {
        const { system } = args;
        return system;
      },
    ],
    [
      'by a function expression',
      'self',
      function named(args: Loose) {
        return (args as { self: 1 }).self;
      },
    ],
    ['by a method', 'self', methods.put],
  ])('an actor %s › is named', (_, name, fn) => {
    expect(read(fn as never)).toEqual(reads(name));
  });

  it('an argument without brackets › is one too', () => {
    // The compiler of these tests would write the brackets, so it must not see the function.
    const bare = new Function('return args => args.self')() as (args: Args) => unknown;
    expect(String(bare)).toBe('args => args.self');
    expect(read(bare)).toEqual(reads('self'));
  });

  it('everything at once › is named at once', () => {
    const fn = ({ self, system }: Loose): unknown => [self, system, Date.now(), Math.random()];
    const problems = [...reads('a clock'), ...reads('randomness'), ...reads('self')];
    expect(read(fn as never)).toEqual([...problems, ...reads('system')]);
  });

  it.each([
    ['a key of the context', ({ context: { self } }: { context: Loose }) => self],
    ['a key of the event', ({ event }: { event: Loose }) => (event as { system: 1 }).system],
    [
      'a recorded instant',
      ({ event }: { event: { at: string } }) => new Date(event.at).toISOString(),
    ],
    ['text', () => "Date.now() and 'new Date()', Math.random and \"self\""],
    [
      'a comment',
      () => {
        // Date.now() would be wrong here,
        return /* and new Date() too */ 1;
      },
    ],
    ['nothing', () => 1],
  ])('%s › is allowed', (_, fn) => {
    expect(() => chartOf(on({ actions: assign({ n: fn as never }) }))).not.toThrow();
  });
});
