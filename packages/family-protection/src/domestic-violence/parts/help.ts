// Releases, shelter, removals, referrals, agreed actions and consents: short lives of their own.
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { union } from '../../parties/facts.ts';
import { t } from '../head.ts';
import {
  actionKind,
  consentKind,
  placementKind,
  referralKind,
  releaseKind,
  removalKind,
} from './kinds.ts';

const releases = setup({ types: releaseKind.types });
const tells = releases.createStateConfig({
  on: {
    VictimNotifiedOfRelease: {
      actions: assign({
        told: ({ context, event }) => union(context.told, [event.data.partyId]),
      }),
    },
  },
});
const { actions: tell } = tells.on.VictimNotifiedOfRelease;

/** The chart of a release from custody: every victim has to hear of it. */
export const releaseChart = releases.createMachine({
  id: 'release',
  context: ({ input }) => ({
    partyId: openedBy(input, 'ReleaseFromCustodyNotified')?.partyId ?? '',
    told: [],
  }),
  initial: 'known',
  states: {
    known: {
      on: {
        VictimNotifiedOfRelease: [
          { guard: ({ event }) => event.data.allTold, target: 'victimTold', actions: tell },
          { actions: tell },
        ],
      },
    },
    victimTold: { type: 'final' },
  },
});

/** The chart of a place in a shelter. */
export const placementChart = setup({ types: placementKind.types }).createMachine({
  id: 'placement',
  context: ({ input }) => ({
    partyId: openedBy(input, 'ShelterPlacementOrdered')?.partyId ?? '',
  }),
  initial: 'ordered',
  states: {
    ordered: { on: { ShelterAdmitted: 'admitted', ShelterExited: 'exited' } },
    admitted: { on: { ShelterExited: 'exited' } },
    exited: { type: 'final' },
  },
});

/** The chart of a removal: somebody has to take care of the child. */
export const removalChart = setup({ types: removalKind.types }).createMachine({
  id: 'removal',
  context: ({ input }) => ({ childPartyId: openedBy(input, 'RemovalOrdered')?.childPartyId ?? '' }),
  initial: 'carerSought',
  states: {
    carerSought: { on: { CarerIdentified: 'carerFound' } },
    carerFound: { type: 'final' },
  },
});

/** The chart of a referral. */
export const referralChart = setup({ types: referralKind.types }).createMachine({
  id: 'referral',
  context: ({ input }) => {
    const data = openedBy(input, 'ReferralMade');
    return { agencyId: data?.agencyId ?? '', urgent: data?.urgent ?? false };
  },
  initial: 'made',
  states: {
    made: {
      on: {
        ReferralAccepted: 'accepted',
        ReferralDeclined: 'declined',
        ReferralCompleted: 'completed',
      },
    },
    accepted: { on: { ReferralDeclined: 'declined', ReferralCompleted: 'completed' } },
    declined: { type: 'final' },
    completed: { type: 'final' },
  },
});

/** The chart of what an agency undertook. */
export const actionChart = setup({ types: actionKind.types }).createMachine({
  id: 'action',
  context: ({ input }) => {
    const data = openedBy(input, 'ConferenceActionAgreed');
    return { ownerAgency: data?.ownerAgency ?? '', due: data?.due ?? input.event.occurredAt };
  },
  initial: 'agreed',
  states: {
    agreed: { on: { ConferenceActionCompleted: 'completed' } },
    completed: { type: 'final' },
  },
});

/** The chart of one consent; withdrawal is possible from every state. */
export const consentChart = setup({ types: consentKind.types, delays: t.delays }).createMachine({
  id: 'consent',
  context: ({ input }) => {
    const data = openedBy(input, 'ConsentGranted');
    return {
      partyId: data?.partyId ?? '',
      purpose: data?.purpose ?? '',
      expiresAt: data?.expiresAt ?? input.event.occurredAt,
      recipients: data?.recipients ?? [],
      scopeFields: data?.scopeFields ?? [],
      withdrawnAt: null,
    };
  },
  initial: 'given',
  on: {
    ConsentWithdrawn: {
      target: '.withdrawn',
      actions: assign({ withdrawnAt: ({ event }) => event.occurredAt }),
    },
  },
  states: {
    given: { after: { consentExpiry: 'expired' } },
    withdrawn: {},
    expired: {},
  },
});
