// Our stepper against XState on random machines, with XState kept in document order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { MAX_ITERATIONS, UnsupportedStatechart, compile } from '../src/index.ts';
import { compareWithXState } from './compare.ts';
import { machineOf } from './machine.ts';
import type { Loose } from './machine.ts';
import { randomAfterEvents, randomEvents, randomMachine } from './random-machine.ts';
import { runs, seed } from './seed.ts';

const MACHINES = runs(1000);

// A transition may enter what another region assigns beside it; XState lets the last one win.
function isRefused(machine: AnyStateMachine): boolean {
  try {
    compile(machine);
    return false;
  } catch (error) {
    if (!(error instanceof UnsupportedStatechart)) throw error;
    if (error.problems.some(({ feature }) => !feature.startsWith('assign of'))) throw error;
    return true;
  }
}

describe('chart › against XState on long chains', () => {
  it('a chain of eventless transitions › ends, or is given up, at the same length', () => {
    const lengths = Array.from({ length: 10 }, (_, index) => MAX_ITERATIONS - 5 + index);
    const looped = lengths.map((length) => {
      const below = ({ context }: { context: Loose }): boolean => Number(context['n']) < length;
      const count = assign({
        n: ({ context }: { context: Loose }) => Number(context['n']) + 1,
      } as never);
      const machine = machineOf({
        context: { n: 0 },
        options: { maxIterations: MAX_ITERATIONS },
        initial: 'a',
        states: { a: { on: { e: 'b' } }, b: { always: { guard: below, actions: count } } },
      });
      return compareWithXState(machine, [{ type: 'e' }]).looped;
    });
    expect(new Set(looped).size).toBe(2);
  });
});

describe('chart › against XState on random machines', () => {
  it(
    'any machine, any events › reacts as XState does, effects in order',
    { timeout: 3_600_000 },
    () => {
      const total = { machines: 0, refused: 0, states: 0, steps: 0, done: 0, looped: 0, joined: 0 };
      const choices = fc.array(fc.nat({ max: 2519 }), { minLength: 150, maxLength: 500 });
      const events = fc.array(fc.tuple(fc.nat({ max: 999 }), fc.nat({ max: 9 })), {
        minLength: 20,
        maxLength: 40,
      });
      fc.assert(
        fc.property(choices, events, (tape, picks) => {
          const [machine, states] = randomMachine(tape);
          const types = [...randomEvents, ...randomEvents, ...randomAfterEvents(states)];
          const sent = picks.map(([pick, n]) => ({ type: types[pick % types.length] ?? 'a', n }));
          if (isRefused(machine)) return total.refused++ >= 0;
          const compared = compareWithXState(machine, sent, { canonical: true });
          const { steps, done, looped, joined } = compared;
          total.machines++;
          total.states += states;
          total.steps += steps;
          total.done += Number(done);
          total.looped += Number(looped);
          total.joined += Number(joined > 0);
          return true;
        }),
        // Some of what is drawn is refused by compile: more is drawn than counted.
        { seed, numRuns: 1.5 * MACHINES },
      );
      console.info(JSON.stringify(total));
      expect(total.machines).toBeGreaterThan(MACHINES);
      expect(total.done).toBeGreaterThan(MACHINES / 10);
      // Done events of parallel states are easily missed: many machines have to come to one.
      expect(total.joined).toBeGreaterThan(MACHINES / 6);
    },
  );
});
