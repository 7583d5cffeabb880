// The region of reconciliation: from the guards to a settlement that was kept, and what stops it.
import { momentOf } from '@himaya/engine';
import { assign } from 'xstate';
import { namesOf, union } from '../../parties/facts.ts';
import type { Context } from '../context.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { offerTo } from '../parts/reconciliation-kinds.ts';
import { machine, type StateConfig } from './machine-setup.ts';

type OfRound = Pick<View, 'parts' | 'context'>;

/** Whether something is true of the last offer to each participant. */
function everyOffer(
  { parts, context: { reconciliation } }: OfRound,
  isSo: (offer: NonNullable<ReturnType<typeof offerTo>>) => boolean,
): boolean {
  const { participants, round } = reconciliation;
  const offers = participants.map((partyId) => offerTo(parts, partyId, round));
  return offers.length > 0 && offers.every((offer) => offer !== undefined && isSo(offer));
}

const allConsented = t.guard((view) => everyOffer(view, (offer) => offer.in('accepted')));
const allPreMet = t.guard((view) =>
  everyOffer(view, ({ context }) => context.preMetAt !== null),
);
const isEligible = ({ event }: { readonly event: DvEvent<'EligibilityAssessed'> }): boolean =>
  event.data.eligible;

const judges = machine.createStateConfig({
  on: {
    EligibilityAssessed: [
      {
        guard: isEligible,
        target: 'eligible',
        actions: assign({
          reconciliation: ({ context, event: { data, actor, recordedAt } }) => ({
            round: context.reconciliation.round + 1,
            participants: data.participants,
            conciliator: data.conciliator,
            assessors: namesOf(actor) as string[],
            judgedAt: recordedAt,
          }),
        }),
      },
      { target: 'notEligible' },
    ],
  },
});

/** A reconciliation that is under way can always be stopped, and given up. */
const open = machine.createStateConfig({
  on: { ReconciliationSuspended: 'suspended', ReconciliationFailed: 'failed' },
});

/** As long as nothing is signed, each party may go. */
const free = machine.createStateConfig({
  on: { ...open.on, PartyDeclined: 'declined', ReconciliationConsentWithdrawn: 'declined' },
});
const timed = machine.createStateConfig({
  on: { ...free.on, ReconciliationExpired: 'expired' },
});
const offersAgain = machine.createStateConfig({ on: { ReconciliationOffered: 'offered' } });

function conciliating(
  context: Context,
  data: { readonly conciliator: string },
  by: DvEvent['actor'],
) {
  return union(context.conciliators, [data.conciliator, ...namesOf(by)]);
}

/** What is noted in every state of this region. */
const notes = machine.createStateConfig({
  on: {
    ViolenceScreeningCompleted: {
      actions: assign({
        screened: ({ context, event }) => ({
          ...context.screened,
          [event.data.partyId]: { result: event.data.result, at: momentOf(event) },
        }),
        // Whoever has interviewed forensically conciliates no more.
        investigators: ({ context, event: { actor } }) =>
          actor.role === 'FIO'
            ? union(context.investigators, namesOf(actor))
            : context.investigators,
      }),
    },
    OffenceRecorded: {
      actions: assign({
        offences: ({ context, event }) => union(context.offences, [event.data.offenceCode]),
      }),
    },
  },
});

const meets = machine.createStateConfig({
  on: {
    ReconciliationSessionScheduled: {
      target: 'scheduled',
      actions: assign({
        conciliators: ({ context, event }) =>
          conciliating(context, event.data, event.actor),
      }),
    },
    SessionHeld: {
      target: 'inSession',
      actions: assign({
        conciliators: ({ context, event }) =>
          conciliating(context, event.data, event.actor),
      }),
    },
    PreMeetingHeld: {
      actions: assign({
        conciliators: ({ context, event }) =>
          conciliating(context, event.data, event.actor),
      }),
    },
  },
});
const { actions: conciliates } = meets.on.PreMeetingHeld;

/** The region `reconciliation`. */
export const reconciliation: StateConfig = machine.createStateConfig({
  initial: 'notEligible',
  on: notes.on,
  states: {
    notEligible: judges,
    eligible: { on: { ...judges.on, ...open.on, ReconciliationApproved: 'approved' } },
    approved: { on: { ...judges.on, ...open.on, ...offersAgain.on } },
    // Who is asked again after a session has no more time than the round.
    offered: {
      on: {
        ...timed.on,
        ...offersAgain.on,
        PartyConsented: { guard: allConsented, target: 'consented' },
      },
    },
    consented: {
      on: {
        ...timed.on,
        ...offersAgain.on,
        PreMeetingHeld: [
          { guard: allPreMet, target: 'ready', actions: conciliates },
          { actions: conciliates },
        ],
      },
    },
    ready: {
      on: {
        ...timed.on,
        ...offersAgain.on,
        ReconciliationSessionScheduled: meets.on.ReconciliationSessionScheduled,
      },
    },
    scheduled: {
      on: {
        ...timed.on,
        SessionHeld: meets.on.SessionHeld,
        SessionAdjourned: 'ready',
        SessionCancelled: 'ready',
      },
    },
    inSession: {
      on: { ...timed.on, SessionAdjourned: 'ready', SettlementProposed: 'agreementDrafted' },
    },
    agreementDrafted: {
      on: {
        ...timed.on,
        SettlementProposed: 'agreementDrafted',
        SettlementSigned: [
          { guard: ({ event }) => event.data.needsRatifying, target: 'settled' },
          { target: 'monitored' },
        ],
      },
    },
    settled: {
      on: {
        ...open.on,
        // Signed is not yet in force: until it is, each party may still go.
        ReconciliationConsentWithdrawn: 'declined',
        SettlementRatified: 'monitored',
        SettlementNotRatified: 'failed',
      },
    },
    monitored: {
      on: {
        ReconciliationSuspended: 'suspended',
        SettlementBreached: 'breachReview',
        SettlementFulfilled: 'fulfilled',
      },
    },
    breachReview: { on: { ...open.on, SettlementUpheld: 'monitored' } },
    suspended: { on: { ReconciliationResumed: 'notEligible', ReconciliationFailed: 'failed' } },
    declined: judges,
    expired: judges,
    failed: judges,
    fulfilled: judges,
  },
});
