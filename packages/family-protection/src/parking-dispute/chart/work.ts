// The regions that summarise the work: verification, resolution and compliance.
import { assign } from 'xstate';
import { machine } from './machine-setup.ts';
import { added } from './notes.ts';

const investigates = machine.createStateConfig({
  on: {
    SiteVisitCompleted: {
      actions: assign({
        investigators: ({ context, event }) => added(context.investigators, event.actor.staff),
      }),
    },
  },
});
const { actions: noteInvestigator } = investigates.on.SiteVisitCompleted;

/** The region `verification`: what was seen on the spot. */
export const verification = machine.createStateConfig({
  initial: 'pending',
  on: {
    SiteVisitPlanned: '.siteVisitPlanned',
    SiteVisitCompleted: [
      {
        guard: ({ event }) => event.data.finding === 'substantiated',
        target: '.substantiated',
        actions: noteInvestigator,
      },
      {
        guard: ({ event }) => event.data.finding === 'unsubstantiated',
        target: '.unsubstantiated',
        actions: noteInvestigator,
      },
      {
        guard: ({ event }) => event.data.finding === 'notFound',
        target: '.notFound',
        actions: noteInvestigator,
      },
    ],
  },
  states: {
    pending: {},
    siteVisitPlanned: {},
    substantiated: {},
    unsubstantiated: {},
    notFound: {},
  },
});

const asksForTicket = machine.createStateConfig({
  on: {
    ViolationTicketRequested: {
      actions: assign({
        investigators: ({ context, event }) => added(context.investigators, event.actor.staff),
      }),
    },
  },
});

/** The region `resolution`: whether the complaint, and each repetition, has had an answer. */
export const resolution = machine.createStateConfig({
  initial: 'open',
  on: {
    SessionHeld: {
      actions: assign({
        conciliators: ({ context, event }) => added(context.conciliators, event.data.conciliator),
      }),
    },
    ReconciliationSessionScheduled: {
      actions: assign({
        conciliators: ({ context, event }) => added(context.conciliators, event.data.conciliator),
      }),
    },
  },
  states: {
    open: {
      on: {
        AdviceGiven: 'answered',
        WarningIssued: 'answered',
        ViolationTicketRequested: {
          target: 'answered',
          actions: asksForTicket.on.ViolationTicketRequested.actions,
        },
        PartnerReferralClosed: 'answered',
        NeighbourhoodAgreementSigned: 'answered',
        NoAgreementRecorded: 'answered',
        SiteVisitCompleted: {
          guard: ({ event }) => event.data.finding !== 'substantiated',
          target: 'answered',
        },
        CaseClosed: 'closed',
      },
    },
    answered: {
      on: {
        ...asksForTicket.on,
        RecurrenceDetected: 'open',
        SettlementBreached: 'open',
        CaseClosed: 'closed',
      },
    },
    closed: { on: { CaseReopened: 'open' } },
  },
});

/** The region `compliance`: whether what was agreed is kept. */
export const compliance = machine.createStateConfig({
  initial: 'none',
  on: { NeighbourhoodAgreementSigned: '.monitoring', SettlementBreached: '.recurrence' },
  states: {
    none: {},
    monitoring: { on: { SettlementFulfilled: 'complied' } },
    complied: {},
    recurrence: {},
  },
});
