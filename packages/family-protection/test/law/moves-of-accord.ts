// Commands of reconciliation, settlement and waiver that somebody might give, sensible or not.
import { judge } from '../accord.ts';
import type { Maker } from './situation.ts';

/** Clauses of drafts; those with a word that the oracle knows are ones that nobody may sign. */
const CLAUSES = [
  ['respectfulConduct', 'Both speak to one another with respect.'],
  ['counselling', 'Both attend eight meetings.'],
  ['communication', 'They talk about the house on Sundays.'],
  ['communication', 'She shall not report again.'],
  ['householdDuties', 'She shall return to live together with him.'],
  ['custodyChange', 'He has custody.'],
  ['moneyHeldByPolice', 'The office keeps the sum.'],
] as const;

const judged = judge().input ?? {};

/** Until the session. */
export const ofMeeting: Readonly<Record<string, Maker>> = {
  CompleteViolenceScreening: (it) => {
    const partyId = it.draw.of([it.victim, it.aggressor, it.aggressor, it.victim, 'K1']);
    const isChild = partyId === 'K1' && !it.draw.once(3);
    const companion = it.draw.of([
      { guardian: it.victim },
      { guardian: it.aggressor },
      { specialist: 'spec1' },
    ]);
    return [
      isChild ? 'fio1' : it.draw.once(20) ? 'fio1' : 'cw1',
      {
        partyId,
        instrument: 'OFFICE',
        result: it.draw.of(['negative', 'negative', 'positive', 'unsure']),
        conductedAlone: !it.draw.once(8),
        ...(isChild ? { accompaniedBy: companion } : {}),
      },
    ];
  },
  RecordOffence: ({ draw }) => [
    'sup2',
    {
      offenceCode: draw.of(['SAMPLE-INSULT', 'SAMPLE-INSULT', 'SAMPLE-ASSAULT', 'OTHER']),
      article: '1',
    },
  ],
  AssessEligibility: (it) => [
    it.draw.of(['sup2', 'sup2', 'con1']),
    {
      ...judged,
      participants: it.both,
      capacityConfirmed: it.both,
      conciliator: it.draw.of(['con1', 'con1', 'con1', 'con2', 'inv1', 'fio1']),
      ...(it.draw.once(16) ? { competencyChecked: false } : {}),
      ...(it.draw.once(16) ? { noHouseholdFound: false } : {}),
    },
  ],
  ApproveReconciliation: ({ draw }) => [
    draw.of(['sup1', 'sup1', 'sup1', 'sup2']),
    draw.once(8) ? {} : { ppApprovalRef: 'PP-1' },
  ],
  OfferReconciliation: (it) => [
    'con1',
    { parties: it.draw.once(8) ? [it.victim] : it.both, offeredSeparately: true },
  ],
  RecordPartyConsent: (it) => {
    const open = it.parts('offer', 'open').map(({ context }) => context as { partyId: string });
    return [
      it.draw.of(['con1', 'con1', 'cw1']),
      {
        partyId: open[0] && !it.draw.once(8) ? open[0].partyId : it.draw.of(it.both),
        capacityConfirmed: true,
        informed: !it.draw.once(10),
        obtainedPrivately: !it.draw.once(10),
      },
    ];
  },
  RecordPartyDeclined: (it) => ['cw1', { partyId: it.draw.of(it.both) }],
  WithdrawReconciliationConsent: (it) => [
    it.draw.of(['cw1', 'int1', 'rcp1']),
    { partyId: it.draw.of(it.both) },
  ],
  HoldPreMeeting: (it) => {
    const waiting = it
      .parts('offer', 'accepted')
      .map(({ context }) => context as { partyId: string; preMetAt: unknown })
      .find(({ preMetAt }) => preMetAt === null);
    return [
      'con1',
      { partyId: waiting?.partyId ?? it.draw.of(it.both), coercionSigns: it.draw.once(10) },
    ];
  },
  ScheduleSession: (it) => {
    const start = it.draw.of([1, 1, 2, 30, 200]);
    return [
      'con1',
      {
        mode: it.draw.of(['remote', 'remote', 'remote', 'shuttle']),
        roomId: 'REC1',
        attendees: it.both,
        start: it.at(start),
        end: it.at(start + 1),
      },
    ];
  },
  HoldSession: (it) => [
    'con1',
    { sessionId: it.id('session', 'scheduled'), attendees: it.both },
  ],
  AdjournSession: (it) => [
    it.draw.of(['con1', 'sup1']),
    {
      sessionId: it.id('session', it.draw.of(['scheduled', 'held'])),
      ...it.draw.of([
        { reason: 'moreTime' },
        { reason: 'noShow', absent: [it.victim] },
        { reason: 'noShow', absent: [it.aggressor], abroad: true },
      ]),
    },
  ],
  CancelSession: (it) => [
    'con1',
    { sessionId: it.id('session', 'scheduled'), reason: 'request' },
  ],
  TerminateSession: (it) => [
    'con1',
    { sessionId: it.id('session', it.draw.of(['held', 'scheduled'])) },
  ],
  ResumeReconciliation: () => ['sup1', {}],
  FailReconciliation: () => ['sup1', { nextStep: 'legal' }],
};

const ratification = (it: Parameters<Maker>[0]) => ({
  settlementId: it.id('settlement', 'unratified'),
  authority: 'court',
  at: it.at(0),
});

/** From the draft on. */
export const ofSettlement: Readonly<Record<string, Maker>> = {
  ProposeSettlement: (it) => {
    const clauses = it.draw.once(3) ? CLAUSES : CLAUSES.slice(0, 3);
    const [kind, text] = it.draw.of(clauses);
    const due = it.draw.once(2) ? { due: it.at(24 * it.draw.of([2, 20])) } : {};
    return ['con1', { clauses: [{ clauseId: 'k1', kind, text, ...due }] }];
  },
  SignSettlement: (it) => [
    'con1',
    {
      settlementId: it.id('settlement', 'draft'),
      signatories: it.draw.once(8) ? [it.victim] : it.both,
    },
  ],
  RecordRatified: (it) => ['leg1', { ...ratification(it), citation: 'C' }],
  RecordNotRatified: (it) => ['leg1', ratification(it)],
  FulfilObligation: (it) => [
    'cw1',
    { obligationId: it.id('obligation', 'open'), obligor: it.draw.of(it.both) },
  ],
  RecordObligationBreach: (it) => [
    'cw1',
    {
      obligationId: it.id('obligation'),
      obligor: it.draw.of(it.both),
      cause: 'contrary',
    },
  ],
  CheckSettlement: (it) => [
    'cw1',
    { settlementId: it.id('settlement', 'inForce'), kept: !it.draw.once(6) },
  ],
  RecordSettlementBreached: (it) => ['cw1', { settlementId: it.id('settlement', 'inForce') }],
  UpholdSettlement: (it) => ['sup1', { settlementId: it.id('settlement', 'breached') }],
};

/** Taking a complaint back. */
export const ofWaiver: Readonly<Record<string, Maker>> = {
  RequestWaiver: (it) => [
    'cw1',
    {
      byParty: it.draw.of([it.victim, it.victim, it.aggressor]),
      offenceCodes: [it.draw.of(['SAMPLE-INSULT', 'SAMPLE-INSULT', 'SAMPLE-ASSAULT'])],
    },
  ],
  CompleteCoercionCheck: (it) => [
    it.draw.of(['cw1', 'psy1']),
    {
      waiverId: it.id('waiver', 'requested'),
      conductedPrivately: !it.draw.once(6),
      result: it.draw.of(['noConcern', 'noConcern', 'noConcern', 'concern']),
    },
  ],
  RecordWaiver: (it) => [
    'cw1',
    {
      waiverId: it.id('waiver', 'checked'),
      ...(it.draw.once(2) ? { ppApprovalRef: 'PP-2' } : {}),
    },
  ],
  RejectWaiver: (it) => [
    'cw1',
    { waiverId: it.id('waiver', 'checked'), reason: 'coercionSuspected' },
  ],
};
