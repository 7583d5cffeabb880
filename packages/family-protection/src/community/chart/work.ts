// The regions that summarise the work: verification, resolution and compliance.
import { assign } from 'xstate';
import { t } from '../head.ts';
import { machine } from './machine-setup.ts';
import type { Context } from '../context.ts';
import {
  answersAny,
  leftOpen,
  ofComplaint,
  wholeComplaint,
  withNamed,
  withoutChild,
} from './answers.ts';
import { namesOf, union } from '../../parties/facts.ts';

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

const conciliates = machine.createStateConfig({
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
});

/** What arises: the complaint, each respondent who is named, each repetition, each breach. */
const arises = machine.createStateConfig({
  on: {
    ComplaintRegistered: {
      actions: assign({
        unanswered: ({ context, event }) => wholeComplaint(context, event.occurredAt),
      }),
    },
    PartyAdded: {
      guard: ({ context, event: { data } }) =>
        context.complaint !== null &&
        !context.unfounded &&
        data.partyRole === 'respondent' &&
        !data.isChild,
      actions: assign({
        unanswered: ({ context, event }) =>
          withNamed(context, event.data.partyId, event.occurredAt),
      }),
    },
    // Someone taken for a child who is none is complained about from now on.
    PartyAgeCorrected: {
      guard: ({ context, event: { data } }) =>
        context.complaint !== null &&
        !context.unfounded &&
        context.parties[data.partyId]?.role === 'respondent' &&
        context.parties[data.partyId]?.isChild === true &&
        !data.isChild,
      actions: assign({
        unanswered: ({ context, event }) =>
          withNamed(context, event.data.partyId, event.occurredAt),
      }),
    },
    ChildRerouted: {
      actions: assign({
        unanswered: ({ context, event }) => withoutChild(context, event.data.partyId),
      }),
    },
    RecurrenceDetected: {
      guard: ({ context, event }) => context.parties[event.data.respondent]?.isChild !== true,
      actions: assign({
        unanswered: ({ context, event: { data, occurredAt } }) => [
          ...context.unanswered,
          {
            respondent: data.respondent,
            category: data.category,
            place: data.place,
            since: occurredAt,
          },
        ],
      }),
    },
    // A repetition that breaks an agreement is a matter already; other breaches become one.
    SettlementBreached: {
      guard: ({ context, event }) =>
        context.unanswered.every(({ respondent }) => respondent !== event.data.obligor),
      actions: assign({
        unanswered: ({ context, event }) => [
          ...context.unanswered,
          ofComplaint(event.data.obligor, event.occurredAt),
        ],
      }),
    },
  },
});

const takeAnswered = machine.assign({
  unanswered: ({ context, event }) => leftOpen(context, event),
});

/** What answers: it takes from what is open what it is about, and nothing else. */
const answers = machine.createStateConfig({
  on: {
    AdviceGiven: { actions: takeAnswered },
    WarningIssued: { actions: takeAnswered },
    ViolationTicketRequested: {
      actions: assign({
        unanswered: ({ context, event }) => leftOpen(context, event),
        investigators: ({ context, event }) => union(context.investigators, namesOf(event.actor)),
      }),
    },
    PartnerReferralClosed: { actions: takeAnswered },
    NeighbourhoodAgreementSigned: { actions: takeAnswered },
    NoAgreementRecorded: { actions: takeAnswered },
    SiteVisitCompleted: [
      {
        guard: ({ context, event }) => answersAny(context, event),
        actions: assign({
          unanswered: ({ context, event }) => leftOpen(context, event),
          unfounded: true,
        }),
      },
      // A visit that found nothing was the answer, and a later one finds the complaint to be true.
      {
        guard: ({ context, event }) =>
          context.unfounded && event.data.finding === 'substantiated',
        actions: assign({
          unanswered: ({ context, event }) => wholeComplaint(context, event.occurredAt),
          unfounded: false,
          reopenedAt: ({ event }) => event.recordedAt,
        }),
      },
    ],
  },
});

const isAnswered = ({ context }: { readonly context: Context }): boolean =>
  context.complaint !== null && context.unanswered.length === 0;
const isOpen = ({ context }: { readonly context: Context }): boolean =>
  context.unanswered.length > 0;

/** A procedure of another type has no advice and no agreement: what is complained of ends here. */
const goesOn = machine.createStateConfig({
  on: {
    SuccessorOpened: {
      guard: t.guard(
        ({ event, in: inState }) =>
          event.type === 'SuccessorOpened' &&
          event.data.partyId === undefined &&
          inState('lifecycle.reclassified'),
      ),
      target: 'closed',
    },
  },
});

/** The region `resolution`: whether everything that waits for an answer has had one. */
export const resolution = machine.createStateConfig({
  initial: 'open',
  on: { ...conciliates.on, ...arises.on, ...answers.on },
  states: {
    open: {
      always: { guard: isAnswered, target: 'answered' },
      on: { CaseClosed: 'closed', ...goesOn.on },
    },
    answered: {
      always: { guard: isOpen, target: 'open', actions: assign({ unfounded: false }) },
      on: { CaseClosed: 'closed', ...goesOn.on },
    },
    closed: {
      on: {
        CaseReopened: {
          target: 'open',
          actions: assign({
            unfounded: false,
            unanswered: ({ context, event }) => [
              ...context.unanswered,
              ofComplaint(null, event.occurredAt),
            ],
          }),
        },
      },
    },
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
