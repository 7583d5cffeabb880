// For every rule of interviews, interpreters, support and undertakings a situation in which it stands.
import { june, may, type Step } from './alley.ts';
import { as, person, until, work } from './violence.ts';
import type { Refusal } from './refusal.ts';

const refused = (rule: string, code: string, steps: readonly Step[]): Refusal => ({
  rule,
  code,
  steps,
});

/** An interview of the victim at the hospital. */
export const hear = (more: object = {}, by = 'inv1'): Step =>
  as(by, 'StartInterview', {
    interviewId: 'T1',
    partyId: 'A',
    interviewerGender: 'female',
    offSite: { place: 'hospital', why: 'she is being treated' },
    ...more,
  });
/** It is over, and her statement is there. */
export const heard = as('inv1', 'CompleteInterview', { interviewId: 'T1', statementRef: 'file-1' });
/** A supervisor finds that she has to be heard again. */
export const again = (by = 'sup1'): Step =>
  as(by, 'JustifyReinterview', { interviewId: 'T1', why: 'a second incident' });
/** She needs an interpreter. */
export const needs = as('int1', 'AnswerPartyNeeds', { partyId: 'A', interpreterNeeded: true });
/** She needs none after all. */
export const needsNone = (by: string): Step =>
  as(by, 'AnswerPartyNeeds', { partyId: 'A', interpreterNeeded: false });
/** Somebody interprets for one of them. */
export const interpret = (interpreterId: string, partyId = 'A', more: object = {}): Step =>
  as('int1', 'AssignLanguageSupport', { partyId, interpreterId, conflictChecked: true, ...more });
/** What the accused promises. */
export const promise = (more: object = {}): Step =>
  as('inv1', 'SignUndertaking', {
    undertakingId: 'U1',
    partyId: 'B',
    kind: 'respectfulConduct',
    text: 'He speaks to her with respect.',
    until: june(10),
    ...more,
  });
/** It was broken. */
export const breakPromise = (more: object = {}, at?: string): Step =>
  as('cp1', 'RecordUndertakingBreach', { undertakingId: 'U1', withViolence: false, ...more }, at);
/** A goal of hers. */
export const goal = (goalId: string, more: object = {}) => ({
  goalId,
  domain: 'psychological',
  due: june(1),
  text: 'She sleeps again.',
  ...more,
});
/** A plan that reaches for it. */
export const agreed = (...goals: readonly object[]): Step =>
  work('AgreeCaseActionPlan', { planId: 'P1', goals });
/** The plan as it is from now on. */
export const revised = (...goals: readonly object[]): Step =>
  work('ReviseCaseActionPlan', { planId: 'P1', goals });
/** Support is over. */
export const completed = (outcome = 'goalsReached'): Step => work('CompleteSupport', { outcome });

const recording = {
  consentId: 'C9',
  partyId: 'A',
  purpose: 'recording',
  capacityConfirmed: true,
  informed: true,
  obtainedPrivately: true,
};
/** Her consent to be recorded. */
export const mayRecord = (more: object = {}): Step =>
  work('RecordConsent', { ...recording, ...more });
/** A recorded interview. */
export const record = (more: object = {}): Step =>
  hear({ recordedOn: { kind: 'consent', consentId: 'C9' }, ...more });
/** The recording of it is sealed. */
export const seal = as('inv1', 'SealRecording', {
  interviewId: 'T1',
  evidenceId: 'E9',
  hash: 'b2'.repeat(32),
});

const plan = as('inv1', 'ScheduleInterview', {
  interviewId: 'T1',
  partyId: 'B',
  start: may(11),
  end: may(11, '10:00'),
});
const who = (one: string, capacity = 'support') => ({ attendees: [{ who: one, capacity }] });
const late = (at: string) => ({ occurredAt: at, lateReason: 'entered now' });

/** Every situation. */
export const talkRefusals: readonly Refusal[] = [
  refused('heardAsAdult', 'CHILD_INTERVIEW_UNACCOMPANIED', [
    ...until.active,
    person('K', 'child', { band: '15to17' }),
    hear({ partyId: 'K' }),
  ]),
  refused('heardAsPlanned', 'INTERVIEW_NOT_PLANNED', [...until.active, plan, hear()]),
  refused('heardAsPlanned', 'INTERVIEW_NOT_PLANNED', [
    ...until.active,
    plan,
    as('inv1', 'CancelInterview', { interviewId: 'T1', reason: 'postponed' }),
    hear({ partyId: 'B' }),
  ]),
  // One reason to hear her again is one for a single time.
  refused('heardAsPlanned', 'INTERVIEW_NOT_PLANNED', [
    ...until.active,
    hear(),
    heard,
    again(),
    hear(),
  ]),
  refused('heardAlone', 'JOINT_INTERVIEW_FORBIDDEN', [...until.active, hear(who('B'))]),
  refused('heardAlone', 'JOINT_INTERVIEW_FORBIDDEN', [
    ...until.active,
    person('W', 'witness'),
    hear(who('W')),
  ]),
  refused('heardAlone', 'JOINT_INTERVIEW_FORBIDDEN', [
    ...until.active,
    // By whatever name the room knows him.
    as('int1', 'LinkHousehold', { householdId: 'h1', as: [{ person: 'he', partyId: 'B' }] }),
    hear(who('he')),
  ]),
  refused('attendedByNeutral', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    as('psy1', 'DeclareConflictOfInterest', { partyId: 'B' }),
    hear(who('psy1', 'staff')),
  ]),
  refused('attendedByNeutral', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    interpret('tr1', 'B'),
    hear(who('tr1')),
  ]),
  refused('attendedByNeutral', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    interpret('tr1'),
    hear(who('tr2', 'interpreter')),
  ]),
  refused('heardOnce', 'REINTERVIEW_REASON_REQUIRED', [
    ...until.active,
    hear(),
    heard,
    hear({ interviewId: 'T2' }),
  ]),
  refused('heardOnce', 'REINTERVIEW_REASON_REQUIRED', [
    ...until.active,
    hear(),
    heard,
    again(),
    hear({ interviewId: 'T2' }),
    as('inv1', 'CompleteInterview', { interviewId: 'T2' }),
    as('inv1', 'ScheduleInterview', { partyId: 'A', start: may(20), end: may(20, '11:00') }),
  ]),
  refused('heardOnce', 'REINTERVIEW_REASON_REQUIRED', [
    ...until.active,
    hear(),
    hear({ interviewId: 'T2' }, 'cw1'),
  ]),
  refused('heardOnce', 'REINTERVIEW_REASON_REQUIRED', [
    ...until.active,
    hear(),
    as('inv1', 'CancelInterview', { interviewId: 'T1', reason: 'notWell' }),
    hear({ interviewId: 'T2' }),
  ]),
  refused('reheardByAnother', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    hear(),
    heard,
    { ...again(), onBehalfOf: 'inv2' },
    { ...hear({ interviewId: 'T2' }), onBehalfOf: 'inv2' },
  ]),
  refused('heardInItsRoom', 'ROOM_NOT_INSULATED', [
    ...until.active,
    hear({ offSite: undefined }),
  ]),
  refused('heardInItsRoom', 'ROOM_NOT_INSULATED', [
    ...until.active,
    hear({ booking: { siteId: 'S1', date: '2027-05-10', bookingId: 'none' } }),
  ]),
  refused('wishHonoured', 'INTERVIEWER_PREFERENCE', [
    ...until.active,
    as('int1', 'AnswerPartyNeeds', { partyId: 'A', interviewerPreferred: 'female' }),
    hear({ interviewerGender: 'male' }),
  ]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [...until.active, record()]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [
    ...until.active,
    mayRecord(),
    work('WithdrawConsent', { consentId: 'C9', partyId: 'A' }),
    record(),
  ]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [
    ...until.active,
    mayRecord({ partyId: 'B' }),
    record(),
  ]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [
    ...until.active,
    mayRecord({ purpose: 'service' }),
    record(),
  ]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [
    ...until.active,
    mayRecord(),
    { ...record(), at: june(20) },
  ]),
  refused('recordingFounded', 'RECORDING_NOT_PERMITTED', [
    ...until.active,
    record({ recordedOn: { kind: 'legal', code: 'mandatoryReporting' } }),
  ]),
  refused('reviewedByAnother', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    { ...hear(), onBehalfOf: 'sup1' },
    as('sup1', 'ReviewOffSiteInterview', { interviewId: 'T1', verdict: 'justified' }),
  ]),
  refused('interpreterUnrelated', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    interpret('tr1', 'A', { conflictChecked: false }),
  ]),
  refused('interpreterUnrelated', 'CONFLICT_OF_INTEREST', [...until.active, interpret('B')]),
  refused('interpreterUnrelated', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    interpret('tr1', 'B'),
    interpret('tr1'),
  ]),
  refused('interpreterUnrelated', 'CONFLICT_OF_INTEREST', [
    ...until.active,
    as('int1', 'LinkHousehold', { householdId: 'h1', as: [{ person: 'aunt', partyId: 'A' }] }),
    interpret('aunt'),
  ]),
  refused('understood', 'LANGUAGE_SUPPORT_MISSING', [...until.active, needs, hear()]),
  refused('understood', 'LANGUAGE_SUPPORT_MISSING', [
    ...until.active,
    interpret('tr1'),
    // Whoever turns out to be a relative interprets no more.
    as('tr1', 'DeclareConflictOfInterest', { partyId: 'B' }),
    mayRecord(),
  ]),
  refused('needKept', 'SEPARATION_OF_DUTIES', [...until.active, needs, needsNone('int1')]),
  refused('needKept', 'SEPARATION_OF_DUTIES', [
    ...until.active,
    { ...needs, by: 'sup1' },
    needsNone('sup1'),
  ]),
  refused('goalsDistinct', 'GOAL_TWICE', [...until.active, agreed(goal('g1'), goal('g1'))]),
  refused('goalsKept', 'GOAL_LEFT_OUT', [
    ...until.active,
    agreed(goal('g1'), goal('g2')),
    revised(goal('g1', { state: 'reached' })),
  ]),
  refused('partInOrder', 'INVALID_TRANSITION', [
    ...until.active,
    agreed(goal('g1')),
    completed('ownWish'),
    revised(goal('g1', { state: 'open' })),
  ]),
  refused('goalsReached', 'GOAL_OPEN', [...until.active, agreed(goal('g1')), completed()]),
  refused('undertakenByAccused', 'UNDERTAKING_NOT_THEIRS', [
    ...until.active,
    promise({ partyId: 'A' }),
  ]),
  refused('undertakenByAccused', 'UNDERTAKING_NOT_THEIRS', [
    ...until.active,
    person('M', 'allegedAggressor', { band: '15to17' }),
    promise({ partyId: 'M' }),
  ]),
  refused('undertakenThen', 'UNDERTAKING_NOT_IN_FORCE', [
    ...until.active,
    { ...promise(), at: may(12) },
    breakPromise({ at: may(11) }),
  ]),
  refused('undertakenThen', 'UNDERTAKING_NOT_IN_FORCE', [
    ...until.active,
    promise(),
    { ...breakPromise({ at: june(10) }, june(11)), ...late(june(10)) },
  ]),
];
