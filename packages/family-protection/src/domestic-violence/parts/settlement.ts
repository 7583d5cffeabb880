// The settlement from its draft to the end of its monitoring, what its signers owe, and waivers.
import { momentOf, type PartView } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { t } from '../head.ts';
import {
  obligationKind,
  settlementKind,
  waiverKind,
  type Obligation,
} from './reconciliation-kinds.ts';

/** What takes a draft off the table. */
const takenBack = {
  PartyDeclined: 'lapsed',
  ReconciliationConsentWithdrawn: 'lapsed',
  ReconciliationSuspended: 'lapsed',
  ReconciliationFailed: 'lapsed',
  ReconciliationExpired: 'lapsed',
} as const;

const agrees = setup({ types: settlementKind.types });
const signs = agrees.createStateConfig({
  on: {
    SettlementSigned: {
      actions: assign({
        signatories: ({ event }) => event.data.signatories,
        signedAt: ({ event }) => momentOf(event),
      }),
    },
  },
});
const { actions: sign } = signs.on.SettlementSigned;

/** The chart of a settlement. */
export const settlementChart = agrees.createMachine({
  id: 'settlement',
  context: ({ input }) => {
    const data = openedBy(input, 'SettlementProposed');
    return {
      round: data?.round ?? 0,
      clauses: (data?.clauses ?? []).map(({ clauseId, kinds, obligors, due = null }) => {
        return { clauseId, kinds, obligors, due };
      }),
      signatories: [],
      signedAt: null,
      brokenAt: null,
    };
  },
  initial: 'draft',
  states: {
    draft: {
      on: {
        ...takenBack,
        SettlementProposed: 'superseded',
        SettlementSigned: [
          { guard: ({ event }) => event.data.needsRatifying, target: 'unratified', actions: sign },
          { target: 'inForce', actions: sign },
        ],
      },
    },
    unratified: {
      on: {
        ReconciliationSuspended: 'lapsed',
        ReconciliationConsentWithdrawn: 'lapsed',
        SettlementRatified: 'inForce',
        SettlementNotRatified: 'notRatified',
      },
    },
    inForce: {
      on: {
        ReconciliationSuspended: 'lapsed',
        SettlementChecked: { actions: assign({}) },
        SettlementFulfilled: 'fulfilled',
        SettlementBreached: {
          target: 'breached',
          actions: assign({ brokenAt: ({ event }) => momentOf(event) }),
        },
      },
    },
    breached: {
      on: {
        ReconciliationSuspended: 'lapsed',
        ReconciliationFailed: 'failed',
        SettlementUpheld: { target: 'inForce', actions: assign({ brokenAt: null }) },
      },
    },
    fulfilled: {},
    failed: {},
    notRatified: {},
    superseded: {},
    lapsed: {},
  },
});

const settlementOf = (part: PartView | undefined): string | undefined =>
  (part?.context as Obligation | undefined)?.settlementId;
const ofItsSettlement = t.guard(
  ({ event, part }) =>
    (event.type === 'SettlementFulfilled' || event.type === 'SettlementNotRatified') &&
    event.data.settlementId === settlementOf(part),
);
/** Whether its settlement was never in force; by key order it may have ended just before this. */
const neverInForce = t.guard(({ part, parts }) => {
  const settlement = parts.one(settlementKind, settlementOf(part) ?? '');
  return ['unratified', 'lapsed'].some((state) => settlement?.in(state) === true);
});

const owes = setup({ types: obligationKind.types, delays: t.delays });
const ticks = owes.createStateConfig({
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
export const obligationChart = owes.createMachine({
  id: 'obligation',
  context: ({ input }) => {
    const data = openedBy(input, 'ObligationOpened');
    return {
      settlementId: data?.settlementId ?? '',
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
    SettlementFulfilled: { guard: ofItsSettlement, target: '.fulfilled' },
    SettlementNotRatified: { guard: ofItsSettlement, target: '.lapsed' },
    ReconciliationConsentWithdrawn: { guard: neverInForce, target: '.lapsed' },
    ReconciliationSuspended: '.lapsed',
    ReconciliationFailed: '.lapsed',
  },
  states: {
    open: { after: { obligationDue: 'overdue' } },
    overdue: {},
    fulfilled: { type: 'final' },
    breached: { type: 'final' },
    lapsed: { type: 'final' },
  },
});

const waives = setup({ types: waiverKind.types });
const looks = waives.createStateConfig({
  on: {
    ComplaintWaiverRejected: 'rejected',
    ComplaintWaived: 'waived',
    CoercionCheckCompleted: {
      target: 'checked',
      actions: assign({
        // A concern stays with this request: it is not asked away.
        check: ({ context: { check }, event: { data } }) =>
          check?.result === 'concern'
            ? check
            : { isPrivate: data.conductedPrivately, result: data.result },
      }),
    },
  },
});

/** The chart of a waiver: asked for, looked at alone, then taken or not. */
export const waiverChart = waives.createMachine({
  id: 'waiver',
  context: ({ input }) => {
    const data = openedBy(input, 'ComplaintWaiverRequested');
    return {
      byParty: data?.byParty ?? '',
      offenceCodes: data?.offenceCodes ?? [],
      check: null,
    };
  },
  initial: 'requested',
  states: {
    requested: looks,
    checked: looks,
    waived: { type: 'final' },
    rejected: { type: 'final' },
  },
});
