// The neighbourhood agreement, and what each signer owes under each of its clauses.
import { setup } from 'xstate';
import { t } from '../head.ts';
import { agreementKind, obligationKind, openedBy, type Obligation } from './kinds.ts';

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

/** The chart of an obligation. */
export const obligationChart = setup({
  types: obligationKind.types,
  delays: t.delays,
}).createMachine({
  id: 'obligation',
  context: ({ input }) => {
    const data = openedBy(input, 'ObligationOpened');
    return {
      agreementId: data?.agreementId ?? '',
      obligor: data?.obligor ?? '',
      due: data?.due ?? null,
    };
  },
  initial: 'open',
  on: {
    ObligationFulfilled: '.fulfilled',
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
