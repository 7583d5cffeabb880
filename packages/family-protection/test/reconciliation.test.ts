// Reconciliation in a violence case: refused where it is not safe, and stopped when it no longer is.
import { policyReader, type CaseType, type Instant } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { domesticViolence, policySample } from '../src/index.ts';
import type { Context } from '../src/domestic-violence/context.ts';
import { highestWithin, permitsMeeting } from '../src/domestic-violence/risk.ts';
import {
  adjourn,
  agree,
  approve,
  incident,
  issueOrder,
  judge,
  meetAlone,
  ofAccord,
  offer,
  reassess,
  reported,
  schedule,
  stage,
  until,
} from './accord.ts';
import { eligibilityRefusals, screeningRefusals } from './accord-refusals.ts';
import { sessionRefusals, settlementRefusals } from './accord-refusals.ts';
import { may, play, type Step } from './alley.ts';
import { as, asked, assess, OTHER_FILE, otherReport, work } from './violence.ts';

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };

/** The case type without one of its rules. */
function without(name: string): CaseType {
  const requires = Object.entries(domesticViolence.requires).map(([event, guard]) => {
    const kept = (guard as unknown as Guard)[RULES].filter(({ rule }) => rule.name !== name);
    return [event, Object.assign(() => true, { [RULES]: kept })];
  });
  return { ...domesticViolence, requires: Object.fromEntries(requires) as CaseType['requires'] };
}

const refusals = [
  ...screeningRefusals,
  ...eligibilityRefusals,
  ...sessionRefusals,
  ...settlementRefusals,
];

describe('rules of reconciliation', () => {
  test.each(refusals)('rule $rule › when it is broken › refuses with $codes', async (refusal) => {
    const { codes } = await play(refusal.steps, stage);
    expect(codes.toSorted()).toEqual([...refusal.codes].toSorted());
  });

  test.each(refusals)('rule $rule › when it is taken out › lets it pass', async (refusal) => {
    const others = [...refusal.codes.slice(1), ...(refusal.behind ? [refusal.behind] : [])];
    const { codes } = await play(refusal.steps, { ...stage, caseType: without(refusal.rule) });
    expect(codes.toSorted()).toEqual(others.toSorted());
  });

  test('rules › all of them › are proved', () => {
    const proved = new Set(refusals.map(({ rule }) => rule));
    expect(Object.keys(ofAccord).toSorted()).toEqual([...proved].toSorted());
  });
});

const raise: Step = {
  by: 'cw1',
  command: 'AssessRisk',
  input: { judgement: { level: 'high', rationale: 'She is afraid.' } },
};
const tell: Step = { by: 'cw1', command: 'NoteSafetyConcern', input: { immediateDanger: false } };
const measure: Step = {
  by: 'cw1',
  command: 'StartProtectiveMeasure',
  input: { kind: 'separation' },
};
const terminate: Step = { by: 'con1', command: 'TerminateSession', input: { sessionId: 'S1' } };
const child: Step = {
  by: 'int1',
  command: 'AddParty',
  input: {
    partyId: 'K',
    person: 'p-k',
    partyRole: 'victim',
    relationToVictim: 'child',
    band: 'under15',
  },
};
const askFor = work('RequestProtectionOrder', { ...asked, protected: ['V'], against: 'A' });
const alarms: readonly (readonly [string, Step])[] = [
  ['orderIssued', issueOrder()],
  ['orderIssued', issueOrder(['noHarm'])],
  ['riskRaised', raise],
  ['newIncident', incident()],
  ['dangerTold', tell],
  ['emergencyMeasure', measure],
  ['emergencyMeasure', work('OrderShelterPlacement', { partyId: 'V', ppOrderRef: 'PP-1' })],
  ['orderAsked', askFor],
  ['childVictim', child],
  [
    'leftProcedure',
    {
      by: 'sup1',
      command: 'TransferCase',
      input: {
        toOffice: 'NOR-FCP',
        basis: 'safetyOfParty',
        acceptanceRef: 'NOR-1',
        successor: OTHER_FILE,
      },
    },
  ],
];

describe('what is known before a reconciliation', () => {
  test('an order that she has asked for › blocks it as an issued one does', async () => {
    const { codes } = await play([...reported(), askFor, judge()], stage);
    expect(codes).toEqual(['RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER']);
  });

  test('a danger that nobody has met › blocks it at any level', async () => {
    const told = as('int1', 'NoteSafetyConcern', { immediateDanger: true });
    const steps = [...reported(), told, assess('standard')];
    expect((await play([...steps, judge()], stage)).codes).toEqual([
      'RECONCILIATION_BLOCKED_BY_RISK',
    ]);
    const met = [...steps, measure, assess('standard'), judge()];
    expect((await play(met, stage)).codes).toEqual([]);
  });
});

describe('the highest level of the look-back', () => {
  const policy = policyReader(policySample);
  const day = (of: string) => `2027-0${of}T06:00:00.000Z`;
  const levelled = (loweredAt: string): Pick<Context, 'levels'> => ({
    levels: [
      { level: 'high', since: { occurredAt: day('1-01'), recordedAt: day('1-01') } },
      { level: 'medium', since: { occurredAt: day('1-02'), recordedAt: loweredAt } },
    ],
  });
  const at = day('6-01') as Instant;

  test('a level that was lowered before it › does not count', () => {
    expect(highestWithin(levelled(day('1-02')), at, policy)).toBe('medium');
  });

  test('a lowering that was entered late › makes it no shorter', () => {
    expect(highestWithin(levelled(day('5-31')), at, policy)).toBe('high');
  });
});

describe('what makes somebody unsafe', () => {
  test.each(alarms)('%s › before a session › calls it off at once', async (tripwire, step) => {
    const { outcome, events, view } = await play([...until('scheduled'), otherReport, step], stage);
    expect(events).toEqual(expect.arrayContaining(['ReconciliationSuspended', 'SessionCancelled']));
    expect(outcome).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'ReconciliationSuspended', data: { tripwire } }),
      ]),
    });
    expect(view.states).toContain('reconciliation.suspended');
  });

  test('a sign of coercion › told alone › stops it', async () => {
    const steps = [...until('consented'), meetAlone('V', true)];
    const { events, view } = await play(steps, stage);
    expect(events).toEqual(['PreMeetingHeld', 'ReconciliationSuspended']);
    expect(view.states).toContain('reconciliation.suspended');
  });

  test('a session › stopped for safety › ends the reconciliation', async () => {
    const { events } = await play([...until('inSession'), terminate], stage);
    expect(events).toEqual(['SessionTerminatedForSafety', 'ReconciliationSuspended']);
  });

  test('nothing › of what is not under way › is stopped', async () => {
    const { events } = await play([...reported(), issueOrder()], stage);
    expect(events).not.toContain('ReconciliationSuspended');
  });

  test('a new round › after a suspension › asks everybody anew', async () => {
    const resume: Step = { by: 'sup1', command: 'ResumeReconciliation', input: {} };
    const again = [reassess, judge({}, may(14)), approve(), offer()];
    const steps = [...until('scheduled'), tell, resume, ...again, schedule('S2', {}, may(14))];
    const { codes } = await play(steps, stage);
    expect(codes).toEqual(['CONSENT_MISSING']);
  });
});

describe('a party', () => {
  test('that takes a consent back › before a session › calls it off for all', async () => {
    const withdraw: Step = {
      by: 'cw1',
      command: 'WithdrawReconciliationConsent',
      input: { partyId: 'A' },
    };
    const { events, view } = await play([...until('scheduled'), withdraw], stage);
    expect(events).toEqual(['ReconciliationConsentWithdrawn', 'SessionCancelled']);
    expect(view.states).toContain('reconciliation.declined');
  });

  test('that stays away twice › from sessions of one round › has declined', async () => {
    const absent = { reason: 'noShow', absent: ['A'] };
    const steps = [
      ...until('scheduled'),
      adjourn('S1', absent, may(14, '10:30')),
      schedule('S2', { start: may(16, '10:00'), end: may(16, '11:00') }, may(14, '11:00')),
      adjourn('S2', absent, may(16, '10:30')),
    ];
    const { events, view } = await play(steps, stage);
    expect(events).toEqual(['SessionAdjourned', 'PartyDeclined']);
    expect(view.states).toContain('reconciliation.declined');
  });

  test('whose consent ran out › before anything is signed › can be asked again', async () => {
    const steps = [...until('ready'), { ...offer(['V']), at: may(20) }];
    const { view } = await play(steps, stage);
    expect(view.states).toContain('reconciliation.offered');
    const { codes } = await play([...until('ready'), offer(['V'])], stage);
    expect(codes).toEqual(['INVALID_TRANSITION']);
  });

  test('who is found not to be eligible › by a judgement › proves nothing', async () => {
    const guards = Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((one) => [`G${one}`, false]));
    const { view, codes } = await play([...reported({ score: 15 }), judge({ guards })], stage);
    expect(codes).toEqual([]);
    expect(view.states).toContain('reconciliation.notEligible');
  });
});

describe('a settlement', () => {
  const breach: Step = {
    by: 'cw1',
    command: 'RecordObligationBreach',
    input: { obligationId: 'X1-k1', obligor: 'A', cause: 'contrary' },
  };

  test('that is broken › and given up › excludes another reconciliation', async () => {
    const giveUp: Step = {
      by: 'sup1',
      command: 'FailReconciliation',
      input: { nextStep: 'legal' },
    };
    const broken = await play([...until('monitored'), breach], stage);
    expect(broken.events).toEqual(['ObligationBreached', 'SettlementBreached']);
    expect(broken.view.states).toContain('reconciliation.breachReview');
    const steps = [...until('monitored'), breach, giveUp, judge({}, may(17))];
    expect((await play(steps, stage)).codes).toEqual(['RECONCILIATION_BLOCKED_BY_RISK']);
  });

  test('that is broken › and upheld › is monitored on', async () => {
    const uphold: Step = {
      by: 'sup1',
      command: 'UpholdSettlement',
      input: { settlementId: 'X1' },
    };
    const { view } = await play([...until('monitored'), breach, uphold], stage);
    expect(view.states).toContain('reconciliation.monitored');
  });

  test('that was not reached › in fourteen days from the first session › expires', async () => {
    const late: Step = {
      by: 'cw1',
      command: 'NoteSafetyConcern',
      at: may(29),
      input: { immediateDanger: false },
    };
    const { view } = await play([...until('inSession'), adjourn('S1'), late], stage);
    expect(view.states).toContain('reconciliation.expired');
  });
});

describe('a guard', () => {
  test('of screening › after its term › does not hold any more', async () => {
    const { codes } = await play([...reported(), judge({}, may(23, '08:01'))], stage);
    expect(codes).toEqual(['VIOLENCE_SCREENING_REQUIRED']);
    expect((await play([...reported(), judge({}, may(23, '08:00'))], stage)).codes).toEqual([]);
  });

  test('of grave circumstances › long ago › is judged by when they were', async () => {
    const old = incident({
      contextFlags: ['strangulation'],
      occurredFrom: '2025-05-09T00:00:00+03:00',
    });
    const withOld = (step: Step): readonly Step[] => [...reported(), step, reassess, judge()];
    expect((await play(withOld(old), stage)).codes).toEqual([]);
    const lately = incident({ weapon: 'used', occurredFrom: '2025-05-12T00:00:00+03:00' });
    const long = reported({ incidentAt: '2025-01-01T00:00:00+03:00' });
    const { codes } = await play([...long, lately, reassess, judge()], stage);
    expect(codes).toEqual(['RECONCILIATION_BLOCKED_BY_RISK']);
    const unarmed = incident({ occurredFrom: '2025-05-12T00:00:00+03:00' });
    expect((await play([...long, unarmed, reassess, judge()], stage)).codes).toEqual([]);
  });

  test('of the risk › lowered a while ago › looks back', () => {
    const since = (at: string) => ({ occurredAt: at, recordedAt: at });
    const levels = [
      { level: 'high', since: since('2027-01-01T00:00:00.000Z') },
      { level: 'standard', since: since('2027-02-01T00:00:00.000Z') },
    ] as const;
    const low = (at: string): boolean =>
      permitsMeeting({ levels: levels as never }, at as Instant, policyReader(policySample));
    expect(low('2027-05-01T00:00:00.000Z')).toBe(false);
    expect(low('2027-05-03T00:00:00.000Z')).toBe(true);
  });
});

describe('a waiver', () => {
  const ask: Step = {
    by: 'cw1',
    command: 'RequestWaiver',
    input: { waiverId: 'W1', byParty: 'V', offenceCodes: ['SAMPLE-INSULT'] },
  };
  const look = (result: string): Step => ({
    by: 'cw1',
    command: 'CompleteCoercionCheck',
    input: { waiverId: 'W1', conductedPrivately: true, result },
  });
  const waive: Step = { by: 'cw1', command: 'RecordWaiver', input: { waiverId: 'W1' } };

  test('that is free and lawful › of every offence › ends the matter, not the care', async () => {
    const { view } = await play([...reported(), measure, ask, look('noConcern'), waive], stage);
    expect(view.states).toContain('legal.waived');
    expect(view.states).toContain('protection.measuresActive');
    expect(view.states).toContain('lifecycle.active');
    const more = [...reported(), ask, look('noConcern'), waive, incident()];
    expect((await play(more, stage)).view.states).toContain('legal.investigation');
  });

  test('behind which pressure is found › during a reconciliation › stops it', async () => {
    const { events } = await play([...until('offered'), ask, look('concern')], stage);
    expect(events).toEqual(['CoercionCheckCompleted', 'ReconciliationSuspended']);
  });
});

describe('an invariant', () => {
  const unstopped: CaseType = {
    ...domesticViolence,
    consequences: domesticViolence.consequences.slice(1),
  };

  test.each([
    ['SESSION_AGAINST_ORDER', issueOrder()],
    ['SESSION_AT_HIGH_RISK', raise],
  ] as const)('%s › when nothing stops the session › is seen to be broken', async (code, step) => {
    const steps = [...until('scheduled'), step];
    const { outcome } = await play(steps, { ...stage, caseType: unstopped });
    expect(outcome).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({
          type: 'ConsequenceFailed',
          data: expect.objectContaining({ invariant: code }),
        }),
      ]),
    });
  });
});

test('consent › of a party › is asked of each alone', async () => {
  const { view } = await play([...until('offered'), agree('V')], stage);
  expect(view.states).toContain('reconciliation.offered');
});
