// Commands that somebody might give at any time, sensible or not, made from the state of a case.
import type { CaseView } from '@himaya/engine';
import { OTHER, spot } from './alley.ts';

/** A command of someone. */
export interface Move {
  readonly by: string;
  readonly input: object;
}

/** Makes a move: `n` picks between its variants, `view` and `nowMs` are those of the moment. */
export type MoveMaker = (n: number, view: CaseView, nowMs: number) => Move;

const PEOPLE = ['A', 'B', 'F', 'K', 'X'];
const checks = { competencyChecked: true, conflictChecked: true, openCases: 0 };

function of<Item>(list: readonly Item[], n: number): Item {
  return list[n % list.length] as Item;
}
const variants =
  (by: readonly string[], ...inputs: readonly object[]): MoveMaker =>
  (n) => ({ by: of(by, n), input: of(inputs, Math.floor(n / by.length)) });
/** The id of a part, preferably of one in a state; of none when there is none. */
function partId(view: CaseView, kind: string, state: string, n: number): string {
  const own = view.parts.filter((part) => part.kind === kind);
  const fit = own.filter((part) => part.in(state));
  const list = fit.length > 0 && n % 8 !== 7 ? fit : own;
  return list.length === 0 ? 'none' : of(list, n).id;
}
/** Which part a command is about: its kind, the state it should be in, and the input field. */
interface PartMeant {
  readonly kind: string;
  readonly state: string;
  readonly field: string;
}
const meant = (kind: string, state: string, field: string): PartMeant => ({ kind, state, field });
const about =
  (by: readonly string[], part: PartMeant, ...more: object[]): MoveMaker =>
  (n, view) => ({
    by: of(by, n),
    input: {
      [part.field]: partId(view, part.kind, part.state, n),
      ...of(more.length > 0 ? more : [{}], n),
    },
  });
const person = (by: readonly string[], make: (partyId: string, n: number) => object): MoveMaker => {
  return (n) => ({ by: of(by, n), input: make(of(PEOPLE, n), Math.floor(n / PEOPLE.length)) });
};
const step = (extra: object = {}): MoveMaker =>
  variants(
    ['cp1', 'cp1', 'inv1', 'con1'],
    { respondent: 'F', ...spot, ...extra },
    { respondent: 'F', ...spot, ...extra },
    { respondent: 'K', ...spot, ...extra },
    { respondent: 'X', ...spot, place: 'elsewhere', ...extra },
  );
const pair = (n: number): readonly string[] => of([['A', 'B'], ['A', 'B'], ['A', 'F'], ['A']], n);
const at = (ms: number): string => new Date(ms).toISOString();
const consent = { capacityConfirmed: true };

/** Moves of intake, staff and screening. */
const office: Readonly<Record<string, MoveMaker>> = {
  StartIntake: variants(['int1'], { channel: 'phone', intakeKind: 'complaint' }),
  RegisterComplaint: variants(['int1'], {
    complaintNo: 'c',
    subType: 'alley',
    place: 'alley-12',
    block: '215',
    publicImpact: 'household',
  }),
  AbandonIntake: variants(['int1'], { reason: 'noComplaintWished', screenedForHarm: true }),
  AnswerAccessNeeds: variants(['int1'], { accessNeeds: [] }),
  NoteSafetyConcern: variants(
    ['int1', 'cp1'],
    { concerns: ['danger'] },
    { concerns: ['child'], immediateDanger: true },
  ),
  CorrectComplaint: (n, _view, nowMs) => ({
    by: 'int1',
    input: of(
      [
        { corrects: 2, field: 'block', block: '216', why: 'misheard' },
        { corrects: 2, field: 'incidentAt', incidentAt: at(nowMs - 86_400_000), why: 'earlier' },
      ],
      n,
    ),
  }),
  AddParty: person(['int1'], (partyId, n) => ({
    partyId,
    person: 'p',
    partyRole: { A: 'complainant', B: 'neighbour' }[partyId] ?? 'respondent',
    relationToComplainant: of(['neighbour', 'neighbour', 'neighbour', 'exSpouse'], n),
    ...(partyId === 'K' ? { band: 'under15' } : of([{ band: 'adult' }, { born: '1980-02-01' }], n)),
  })),
  CorrectPartyAge: person(['int1'], (partyId, n) => ({
    partyId,
    corrects: 3,
    why: 'shown',
    band: of(['adult', 'adult', '15to17', 'unknown'], n),
  })),
  CorrectPartyRelation: person(['int1'], (partyId, n) => ({
    partyId,
    corrects: 3,
    why: 'shown',
    relationToComplainant: of(['neighbour', 'neighbour', 'sibling', 'unknown'], n),
  })),
  DeclareConflictOfInterest: variants(['cp2', 'psy1'], { partyId: 'F' }),
  TriageCase: variants(['int1', 'sup1'], { level: 'priority' }, { level: 'routine' }),
  AssignCase: variants(
    ['sup1'],
    { to: 'cw2', ...checks },
    { to: 'con1', capacity: 'conciliator', ...checks },
    { to: 'cw1', ...checks, openCases: 25 },
    { to: 'cp2', capacity: 'support', ...checks, competencyChecked: false },
  ),
  ReassignCase: variants(['sup1'], { to: 'cw2', ...checks, reason: 'leave' }),
  HandOverCase: variants(['sup1', 'int1'], {
    to: 'cw2',
    competencyChecked: true,
    conflictChecked: true,
  }),
  ReviewCase: variants(['sup1', 'head1'], { next: 'continue' }),
  ScreenHiddenHarm: variants(
    ['int1'],
    ...Array.from({ length: 9 }, () => ({
      result: 'negative',
      relationBetweenParties: 'neighbour',
    })),
    { result: 'unsure', relationBetweenParties: 'neighbour' },
    { result: 'negative', relationBetweenParties: 'exSpouse' },
    { result: 'positive', relationBetweenParties: 'neighbour' },
  ),
  CompleteViolenceScreening: person(['int1', 'psy1'], (partyId, n) => ({
    partyId,
    result: of(['negative', 'negative', 'negative', 'negative', 'unsure', 'positive'], n),
    instrument: 'OFFICE',
    conductedAlone: n % 7 !== 6,
  })),
  PlanSiteVisit: (_n, _view, nowMs) => ({
    by: 'cp1',
    input: { plannedFor: at(nowMs + 3_600_000), patrolId: 'p' },
  }),
  CompleteSiteVisit: variants(
    ['cp1', 'inv1', 'con1'],
    { patrolId: 'p', finding: 'substantiated' },
    { patrolId: 'p', finding: 'notFound' },
  ),
};

/** Moves of the ladder, of referrals and of mediation. */
const work: Readonly<Record<string, MoveMaker>> = {
  RecordRecurrence: step(),
  GiveAdvice: step(),
  IssueWarning: step(),
  RequestViolationTicket: (n, view, nowMs) => {
    const competentBody = n % 9 === 8 ? 'office' : 'traffic';
    return step({ competentBody })(n, view, nowMs);
  },
  RecordTicketDecision: variants(
    ['cp1'],
    { respondent: 'F', ...spot, decision: 'issued' },
    { respondent: 'F', ...spot, decision: 'refused' },
  ),
  RecordSharingConsent: person(['int1', 'sup1'], (partyId, n) => ({
    ...consent,
    partyId,
    recipients: ['traffic'],
    scopeFields: ['plate'],
    informed: n % 6 !== 5,
    obtainedPrivately: true,
  })),
  MakePartnerReferral: (n, view) => {
    const legal = { kind: 'legal', code: 'municipalNuisance' };
    const consented = { kind: 'consent', consentId: partId(view, 'consent', 'given', n) };
    const input = { body: 'traffic', purpose: 'enforcement', fieldsShared: ['plate'] };
    return { by: of(['cw2', 'sup1'], n), input: { ...input, basis: of([legal, consented], n) } };
  },
  RecordPartnerAccepted: about(['cw2', 'sup1'], meant('partnerReferral', 'made', 'referralId')),
  RecordPartnerDeclined: about(['cw2', 'sup1'], meant('partnerReferral', 'made', 'referralId'), {
    reason: 'noCapacity',
  }),
  RecordPartnerClosed: about(['cw2', 'sup1'], meant('partnerReferral', 'accepted', 'referralId'), {
    outcome: 'done',
  }),
  OfferMediation: (n) => ({
    by: of(['con1', 'con1', 'cp2', 'cp1'], n),
    input: { parties: pair(n), offeredSeparately: true },
  }),
  RecordPartyConsent: person(['con1', 'sup1'], (partyId, n) => ({
    ...consent,
    partyId,
    informed: n % 9 !== 8,
    obtainedPrivately: n % 9 !== 7,
  })),
  RecordPartyDeclined: person(['sup1', 'cp1'], (partyId) => ({ partyId })),
  WithdrawConsent: person(['int1'], (partyId, n) => ({
    partyId,
    purpose: of(['mediation', 'shareWith'], n),
  })),
  ScheduleSession: (n, _view, nowMs) => ({
    by: of(['con1', 'con1', 'cp2', 'cp1'], n),
    input: {
      mode: 'joint',
      roomId: 'REC1',
      attendees: pair(n),
      start: at(nowMs + 3_600_000),
      end: at(nowMs + 7_200_000),
    },
  }),
  HoldSession: (n, view) => ({
    by: of(['con1', 'con1', 'cp2', 'cp1'], n),
    input: {
      sessionId: partId(view, 'session', 'scheduled', n),
      attendees: of([['A', 'B'], pair(n)], n),
    },
  }),
  AdjournSession: about(
    ['con1', 'sup1'],
    meant('session', 'scheduled', 'sessionId'),
    { reason: 'noShow', absent: ['B'] },
    { reason: 'moreTime' },
  ),
  CancelSession: about(['con1', 'sup1'], meant('session', 'scheduled', 'sessionId'), {
    reason: 'request',
  }),
  TerminateSession: about(['con1', 'int1'], meant('session', 'scheduled', 'sessionId')),
  SignNeighbourhoodAgreement: (n, view, nowMs) => {
    const signatories = of([['A', 'B'], ['A', 'B'], ['A', 'B'], ['A', 'X'], ['A']], n);
    const kind = of(['askFirst', 'askFirst', 'shareBays', 'custodyChange', 'propertyDecided'], n);
    const due = n % 2 === 0 ? {} : { due: at(nowMs + 86_400_000 * 3) };
    const clauses = [{ clauseId: 'c', kind, text: 'Ask first.', ...due }];
    const sessionId = partId(view, 'session', 'held', n);
    const input = { sessionId, signatories, placeBlock: '215', clauses };
    return { by: of(['con1', 'cp2'], n), input };
  },
  FulfilObligation: about(
    ['con1', 'cp2'],
    meant('obligation', 'open', 'obligationId'),
    { obligor: 'A' },
    { obligor: 'B' },
    {},
  ),
  RecordObligationBreach: about(['sup1'], meant('obligation', 'open', 'obligationId'), {
    cause: 'refused',
    obligor: 'A',
  }),
  RecordNoAgreement: variants(['con1', 'cp2'], { nextStep: 'court' }, { nextStep: 'ladder' }),
};

/** Moves of protection, closure, and leaving the procedure. */
const ends: Readonly<Record<string, MoveMaker>> = {
  StartProtectiveMeasure: variants(['cp1', 'aud1'], { kind: 'escort' }),
  ReviewProtectiveMeasure: about(['cw2', 'int1'], meant('measure', 'active', 'measureId')),
  EndProtectiveMeasure: about(['sup1'], meant('measure', 'active', 'measureId'), {
    outcome: 'replaced',
  }),
  OrderMedicalTransfer: variants(['cp1', 'aud1'], {}),
  CompleteMedicalTransfer: about(['int1'], meant('medicalTransfer', 'ordered', 'transferId')),
  CompleteFollowUp: variants(
    ['cw2', 'sup1'],
    { safetyAnswer: 'safe' },
    { safetyAnswer: 'safe' },
    { safetyAnswer: 'concern' },
  ),
  RecordFollowUpMissed: variants(['cw2', 'sup1'], {}),
  RecordServiceFeedback: variants(['sup1'], { scores: [], anonymous: true }),
  ProposeClosure: variants(
    ['cw2', 'cp1'],
    { reasonCode: 'resolved', feedbackOffered: true },
    { reasonCode: 'complaintWithdrawn', feedbackOffered: false },
  ),
  ReturnClosure: variants(['sup1'], { reasonCode: 'incomplete' }),
  CloseCase: variants(['sup1', 'cw2'], {}),
  ReopenCase: variants(['sup1'], { reasonCode: 'review' }),
};
/** Moves after which little can follow. */
const last: Readonly<Record<string, MoveMaker>> = {
  ReclassifyCase: variants(
    ['cp1', 'sup1'],
    { to: 'family.dispute', reason: 'told' },
    { to: 'community.nuisance', reason: 'told' },
  ),
  RecordSuccessor: variants(['sup1'], { caseId: OTHER }, { caseId: OTHER, partyId: 'K' }),
  MergeDuplicate: variants(
    ['sup1'],
    { survivingCaseId: OTHER, reason: 'sameIncident' },
    { survivingCaseId: OTHER, reason: 'sameIncident' },
    { survivingCaseId: 'y', reason: 'sameIncident' },
  ),
  TransferCase: variants(
    ['head1'],
    { toOffice: 'NOR', basis: 'placeOfIncident', successor: OTHER, acceptanceRef: 'r' },
    { toOffice: 'NOR', basis: 'placeOfIncident', successor: 'y' },
  ),
};

/** Every move, by the command it gives. */
export const moves: Readonly<Record<string, MoveMaker>> = { ...office, ...work, ...ends, ...last };
/** Commands that are nearly always possible and would crowd out the others. */
export const anytime: readonly string[] = [
  'NoteSafetyConcern',
  'CorrectComplaint',
  'DeclareConflictOfInterest',
  'ReassignCase',
  'HandOverCase',
  'ReviewCase',
  'PlanSiteVisit',
  'RecordServiceFeedback',
  'AnswerAccessNeeds',
  'StartProtectiveMeasure',
  'OrderMedicalTransfer',
  'TriageCase',
  'CorrectPartyAge',
  'CorrectPartyRelation',
  'AddParty',
  'RecordSharingConsent',
  'RecordPartyDeclined',
  'WithdrawConsent',
];
/** Commands after which little can follow. */
export const rare: readonly string[] = Object.keys(last);
/** The other commands. */
export const usual: readonly string[] = Object.keys(moves).filter(
  (name) => !anytime.includes(name) && !rare.includes(name),
);
