// Deadlines of the parts: each part has its own, and none is moved by what happens to another.
import { fromDue } from '@himaya/engine';
import { atDue, stated, termFrom, waitFrom, workEnds } from '../../deadlines/terms.ts';
import type { Deadline } from './kind.ts';

/** Deadlines by name. */
export const partDeadlines = {
  referralAccepted: {
    code: 'T-REFERRAL',
    part: 'partnerReferral',
    armedBy: ['PartnerReferralMade'],
    disarmedBy: [
      'PartnerReferralAccepted',
      'PartnerReferralDeclined',
      'PartnerReferralClosed',
      ...workEnds,
    ],
    dueAt: (view) =>
      view.event.type === 'PartnerReferralMade'
        ? termFrom(view.event.data.urgent ? 'T-REFERRAL.urgent' : 'T-REFERRAL.normal')(view)
        : undefined,
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  consentExpiry: {
    code: 'T-REC-CONS',
    part: 'consent',
    armedBy: ['PartyConsented', 'ConsentGranted'],
    disarmedBy: [
      'ConsentWithdrawn',
      'ReconciliationSuspended',
      'NoAgreementRecorded',
      'NeighbourhoodAgreementSigned',
      ...workEnds,
    ],
    disarms: (view) => view.part?.in('given') !== true || isEnd(view.event.type),
    dueAt: stated('expiresAt'),
  },
  monitoringEnd: {
    code: 'T-MON',
    part: 'agreement',
    armedBy: ['NeighbourhoodAgreementSigned'],
    // Nothing shortens monitoring; after a breach its end changes nothing any more.
    disarmedBy: workEnds,
    dueAt: waitFrom('T-MON'),
    marks: [atDue('CW')],
  },
  obligationDue: {
    code: 'T-OBLIGATION',
    part: 'obligation',
    armedBy: ['ObligationOpened'],
    disarmedBy: [
      'ObligationFulfilled',
      'ObligationBreached',
      'SettlementFulfilled',
      'SettlementBreached',
      ...workEnds,
    ],
    disarms: (view) => isEnd(view.event.type) || view.part?.status === 'ended',
    dueAt: stated('due'),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
  measureReview: {
    code: 'T-MEASURE',
    part: 'measure',
    armedBy: ['ProtectiveMeasureStarted', 'ProtectiveMeasureReviewed'],
    disarmedBy: ['ProtectiveMeasureReviewed', 'ProtectiveMeasureEnded'],
    dueAt: stated('reviewDue'),
    marks: [atDue('SUP'), fromDue('T-MEASURE', 'HEAD')],
  },
  followUp: {
    code: 'T-FU',
    part: 'followUp',
    armedBy: ['FollowUpScheduled'],
    movedBy: ['FollowUpMissed'],
    disarmedBy: ['FollowUpCompleted', 'FollowUpMissed', ...workEnds],
    disarms: (view) => view.event.type !== 'FollowUpMissed' || view.part?.status === 'ended',
    dueAt: (view) =>
      view.event.type === 'FollowUpMissed' ? termFrom('T-FU.retry')(view) : stated('dueAt')(view),
    marks: [atDue('CW'), fromDue('escalation.step', 'SUP')],
  },
} as const satisfies Readonly<Record<string, Deadline>>;

function isEnd(type: string): boolean {
  return (workEnds as readonly string[]).includes(type);
}
