// A part: a protection order with an output, which ends.
import { assign, setup } from 'xstate';

export const orderMachine = setup({
  types: {
    context: {} as { extensions: number; by: string },
    events: {} as { type: string; n?: number },
    input: {} as { by: string },
  },
  actions: { serve: () => {}, release: () => {} },
  delays: { expiry: 10 },
}).createMachine({
  id: 'order',
  context: ({ input }) => ({ extensions: 0, by: input?.by ?? 'nobody' }),
  initial: 'requested',
  output: ({ context, event }) => ({ ...context, how: (event as { output?: unknown }).output }),
  exit: 'release',
  on: { voided: '.voided' },
  states: {
    requested: { on: { issued: 'inForce', refused: 'refused' } },
    inForce: {
      tags: ['blocking'],
      entry: 'serve',
      after: { expiry: 'expired' },
      on: {
        extended: {
          guard: ({ context }) => context.extensions < 2,
          target: 'inForce',
          reenter: true,
          actions: assign(({ context }) => ({ extensions: context.extensions + 1 })),
        },
        revoked: 'revoked',
      },
    },
    refused: { type: 'final', output: 'refused' },
    revoked: { type: 'final', output: ({ event }) => event.n },
    expired: { type: 'final' },
    voided: { type: 'final', output: 'voided' },
  },
});

export const orderEvents = [
  'issued',
  'refused',
  'extended',
  'revoked',
  'voided',
  'unheard',
  '@after.expiry',
];
