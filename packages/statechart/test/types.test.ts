// What TypeScript accepts: rule guards of the machine's own types, and snapshots of its context.
import { describe, expect, expectTypeOf, it } from 'vitest';
import { and, assign, setup } from 'xstate';
import { compile, ruleGuard } from '../src/index.ts';
import type { Chart, ChartSnapshot, RuleGuardFunction } from '../src/index.ts';

interface Context {
  readonly parties: number;
}
type Event =
  | { readonly type: 'Added'; readonly data: { readonly count: number } }
  | { readonly type: 'Opened' };

const types = { context: {} as Context, events: {} as Event };
const hasParties = ruleGuard<Context, Event>([
  { code: 'NO_PARTIES', holds: ({ context }) => context.parties > 0 },
]);
const ofAnotherMachine = ruleGuard<{ readonly visits: number }, Event>([
  { code: 'NO_VISITS', holds: ({ context }) => context.visits > 0 },
]);

const machine = setup({ types, delays: { due: 1 }, guards: { no: () => false } }).createMachine({
  id: 'typed',
  context: { parties: 0 },
  initial: 'draft',
  states: {
    draft: {
      on: {
        Added: { actions: assign({ parties: ({ event }) => event.data.count }) },
        Opened: { guard: hasParties, target: 'open' },
      },
    },
    open: { after: { due: { guard: and([hasParties, 'no']), target: 'draft' } } },
  },
});

describe('types', () => {
  it('a rule guard of the machine’s types › compiles, and the chart knows its context', () => {
    const chart = compile(machine);
    expectTypeOf(chart).toExtend<Chart<Context>>();
    expectTypeOf(chart.start().snapshot).toEqualTypeOf<ChartSnapshot<Context>>();
    expectTypeOf(chart.start().snapshot.context.parties).toEqualTypeOf<number>();
    expectTypeOf(hasParties).not.toExtend<RuleGuardFunction>();
    expect(chart.rules.map(({ code }) => code)).toEqual(['NO_PARTIES']);
  });

  it('a rule guard of another context › does not compile', () => {
    const mistyped = setup({ types }).createMachine({
      context: { parties: 0 },
      // @ts-expect-error -- its rules read `visits`, which this machine does not have
      on: { Opened: { guard: ofAnotherMachine, actions: assign({}) } },
    });
    expect(mistyped.id).toBe('(machine)');
  });

  it('a rule that reads what the event lacks › does not compile', () => {
    const rule = ruleGuard<Context, Event>([
      // @ts-expect-error -- `Opened` has no data
      { code: 'BAD', holds: ({ event }) => event.data.count > 0 },
    ]);
    expect(typeof rule).toBe('function');
  });
});
