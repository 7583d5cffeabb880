// For each rule of reconciliation, settlement and waiver the steps that break it, and only it.
import {
  adjourn,
  agree,
  approve,
  draft,
  hold,
  incident,
  issueOrder,
  judge,
  meetAlone,
  offer,
  reassess,
  reported,
  schedule,
  sign,
  until,
} from './accord.ts';
import { may, type Step } from './alley.ts';

/** A rule, the steps that break it, and its codes; `behind`: what the charts say without it. */
export interface Refusal {
  readonly rule: string;
  readonly codes: readonly string[];
  readonly steps: readonly Step[];
  readonly behind?: string;
}

const BLOCKED = 'RECONCILIATION_BLOCKED_BY_RISK';
const ORDER = 'INVALID_TRANSITION';

function refusal(rule: string, code: string, steps: readonly Step[], behind?: string): Refusal {
  return { rule, codes: [code], steps, ...(behind === undefined ? {} : { behind }) };
}

const withdraw: Step = {
  by: 'cw1',
  command: 'WithdrawReconciliationConsent',
  input: { partyId: 'V' },
};
/** It is held, as somebody says, in a room that nobody has booked. */
const held = hold('S1');
const booking = { siteId: 'S1', date: '2027-05-14', bookingId: 'none' };
const elsewhere: Step = { ...held, input: { ...held.input, bookings: [booking] } };
const decline: Step = { by: 'cw1', command: 'RecordPartyDeclined', input: { partyId: 'V' } };
const waive = (byParty: string, offenceCode = 'SAMPLE-INSULT'): Step => ({
  by: 'cw1',
  command: 'RequestWaiver',
  input: { waiverId: 'W1', byParty, offenceCodes: [offenceCode] },
});
const look = (conductedPrivately: boolean, result = 'noConcern'): Step => ({
  by: 'cw1',
  command: 'CompleteCoercionCheck',
  input: { waiverId: 'W1', conductedPrivately, result },
});
const record: Step = { by: 'cw1', command: 'RecordWaiver', input: { waiverId: 'W1' } };
const rejected: Step = {
  by: 'cw1',
  command: 'RejectWaiver',
  input: { waiverId: 'W1', reason: 'coercionSuspected' },
};
const screen = (by: string, how: object = {}): Step => ({
  by,
  command: 'CompleteViolenceScreening',
  input: {
    partyId: 'V',
    instrument: 'OFFICE',
    result: 'negative',
    conductedAlone: true,
    ...how,
  },
});
const child: Step = {
  by: 'int1',
  command: 'AddParty',
  input: {
    partyId: 'K',
    person: 'p-K',
    partyRole: 'child',
    relationToVictim: 'child',
    band: 'under15',
  },
};

/** Screenings for violence. */
export const screeningRefusals: readonly Refusal[] = [
  refusal('screenedAlone', 'JOINT_INTERVIEW_FORBIDDEN', [
    ...reported(),
    screen('cw1', { conductedAlone: false }),
  ]),
  refusal('screenedIsParty', 'PARTY_UNKNOWN', [...reported(), screen('cw1', { partyId: 'W' })]),
  refusal('childScreenedByInterviewer', 'CHILD_INTERVIEW_UNACCOMPANIED', [
    ...reported(),
    child,
    screen('cw1', { partyId: 'K', accompaniedBy: { guardian: 'V' } }),
  ]),
  refusal('childAccompanied', 'CHILD_INTERVIEW_UNACCOMPANIED', [
    ...reported(),
    child,
    screen('fio1', { partyId: 'K' }),
  ]),
  refusal('guardianUnconflicted', 'CONFLICTED_GUARDIAN', [
    ...reported(),
    child,
    screen('fio1', { partyId: 'K', accompaniedBy: { guardian: 'A' } }),
  ]),
];

/** The guards of eligibility and what must be true of every step. */
export const eligibilityRefusals: readonly Refusal[] = [
  refusal('noOrderBetween', 'RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER', [
    ...reported(),
    issueOrder(),
    judge(),
  ]),
  refusal('riskLow', BLOCKED, [...reported({ score: 15 }), judge()]),
  refusal('typePermits', 'RECONCILIATION_FORBIDDEN_FOR_TYPE', [
    ...reported({ violenceTypes: ['sexual'] }),
    judge(),
  ]),
  refusal('nothingGrave', BLOCKED, [
    ...reported({ contextFlags: ['strangulation'] }),
    judge(),
  ]),
  refusal('eachScreened', 'VIOLENCE_SCREENING_REQUIRED', [
    ...reported({ screened: ['V'] }),
    judge(),
  ]),
  refusal('offencesConciliable', 'OFFENCE_NOT_CONCILIABLE', [
    ...reported({ offence: 'UNKNOWN' }),
    judge(),
  ]),
  refusal('participantsSuitable', 'MEDIATION_PARTY_UNSUITABLE', [
    ...reported(),
    judge({ capacityConfirmed: ['V'] }),
  ]),
  refusal('severalTakePart', 'SESSION_NEEDS_TWO_PARTIES', [
    ...reported(),
    judge({ participants: ['V', 'V'] }),
  ]),
  refusal('conciliatorCompetent', 'COMPETENCY_REQUIRED', [
    ...reported(),
    judge({ competencyChecked: false }),
  ]),
  refusal('householdSought', 'HOUSEHOLD_NOT_LINKED', [
    ...reported(),
    judge({ noHouseholdFound: false }),
  ]),
  refusal('conciliatorUnrelated', 'CONFLICT_OF_INTEREST', [
    ...reported(),
    judge({ conflictChecked: false }),
  ]),
  refusal('conciliatorApart', 'SEPARATION_OF_DUTIES', [
    ...reported(),
    screen('fio1'),
    judge({ conciliator: 'fio1' }),
  ]),
  refusal('noPattern', BLOCKED, [...reported(), incident(), reassess, judge()]),
  refusal('prosecutionAgrees', 'PROSECUTION_APPROVAL_REQUIRED', [
    ...until('judged'),
    approve({}),
  ]),
];

/** Offers, consents and sessions. */
export const sessionRefusals: readonly Refusal[] = [
  {
    rule: 'reconciliationOver',
    codes: [
      'RECONCILIATION_PENDING',
      'STATUTORY_RECORD_INCOMPLETE',
      'FINAL_CHECK_MISSING',
      'ACCESS_NEEDS_UNANSWERED',
    ],
    steps: [
      ...until('judged'),
      {
        by: 'cw1',
        command: 'ProposeClosure',
        input: { reasonCode: 'safe', feedbackOffered: true },
      },
    ],
  },
  refusal('offeredInOrder', ORDER, [...reported(), offer()]),
  refusal('bookedToMeet', 'SESSION_NOT_BOOKED', [
    ...until('ready'),
    schedule('S1', { mode: 'joint' }),
    hold('S1'),
  ]),
  refusal('heldAsBooked', 'SESSION_NOT_BOOKED', [...until('scheduled'), elsewhere]),
  refusal('scheduledInOrder', ORDER, [...until('consented'), schedule('S1')]),
  refusal('preMetInOrder', ORDER, [...until('offered'), agree('V'), meetAlone('V')]),
  refusal('adjournedInOrder', ORDER, [
    ...until('inSession'),
    adjourn('S1'),
    schedule('S2', { start: may(15, '10:00'), end: may(15, '11:00') }, may(14, '11:00')),
    hold('S2', may(15, '10:00')),
    adjourn('S1'),
  ]),
  refusal('proposedInOrder', ORDER, [...until('inSession'), adjourn('S1'), draft('X1')]),
  refusal('offerStillOpen', 'OFFER_NOT_OPEN', [...until('consented'), agree('V')]),
  refusal('offerDeclinable', 'OFFER_NOT_OPEN', [...until('offered'), decline, decline], ORDER),
  refusal('obtainedInformed', 'CONSENT_NOT_INFORMED', [
    ...until('offered'),
    agree('V', { informed: false }),
  ]),
  refusal('obtainedPrivately', 'CONSENT_NOT_PRIVATE', [
    ...until('offered'),
    agree('V', { obtainedPrivately: false }),
  ]),
  refusal('timeToThink', 'COOLING_OFF_NOT_ELAPSED', [
    ...until('offered'),
    agree('V', {}, may(11)),
  ]),
  refusal('consentGiven', 'CONSENT_MISSING', [...until('ready'), withdraw, schedule('S1')], ORDER),
  refusal('consentFresh', 'CONSENT_EXPIRED', [
    ...until('ready'),
    schedule('S1', { start: may(19, '11:00'), end: may(19, '12:00') }),
  ]),
  refusal('severalMeet', 'SESSION_NEEDS_TWO_PARTIES', [
    ...until('ready'),
    schedule('S1', { attendees: ['V', 'V'] }),
  ]),
  refusal('sessionAhead', 'SESSION_IN_PAST', [
    ...until('ready'),
    schedule('S1', { start: may(12, '12:00') }),
  ]),
  refusal(
    'sessionStillOn',
    'SESSION_NOT_SCHEDULED',
    [
      ...until('scheduled'),
      {
        by: 'con1',
        command: 'CancelSession',
        input: { sessionId: 'S1', reason: 'request' },
      },
      hold('S1'),
    ],
    ORDER,
  ),
  refusal('sessionBegun', 'SESSION_NOT_BEGUN', [...until('scheduled'), hold('S1', may(14))]),
];

/** The settlement, and waivers. */
export const settlementRefusals: readonly Refusal[] = [
  refusal('givenUpInOrder', ORDER, [
    ...until('monitored'),
    { by: 'sup1', command: 'FailReconciliation', input: { nextStep: 'legal' } },
  ]),
  refusal('partInOrder', ORDER, [...until('drafted'), draft('X2'), sign('X1')]),
  refusal('partInOrder', ORDER, [...reported(), waive('V'), look(true), rejected, record]),
  refusal('comesFromSession', 'SESSION_NOT_HELD', [
    ...until('inSession'),
    draft('X1', {}, { occurredAt: may(14) }),
  ]),
  refusal('participantsBound', 'NON_SIGNER_BOUND', [
    ...until('inSession'),
    draft('X1', { obligors: ['W'] }),
  ]),
  refusal('clausesDistinct', 'CLAUSE_TWICE', [
    ...until('inSession'),
    {
      by: 'con1',
      command: 'ProposeSettlement',
      input: {
        clauses: ['Both are polite.', 'Both are on time.'].map((text) => ({
          clauseId: 'k1',
          kind: 'communication',
          text,
        })),
      },
    },
  ]),
  refusal('clausesAhead', 'CLAUSE_ALREADY_DUE', [
    ...until('inSession'),
    draft('X1', { due: may(14) }),
  ]),
  refusal('clausesPermitted', 'SETTLEMENT_CLAUSE_FORBIDDEN', [
    ...until('inSession'),
    draft('X1', { kind: 'communication', text: 'V shall not report again.' }),
  ]),
  refusal('noMoneyHandled', 'MONEY_HANDLING_FORBIDDEN', [
    ...until('inSession'),
    draft('X1', { kind: 'paymentOrderedByPolice' }),
  ]),
  refusal('nothingAdjudicated', 'OUT_OF_JURISDICTION', [
    ...until('inSession'),
    draft('X1', { kind: 'communication', text: 'يتفق الطرفان على الطلاق' }),
  ]),
  refusal('allSign', 'SIGNATURE_MISSING', [...until('drafted'), sign('X1', ['V'])]),
  refusal('timeToRead', 'COOLING_OFF_NOT_ELAPSED', [
    ...until('drafted'),
    sign('X1', ['V', 'A'], may(15, '09:59')),
  ]),
  refusal('obligorOwes', 'NOT_OBLIGED', [
    ...until('settled'),
    {
      by: 'cw1',
      command: 'FulfilObligation',
      input: { obligationId: 'X1-k1', obligor: 'W' },
    },
  ]),
  refusal('waiverByVictim', 'WAIVER_NOT_PERMITTED', [...reported(), waive('A')]),
  refusal('coercionRuledOut', 'COERCION_SUSPECTED', [
    ...reported(),
    waive('V'),
    look(false),
    record,
  ]),
  refusal('waiverPermitted', 'WAIVER_NOT_PERMITTED', [
    ...reported({ offence: 'SAMPLE-ASSAULT' }),
    waive('V', 'SAMPLE-ASSAULT'),
    look(true),
    record,
  ]),
];
