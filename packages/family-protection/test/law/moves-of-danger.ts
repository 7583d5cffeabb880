// Commands of risk, orders, care and sharing that somebody might give at any time, sensible or not.
import { riskLevels } from '../../src/domestic-violence/fields.ts';
import { record } from '../violence.ts';
import type { Maker } from './situation.ts';

const by =
  (who: string, input: object = {}): Maker =>
  () => [who, input];
const about =
  (who: string, kind: string, field: string, more: object = {}, state?: string): Maker =>
  (it) => [who, { [field]: it.id(kind, state), ...more }];
const note = { note: 'He waits outside her door.' };
const sure = { competencyChecked: true, conflictChecked: true, openCases: 1 };

/** Of intake, staff and the file. */
export const ofFile: Readonly<Record<string, Maker>> = {
  NoteSafetyConcern: ({ draw }) => ['int1', draw.once(2) ? note : { immediateDanger: true }],
  AnswerAccessNeeds: by('int1', { accessNeeds: [] }),
  RegisterReport: ({ draw }) => [
    'int1',
    { reportNo: 'R-2', subType: 'elder', violenceTypes: [draw.of(['psychological', 'physical'])] },
  ],
  AddParty: ({ draw }) => [
    'int1',
    {
      partyId: draw.of(['K1', 'K2', 'W', 'G']),
      person: 'p',
      partyRole: draw.of(['child', 'child', 'witness', 'guardian', 'guardian']),
      band: draw.of(['under15', 'adult', 'adult']),
    },
  ],
  CorrectPartyAge: (it) => [
    'int1',
    {
      partyId: it.draw.of(['K1', 'W', 'W', it.aggressor]),
      corrects: 2,
      why: 'shown',
      band: it.draw.of(['15to17', 'adult', 'adult', 'adult']),
    },
  ],
  TriageCase: by('int1', { level: 'priority' }),
  AssignCase: ({ draw }) => {
    const [to, capacity] = draw.of([
      ['cw1', 'caseworker'],
      ['con1', 'conciliator'],
      ['con1', 'conciliator'],
      ['fio1', 'support'],
      ['psy1', 'support'],
      ['inv1', 'support'],
    ] as const);
    return ['sup1', { to, capacity, ...sure, openCases: draw.once(8) ? 99 : 1 }];
  },
  ReassignCase: ({ draw }) => ['sup1', { to: draw.of(['cw1', 'cw2']), ...sure, reason: 'leave' }],
  HandOverCase: ({ draw }) => [
    'cw1',
    { to: draw.of(['cw1', 'cw2']), competencyChecked: !draw.once(8), conflictChecked: true },
  ],
  ReviewCase: by('sup1', { next: 'continue' }),
  DeclareConflictOfInterest: (it) => [
    it.draw.of(['psy1', 'cw2', 'con2', 'cw1', 'int1']),
    { partyId: it.victim },
  ],
  MergeDuplicate: (it) => ['sup1', { survivingCaseId: it.otherCase, reason: 'sameIncident' }],
  TransferCase: (it) => [
    'head1',
    { toOffice: 'NOR', basis: 'safetyOfParty', successor: it.otherCase, acceptanceRef: 'r' },
  ],
};

/** Of risk, incidents and follow-up. */
export const ofRisk: Readonly<Record<string, Maker>> = {
  RecordIncident: ({ draw, victim, aggressor }) => [
    'cp1',
    {
      victim,
      alleged: [aggressor],
      violenceTypes: [draw.of(['physical', 'psychological', 'psychological', 'sexual'])],
      ...(draw.once(4) ? { contextFlags: ['threatToKill'], narrative: 'He said it twice.' } : {}),
    },
  ],
  CorrectIncident: (it) => [
    'cw1',
    {
      incidentId: it.id('incident'),
      corrects: 1,
      why: 'misheard',
      violenceTypes: [it.draw.of(['psychological', 'psychological', 'physical', 'sexual'])],
    },
  ],
  CompleteStatutoryRecord: (it) => {
    const { childExposureStatement: _, ...most } = record;
    const given = it.draw.once(4) ? most : record;
    return ['cw1', { ...given, incidentId: it.id('incident', 'recordOpen') }];
  },
  AssessRisk: ({ draw }) => [
    draw.of(['cw1', 'int1']),
    draw.once(3)
      ? {
          instrument: 'DASH-RIC',
          score: draw.below(16),
          ...(draw.once(2) ? { judgement: { level: draw.of(riskLevels), rationale: 'felt' } } : {}),
          ...(draw.once(3) ? { finalLevel: draw.of(riskLevels) } : {}),
        }
      : { band: draw.of(['standard', 'standard', 'standard', ...riskLevels]), full: !draw.once(5) },
  ],
  ProposeRiskDowngrade: ({ draw }) => [
    draw.of(['cw1', 'cw1', 'psy1']),
    draw.once(4) ? { to: draw.of(riskLevels) } : {},
  ],
  ApproveRiskDowngrade: ({ draw }) => [draw.of(['sup1', 'sup1', 'cw1', 'head1']), {}],
  RejectRiskDowngrade: by('sup1'),
  AgreeSafetyPlan: ({ draw }) => ['cw1', draw.once(2) ? { elements: 'A bag stands ready.' } : {}],
  CompleteFollowUp: ({ draw }) => [
    'cw1',
    {
      safetyAnswer: draw.of(['safe', 'safe', 'safe', 'safe', 'safe', 'concern']),
      newIncident: draw.once(16),
      wellbeing: 7,
    },
  ],
  RecordFollowUpMissed: by('cw1'),
  CompleteWelfareCheck: (it) => [
    'cp1',
    {
      checkId: it.id('welfareCheck', 'requested'),
      result: it.draw.of(['safe', 'concern', 'notFound']),
    },
  ],
  ScreenChild: (it) => [
    'cw1',
    {
      partyId: it.draw.of(['K1', 'K2']),
      result: it.draw.of(['noConcern', 'noConcern', 'concern']),
      seenAlone: true,
    },
  ],
};

/** Of orders, custody and the prosecution. */
export const ofOrders: Readonly<Record<string, Maker>> = {
  RequestProtectionOrder: (it) => [
    'cw1',
    {
      orderId: `O${it.draw.below(4)}`,
      victimInformed: !it.draw.once(8),
      protected: [it.victim],
      against: it.aggressor,
      conditionsSought: ['noContact'],
    },
  ],
  RecordProtectionOrderIssued: (it) => [
    'leg1',
    {
      orderId: `O${it.draw.below(4)}`,
      ...(it.draw.once(8) ? {} : { protected: [it.victim] }),
      against: it.aggressor,
      conditions: it.draw.of([['noContact'], ['stayAway', 'noHarm'], ['noHarm'], ['leaveHome']]),
      from: it.at(0),
      until: it.at(24 * it.draw.of([1, 2, 3, 30, 31])),
    },
  ],
  RecordProtectionOrderRefused: about('leg1', 'order', 'orderId', {}, 'requested'),
  RecordOrderServed: about('cw1', 'order', 'orderId', {}, 'inForce.unserved'),
  RecordServiceAttemptFailed: about('cw1', 'order', 'orderId', {}, 'inForce.unserved'),
  RecordOrderExtended: (it) => [
    'leg1',
    {
      orderId: it.id('order', 'inForce'),
      authority: it.draw.of(['court', 'court', 'court', 'publicProsecution']),
      newUntil: it.at(24 * it.draw.of([20, 60, 200])),
    },
  ],
  RecordOrderRevoked: about('leg1', 'order', 'orderId', { basis: 'courtDecision' }, 'inForce'),
  RecordBreach: about('cp1', 'order', 'orderId', { withViolence: false }, 'inForce.served'),
  ReferBreach: about('inv1', 'breach', 'breachId', {}, 'open'),
  SummonAggressor: ({ aggressor }) => ['inv1', { partyId: aggressor }],
  RecordDetained: ({ aggressor }) => ['inv1', { partyId: aggressor }],
  NotifyRelease: ({ aggressor }) => ['inv1', { partyId: aggressor }],
  RecordVictimNotifiedOfRelease: (it) => [
    'cw1',
    {
      releaseId: it.id('release', 'known'),
      partyId: it.victim,
      channel: it.draw.of(['inPerson', 'call', 'sms']),
    },
  ],
  ProposeReferral: by('inv1'),
  ApproveReferral: ({ draw }) => [draw.of(['sup1', 'sup1', 'head1']), {}],
  ReferToProsecution: by('leg1'),
  RecordProsecutionDecision: ({ draw }) => [
    'leg1',
    { decision: draw.of(['charge', 'noFurtherAction', 'returnForCompletion']) },
  ],
};

const mostly = [['name'], ['name'], ['name'], ['name', 'contact']];
const fields = [...mostly, ['orders'], ['needs', 'riskLevel']];
const agencies = ['legalAid', 'hospital', 'school'];

/** What leaves the office, to whom and on what basis: by consent mostly to whom it names. */
function shared(it: Parameters<Maker>[0]) {
  const given = it.parts('consent', 'given').at(-1)?.context;
  const { recipients = [] } = (given ?? {}) as { readonly recipients?: readonly string[] };
  const isByConsent = recipients.length > 0 ? !it.draw.once(4) : it.draw.once(4);
  const basis = isByConsent
    ? { kind: 'consent', consentId: it.id('consent', 'given') }
    : { kind: 'legal', code: it.draw.of(['imminentDanger', 'imminentDanger', 'curiosity']) };
  const isNamed = isByConsent && recipients.length > 0 && !it.draw.once(6);
  return { basis, to: it.draw.of(isNamed ? recipients : agencies), fields: it.draw.of(fields) };
}

/** Of care, sharing and contact. */
export const ofCare: Readonly<Record<string, Maker>> = {
  OrderShelterPlacement: (it) => [
    'cw1',
    { partyId: it.victim, ...(it.draw.once(4) ? {} : { ppOrderRef: 'PP' }) },
  ],
  RecordShelterExited: about('cw1', 'placement', 'placementId', { reason: 'safeHome' }, 'ordered'),
  StartProtectiveMeasure: ({ draw }) => [
    draw.of(['cp1', 'aud1', 'cw1', 'fac1']),
    {
      kind: draw.of(['patrolWatch', 'separation', 'safeHavenInfo']),
      ...(draw.once(3) ? note : {}),
    },
  ],
  OrderMedicalTransfer: ({ draw }) => [draw.of(['cp1', 'aud1']), {}],
  CompleteMedicalTransfer: about('cw1', 'medicalTransfer', 'transferId', {}, 'ordered'),
  EndProtectiveMeasure: about('sup1', 'measure', 'measureId', { outcome: 'replaced' }, 'active'),
  RecordConsent: (it) => [
    'cw1',
    {
      partyId: it.draw.of([it.victim, it.victim, it.victim, 'K1']),
      purpose: 'shareWith',
      recipients: [it.draw.of(['legalAid', 'hospital'])],
      scopeFields: it.draw.of([['name'], ['name', 'contact', 'needs', 'orders']]),
      capacityConfirmed: true,
      informed: !it.draw.once(10),
      obtainedPrivately: !it.draw.once(10),
    },
  ],
  WithdrawConsent: (it) => {
    const consentId = it.id('consent', 'given');
    const given = it.parts('consent').find(({ id }) => id === consentId)?.context;
    const { partyId = it.victim } = (given ?? {}) as { readonly partyId?: string };
    return ['cw1', { consentId, partyId }];
  },
  MakeReferral: (it) => {
    const { basis, to, fields: fieldsShared } = shared(it);
    const licensed = !it.draw.once(10);
    const referral = { agencyId: to, licensed, service: 'legalAid', basis, fieldsShared };
    return ['cw1', referral];
  },
  RecordReferralCompleted: about('sup1', 'referral', 'referralId', { outcome: 'done' }, 'made'),
  ShareInformation: (it) => {
    const { to, ...rest } = shared(it);
    return ['cw1', { recipient: to, purpose: 'support', ...rest }];
  },
  SetSafeContact: (it) => [
    'cw1',
    {
      partyId: it.victim,
      channels: [it.draw.of(['call', 'sms'])].map((kind) => ({
        kind,
        from: it.draw.of(['08:00', '22:00']),
        to: it.draw.of(['16:00', '06:00']),
      })),
    },
  ],
  RecordNoticeFailed: (it) => [
    'cw1',
    { noticeId: it.id('notice', 'sent'), cause: it.draw.of(['undelivered', 'wrongPerson']) },
  ],
  FlagAbuseEscalation: by('cp1', { indicators: ['moreFrequent'] }),
  SignUndertaking: (it) => [
    'cp1',
    {
      partyId: it.draw.of([it.aggressor, it.aggressor, it.victim]),
      kind: 'respectfulConduct',
      text: it.draw.of(['He keeps calm.', 'She shall not report again.']),
      until: it.at(24 * 30),
    },
  ],
  RecordUndertakingBreach: (it) => [
    'cp1',
    { undertakingId: it.id('undertaking', 'inForce'), withViolence: it.draw.once(2) },
  ],
  AnswerPartyNeeds: (it) => ['int1', { partyId: it.victim, interpreterNeeded: it.draw.once(2) }],
  AssignLanguageSupport: (it) => [
    'int1',
    {
      partyId: it.draw.of([it.victim, it.aggressor]),
      interpreterId: it.draw.of(['tr1', 'tr2']),
      conflictChecked: !it.draw.once(8),
    },
  ],
  StartInterview: (it) => [
    it.draw.of(['inv1', 'inv1', 'cw1', 'con1']),
    {
      partyId: it.draw.of([it.victim, it.aggressor, it.party('child')]),
      interviewerGender: 'female',
      attendees: it.draw.once(6) ? [{ who: it.aggressor, capacity: 'support' }] : [],
      ...(it.draw.once(6) ? {} : { offSite: { place: 'hospital', why: 'she is treated' } }),
    },
  ],
  CompleteInterview: about('inv1', 'interview', 'interviewId', {}, 'inProgress'),
  JustifyReinterview: about('sup1', 'interview', 'interviewId', { why: 'more' }, 'completed'),
  SendNotice: (it) => [
    'cw1',
    {
      recipient: it.victim,
      template: 'T1',
      channel: it.draw.of(['call', 'sms', 'letter']),
      basis: 'appointment',
    },
  ],
  RecordServiceFeedback: by('sup1', { scores: [], anonymous: true }),
  ProposeClosure: by('cw1', { reasonCode: 'safe', feedbackOffered: true }),
  ReviewClosure: ({ draw }) => [draw.of(['sup1', 'sup1', 'sup2', 'cw1']), {}],
  ReturnClosure: by('sup1', { reasonCode: 'incomplete' }),
  CloseCase: ({ draw }) => [draw.of(['sup1', 'head1', 'head1']), {}],
  ReopenCase: by('sup1', { reasonCode: 'review' }),
};
