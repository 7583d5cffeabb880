// Parallel states inside regions of parallel states, all of which can finish, with done events.
import { assign, not, or, setup, stateIn } from 'xstate';

export const nestedMachine = setup({
  types: { context: {} as Record<string, number>, events: {} as { type: string; n?: number } },
  // XState types compositions such as stateIn only beside at least one named guard.
  guards: { never: () => false },
  actions: { log: (_, _params: { at: string }) => {} },
}).createMachine({
  id: 'nested',
  type: 'parallel',
  context: {},
  output: ({ context }) => context,
  states: {
    left: {
      type: 'parallel',
      onDone: { actions: { type: 'log', params: { at: 'left' } } },
      states: {
        a: {
          initial: 'a1',
          onDone: { actions: assign({ a: ({ context }) => (context['a'] ?? 0) + 1 }) },
          states: {
            a1: { on: { next: 'a2', jump: { target: ['a2', '#nested.left.b.b2'] } } },
            a2: {
              on: { next: 'a3', back: 'a1' },
              always: { guard: stateIn({ right: 'r3' }), target: 'a3' },
            },
            a3: { type: 'final' },
          },
        },
        b: {
          initial: 'b1',
          onDone: { actions: assign({ b: ({ context }) => (context['b'] ?? 0) + 1 }) },
          states: {
            b1: { on: { other: 'b2' } },
            b2: {
              on: {
                other: {
                  guard: or([stateIn('left.a.a3'), stateIn('#nested.right.r2')]),
                  target: 'b3',
                },
                back: 'b1',
              },
            },
            b3: { type: 'final' },
          },
        },
      },
    },
    right: {
      initial: 'r1',
      onDone: { actions: { type: 'log', params: { at: 'right' } } },
      states: {
        r1: { on: { next: { guard: not(stateIn('left.b.b1')), target: 'r2' }, 'go.*': 'r2' } },
        r2: {
          on: {
            next: 'r3',
            'go.home': 'r1',
            '*': { actions: { type: 'log', params: { at: 'r2' } } },
          },
        },
        r3: { on: { finish: 'r4' } },
        r4: { type: 'final' },
      },
    },
  },
});

export const nestedEvents = ['next', 'other', 'back', 'jump', 'finish', 'go.on', 'go.home', 'huh'];
