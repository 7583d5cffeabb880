// How the parts of a domestic violence case are keyed, opened and stepped.
import type { PartSpec } from '@himaya/engine';
import { keyField } from '../../parts.ts';
import { safetyParts } from '../../protection/parts.ts';
import type { Events } from '../head.ts';
import { actionPlanChart, noticeChart, undertakingChart } from './agreed.ts';
import { evidenceChart } from './evidence.ts';
import { followUpChart, planChart, welfareChart } from './care.ts';
import { actionChart, consentChart, placementChart } from './help.ts';
import { referralChart, releaseChart, removalChart } from './help.ts';
import { incidentChart } from './incident.ts';
import { interviewChart } from './interview.ts';
import { breachChart, orderChart } from './orders.ts';
import { reconciliationParts } from './reconciliation-specs.ts';

/** The parts by kind. */
export const parts: Readonly<Record<string, PartSpec<Events>>> = {
  incident: {
    chart: incidentChart,
    key: keyField('incidentId'),
    opens: ['ReportRegistered', 'ComplaintRegistered', 'IncidentRecorded'],
    on: ['IncidentCorrected', 'StatutoryRecordCompleted', 'ComplaintEscalatedToReport'],
  },
  evidence: {
    chart: evidenceChart,
    key: keyField('evidenceId'),
    opens: ['EvidenceLogged', 'RecordingSealed'],
    on: ['EvidenceCustodyTransferred', 'RecordingAccessed'],
  },
  interview: {
    chart: interviewChart,
    key: keyField('interviewId'),
    opens: ['InterviewScheduled', 'InterviewStarted'],
    on: [
      'InterviewStarted',
      'InterviewCompleted',
      'InterviewCancelled',
      'ReinterviewJustified',
      'OffSiteInterviewReviewed',
      'RecordingSealed',
    ],
    hears: ['CaseClosed'],
  },
  order: {
    chart: orderChart,
    key: keyField('orderId'),
    opens: ['ProtectionOrderRequested', 'ProtectionOrderIssued'],
    on: [
      'ProtectionOrderIssued',
      'ProtectionOrderRefused',
      'ProtectionOrderServed',
      'ServiceAttemptFailed',
      'ProtectionOrderExtended',
      'ProtectionOrderRevoked',
      'ProtectionOrderExpired',
      'ProtectionOrderBreached',
    ],
  },
  breach: {
    chart: breachChart,
    key: keyField('breachId'),
    opens: ['ProtectionOrderBreached'],
    on: ['BreachReferred'],
  },
  safetyPlan: {
    chart: planChart,
    key: keyField('planId'),
    opens: ['SafetyPlanAgreed'],
    on: ['SafetyPlanRevised'],
    hears: ['CaseClosed'],
  },
  actionPlan: {
    chart: actionPlanChart,
    key: keyField('planId'),
    opens: ['CaseActionPlanAgreed'],
    on: ['CaseActionPlanRevised'],
    hears: ['SupportCompleted', 'CaseClosed'],
  },
  notice: {
    chart: noticeChart,
    key: keyField('noticeId'),
    opens: ['NoticeSent'],
    on: ['NoticeSent', 'NoticeFailed'],
  },
  undertaking: {
    chart: undertakingChart,
    key: keyField('undertakingId'),
    opens: ['UndertakingSigned'],
    on: ['UndertakingBreached'],
  },
  followUp: {
    chart: followUpChart,
    key: keyField('followUpId'),
    opens: ['FollowUpScheduled'],
    on: ['FollowUpCompleted', 'FollowUpMissed', 'FollowUpCancelled'],
    hears: ['CaseClosed'],
  },
  welfareCheck: {
    chart: welfareChart,
    key: keyField('checkId'),
    opens: ['WelfareCheckRequested'],
    on: ['WelfareCheckCompleted'],
  },
  release: {
    chart: releaseChart,
    key: keyField('releaseId'),
    opens: ['ReleaseFromCustodyNotified'],
    on: ['VictimNotifiedOfRelease'],
  },
  placement: {
    chart: placementChart,
    key: keyField('placementId'),
    opens: ['ShelterPlacementOrdered'],
    on: ['ShelterAdmitted', 'ShelterExited'],
  },
  removal: {
    chart: removalChart,
    key: keyField('removalId'),
    opens: ['RemovalOrdered'],
    on: ['CarerIdentified'],
  },
  referral: {
    chart: referralChart,
    key: keyField('referralId'),
    opens: ['ReferralMade'],
    on: ['ReferralAccepted', 'ReferralDeclined', 'ReferralCompleted'],
  },
  action: {
    chart: actionChart,
    key: keyField('actionId'),
    opens: ['ConferenceActionAgreed'],
    on: ['ConferenceActionCompleted'],
  },
  consent: {
    chart: consentChart,
    key: keyField('consentId'),
    opens: ['ConsentGranted'],
    on: ['ConsentWithdrawn'],
  },
  ...reconciliationParts,
  ...safetyParts,
};
