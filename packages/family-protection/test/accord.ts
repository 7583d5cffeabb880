// A violence case at standard risk, and the steps that bring it towards a settlement.
import { conciliationRules } from '../src/conciliation/rules.ts';
import { domesticViolence, policySample } from '../src/index.ts';
import { eligibilityRules } from '../src/domestic-violence/rules/eligibility.ts';
import { reconciliationRules } from '../src/domestic-violence/rules/reconciliation.ts';
import { safetyRules } from '../src/domestic-violence/rules/safety.ts';
import { settlementRules } from '../src/domestic-violence/rules/settlement.ts';
import { stageRules } from '../src/domestic-violence/rules/stage.ts';
import { waiverRules } from '../src/domestic-violence/rules/waiver.ts';
import { screeningRulesFor } from '../src/screening/rules.ts';
import { may, type Stage, type Step } from './alley.ts';

/** What such a case is played with: only the sample names offences as conciliable. */
export const stage: Stage = { caseType: domesticViolence, policy: policySample };

/** Rules of screening, reconciliation, settlement and waiver. */
export const ofAccord = {
  ...screeningRulesFor([]),
  ...safetyRules,
  ...eligibilityRules,
  ...reconciliationRules,
  ...conciliationRules,
  ...settlementRules,
  ...waiverRules,
  partInOrder: stageRules.partInOrder,
};

/** How a case differs from the one that may be reconciled. */
export interface Case {
  readonly violenceTypes?: readonly string[];
  readonly contextFlags?: readonly string[];
  readonly incidentAt?: string;
  readonly score?: number;
  readonly screened?: readonly string[];
  readonly offence?: string;
}

/** A case that is reported, triaged, assigned, assessed and screened. */
export function reported(given: Case = {}): readonly Step[] {
  const { violenceTypes = ['psychological'], contextFlags = [], score = 4 } = given;
  const { screened = ['V', 'A'], offence = 'SAMPLE-INSULT' } = given;
  const party = (partyId: string, partyRole: string, relationToVictim: string): Step => ({
    by: 'int1',
    command: 'AddParty',
    input: { partyId, person: `p-${partyId}`, partyRole, relationToVictim, band: 'adult' },
  });
  const assign = (to: string, capacity: string): Step => ({
    by: 'sup1',
    command: 'AssignCase',
    input: { to, capacity, competencyChecked: true, conflictChecked: true, openCases: 1 },
  });
  return [
    {
      by: 'int1',
      command: 'RegisterReport',
      input: {
        reportNo: 'R-1',
        subType: 'intimatePartner',
        violenceTypes,
        contextFlags,
        incidentAt: given.incidentAt ?? may(9, '07:00'),
      },
    },
    party('V', 'victim', 'self'),
    party('A', 'allegedAggressor', 'spouse'),
    { by: 'int1', command: 'TriageCase', input: { level: 'priority' } },
    assign('cw1', 'caseworker'),
    assign('con1', 'conciliator'),
    assign('fio1', 'support'),
    { by: 'cw1', command: 'AssessRisk', input: { instrument: 'DASH-RIC', score } },
    ...screened.map((partyId) => ({
      by: 'cw1',
      command: 'CompleteViolenceScreening',
      input: { partyId, instrument: 'OFFICE', result: 'negative', conductedAlone: true },
    })),
    {
      by: 'sup2',
      command: 'RecordOffence',
      input: { offenceCode: offence, article: '1' },
    },
  ];
}

/** The risk is assessed anew, after something happened. */
export const reassess: Step = {
  by: 'cw1',
  command: 'AssessRisk',
  input: { instrument: 'DASH-RIC', score: 4 },
};

/** The guards are judged. */
export function judge(how: object = {}, at = may(10)): Step {
  const guards = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [`G${number}`, true]),
  );
  const input = {
    participants: ['V', 'A'],
    guards,
    capacityConfirmed: ['V', 'A'],
    interpretersArranged: true,
    conciliator: 'con1',
    competencyChecked: true,
    conflictChecked: true,
    noHouseholdFound: true,
    ...how,
  };
  return { by: 'sup2', command: 'AssessEligibility', at, input };
}

/** The supervisor approves. */
export function approve(input: object = { ppApprovalRef: 'PP-1' }): Step {
  return { by: 'sup1', command: 'ApproveReconciliation', input };
}

/** Both are asked, each alone. */
export function offer(parties: readonly string[] = ['V', 'A']): Step {
  const input = { parties, offeredSeparately: true };
  return { by: 'con1', command: 'OfferReconciliation', input };
}

/** One of them agrees. */
export function agree(partyId: string, how: object = {}, at = may(12, '11:00')): Step {
  const input = { partyId, capacityConfirmed: true, informed: true, obtainedPrivately: true };
  return { by: 'con1', command: 'RecordPartyConsent', at, input: { ...input, ...how } };
}

/** One of them is met alone. */
export function meetAlone(partyId: string, coercionSigns = false, at = may(13)): Step {
  return { by: 'con1', command: 'HoldPreMeeting', at, input: { partyId, coercionSigns } };
}

/** A session is scheduled, by default for the morning after, and of people who are far apart. */
export function schedule(sessionId: string, how: object = {}, at = may(13, '10:00')): Step {
  const input = {
    sessionId,
    mode: 'remote',
    roomId: 'REC1',
    attendees: ['V', 'A'],
    start: may(14, '10:00'),
    end: may(14, '11:00'),
    ...how,
  };
  return { by: 'con1', command: 'ScheduleSession', at, input };
}

/** It is held. */
export function hold(sessionId: string, at = may(14, '10:00')): Step {
  return {
    by: 'con1',
    command: 'HoldSession',
    at,
    input: { sessionId, attendees: ['V', 'A'] },
  };
}

/** It is adjourned. */
export function adjourn(
  sessionId: string,
  how: object = { reason: 'moreTime' },
  at?: string,
): Step {
  const when = at === undefined ? {} : { at };
  return { by: 'con1', command: 'AdjournSession', ...when, input: { sessionId, ...how } };
}

/** A settlement of one clause is drafted. */
export function draft(settlementId: string, clause: object = {}, more: object = {}): Step {
  const text = 'Both speak to one another with respect.';
  const clauses = [{ clauseId: 'k1', kind: 'respectfulConduct', text, ...clause }];
  return {
    by: 'con1',
    command: 'ProposeSettlement',
    input: { settlementId, clauses },
    ...more,
  };
}

/** It is signed. */
export function sign(settlementId: string, signatories = ['V', 'A'], at = may(15, '12:00')): Step {
  return { by: 'con1', command: 'SignSettlement', at, input: { settlementId, signatories } };
}

const stages = {
  judged: [judge()],
  approved: [approve()],
  offered: [offer()],
  consented: [agree('V'), agree('A')],
  ready: [meetAlone('V'), meetAlone('A')],
  scheduled: [schedule('S1')],
  inSession: [hold('S1')],
  drafted: [draft('X1')],
  settled: [sign('X1')],
  monitored: [
    {
      by: 'sup1',
      command: 'RecordRatified',
      at: may(16),
      input: { settlementId: 'X1', authority: 'court', citation: 'C', at: may(16, '08:00') },
    },
  ],
} as const satisfies Record<string, readonly Step[]>;

/** Everything up to a stage. */
export function until(last: keyof typeof stages, given: Case = {}): readonly Step[] {
  const names = Object.keys(stages) as (keyof typeof stages)[];
  return [
    ...reported(given),
    ...names.slice(0, names.indexOf(last) + 1).flatMap((name) => [...stages[name]]),
  ];
}

/** An order that keeps the two apart is issued. */
export function issueOrder(conditions: readonly string[] = ['noContact']): Step {
  return {
    by: 'sup2',
    command: 'RecordProtectionOrderIssued',
    input: {
      orderId: 'O1',
      protected: ['V'],
      against: 'A',
      conditions,
      from: may(9, '10:00'),
      until: may(30, '10:00'),
    },
  };
}

/** Something happened again. */
export function incident(how: object = {}): Step {
  const input = { victim: 'V', alleged: ['A'], violenceTypes: ['physical'], ...how };
  return { by: 'inv1', command: 'RecordIncident', input };
}
