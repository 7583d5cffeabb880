// Our stepper against XState on machines written by hand, left in XState's own order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { compareWithXState } from './compare.ts';
import { caseEvents, caseMachine } from './machines/case.ts';
import { machineOf } from './machine.ts';
import { nestedEvents, nestedMachine } from './machines/nested.ts';
import { orderEvents, orderMachine } from './machines/order.ts';
import { runs, seed } from './seed.ts';

const machines = [
  ['case', caseMachine, caseEvents, { note: 'first' }],
  ['order', orderMachine, orderEvents, { by: 'court' }],
  ['nested', nestedMachine, nestedEvents, undefined],
] as const;

describe('chart › against XState', () => {
  it.each(machines)('%s › any events › reacts as XState does', (_, machine, types, input) => {
    let steps = 0;
    const event = fc.record({ type: fc.constantFrom(...types), n: fc.nat({ max: 10 }) });
    fc.assert(
      fc.property(fc.array(event, { minLength: 10, maxLength: 60 }), (events) => {
        // Rule guards refuse where XState would look further: see rules.test.ts.
        const unruled = events.filter(({ type }) => type !== 'submitted' && type !== 'agreed');
        steps += compareWithXState(machine, prefix(machine.id, unruled), { input }).steps;
      }),
      { seed, numRuns: runs(300) },
    );
    expect(steps).toBeGreaterThan(runs(300));
  });

  it('an assign that walks over a record › meets its keys in order, in whichever they came', () => {
    type Seen = Readonly<Record<string, number>>;
    const { assign } = setup({
      types: { context: {} as { seen: Seen; list: readonly string[] }, events: {} as Named },
    });
    const machine = machineOf({
      context: { seen: {}, list: [] },
      initial: 'a',
      states: {
        a: {
          on: {
            add: {
              actions: assign({
                seen: ({ context, event }) => ({ ...context.seen, [event.name]: event.n }),
              }),
            },
            list: { actions: assign({ list: ({ context }) => Object.keys(context.seen) }) },
          },
        },
      },
    });
    const events = ['C', 'A', 'B'].map((name) => ({ type: 'add', name, n: 1 }));
    expect(compareWithXState(machine, [...events, { type: 'list' }]).steps).toBe(4);
  });
});

interface Named {
  readonly type: 'add' | 'list';
  readonly name: string;
  readonly n: number;
}

// The rules of the case machine hold on this path, so both agree on it.
function prefix<E extends { type: string; n: number }>(id: string, events: readonly E[]): E[] {
  const opening = ['partyAdded', 'submitted'].map((type) => ({ type, n: 1 }) as E);
  return id === 'case' ? [...opening, ...events] : [...events];
}
