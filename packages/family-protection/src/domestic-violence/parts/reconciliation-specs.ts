// How the parts of reconciliation are keyed, opened and stepped.
import type { PartSpec } from '@himaya/engine';
import { keyField } from '../../parts.ts';
import type { Events } from '../head.ts';
import { consentChart, offerChart, sessionChart } from './reconciliation.ts';
import { obligationChart, settlementChart, waiverChart } from './settlement.ts';

/** What ends a reconciliation, for what has come of it so far. */
const ends = [
  'ReconciliationSuspended',
  'ReconciliationFailed',
  'ReconciliationExpired',
  'PartyDeclined',
  'ReconciliationConsentWithdrawn',
] as const;

/** The parts by kind. */
export const reconciliationParts = {
  offer: {
    chart: offerChart,
    key: keyField('offerId'),
    opens: ['ReconciliationOffered'],
    on: ['PartyConsented', 'PartyDeclined', 'PreMeetingHeld'],
    hears: [...ends, 'SettlementSigned'],
  },
  reconciliationConsent: {
    chart: consentChart,
    key: keyField('consentId'),
    opens: ['PartyConsented'],
    on: ['ReconciliationConsentWithdrawn'],
    hears: [...ends, 'SettlementSigned'],
  },
  session: {
    chart: sessionChart,
    key: keyField('sessionId'),
    opens: ['ReconciliationSessionScheduled'],
    on: ['SessionHeld', 'SessionAdjourned', 'SessionCancelled', 'SessionTerminatedForSafety'],
  },
  settlement: {
    chart: settlementChart,
    key: keyField('settlementId'),
    opens: ['SettlementProposed'],
    on: [
      'SettlementSigned',
      'SettlementRatified',
      'SettlementNotRatified',
      'SettlementChecked',
      'SettlementBreached',
      'SettlementUpheld',
      'SettlementFulfilled',
    ],
    hears: [...ends, 'SettlementProposed'],
  },
  obligation: {
    chart: obligationChart,
    key: keyField('obligationId'),
    opens: ['ObligationOpened'],
    on: ['ObligationFulfilled', 'ObligationBreached'],
    hears: [
      'SettlementFulfilled',
      'SettlementNotRatified',
      'ReconciliationConsentWithdrawn',
      'ReconciliationSuspended',
      'ReconciliationFailed',
    ],
  },
  waiver: {
    chart: waiverChart,
    key: keyField('waiverId'),
    opens: ['ComplaintWaiverRequested'],
    on: ['CoercionCheckCompleted', 'ComplaintWaived', 'ComplaintWaiverRejected'],
  },
} as const satisfies Readonly<Record<string, PartSpec<Events>>>;
