// Offers, consents and sessions: each party is asked alone, and may change their mind at any time.
import { momentOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { t } from '../head.ts';
import { openedBy } from '../../parts.ts';
import { scheduledSession, sessionKind } from '../../conciliation/parts.ts';
import { consentKind, offerKind, type Consent } from './kinds.ts';

/** The chart of an offer of mediation to one party. */
export const offerChart = setup({ types: offerKind.types }).createMachine({
  id: 'offer',
  context: ({ input }) => {
    const data = openedBy(input, 'MediationOffered');
    return { partyId: data?.partyId ?? '', round: data?.round ?? 0 };
  },
  initial: 'open',
  states: {
    open: {
      on: {
        PartyConsented: 'accepted',
        PartyDeclined: 'declined',
        ReconciliationSuspended: 'suspended',
        NoAgreementRecorded: 'lapsed',
        NeighbourhoodAgreementSigned: 'lapsed',
        CaseClosed: 'lapsed',
      },
    },
    // Whoever has consented may still decline.
    accepted: { on: { PartyDeclined: 'declined' } },
    declined: { type: 'final' },
    suspended: { type: 'final' },
    lapsed: { type: 'final' },
  },
});

/** Consent to mediation ends with the mediation; consent to sharing does not. */
const toMediation = t.guard(
  ({ part }) => (part?.context as Consent | undefined)?.purpose === 'mediation',
);

/** The chart of one consent; withdrawal is possible from every state. */
export const consentChart = setup({ types: consentKind.types, delays: t.delays }).createMachine({
  id: 'consent',
  context: ({ input }) => {
    const mediation = openedBy(input, 'PartyConsented');
    const sharing = openedBy(input, 'ConsentGranted');
    return {
      partyId: mediation?.partyId ?? sharing?.partyId ?? '',
      purpose: mediation ? 'mediation' : 'shareWith',
      expiresAt: mediation?.expiresAt ?? sharing?.expiresAt ?? input.event.occurredAt,
      recipients: sharing?.recipients ?? [],
      scopeFields: sharing?.scopeFields ?? [],
    };
  },
  initial: 'given',
  on: { ConsentWithdrawn: { target: '.withdrawn' } },
  states: {
    given: {
      after: { consentExpiry: 'expired' },
      on: {
        ReconciliationSuspended: { guard: toMediation, target: 'lapsed' },
        NoAgreementRecorded: { guard: toMediation, target: 'lapsed' },
        NeighbourhoodAgreementSigned: { guard: toMediation, target: 'used' },
        CaseClosed: 'lapsed',
      },
    },
    used: {},
    withdrawn: {},
    expired: {},
    lapsed: {},
  },
});

/** The chart of one session. */
export const sessionChart = setup({ types: sessionKind.types }).createMachine({
  id: 'session',
  context: ({ input }) => scheduledSession(input),
  initial: 'scheduled',
  states: {
    scheduled: {
      on: {
        SessionHeld: {
          target: 'held',
          actions: assign({
            present: ({ event }) => event.data.attendees,
            heldAt: ({ event }) => momentOf(event),
          }),
        },
        SessionAdjourned: {
          target: 'adjourned',
          actions: assign({ absent: ({ event }) => event.data.absent ?? [] }),
        },
        SessionCancelled: 'cancelled',
        SessionTerminatedForSafety: 'terminatedForSafety',
      },
    },
    held: { type: 'final' },
    adjourned: { type: 'final' },
    cancelled: { type: 'final' },
    terminatedForSafety: { type: 'final' },
  },
});
