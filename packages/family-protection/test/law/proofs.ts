// For each invariant what makes it true, taken out, and a story in which that is seen to be missing.
import type { CaseType } from '@himaya/engine';
import {
  agree,
  approve,
  draft,
  incident,
  issueOrder,
  meetAlone,
  offer,
  reported,
  schedule,
  sign,
  until as accord,
} from '../accord.ts';
import { eligibilityRefusals, screeningRefusals, settlementRefusals } from '../accord-refusals.ts';
import { may, type Step } from '../alley.ts';
import { talkRefusals } from '../talk-refusals.ts';
import { refusals } from '../violence-refusals.ts';
import { as, assess, met, until, work } from '../violence.ts';
import {
  changed,
  faulty,
  followed,
  refusing,
  unfollowed,
  unguarded,
  untimed,
  without,
} from './faults.ts';

/** What is taken out, the story, and what is then broken. */
export interface Proof {
  readonly invariant: string;
  readonly missing: string;
  readonly caseType: CaseType;
  readonly steps: readonly Step[];
}

const proof = (
  invariant: string,
  missing: string,
  caseType: CaseType,
  steps: readonly Step[],
): Proof => ({ invariant, missing, caseType, steps });

/** The story of the rule's own refusals. */
function storyOf(rule: string, nth = 0): readonly Step[] {
  const all = [
    ...refusals,
    ...talkRefusals,
    ...eligibilityRefusals,
    ...screeningRefusals,
    ...settlementRefusals,
  ];
  const own = all.filter((refusal) => refusal.rule === rule)[nth];
  if (!own) throw new Error(`no refusal of ${rule}`);
  return own.steps;
}

/** A rule that is missing, by the story of its refusal and what follows. */
const rule = (invariant: string, name: string, more: readonly Step[] = []): Proof =>
  proof(invariant, `the rule ${name}`, faulty(without(name)), [...storyOf(name), ...more]);

const unstopped = faulty(unfollowed('whatever makes somebody unsafe'), unguarded);
const stop = (invariant: string, missing: string, steps: readonly Step[]): Proof =>
  proof(invariant, missing, unstopped, steps);

const onwards = [approve(), offer()];
const high = (by: string): readonly Step[] => [
  ...until.high,
  ...met(may(10, '11:00')),
  work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
  work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }),
  ...(by === 'head1' ? [as('sup1', 'ReviewClosure', {}, may(11))] : []),
];
const closed = faulty(refusing('ReportRegistered', 'ServiceFeedbackReceived'));
const withdraw = work('WithdrawReconciliationConsent', { partyId: 'A' });
const conflict = (by: string): Step => as(by, 'DeclareConflictOfInterest', { partyId: 'A' });
const lowered: readonly Step[] = [
  ...until.high,
  assess('standard', may(24)),
  work('ProposeRiskDowngrade'),
];

/** Of meetings, consents and waits. */
const ofMeetings: readonly Proof[] = [
  rule('INV-01', 'noOrderBetween', onwards),
  stop('INV-01', 'what an order stops', [...accord('scheduled'), issueOrder()]),
  rule('INV-02', 'riskLow', onwards),
  stop('INV-02', 'what a high risk stops', [
    ...accord('scheduled'),
    work('AssessRisk', { band: 'high' }),
  ]),
  rule('INV-03', 'typePermits', onwards),
  proof('INV-04', 'the rule obtainedPrivately', faulty(without('obtainedPrivately')), [
    ...accord('offered'),
    agree('V', { obtainedPrivately: false }),
  ]),
  proof('INV-04', 'the rule obtainedInformed', faulty(without('obtainedInformed')), [
    ...accord('offered'),
    agree('V', { informed: false }),
  ]),
  proof('INV-04', 'the rule consentFresh', faulty(without('consentFresh')), [
    ...accord('ready'),
    schedule('S1', { start: may(19, '11:00'), end: may(19, '12:00') }),
  ]),
  proof('INV-04', 'what going calls off', faulty(unfollowed('one party who goes')), [
    ...accord('scheduled'),
    withdraw,
  ]),
  proof('INV-35', 'the rule timeToThink', faulty(without('timeToThink')), [
    ...accord('offered'),
    agree('V', {}, may(11)),
  ]),
  proof('INV-35', 'the rule timeToRead', faulty(without('timeToRead')), [
    ...accord('drafted'),
    sign('X1', ['V', 'A'], may(15, '09:59')),
  ]),
  proof('INV-34', 'the rule clausesPermitted', faulty(without('clausesPermitted')), [
    ...accord('inSession'),
    draft('X1', { kind: 'communication', text: 'V shall not report again.' }),
  ]),
];

/** Of stopping: each alarm that stops a reconciliation and is no order and no level. */
const ofAlarms: readonly Proof[] = [
  stop('CH-1', 'what an incident stops', [...accord('offered'), incident()]),
  stop('CH-1', 'what a danger told stops', [
    ...accord('offered'),
    as('int1', 'NoteSafetyConcern', { immediateDanger: false }),
  ]),
  stop('CH-1', 'what a sign of coercion stops', [...accord('consented'), meetAlone('V', true)]),
  stop('CH-1', 'what an emergency stops', [
    ...accord('offered'),
    as('aud1', 'StartProtectiveMeasure', { kind: 'separation' }),
  ]),
];

/** Of interviews, risk and closure. */
const ofCare: readonly Proof[] = [
  rule('INV-05', 'childScreenedByInterviewer'),
  rule('INV-05', 'childAccompanied'),
  rule('INV-05', 'heardAsAdult'),
  rule('INV-06', 'guardianUnconflicted'),
  rule('INV-10', 'heardInItsRoom'),
  rule('INV-11', 'screenedAlone'),
  rule('INV-11', 'heardAlone'),
  rule('INV-11', 'heardOnce'),
  proof('INV-07', 'the review of a high risk', faulty(without('highRiskReviewed'), unguarded), [
    ...high('sup1'),
    as('sup1', 'CloseCase', {}, may(12)),
  ]),
  proof('INV-07', 'the age of the assessment', faulty(without('highRiskReviewed')), [
    ...high('head1'),
    as('head1', 'CloseCase', {}, may(26)),
  ]),
  rule('INV-12', 'notBelowBand'),
  rule('INV-12', 'downgradeAsProposed'),
  rule('INV-12', 'noOpenBreach'),
  rule('INV-12', 'quietLongEnough'),
  proof('INV-14', 'the open door', closed, [
    as('int1', 'StartIntake', { channel: 'phone', intakeKind: 'report' }),
    as('int1', 'RegisterReport', { reportNo: 'R-1', subType: 'elder', violenceTypes: [] }),
  ]),
  proof('INV-14', 'the term of triage', faulty(untimed('triage')), until.registered),
  proof('INV-31', 'the search for an officer', faulty(untimed('newOfficer')), [
    ...until.active,
    conflict('cw1'),
    conflict('int1'),
  ]),
];

const onlySupervisors = changed('StartProtectiveMeasure', { emergency: false, by: ['SUP'] });

/** Of the law, of what leaves the office, and of who does what. */
const ofOffice: readonly Proof[] = [
  rule('INV-16', 'releaseToldSafely'),
  rule('INV-16', 'noticeSafe'),
  rule('INV-18', 'recordsComplete'),
  rule('INV-19', 'coercionRuledOut'),
  rule('INV-19', 'waiverPermitted'),
  proof('INV-19', 'the care that goes on', faulty(followed(endsCare())), [
    ...reported(),
    as('cp1', 'StartProtectiveMeasure', { kind: 'separation' }),
    work('RequestWaiver', { waiverId: 'W1', byParty: 'V', offenceCodes: ['SAMPLE-INSULT'] }),
    work('CompleteCoercionCheck', {
      waiverId: 'W1',
      conductedPrivately: true,
      result: 'noConcern',
    }),
    work('RecordWaiver', { waiverId: 'W1' }),
  ]),
  rule('INV-20', 'sharingFounded'),
  rule('INV-20', 'sharingMinimal'),
  rule('INV-21', 'conciliatorApart'),
  proof('INV-21', 'two people', faulty(changed('ApproveRiskDowngrade', { duties: [] })), [
    ...lowered,
    { ...as('sup1', 'ApproveRiskDowngrade'), onBehalfOf: 'cw1' },
  ]),
  proof('INV-23', 'what makes it an emergency', faulty(onlySupervisors), [
    ...until.registered,
    as('aud1', 'StartProtectiveMeasure', { kind: 'separation' }),
  ]),
];

/** Every proof. */
export const proofs: readonly Proof[] = [...ofMeetings, ...ofAlarms, ...ofCare, ...ofOffice];

/** A waiver that ends what protects her. */
function endsCare(): Parameters<typeof followed>[0] {
  return {
    name: 'a waiver ends the care',
    on: ['ComplaintWaived'],
    record: ({ parts }) =>
      parts.all({ kind: 'measure' }).map(({ id }) => ({
        type: 'ProtectiveMeasureEnded',
        data: { measureId: id, outcome: 'noLongerNeeded' },
      })),
  } as Parameters<typeof followed>[0];
}
