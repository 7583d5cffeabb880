// The neighbourhood agreement, and what its signers owe under each of its clauses.
import { assign, setup } from 'xstate';
import { t } from '../head.ts';
import { openedBy } from '../../parts.ts';
import { agreementKind, obligationKind, type Obligation } from './kinds.ts';

/** The chart of an agreement: monitored, then kept or broken. */
export const agreementChart = setup({
  types: agreementKind.types,
  delays: t.delays,
}).createMachine({
  id: 'agreement',
  context: ({ input }) => {
    const data = openedBy(input, 'NeighbourhoodAgreementSigned');
    return {
      signatories: data?.signatories ?? [],
      invited: data?.invited ?? [],
      place: data?.placeBlock ?? '',
    };
  },
  initial: 'inForce',
  states: {
    inForce: {
      after: { monitoringEnd: 'monitored' },
      on: { SettlementBreached: 'breached' },
    },
    monitored: { on: { SettlementFulfilled: 'fulfilled', SettlementBreached: 'breached' } },
    // A breach within the monitoring may become known only after it.
    fulfilled: { on: { SettlementBreached: 'breached' } },
    breached: { type: 'final' },
  },
});

const ofItsAgreement = t.guard(
  ({ event, part }) =>
    (event.type === 'SettlementFulfilled' || event.type === 'SettlementBreached') &&
    event.data.agreementId === (part?.context as Obligation | undefined)?.agreementId,
);

const machine = setup({ types: obligationKind.types, delays: t.delays });
const ticks = machine.createStateConfig({
  on: {
    ObligationFulfilled: {
      actions: assign({
        owing: ({ context, event }) =>
          context.owing.filter((signer) => signer !== event.data.obligor),
      }),
    },
  },
});
const { actions: ticksOff } = ticks.on.ObligationFulfilled;

/** Whether nobody else still owes it. */
const byTheLast = t.guard(({ event, part }) => {
  if (event.type !== 'ObligationFulfilled') return false;
  const owing = (part?.context as Obligation | undefined)?.owing ?? [];
  return owing.every((signer) => signer === event.data.obligor);
});

/** The chart of what a clause obliges to: fulfilled when each has done it, broken by the first. */
export const obligationChart = machine.createMachine({
  id: 'obligation',
  context: ({ input }) => {
    const data = openedBy(input, 'ObligationOpened');
    return {
      agreementId: data?.agreementId ?? '',
      owing: data?.obligors ?? [],
      due: data?.due ?? null,
    };
  },
  initial: 'open',
  on: {
    ObligationFulfilled: [
      { guard: byTheLast, target: '.fulfilled', actions: ticksOff },
      { actions: ticksOff },
    ],
    ObligationBreached: '.breached',
    SettlementFulfilled: { guard: ofItsAgreement, target: '.fulfilled' },
    SettlementBreached: { guard: ofItsAgreement, target: '.lapsed' },
  },
  states: {
    open: { after: { obligationDue: 'overdue' } },
    overdue: {},
    fulfilled: { type: 'final' },
    breached: { type: 'final' },
    lapsed: { type: 'final' },
  },
});
