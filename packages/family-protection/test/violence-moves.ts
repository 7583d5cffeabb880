// Commands that somebody might give at any time in a case of domestic violence, sensible or not.
import type { CaseView } from '@himaya/engine';
import { riskLevels } from '../src/domestic-violence/fields.ts';
import { asked, record } from './violence.ts';

/** A command of someone. */
export interface Move {
  readonly by: string;
  readonly command: string;
  readonly input: object;
}
type Maker = (n: number, view: CaseView, nowMs: number) => readonly [string, object];

const at = (ms: number): string => new Date(ms).toISOString();
const DAY_MS = 86_400_000;
const of = <Item>(list: readonly Item[], n: number): Item => list[n % list.length] as Item;
const idOf = (view: CaseView, kind: string, n: number): string => {
  const own = view.parts.filter((part) => part.kind === kind);
  return own.length === 0 ? 'none' : of(own, n).id;
};
const by = (who: string, input: object = {}): Maker => () => [who, input];
const about = (who: string, kind: string, field: string, more: object = {}): Maker => {
  return (n, view) => [who, { [field]: idOf(view, kind, n), ...more }];
};

/** How each command is given; `n` picks between variants. */
export const makers: Readonly<Record<string, Maker>> = {
  NoteSafetyConcern: by('int1'),
  AddParty: (n) => [
    'int1',
    { partyId: `K${n % 3}`, person: 'p', partyRole: 'child', band: of(['under15', 'adult'], n) },
  ],
  RecordIncident: by('cp1', { victim: 'A', violenceTypes: ['physical'] }),
  CompleteStatutoryRecord: (n, view) => [
    'cw1',
    { ...record, incidentId: idOf(view, 'incident', n) },
  ],
  AssessRisk: (n) => [of(['cw1', 'int1'], n), { band: of(riskLevels, n) }],
  ProposeRiskDowngrade: (n) => ['cw1', n % 2 === 0 ? {} : { to: of(riskLevels, n) }],
  ApproveRiskDowngrade: (n) => [of(['sup1', 'cw1', 'head1'], n), {}],
  RejectRiskDowngrade: by('sup1'),
  AgreeSafetyPlan: by('cw1'),
  RequestProtectionOrder: (n) => ['cw1', { ...asked, orderId: `O${n % 4}` }],
  RecordProtectionOrderIssued: (n, _view, now) => [
    'leg1',
    {
      orderId: `O${n % 4}`,
      protected: ['A'],
      against: 'B',
      conditions: ['noContact'],
      from: at(now),
      until: at(now + of([3, 30, 31], n) * DAY_MS),
    },
  ],
  RecordProtectionOrderRefused: about('leg1', 'order', 'orderId'),
  RecordOrderServed: about('cw1', 'order', 'orderId'),
  RecordOrderExtended: (n, view, now) => [
    'leg1',
    {
      orderId: idOf(view, 'order', n),
      authority: of(['court', 'court', 'publicProsecution'], n),
      newUntil: at(now + of([20, 60, 200], n) * DAY_MS),
    },
  ],
  RecordOrderRevoked: about('leg1', 'order', 'orderId', { basis: 'courtDecision' }),
  RecordBreach: about('cp1', 'order', 'orderId', { withViolence: false }),
  ReferBreach: about('inv1', 'breach', 'breachId'),
  RecordDetained: by('inv1', { partyId: 'B' }),
  NotifyRelease: by('inv1', { partyId: 'B' }),
  RecordVictimNotifiedOfRelease: about('cw1', 'release', 'releaseId', {
    partyId: 'A',
    channel: 'inPerson',
  }),
  ProposeReferral: by('inv1'),
  ApproveReferral: by('sup1'),
  ReferToProsecution: by('leg1'),
  OrderShelterPlacement: by('cw1', { partyId: 'A', ppOrderRef: 'PP' }),
  RecordShelterExited: about('cw1', 'placement', 'placementId', { reason: 'safeHome' }),
  ScreenChild: (n) => [
    'cw1',
    { partyId: `K${n % 3}`, result: of(['noConcern', 'concern'], n), seenAlone: true },
  ],
  CompleteFollowUp: (n) => ['cw1', { safetyAnswer: of(['safe', 'safe', 'concern'], n) }],
  RecordFollowUpMissed: by('cw1'),
  CompleteWelfareCheck: about('cp1', 'welfareCheck', 'checkId', { result: 'safe' }),
  StartProtectiveMeasure: (n) => [of(['cp1', 'aud1'], n), { kind: 'patrolWatch' }],
  OrderMedicalTransfer: (n) => [of(['cp1', 'aud1'], n), {}],
  CompleteMedicalTransfer: about('cw1', 'medicalTransfer', 'transferId'),
  EndProtectiveMeasure: about('sup1', 'measure', 'measureId', { outcome: 'replaced' }),
  DeclareConflictOfInterest: (n) => [of(['psy1', 'cw1'], n), { partyId: 'A' }],
  ReassignCase: by('sup1', {
    to: 'cw1',
    competencyChecked: true,
    conflictChecked: true,
    openCases: 1,
    reason: 'leave',
  }),
  ProposeClosure: by('cw1', { reasonCode: 'safe', feedbackOffered: true }),
  ReviewClosure: (n) => [of(['sup1', 'cw1'], n), {}],
  ReturnClosure: by('sup1', { reasonCode: 'incomplete' }),
  CloseCase: (n) => [of(['sup1', 'head1'], n), {}],
  ReopenCase: by('sup1', { reasonCode: 'review' }),
  TransferCase: by('head1', {
    toOffice: 'NOR',
    basis: 'safetyOfParty',
    successor: 'y',
    acceptanceRef: 'r',
  }),
};

/** Commands that need a case which few random steps lead to: they are given more often. */
export const rare: readonly string[] = [
  'ProposeRiskDowngrade',
  'ApproveRiskDowngrade',
  'RecordOrderExtended',
  'ProposeClosure',
  'ReviewClosure',
  'ReturnClosure',
  'RecordFollowUpMissed',
  'CompleteWelfareCheck',
  'CloseCase',
  'ReferToProsecution',
];

/** One of the moves, made for the case as it is. */
export function move(name: string, n: number, view: CaseView, nowMs: number): Move {
  const [who, input] = makers[name]?.(n, view, nowMs) ?? ['int1', {}];
  return { by: who, command: name, input };
}
