// Offers, consents and sessions: each party is asked alone, and may change their mind at any time.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { t } from '../head.ts';
import { scheduledSession, sessionKind } from '../../conciliation/parts.ts';
import { consentKind, offerKind, type Consent } from './reconciliation-kinds.ts';

/** What ends an offer or a consent without any act of the party. */
const ends = {
  ReconciliationSuspended: 'lapsed',
  ReconciliationFailed: 'lapsed',
  ReconciliationExpired: 'lapsed',
  PartyDeclined: 'lapsed',
} as const;

/** The chart of an offer to one party. */
export const offerChart = setup({ types: offerKind.types }).createMachine({
  id: 'offer',
  context: ({ input }) => {
    const data = openedBy(input, 'ReconciliationOffered');
    return { partyId: data?.partyId ?? '', round: data?.round ?? 0, preMetAt: null };
  },
  initial: 'open',
  states: {
    open: {
      on: {
        ...ends,
        PartyDeclined: 'declined',
        ReconciliationConsentWithdrawn: 'lapsed',
        PartyConsented: 'accepted',
      },
    },
    // Whoever has consented may still decline.
    accepted: {
      on: {
        ...ends,
        PartyDeclined: 'declined',
        ReconciliationConsentWithdrawn: 'lapsed',
        SettlementSigned: 'used',
        PreMeetingHeld: { actions: assign({ preMetAt: ({ event }) => momentOf(event) }) },
      },
    },
    used: { type: 'final' },
    declined: { type: 'final' },
    lapsed: { type: 'final' },
  },
});

const own = t.guard(
  ({ event, part }) =>
    event.type === 'ReconciliationConsentWithdrawn' && event.data.consentId === part?.id,
);
const others = t.guard(
  ({ event, part }) =>
    event.type === 'ReconciliationConsentWithdrawn' &&
    event.data.partyId !== (part?.context as Consent | undefined)?.partyId,
);

/** The chart of one consent; withdrawal is possible from every state. */
export const consentChart = setup({ types: consentKind.types, delays: t.delays }).createMachine({
  id: 'reconciliationConsent',
  context: ({ input }) => {
    const data = openedBy(input, 'PartyConsented');
    return {
      partyId: data?.partyId ?? '',
      round: data?.round ?? 0,
      expiresAt: data?.expiresAt ?? input.event.occurredAt,
    };
  },
  initial: 'given',
  on: { ReconciliationConsentWithdrawn: { guard: own, target: '.withdrawn' } },
  states: {
    given: {
      after: { reconciliationConsentExpiry: 'expired' },
      on: {
        ...ends,
        SettlementSigned: 'used',
        // One party who goes is enough: what the others agreed to does not come about.
        ReconciliationConsentWithdrawn: [
          { guard: own, target: 'withdrawn' },
          { guard: others, target: 'lapsed' },
        ],
      },
    },
    used: {},
    withdrawn: {},
    expired: {},
    lapsed: {},
  },
});

const meets = setup({ types: sessionKind.types });
const adjourns = meets.createStateConfig({
  on: {
    SessionAdjourned: {
      target: 'adjourned',
      actions: assign({ absent: ({ event }) => event.data.absent ?? [] }),
    },
    SessionTerminatedForSafety: 'terminatedForSafety',
  },
});

/** The chart of one session. */
export const sessionChart = meets.createMachine({
  id: 'session',
  context: ({ input }) => scheduledSession(input),
  initial: 'scheduled',
  states: {
    scheduled: {
      on: {
        ...adjourns.on,
        SessionHeld: {
          target: 'held',
          actions: assign({
            present: ({ event }) => event.data.attendees,
            heldAt: ({ event }) => momentOf(event),
          }),
        },
        SessionCancelled: 'cancelled',
      },
    },
    // It goes on another day, or ends here: what came of it stands in the settlement.
    held: { on: adjourns.on },
    adjourned: { type: 'final' },
    cancelled: { type: 'final' },
    terminatedForSafety: { type: 'final' },
  },
});
