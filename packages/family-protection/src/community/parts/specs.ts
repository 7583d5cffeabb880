// How the parts of a community case are keyed, opened and stepped.
import type { PartSpec } from '@himaya/engine';
import { keyField } from '../../parts.ts';
import { safetyParts } from '../../protection/parts.ts';
import type { Events } from '../head.ts';
import { agreementChart, obligationChart } from './agreement.ts';
import { responseId, type Response } from './kinds.ts';
import { consentChart, offerChart, sessionChart } from './mediation.ts';
import { followUpChart, referralChart } from './others.ts';
import { responseChart } from './response.ts';

/** What ends a mediation, for those who were asked to take part in it. */
const mediationEnds = [
  'ReconciliationSuspended',
  'NoAgreementRecorded',
  'NeighbourhoodAgreementSigned',
  'CaseClosed',
] as const;

/** The parts by kind. */
export const parts = {
  response: {
    chart: responseChart,
    key: ({ data }) => responseId(data as unknown as Response),
    // The higher levels could open a ladder too, so that skipping the first one is refused by a
    // rule that says so, and not because the ladder is unknown.
    opens: ['RecurrenceDetected', 'AdviceGiven', 'WarningIssued', 'ViolationTicketRequested'],
    on: [
      'RecurrenceDetected',
      'AdviceGiven',
      'WarningIssued',
      'ViolationTicketRequested',
      'ViolationTicketDecided',
    ],
    hears: ['ChildRerouted', 'PartyAgeCorrected'],
  },
  offer: {
    chart: offerChart,
    key: keyField('offerId'),
    opens: ['MediationOffered'],
    on: ['PartyConsented', 'PartyDeclined'],
    hears: mediationEnds,
  },
  consent: {
    chart: consentChart,
    key: keyField('consentId'),
    opens: ['PartyConsented', 'ConsentGranted'],
    on: ['ConsentWithdrawn'],
    hears: mediationEnds,
  },
  session: {
    chart: sessionChart,
    key: keyField('sessionId'),
    opens: ['ReconciliationSessionScheduled'],
    on: ['SessionHeld', 'SessionAdjourned', 'SessionCancelled', 'SessionTerminatedForSafety'],
  },
  agreement: {
    chart: agreementChart,
    key: keyField('agreementId'),
    opens: ['NeighbourhoodAgreementSigned'],
    on: ['SettlementFulfilled', 'SettlementBreached'],
  },
  obligation: {
    chart: obligationChart,
    key: keyField('obligationId'),
    opens: ['ObligationOpened'],
    on: ['ObligationFulfilled', 'ObligationBreached'],
    hears: ['SettlementFulfilled', 'SettlementBreached'],
  },
  partnerReferral: {
    chart: referralChart,
    key: keyField('referralId'),
    opens: ['PartnerReferralMade'],
    on: ['PartnerReferralAccepted', 'PartnerReferralDeclined', 'PartnerReferralClosed'],
  },
  ...safetyParts,
  followUp: {
    chart: followUpChart,
    key: keyField('followUpId'),
    opens: ['FollowUpScheduled'],
    on: ['FollowUpCompleted', 'FollowUpMissed'],
  },
} as const satisfies Readonly<Record<string, PartSpec<Events>>>;
