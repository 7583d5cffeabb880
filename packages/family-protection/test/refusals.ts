// For every rule a situation in which it, and nothing else of its code, stands in the way.
import {
  alone,
  assign,
  clause,
  complaint,
  consent,
  followedUp,
  hold,
  merge,
  otherFile,
  otherViolence,
  june,
  may,
  offer,
  party,
  proposed,
  refer,
  rung,
  schedule,
  screen,
  sign,
  upTo,
  closed,
  type Step,
} from './alley.ts';

/** A situation in which the last step is refused because of one rule. */
export interface Refusal {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly steps: readonly Step[];
  /** What stands behind the rule and would still refuse without it. */
  readonly behind?: string;
}

const refused = (
  rule: string,
  codes: string | readonly string[],
  ...steps: readonly (Step | string)[]
): Refusal => {
  const behind = steps.find((step) => typeof step === 'string');
  return {
    rule,
    codes: [codes].flat(),
    steps: steps.filter((step) => typeof step !== 'string'),
    ...(behind === undefined ? {} : { behind }),
  };
};
const nowhere = { siteId: 'S1', date: '2027-05-17', bookingId: 'none' };
const intake: Step = {
  by: 'int1',
  command: 'StartIntake',
  at: may(9),
  input: { channel: 'walkIn', intakeKind: 'complaint', accessNeeds: [] },
};
const abandon: Step = {
  by: 'int1',
  command: 'AbandonIntake',
  input: { reason: 'noComplaintWished', screenedForHarm: true },
};
const measure: Step = {
  by: 'cp1',
  command: 'StartProtectiveMeasure',
  input: { measureId: 'M1', kind: 'separation' },
};
const filedTwice = [...upTo.active, otherFile];
const guarded = [...upTo.registered, otherViolence, measure];
const child = (partyId: string, band: string): Step =>
  party(partyId, { band, partyRole: 'respondent' });
const interviewer = assign('fio1', { capacity: 'support' });
const withChild = [...upTo.active, interviewer, child('K', 'under15')];
const unaccompanied = 'CHILD_INTERVIEW_UNACCOMPANIED';
const ofChild = (rule: string, code: string, by: string, accompaniedBy?: object): Refusal =>
  refused(rule, code, ...withChild, alone('K', 'negative', by, accompaniedBy));
const visit: Step = {
  by: 'cp1',
  command: 'CompleteSiteVisit',
  input: { patrolId: 'p3', finding: 'substantiated' },
};
const reclassify = (by: string, to: string): Step => ({
  by,
  command: 'ReclassifyCase',
  input: { to, reason: 'told' },
});
const decline = (partyId: string): Step => ({
  by: 'con1',
  command: 'RecordPartyDeclined',
  input: { partyId },
});
const close: Step = { by: 'sup1', command: 'CloseCase' };
const ticket = rung('RequestViolationTicket', 'F', { competentBody: 'traffic' });
const recurrence = (at: string): Step => ({ ...rung('RecordRecurrence'), at });
const recurred = [...upTo.advised, recurrence(may(23))];
const warned = [...recurred, rung('IssueWarning')];

/** Intake, triage, assignment, and leaving this procedure. */
export const intakeRefusals: readonly Refusal[] = [
  refused('caseNotOver', 'CASE_CLOSED', ...closed, party('G')),
  refused('caseStillHere', 'CASE_CLOSED', ...filedTwice, merge, screen('positive')),
  refused(
    'harmNotLeftBehind',
    'INTAKE_REFUSAL_FORBIDDEN',
    ...upTo.active,
    otherViolence,
    screen('positive'),
    merge,
  ),
  refused('noOneProtected', 'MEASURE_ACTIVE', ...guarded, screen('negative'), merge),
  refused('correctedIsParty', 'PARTY_UNKNOWN', ...upTo.registered, {
    by: 'int1',
    command: 'CorrectPartyRelation',
    input: { partyId: 'X', corrects: 2, relationToComplainant: 'none', why: 'told' },
  }),
  refused('complaintRegistered', 'COMPLAINT_NOT_REGISTERED', intake, visit),
  refused('notUnderReview', 'CASE_UNDER_REVIEW', ...upTo.settled, followedUp, proposed, visit),
  refused('partyIsNew', 'PARTY_EXISTS', ...upTo.registered, party('A')),
  refused(
    'noHarmSuspected',
    'INTAKE_REFUSAL_FORBIDDEN',
    { ...intake, input: { ...intake.input, concerns: ['child'] } },
    party('A'),
    screen('negative'),
    alone('A', 'negative'),
    abandon,
  ),
  refused('screenedBeforeLeaving', 'INTAKE_REFUSAL_FORBIDDEN', intake, abandon),
  refused('vulnerableFirst', 'TRIAGE_LEVEL_TOO_LOW', ...upTo.screened, {
    by: 'int1',
    command: 'TriageCase',
    input: { level: 'routine', flags: ['pregnant'] },
  }),
  refused(
    'officerCompetent',
    'COMPETENCY_REQUIRED',
    ...upTo.triaged,
    assign('cw1', { competencyChecked: false }),
  ),
  refused(
    'officerUnrelated',
    'CONFLICT_OF_INTEREST',
    ...upTo.triaged,
    { by: 'cw1', command: 'DeclareConflictOfInterest', input: { partyId: 'F' } },
    assign('cw1'),
  ),
  refused('caseloadFits', 'CASELOAD_EXCEEDED', ...upTo.triaged, assign('cw1', { openCases: 25 })),
  refused(
    'lessProtectionApproved',
    'RECLASSIFICATION_NOT_APPROVED',
    ...upTo.active,
    reclassify('cp1', 'community.nuisance'),
  ),
  refused(
    'harmStaysProtected',
    'RECLASSIFICATION_NOT_APPROVED',
    ...upTo.active,
    screen('positive'),
    reclassify('sup1', 'community.nuisance'),
  ),
];

/** Screening, disclosure and the ladder. */
export const workRefusals: readonly Refusal[] = [
  refused('screenedAlone', 'JOINT_INTERVIEW_FORBIDDEN', ...upTo.registered, {
    by: 'int1',
    command: 'CompleteViolenceScreening',
    input: { partyId: 'A', instrument: 'OFFICE', result: 'negative', conductedAlone: false },
  }),
  refused('screenedIsParty', 'PARTY_UNKNOWN', ...upTo.registered, {
    by: 'int1',
    command: 'CompleteViolenceScreening',
    input: { partyId: 'Z', instrument: 'OFFICE', result: 'negative', conductedAlone: true },
  }),
  ofChild('childScreenedByInterviewer', unaccompanied, 'int1', { specialist: 'psy1' }),
  ofChild('childAccompanied', unaccompanied, 'fio1'),
  ofChild('guardianUnconflicted', 'CONFLICTED_GUARDIAN', 'fio1', { guardian: 'F' }),
  refused('ownerIsParty', 'PARTY_UNKNOWN', ...upTo.active, {
    by: 'int1',
    command: 'RecordSharingConsent',
    input: {
      partyId: 'nobody',
      recipients: ['works'],
      scopeFields: ['block'],
      capacityConfirmed: true,
      informed: true,
      obtainedPrivately: true,
    },
  }),
  refused('ownerIsGrown', 'CONSENT_MISSING', ...upTo.active, child('K', '15to17'), {
    by: 'int1',
    command: 'RecordSharingConsent',
    input: {
      partyId: 'K',
      recipients: ['works'],
      scopeFields: ['block'],
      capacityConfirmed: true,
      informed: true,
      obtainedPrivately: true,
    },
  }),
  refused(
    'disclosureFounded',
    'NO_DISCLOSURE_BASIS',
    ...upTo.active,
    refer({ basis: { kind: 'legal', code: 'curiosity' } }),
  ),
  refused(
    'disclosureMinimal',
    'NO_DISCLOSURE_BASIS',
    ...upTo.active,
    refer({ fieldsShared: ['place', 'plate'] }),
  ),
  refused(
    'referralStillOpen',
    'REFERRAL_NOT_OPEN',
    ...upTo.active,
    refer(),
    {
      by: 'cw2',
      command: 'RecordPartnerDeclined',
      input: { referralId: 'R1', reason: 'notCompetent' },
    },
    { by: 'cw2', command: 'RecordPartnerClosed', input: { referralId: 'R1', outcome: 'done' } },
  ),
  refused('respondentIsParty', 'PARTY_UNKNOWN', ...upTo.active, rung('GiveAdvice', 'Z')),
  refused(
    'respondentAnswerable',
    'CHILD_UNDER_AGE_OF_RESPONSIBILITY',
    ...upTo.active,
    child('K', 'under15'),
    rung('GiveAdvice', 'K'),
    'CHILD_ON_LADDER',
  ),
  refused(
    'respondentGrown',
    'RESPONDENT_IS_CHILD',
    ...upTo.active,
    child('K', '15to17'),
    rung('GiveAdvice', 'K'),
    'CHILD_ON_LADDER',
  ),
  refused(
    'respondentAgeKnown',
    'RESPONDENT_AGE_UNKNOWN',
    ...upTo.active,
    child('K', 'unknown'),
    screen('negative'),
    rung('GiveAdvice', 'K'),
  ),
  refused(
    'harmScreenedFirst',
    'VIOLENCE_SCREENING_REQUIRED',
    ...upTo.active,
    party('G'),
    rung('GiveAdvice'),
  ),
  refused(
    'noHarmToAnswer',
    'HARM_NOT_RULED_OUT',
    ...upTo.active,
    screen('positive'),
    rung('GiveAdvice'),
  ),
  refused('levelNotRepeated', 'GRADUATED_RESPONSE_REPEATED', ...recurred, rung('GiveAdvice')),
  refused('priorLevelRecorded', 'GRADUATED_RESPONSE_SKIPPED', ...recurred, ticket),
  refused('recurredSince', 'RECURRENCE_REQUIRED', ...warned, ticket),
  refused(
    'bodyCompetent',
    'OUT_OF_JURISDICTION',
    ...warned,
    recurrence(may(25)),
    rung('RequestViolationTicket', 'F', { competentBody: 'office' }),
  ),
];

/** Mediation and the agreement. */
export const mediationRefusals: readonly Refusal[] = [
  refused(
    'strangersScreened',
    'VIOLENCE_SCREENING_REQUIRED',
    ...upTo.active,
    party('G', { relationToComplainant: 'unknown' }),
    screen('negative'),
    alone('A', 'negative'),
    offer('A', 'G'),
  ),
  refused(
    'harmScreened',
    'VIOLENCE_SCREENING_REQUIRED',
    ...upTo.active,
    screen('negative', 'exSpouse'),
    offer('A', 'B'),
  ),
  refused(
    'noHarmFound',
    'RECONCILIATION_BLOCKED_BY_RISK',
    ...upTo.active,
    screen('positive'),
    offer('A', 'B'),
  ),
  refused(
    'noMeasureRunning',
    'RECONCILIATION_BLOCKED_BY_RISK',
    ...upTo.active,
    measure,
    screen('negative'),
    offer('A', 'B'),
  ),
  refused(
    'partyMayMediate',
    'MEDIATION_PARTY_UNSUITABLE',
    ...upTo.active,
    party('W', { partyRole: 'witness' }),
    offer('A', 'W'),
  ),
  refused(
    'offerStillOpen',
    'OFFER_NOT_OPEN',
    ...upTo.offered,
    decline('A'),
    { ...consent('A'), at: may(16) },
  ),
  refused(
    'offerDeclinable',
    'OFFER_NOT_OPEN',
    ...upTo.offered,
    decline('A'),
    decline('A'),
    'INVALID_TRANSITION',
  ),
  refused('obtainedInformed', 'CONSENT_NOT_INFORMED', ...upTo.offered, {
    ...consent('A', { informed: false }),
    at: may(16),
  }),
  refused('obtainedPrivately', 'CONSENT_NOT_PRIVATE', ...upTo.offered, {
    ...consent('A', { obtainedPrivately: false }),
    at: may(16),
  }),
  refused('timeToThink', 'COOLING_OFF_NOT_ELAPSED', ...upTo.offered, {
    ...consent('A'),
    at: may(14, '08:59'),
  }),
  refused('consentGiven', 'CONSENT_MISSING', ...upTo.consented, schedule('A', 'B', 'F')),
  refused('consentFresh', 'CONSENT_EXPIRED', ...upTo.scheduled, {
    ...hold('A', 'B'),
    at: may(23, '09:00'),
  }),
  refused('severalMeet', 'SESSION_NEEDS_TWO_PARTIES', ...upTo.consented, schedule('A', 'A')),
  refused('sessionAhead', 'SESSION_IN_PAST', ...upTo.consented, {
    ...schedule('A', 'B'),
    at: may(17, '18:01'),
  }),
  refused('sessionBegun', 'SESSION_NOT_BEGUN', ...upTo.scheduled, {
    ...hold('A', 'B'),
    at: may(17, '17:59'),
  }),
  refused('heldAsBooked', 'SESSION_NOT_BOOKED', ...upTo.scheduled, {
    ...hold('A', 'B'),
    input: { sessionId: 'S1', attendees: ['A', 'B'], bookings: [nowhere] },
  }),
  refused('mediationUnderWay', 'MEDIATION_NOT_UNDER_WAY', ...upTo.active, {
    by: 'cp1',
    command: 'RecordNoAgreement',
    input: { nextStep: 'court' },
  }),
  refused('sessionStillOn', 'SESSION_NOT_SCHEDULED', ...upTo.held, {
    by: 'con1',
    command: 'HoldSession',
    input: { sessionId: 'S1', attendees: ['A', 'B'] },
  }),
  refused(
    'enoughSigners',
    'AGREEMENT_NEEDS_TWO_SIGNERS',
    ...upTo.held,
    sign(['A', 'A']),
    'AGREEMENT_OF_ONE',
  ),
  refused(
    'signersInvited',
    ['SIGNER_NOT_INVITED', 'CONSENT_MISSING', 'SESSION_NOT_HELD', 'MEDIATION_PARTY_UNSUITABLE'],
    ...upTo.held,
    sign(['A', 'B', 'Z']),
  ),
  refused('signedAfterSession', 'SESSION_NOT_HELD', ...upTo.scheduled, sign(['A', 'B'])),
  refused(
    'onlySignersBound',
    'NON_SIGNER_BOUND',
    ...upTo.held,
    sign(['A', 'B'], { ...clause, obligors: ['A', 'F'] }),
  ),
  refused(
    'clausesDistinct',
    'CLAUSE_TWICE',
    ...upTo.held,
    sign(['A', 'B'], clause, { ...clause, kind: 'shareBays' }),
    'PART_EXISTS',
  ),
  refused('obligorOwes', 'NOT_OBLIGED', ...upTo.signed, {
    by: 'con1',
    command: 'FulfilObligation',
    input: { obligationId: 'N1-c1', obligor: 'F' },
  }),
  refused(
    'clausesAhead',
    'CLAUSE_ALREADY_DUE',
    ...upTo.held,
    sign(['A', 'B'], { ...clause, due: may(17, '18:00') }),
  ),
  refused(
    'clausesPermitted',
    'SETTLEMENT_CLAUSE_FORBIDDEN',
    ...upTo.held,
    sign(['A', 'B'], { ...clause, kind: 'custodyChange' }),
  ),
  refused(
    'noMoneyHandled',
    'MONEY_HANDLING_FORBIDDEN',
    ...upTo.held,
    sign(['A', 'B'], { ...clause, kind: 'paymentOrderedByPolice' }),
  ),
  refused(
    'nothingAdjudicated',
    'OUT_OF_JURISDICTION',
    ...upTo.held,
    sign(['A', 'B'], { ...clause, kind: 'propertyDecided' }),
  ),
];

const missed = (time: string): Step => ({
  by: 'cw2',
  command: 'RecordFollowUpMissed',
  at: june(16, time),
});
const ready = [...upTo.settled, followedUp];
const feedback: Step = {
  by: 'cw2',
  command: 'RecordServiceFeedback',
  input: { scores: [5], anonymous: true },
};
const { accessNeeds: _, ...withoutNeeds } = complaint.input as { readonly accessNeeds: unknown };
const unasked: Step = { ...complaint, input: withoutNeeds };

/** The closure checklist: one thing left to do at a time. */
export const closureRefusals: readonly Refusal[] = [
  refused('attemptsApart', 'FOLLOW_UP_TOO_SOON', ...upTo.settled, missed('09:00'), missed('12:59')),
  refused('closureProposed', 'CLOSURE_NOT_PROPOSED', ...ready, feedback, {
    ...close,
    at: june(17),
  }),
  refused('answered', 'RESOLUTION_OPEN', ...ready, { ...recurrence(june(17)) }, proposed),
  refused('harmRuledOut', 'HARM_NOT_RULED_OUT', ...ready, party('G'), proposed),
  refused(
    'obligationsSettled',
    ['OBLIGATION_OPEN', 'MONITORING_NOT_OVER'],
    ...upTo.held,
    sign(['A', 'B'], clause, { ...clause, clauseId: 'c2', due: june(10) }),
    rung('GiveAdvice'),
    followedUp,
    proposed,
  ),
  refused('monitoringOver', ['MONITORING_NOT_OVER', 'OBLIGATION_OPEN'], ...ready, {
    ...proposed,
    at: june(16, '17:59'),
  }),
  refused('referralsResolved', 'REFERRAL_OPEN', ...ready, refer(), proposed),
  refused(
    'sessionsOver',
    'SESSION_OPEN',
    ...upTo.scheduled,
    { ...rung('GiveAdvice'), at: may(16, '10:00') },
    {
      by: 'cw2',
      command: 'CompleteFollowUp',
      at: may(17, '10:00'),
      input: { safetyAnswer: 'safe' },
    },
    { ...proposed, at: may(17, '10:00') },
  ),
  refused('measuresEnded', 'MEASURE_ACTIVE', ...ready, measure, screen('negative'), proposed),
  refused('followedUpLater', 'FOLLOW_UP_TOO_SOON', ...upTo.advised, {
    ...followedUp,
    at: may(21, '08:59'),
  }),
  refused('followedUp', 'FOLLOW_UP_OPEN', ...upTo.settled, proposed),
  refused('feedbackOffered', 'FEEDBACK_NOT_OFFERED', ...ready, {
    ...proposed,
    input: { reasonCode: 'resolved', feedbackOffered: false },
  }),
  refused('accessNeedsAnswered', 'ACCESS_NEEDS_UNANSWERED', unasked, ...ready.slice(1), proposed),
  refused(
    'childrenRouted',
    'CHILD_ROUTE_OPEN',
    ...ready,
    child('K', 'under15'),
    screen('negative'),
    proposed,
  ),
];
