// Which rules stand before which event, in every state of the case.
import { rules } from './rules/all.ts';

const checklist = [
  'riskAssessed',
  'noOrderInForce',
  'breachesReferred',
  'measuresEnded',
  'careEnded',
  'referralsResolved',
  'childrenSafe',
  'finallyChecked',
  'feedbackOffered',
  'accessNeedsAnswered',
] as const;

/** The rules by event. Intake and report have none, and neither have emergencies. */
export const requires = {
  AccessNeedsAnswered: rules.allOf('caseNotOver'),
  PartyAdded: rules.allOf('caseStillHere', 'partyIsNew'),
  CaseTriaged: rules.allOf('vulnerableFirst'),
  CaseAssigned: rules.allOf('officerCompetent', 'officerUnrelated', 'caseloadFits'),
  CaseReassigned: rules.allOf('officerCompetent', 'officerUnrelated', 'caseloadFits'),
  CaseHandedOver: rules.allOf('caseNotOver', 'officerUnrelated'),
  CaseReviewed: rules.allOf('caseNotOver'),
  DuplicateMerged: rules.allOf('survivorTakesIt', 'noOneLeftBehind'),
  CaseTransferred: rules.allOf('receiverAccepted'),

  IncidentRecorded: rules.allOf('caseStillHere'),
  RiskAssessed: rules.allOf('caseStillHere', 'instrumentLicensed', 'notBelowBand'),
  RiskDowngradeProposed: rules.allOf('caseNotOver', 'downgradeFounded'),
  RiskDowngradeApproved: rules.allOf(
    'caseNotOver',
    'downgradeAsProposed',
    'downgradeFounded',
    'noOpenBreach',
    'quietLongEnough',
  ),
  SafetyPlanAgreed: rules.allOf('caseNotOver'),

  ProtectionOrderRequested: rules.allOf(
    'caseNotOver',
    'requestFounded',
    'protectsOthers',
    'orderPartiesKnown',
  ),
  ProtectionOrderIssued: rules.allOf(
    'caseStillHere',
    'issuerCompetent',
    'termWithinCap',
    'protectsOthers',
    'orderPartiesKnown',
  ),
  ProtectionOrderExtended: rules.allOf(
    'extenderCompetent',
    'extensionWithinCap',
    'extendedInTime',
  ),
  ProtectionOrderServed: rules.allOf('servedInThePast'),
  ProtectionOrderRevoked: rules.allOf('endedInThePast'),
  ProtectionOrderBreached: rules.allOf('caseStillHere', 'breachedInThePast', 'activeAtBreach'),

  ReferredToProsecution: rules.allOf('caseNotOver', 'recordsComplete'),
  VictimNotifiedOfRelease: rules.allOf('releaseToldSafely'),

  ShelterPlacementOrdered: rules.allOf('caseStillHere', 'placementOrdered'),
  RemovalOrdered: rules.allOf('caseStillHere'),
  ConsentGranted: rules.allOf(
    'caseNotOver',
    'consentingParty',
    'consentingAdult',
    'consentInformed',
    'consentPrivate',
  ),
  ReferralMade: rules.allOf('caseNotOver', 'agencyLicensed', 'sharingFounded', 'sharingMinimal'),
  DisclosureLogged: rules.allOf('caseStillHere', 'sharingFounded', 'sharingMinimal'),
  NoticeSent: rules.allOf('caseStillHere', 'noticeSafe'),

  FollowUpMissed: rules.allOf('attemptsApart'),
  ClosureProposed: rules.allOf('reportRegistered', ...checklist),
  ClosureReviewed: rules.allOf('closureProposed'),
  CaseClosed: rules.allOf('closureProposed', 'highRiskReviewed', ...checklist),
  ServiceFeedbackReceived: rules.allOf('reportRegistered'),
};
