// For every rule of domestic violence a situation in which it, and nothing else of its code, stands.
import { may, type Step } from './alley.ts';
import { orderRefusals, riskRefusals } from './order-refusals.ts';
import { refused, type Refusal } from './refusal.ts';
import {
  as,
  asked,
  assess,
  assign,
  mergeInto,
  met,
  OTHER_FILE,
  otherReport,
  person,
  record,
  until,
  work,
} from './violence.ts';

const propose = (more: object = {}, at = may(17)): Step =>
  work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true, ...more }, at);
const incident = (at?: string): Step =>
  work('RecordIncident', { victim: 'A', violenceTypes: ['physical'] }, at);
const feedback = as('sup1', 'RecordServiceFeedback', { scores: [], anonymous: true });
const agree = {
  consentId: 'C1',
  partyId: 'A',
  purpose: 'shareWith',
  recipients: ['legalAid'],
  scopeFields: ['name', 'statement'],
  capacityConfirmed: true,
  informed: true,
  obtainedPrivately: true,
};
const consent = { kind: 'consent', consentId: 'C1' };
const refer = (more: object = {}): Step =>
  work('MakeReferral', {
    referralId: 'F1',
    agencyId: 'legalAid',
    licensed: true,
    service: 'legalAid',
    basis: consent,
    fieldsShared: ['name'],
    ...more,
  });
/** Of the stage, of intake and staff. */
const stage: readonly Refusal[] = [
  refused('caseNotOver', 'CASE_CLOSED', [
    ...until.closed,
    as('int1', 'AnswerAccessNeeds', { accessNeeds: [] }),
  ]),
  refused('caseClosed', 'CASE_NOT_CLOSED', [
    ...until.closed.slice(0, -1),
    as('head1', 'ReopenCase', { reasonCode: 'review' }),
  ]),
  refused('caseStillHere', 'CASE_CLOSED', [
    ...until.active,
    otherReport,
    mergeInto(OTHER_FILE),
    incident(),
  ]),
  refused('reportRegistered', 'REPORT_NOT_REGISTERED', [
    as('int1', 'StartIntake', { channel: 'phone', intakeKind: 'report' }, may(9)),
    feedback,
  ]),
  refused('partyIsNew', 'PARTY_EXISTS', [...until.registered, person('A', 'witness')]),
  refused('orderPartiesKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    work('RequestProtectionOrder', { ...asked, against: 'X' }),
  ]),
  refused('nextFileTakesIt', 'SURVIVING_CASE_UNSUITABLE', [...until.active, mergeInto('nowhere')]),
  refused('noOneLeftBehind', 'MEASURE_ACTIVE', [
    ...until.issued,
    otherReport,
    mergeInto(OTHER_FILE),
  ]),
  refused('receiverAccepted', 'TRANSFER_NOT_ACCEPTED', [
    ...until.active,
    otherReport,
    as('head1', 'TransferCase', {
      toOffice: 'NOR',
      basis: 'safetyOfParty',
      successor: OTHER_FILE,
    }),
  ]),
  refused('vulnerableFirst', 'TRIAGE_LEVEL_TOO_LOW', [
    ...until.registered,
    as('int1', 'TriageCase', { level: 'routine', flags: ['pregnant'] }),
  ]),
  refused('vulnerableFirst', 'TRIAGE_LEVEL_TOO_LOW', [
    ...until.registered,
    as('int1', 'AnswerPartyNeeds', { partyId: 'A', careNeeded: true }),
    as('int1', 'TriageCase', { level: 'routine' }),
  ]),
  refused('officerCompetent', 'COMPETENCY_REQUIRED', [
    ...until.triaged,
    assign('cw1', { competencyChecked: false }),
  ]),
  refused('officerUnrelated', 'CONFLICT_OF_INTEREST', [
    ...until.triaged,
    assign('cw1', { conflictChecked: false }),
  ]),
  refused('caseloadFits', 'CASELOAD_EXCEEDED', [
    ...until.triaged,
    assign('cw1', { openCases: 25 }),
  ]),
];

/** What was told of the incident that was reported is corrected. */
export const rectify = (by: string, what: object): Step =>
  as(by, 'CorrectIncident', { incidentId: 'reported', corrects: 0, why: 'misheard', ...what });

/** A photograph of the incident that was reported. */
export const photo = {
  evidenceId: 'E1',
  incidentId: 'reported',
  kind: 'photo',
  hash: 'a1'.repeat(32),
};

/** Of the legal way, of care, sharing and contact. */
const help: readonly Refusal[] = [
  refused('recordsComplete', 'STATUTORY_RECORD_INCOMPLETE', [
    ...until.triaged,
    assign('cw1'),
    work('CompleteStatutoryRecord', { ...record, childExposureStatement: undefined }),
    as('inv1', 'ProposeReferral'),
    as('sup1', 'ApproveReferral'),
    as('leg1', 'ReferToProsecution'),
  ]),
  refused('referredAsApproved', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    work('RecordIncident', { incidentId: 'i2', victim: 'A', violenceTypes: ['physical'] }),
    work('CompleteStatutoryRecord', { ...record, incidentId: 'i2' }),
    as('inv1', 'ProposeReferral', { recordIds: ['reported'] }),
    as('sup1', 'ApproveReferral'),
    as('leg1', 'ReferToProsecution', { recordIds: ['reported', 'i2'] }),
  ]),
  refused('evidenceOfIncident', 'INCIDENT_UNKNOWN', [
    ...until.active,
    as('inv1', 'LogEvidence', { ...photo, incidentId: 'other' }),
  ]),
  refused('custodyUnbroken', 'CUSTODY_BROKEN', [
    ...until.active,
    as('inv1', 'LogEvidence', photo),
    as('inv1', 'TransferEvidence', { evidenceId: 'E1', from: 'leg1', to: 'sup1' }),
  ]),
  refused('placementOrdered', 'LEGAL_BASIS_MISSING', [
    ...until.active,
    work('OrderShelterPlacement', { partyId: 'A' }),
  ]),
  refused('incidentPartiesKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    as('cp1', 'RecordIncident', { victim: 'X', violenceTypes: ['physical'] }),
  ]),
  refused('incidentPartiesKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    rectify('sup1', { alleged: ['B', 'X'] }),
  ]),
  refused('incidentPeopleKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    person('W', 'witness'),
    rectify('inv1', { alleged: ['W'] }),
  ]),
  refused('relatedAreKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    as('int1', 'RecordRelationship', { a: 'A', b: 'X', relation: 'sibling' }),
  ]),
  refused('partyUnneeded', 'PARTY_NEEDED', [
    ...until.active,
    as('sup1', 'RemoveParty', { partyId: 'A', why: 'entered in the wrong file' }),
  ]),
  refused('childhoodKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    person('K', 'child', { band: 'under15' }),
    as('int1', 'CorrectPartyAge', { partyId: 'K', corrects: 9, why: 'shown', band: 'adult' }),
  ]),
  refused('roleKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    as('int1', 'ChangePartyRole', { partyId: 'B', to: 'witness', why: 'misheard' }),
  ]),
  refused('concernKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    person('K', 'child', { band: 'under15' }),
    work('ScreenChild', { partyId: 'K', result: 'concern', seenAlone: true }),
    work('ScreenChild', { partyId: 'K', result: 'noConcern', seenAlone: true }),
  ]),
  refused('linkKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    otherReport,
    as('sup1', 'LinkCase', { otherCaseId: OTHER_FILE, relation: 'household' }),
    as('sup1', 'UnlinkOtherCase', {
      otherCaseId: OTHER_FILE,
      relation: 'household',
      why: 'the wrong number',
    }),
  ]),
  refused('otherCaseLinked', 'LINK_UNKNOWN', [
    ...until.active,
    as('sup1', 'UnlinkOtherCase', { otherCaseId: 'c9', relation: 'household', why: 'wrong' }),
  ]),
  refused('partyIsKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    work('RecordConsent', { ...agree, partyId: 'X' }),
  ]),
  refused('partyIsKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    as('int1', 'AnswerPartyNeeds', { partyId: 'X', careNeeded: true }),
  ]),
  refused('partyIsKnown', 'PARTY_UNKNOWN', [
    ...until.active,
    work('ExplainConfidentialityLimits', { partyId: 'X', language: 'ur' }),
  ]),
  refused('consentingAdult', 'CONSENT_MISSING', [
    ...until.active,
    person('K', 'child', { band: 'under15' }),
    work('RecordConsent', { ...agree, partyId: 'K' }),
  ]),
  refused('obtainedInformed', 'CONSENT_NOT_INFORMED', [
    ...until.active,
    work('RecordConsent', { ...agree, informed: false }),
  ]),
  refused('obtainedPrivately', 'CONSENT_NOT_PRIVATE', [
    ...until.active,
    work('RecordConsent', { ...agree, obtainedPrivately: false }),
  ]),
  refused('sharingFounded', 'NO_DISCLOSURE_BASIS', [...until.active, refer()]),
  refused('sharingFounded', 'NO_DISCLOSURE_BASIS', [
    ...until.active,
    work('RecordConsent', agree),
    work('WithdrawConsent', { consentId: 'C1', partyId: 'A' }),
    refer(),
  ]),
  refused('sharingFounded', 'NO_DISCLOSURE_BASIS', [
    ...until.active,
    person('W', 'witness'),
    work('RecordConsent', { ...agree, partyId: 'W' }),
    refer(),
  ]),
  refused('sharingMinimal', 'NO_DISCLOSURE_BASIS', [
    ...until.active,
    work('RecordConsent', agree),
    refer({ fieldsShared: ['name', 'statement'] }),
  ]),
  refused('agencyLicensed', 'AGENCY_NOT_LICENSED', [
    ...until.active,
    work('RecordConsent', agree),
    refer({ licensed: false }),
  ]),
  refused('releaseToldToVictim', 'VICTIM_NOT_TOLD', [
    ...until.standard,
    as('inv1', 'NotifyRelease', { releaseId: 'L1', partyId: 'B' }),
    work('RecordVictimNotifiedOfRelease', { releaseId: 'L1', partyId: 'B', channel: 'inPerson' }),
  ]),
  refused('releaseToldSafely', 'UNSAFE_CONTACT_CHANNEL', [
    ...until.standard,
    as('inv1', 'NotifyRelease', { releaseId: 'L1', partyId: 'B' }),
    work('RecordVictimNotifiedOfRelease', { releaseId: 'L1', partyId: 'A', channel: 'sms' }),
  ]),
  refused('answeredAfterwards', 'ANSWER_TOO_EARLY', [
    ...until.standard,
    as('inv1', 'NotifyRelease', { releaseId: 'L1', partyId: 'B' }, may(11, '12:00')),
    {
      ...work('RecordVictimNotifiedOfRelease', {
        releaseId: 'L1',
        partyId: 'A',
        channel: 'inPerson',
      }),
      occurredAt: may(11, '11:59'),
    },
  ]),
  refused('noticeSafe', 'UNSAFE_CONTACT_CHANNEL', [
    ...until.active,
    work('SetSafeContact', {
      partyId: 'A',
      channels: [{ kind: 'sms', from: '09:00', to: '14:00' }],
    }),
    work(
      'SendNotice',
      { recipient: 'A', template: 'n', channel: 'sms', basis: 'order' },
      may(10, '02:00'),
    ),
  ]),
];

/** Of follow-up and closure. */
const ends: readonly Refusal[] = [
  refused('attemptsApart', 'FOLLOW_UP_TOO_SOON', [
    ...until.standard,
    work('RecordFollowUpMissed', {}, may(16)),
    work('RecordFollowUpMissed'),
  ]),
  refused('closureProposed', 'CLOSURE_NOT_PROPOSED', [
    ...until.checked,
    feedback,
    as('sup1', 'CloseCase'),
  ]),
  refused('riskAssessed', 'REASSESSMENT_DUE', [
    ...until.checked,
    as('int1', 'NoteSafetyConcern', {}, may(16, '10:00')),
    propose(),
  ]),
  refused('noOrderInForce', 'ORDER_IN_FORCE', [
    ...until.checked,
    work('RequestProtectionOrder', asked),
    propose(),
  ]),
  refused('breachesReferred', 'BREACH_OPEN', [
    ...until.breached,
    as('leg1', 'RecordOrderRevoked', { orderId: 'O1', basis: 'courtDecision' }, may(12)),
    assess('standard'),
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(16, '11:00')),
    propose(),
  ]),
  refused('recordsKept', 'STATUTORY_RECORD_INCOMPLETE', [
    ...until.standard,
    as('cp1', 'RecordIncident', { victim: 'A', violenceTypes: ['physical'] }),
    assess('standard'),
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 7 }, may(16)),
    propose(),
  ]),
  refused('measuresEnded', 'MEASURE_ACTIVE', [
    ...until.checked,
    work('StartProtectiveMeasure', { kind: 'escort' }),
    propose(),
  ]),
  refused('careEnded', 'CARE_OPEN', [
    ...until.checked,
    work('OrderShelterPlacement', { partyId: 'A', ppOrderRef: 'PP-1' }),
    propose(),
  ]),
  refused('referralsResolved', 'REFERRAL_OPEN', [
    ...until.checked,
    work('RecordConsent', agree),
    refer(),
    propose(),
  ]),
  refused('childrenSafe', 'CHILD_NOT_SCREENED', [
    ...until.checked,
    person('K', 'child', { band: 'under15' }),
    propose(),
  ]),
  refused('wellbeingAsked', 'WELLBEING_NOT_ASKED', [
    ...until.standard,
    work('CompleteFollowUp', { safetyAnswer: 'safe' }, may(16)),
    propose(),
  ]),
  refused('dangerMet', 'DANGER_UNMET', [
    ...until.checked,
    as('cp1', 'NoteSafetyConcern', { immediateDanger: true }, may(16, '11:00')),
    assess('standard', may(16, '12:00')),
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(16, '13:00')),
    propose(),
  ]),
  refused('highRiskMet', 'HIGH_RISK_NOT_MET', [
    ...until.high,
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
    propose(),
  ]),
  refused('finallyChecked', 'FINAL_CHECK_MISSING', [...until.standard, propose()]),
  refused('feedbackOffered', 'FEEDBACK_NOT_OFFERED', [
    ...until.checked,
    propose({ feedbackOffered: false }),
  ]),
  refused('accessNeedsAnswered', 'ACCESS_NEEDS_UNANSWERED', [
    { ...(until.checked[0] as Step), input: { reportNo: 'R-1', subType: 'elder' } },
    ...until.checked.slice(1),
    propose(),
  ]),
  refused(
    'highRiskReviewed',
    'HIGH_RISK_CLOSURE_REQUIRES_REVIEW',
    [
      ...until.high,
      ...met(may(10, '11:00')),
      work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
      propose(),
      as('sup1', 'CloseCase', {}, may(18)),
    ],
    'HIGH_RISK_CLOSED_BY_ONE',
  ),
];

/** Every situation. */
export const refusals: readonly Refusal[] = [
  ...stage,
  ...riskRefusals,
  ...orderRefusals,
  ...help,
  ...ends,
];
