// The regions that summarise the work: verification, resolution and compliance.
import { assign } from 'xstate';
import { machine } from './machine-setup.ts';
import { namesOf, union } from './facts.ts';

const investigates = machine.createStateConfig({
  on: {
    SiteVisitCompleted: {
      actions: assign({
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
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
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
  },
});

const visited = machine.createStateConfig({
  entry: assign({ unfounded: false }),
  on: {
    SiteVisitCompleted: {
      guard: ({ event }) => event.data.finding !== 'substantiated',
      target: 'answered',
      actions: assign({ unfounded: true }),
    },
  },
});
/** A visit that found nothing was the answer, and a later one finds that the complaint is true. */
const overturned = machine.createStateConfig({
  on: {
    SiteVisitCompleted: {
      guard: ({ context, event }) => context.unfounded && event.data.finding === 'substantiated',
      target: 'open',
      actions: assign({ reopenedAt: ({ event }) => event.recordedAt }),
    },
  },
});

/** The region `resolution`: whether the complaint, and each repetition, has had an answer. */
export const resolution = machine.createStateConfig({
  initial: 'open',
  on: {
    SessionHeld: {
      actions: assign({
        conciliators: ({ context, event: { data, actor } }) =>
          union(context.conciliators, [data.conciliator, ...namesOf(actor)]),
      }),
    },
    ReconciliationSessionScheduled: {
      actions: assign({
        conciliators: ({ context, event: { data, actor } }) =>
          union(context.conciliators, [data.conciliator, ...namesOf(actor)]),
      }),
    },
  },
  states: {
    open: {
      entry: visited.entry,
      on: {
        AdviceGiven: 'answered',
        WarningIssued: 'answered',
        ViolationTicketRequested: {
          target: 'answered',
          actions: asksForTicket.on.ViolationTicketRequested.actions,
        },
        // A partner that does nothing has answered nobody.
        PartnerReferralClosed: {
          guard: ({ event }) => event.data.outcome !== 'noAction',
          target: 'answered',
        },
        NeighbourhoodAgreementSigned: 'answered',
        // Where the next step is one of this procedure, that step is the answer.
        NoAgreementRecorded: {
          guard: ({ event }) => ['court', 'support'].includes(event.data.nextStep),
          target: 'answered',
        },
        ...visited.on,
        CaseClosed: 'closed',
      },
    },
    answered: {
      on: {
        ...asksForTicket.on,
        RecurrenceDetected: 'open',
        SettlementBreached: 'open',
        ...overturned.on,
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
