// What is told, entered and signed off counts as what it is: releases, records, contacts, consents.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import { judge, reported, stage as accord, until as upTo } from './accord.ts';
import { may, play, type Step } from './alley.ts';
import { as, asked, assess, assign, issue, mergeInto, met, OTHER_FILE } from './violence.ts';
import { photo } from './violence-refusals.ts';
import { otherReport, person, record, until, work } from './violence.ts';

const stage = { caseType: domesticViolence };
const codesOf = async (...steps: readonly Step[]) => (await play(steps, stage)).codes;
const viewAfter = async (...steps: readonly Step[]) => (await play(steps, stage)).view;
const release = as('inv1', 'NotifyRelease', { releaseId: 'L1', partyId: 'B' }, may(10));
const plan = (at: string): Step => work('AgreeSafetyPlan', {}, at);

describe('a release', () => {
  const isChecked = async (...steps: readonly Step[]) =>
    (await viewAfter(...until.standard, release, ...steps)).parts.some(
      ({ kind }) => kind === 'welfareCheck',
    );

  test('of which the victim was not told in twice the time › sends somebody to her', async () => {
    expect(await isChecked(plan(may(10, '12:59')))).toBe(false);
    expect(await isChecked(plan(may(10, '13:00')))).toBe(true);
    const told = { releaseId: 'L1', partyId: 'A', channel: 'inPerson' };
    const tell = work('RecordVictimNotifiedOfRelease', told, may(10, '12:00'));
    expect(await isChecked(tell, plan(may(11)))).toBe(false);
  });

  test('of which one of two victims was told › is still due to be told to the other', async () => {
    const second = person('C', 'victim');
    const tell = (partyId: string): Step =>
      work('RecordVictimNotifiedOfRelease', { releaseId: 'L1', partyId, channel: 'inPerson' });
    const isDue = async (...steps: readonly Step[]) => {
      const { deadlines } = await viewAfter(...until.standard, second, release, ...steps);
      return deadlines.some(({ code }) => code === 'T-RELEASE');
    };
    expect(await isDue(tell('A'))).toBe(true);
    expect(await isDue(tell('A'), tell('C'))).toBe(false);
  });

  test('that the victim has not heard of › keeps the file where it is', async () => {
    const steps = [...until.standard, release, otherReport, mergeInto(OTHER_FILE)];
    expect(await codesOf(...steps)).toEqual(['MEASURE_ACTIVE']);
  });
});

describe('an answer', () => {
  const breach = work(
    'RecordBreach',
    { orderId: 'O1', breachId: 'B1', withViolence: false, at: may(20, '08:00') },
    may(20),
  );
  const told = { releaseId: 'L1', partyId: 'A', channel: 'inPerson' };
  const checked = { checkId: 'welfare-1', result: 'safe' };

  test.each([
    ['a release', [...until.standard, release], 'RecordVictimNotifiedOfRelease', told, may(10)],
    // It is the breach that the referral answers, and not the word of it.
    ['a breach', [...until.served, breach], 'ReferBreach', { breachId: 'B1' }, may(20, '08:00')],
    [
      'a release that she was not told of',
      [...until.standard, release, plan(may(10, '13:00'))],
      'CompleteWelfareCheck',
      checked,
      may(10, '13:00'),
    ],
  ])('to %s › is not older than what it answers', async (_name, steps, command, input, since) => {
    const answer = (at: string): Step => ({ ...work(command, input, may(20)), occurredAt: at });
    const before = new Date(Date.parse(since) - 60_000).toISOString();
    const late = { lateReason: 'entered now' };
    expect(await codesOf(...steps, { ...answer(before), ...late })).toEqual(['ANSWER_TOO_EARLY']);
    expect(await codesOf(...steps, { ...answer(since), ...late })).toEqual([]);
  });
});

describe('an assessment', () => {
  test('that was made before the report › does not answer it', async () => {
    const isDue = async (at: string) => {
      const early = { ...assess('standard', may(9, '10:00')), occurredAt: at };
      const { deadlines } = await viewAfter(...until.active, early);
      return deadlines.some(({ code }) => code === 'T-RESP-DV');
    };
    expect(await isDue(may(9, '08:59'))).toBe(true);
    expect(await isDue(may(9))).toBe(false);
  });

  const levelOf = async (input: object) =>
    (await viewAfter(...until.active, work('AssessRisk', input))).states.find((state) =>
      state.startsWith('risk.'),
    );

  test.each([{}, { instrument: 'ODARA', score: 13 }])('%j › finds nothing', async (input) => {
    const { codes, outcome } = await play([...until.active, work('AssessRisk', input)], stage);
    expect(codes).toEqual(['ASSESSMENT_WITHOUT_FINDING']);
    expect(outcome.kind).toBe('refused');
  });

  test('whose score finds less than the band that is stated › counts the band', async () => {
    const input = { instrument: 'DASH-RIC', score: 4, band: 'high' };
    expect(await levelOf(input)).toBe('risk.high');
    expect(await levelOf({ ...input, score: 15, band: 'standard' })).toBe('risk.high');
  });

  test('that saw it escalate › is not declared to be less than high', async () => {
    const input = { band: 'medium', escalationSeen: true };
    expect(await levelOf(input)).toBe('risk.high');
    const declared = work('AssessRisk', { ...input, finalLevel: 'medium' });
    expect(await codesOf(...until.active, declared)).toEqual(['RISK_DOWNGRADE_NOT_APPROVED']);
  });

  test('by judgement alone › is not the full one that a lower level rests on', async () => {
    const judgement = { level: 'standard', rationale: 'She seems calm.' };
    const steps = [...until.high, work('AssessRisk', { judgement }, may(11))];
    const lower = work('ProposeRiskDowngrade');
    expect(await codesOf(...steps, lower)).toEqual(['RISK_DOWNGRADE_NOT_APPROVED']);
    expect(await codesOf(...until.high, assess('standard', may(11)), lower)).toEqual([]);
  });

  test('is not made by a forensic interviewer, who may note a danger', async () => {
    const steps = [...until.active, assign('fio1', { capacity: 'support' })];
    const found = as('fio1', 'AssessRisk', { band: 'high' });
    expect(await codesOf(...steps, found)).toEqual(['NOT_PERMITTED']);
    expect(await codesOf(...steps, as('fio1', 'NoteSafetyConcern', {}))).toEqual([]);
  });
});

describe('a closure', () => {
  const propose = work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }, may(18));

  test('at high risk after a conference, without a plan › waits for the plan', async () => {
    const contact = work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(11));
    const [agreed, conferred] = met(may(10, '11:00')) as [Step, Step];
    const high = until.high;
    expect(await codesOf(...high, conferred, contact, propose)).toEqual(['HIGH_RISK_NOT_MET']);
    expect(await codesOf(...high, agreed, contact, propose)).toEqual(['HIGH_RISK_NOT_MET']);
    expect(await codesOf(...high, agreed, conferred, contact, propose)).toEqual([]);
    // An earlier conference that is entered late takes the later one not back.
    const [, late] = met(may(12)) as [Step, Step];
    const before = { ...late, occurredAt: may(9, '08:30'), lateReason: 'entered now' };
    expect(await codesOf(...high, agreed, conferred, contact, before, propose)).toEqual([]);
  });

  test('after a danger that was met › waits until she was asked since', async () => {
    const danger = as('int1', 'NoteSafetyConcern', { immediateDanger: true }, may(17));
    const measure = { measureId: 'M1', kind: 'escort', partyId: 'A' };
    const steps = [
      ...until.checked,
      danger,
      as('cp1', 'StartProtectiveMeasure', measure, may(17, '10:00')),
      as('sup1', 'EndProtectiveMeasure', { measureId: 'M1', outcome: 'noLongerNeeded' }),
      assess('standard'),
    ];
    expect(await codesOf(...steps, propose)).toEqual(['FINAL_CHECK_MISSING']);
  });
});

test('a complaint that nobody made a report of › is closed without a record', async () => {
  const complaint: Step = {
    ...(until.registered[0] as Step),
    command: 'RegisterComplaint',
    input: { complaintNo: 'C-1', subType: 'intimatePartner', accessNeeds: [] },
  };
  const steps = until.proposed
    .slice(1)
    .filter(({ command }) => command !== 'CompleteStatutoryRecord');
  expect(await codesOf(complaint, ...steps)).toEqual([]);
});

describe('a case at high risk', () => {
  const closing = [
    ...until.high,
    ...met(may(10, '11:00')),
    work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
    work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }),
    as('sup1', 'ReviewClosure', {}, may(11)),
    as('head1', 'CloseCase'),
    as('sup1', 'ReopenCase', { reasonCode: 'review' }, may(20)),
  ];

  test('that is taken up again › has its terms again', async () => {
    const { deadlines } = await viewAfter(...closing);
    const due = (code: string) =>
      deadlines.find((one) => one.code === code && one.status === 'pending')?.dueAt;
    expect(due('T-SAFEPLAN')).toBe('2027-05-21T06:00:00.000Z');
    expect(due('T-PO-DECIDE')).toBe('2027-05-21T06:00:00.000Z');
    expect(due('T-CONF')).toBe('2027-05-27T06:00:00.000Z');
  });

  test.each([
    ['act', true],
    ['doNotAct', false],
  ])('of which it is decided to %s › waits for the order: %s', async (decision, waits) => {
    const input = { deadline: 'T-PO-DECIDE', decision, reason: 'She was asked.' };
    const { deadlines } = await viewAfter(...until.high, work('RecordDeadlineDecision', input));
    expect(deadlines.some(({ code }) => code === 'T-PO-DECIDE')).toBe(waits);
  });

  const refused = work('RecordProtectionOrderRefused', { orderId: 'O1' }, may(11));
  const revoked = { orderId: 'O1', basis: 'courtDecision' };
  const again = as('leg1', 'RecordProtectionOrderIssued', { ...issue, orderId: 'O2' }, may(11));
  const other = { protected: ['A'], against: 'B', conditions: ['noContact'] };
  test.each([
    ['is refused', [refused], '2027-05-12T06:00:00.000Z'],
    [
      'is revoked',
      [
        as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00')),
        as('leg1', 'RecordOrderRevoked', revoked, may(11)),
      ],
      '2027-05-12T06:00:00.000Z',
    ],
    [
      'is refused while another one is in force',
      [{ ...again, input: { ...again.input, ...other } }, refused],
      undefined,
    ],
  ] as const)('whose order %s › has to be decided on anew: %s', async (_, steps, dueAt) => {
    const request = work('RequestProtectionOrder', asked);
    const { deadlines } = await viewAfter(...until.high, request, ...steps);
    const due = deadlines.filter(
      ({ code, status }) => code === 'T-PO-DECIDE' && status === 'pending',
    );
    expect(due.map((one) => one.dueAt)).toEqual(dueAt === undefined ? [] : [dueAt]);
  });

  test('at standard risk an order that is refused › leaves nothing to decide', async () => {
    const request = work('RequestProtectionOrder', asked);
    const { deadlines } = await viewAfter(...until.standard, request, refused);
    expect(deadlines.some(({ code }) => code === 'T-PO-DECIDE')).toBe(false);
  });
});

test('a last contact › entered after an incident but made before › closes nothing', async () => {
  const harm = { incidentId: 'I1', victim: 'A', violenceTypes: ['physical'] };
  const contact = work(
      'CompleteFollowUp',
      { safetyAnswer: 'safe', wellbeing: 7 },
      may(16, '10:00'),
    );
  const steps = [
    ...until.standard,
    as('cp1', 'RecordIncident', harm, may(16)),
    work('CompleteStatutoryRecord', { ...record, incidentId: 'I1' }),
    assess('standard'),
  ];
  const close = work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true });
  const before = { ...contact, occurredAt: may(15, '11:00') };
  expect(await codesOf(...steps, before, close)).toEqual(['FINAL_CHECK_MISSING']);
  expect(await codesOf(...steps, contact, close)).toEqual([]);
});

test('a child › who is the victim › does not take a complaint back', async () => {
  const steps = [
    ...until.active,
    person('K', 'victim', { band: 'under15' }),
    as('sup1', 'RecordOffence', { offenceCode: 'X1', article: '1' }),
  ];
  const waive = (byParty: string) =>
    as('inv1', 'RequestWaiver', { byParty, offenceCodes: ['X1'] });
  expect(await codesOf(...steps, waive('K'))).toEqual(['WAIVER_NOT_PERMITTED']);
  expect(await codesOf(...steps, waive('A'))).toEqual([]);
});

test('contacts that are made early › do not use up the cadence', async () => {
  const ask = (time: string) => work('CompleteFollowUp', { safetyAnswer: 'safe' }, time);
  const early = ['10:00', '11:00', '12:00', '13:00'].map((time) => ask(may(9, time)));
  const dueAfter = async (...steps: readonly Step[]) =>
    (await viewAfter(...until.high, ...steps)).deadlines.find(({ code }) => code === 'T-FU')?.dueAt;
  expect(await dueAfter(...early)).toBe('2027-05-12T06:00:00.000Z');
  expect(await dueAfter(...early, ask(may(11)))).toBe('2027-05-16T06:00:00.000Z');
});

describe('a waiver', () => {
  const ask = work('RequestWaiver', {
    waiverId: 'W1',
    byParty: 'V',
    offenceCodes: ['SAMPLE-INSULT'],
  });
  const look = (result: string): Step =>
    work('CompleteCoercionCheck', { waiverId: 'W1', conductedPrivately: true, result });
  const waive = work('RecordWaiver', { waiverId: 'W1' });
  const entered = work('CompleteStatutoryRecord', { ...record, investigationEnd: may(9) });

  test('behind which pressure was found › is not asked into freedom', async () => {
    const steps = [...reported(), ask, look('concern'), look('noConcern'), waive];
    expect((await play(steps, accord)).codes).toEqual(['COERCION_SUSPECTED']);
  });

  test('after the prosecution had the matter › needs it, even where it was sent back', async () => {
    const referred = [
      as('inv1', 'ProposeReferral'),
      as('sup1', 'ApproveReferral'),
      as('sup1', 'ReferToProsecution'),
      as('sup1', 'RecordProsecutionDecision', { decision: 'returnForCompletion' }),
    ];
    const steps = [...reported(), assign('inv1', { capacity: 'support' }), entered];
    const all = [...steps, ...referred, ask, look('noConcern')];
    expect((await play([...all, waive], accord)).codes).toEqual(['WAIVER_NOT_PERMITTED']);
    const agreed = work('RecordWaiver', { waiverId: 'W1', ppApprovalRef: 'PP-2' });
    expect((await play([...all, agreed], accord)).codes).toEqual([]);
  });

  test('of all that there is › leaves nothing to refer', async () => {
    const before = await play([...reported(), entered], accord);
    const isDue = ({ code }: { readonly code: string }) => code === 'T-REFER-PP';
    expect(before.view.deadlines.some(isDue)).toBe(true);
    const { view } = await play([...reported(), entered, ask, look('noConcern'), waive], accord);
    expect(view.deadlines.some(isDue)).toBe(false);
  });
});

describe('a settlement that is signed and not yet in force', () => {
  const withdraw = work('WithdrawReconciliationConsent', { partyId: 'A' });
  const after = async (...steps: readonly Step[]) => (await play(steps, accord)).view;
  const statesOf = (view: Awaited<ReturnType<typeof after>>, kind: string) =>
    view.parts.filter((part) => part.kind === kind).flatMap(({ states }) => states);

  test('is ended by whoever withdraws, and nobody owes anything', async () => {
    const view = await after(...upTo('settled'), withdraw);
    expect(view.states).toContain('reconciliation.declined');
    expect(statesOf(view, 'settlement')).toEqual(['lapsed']);
    expect(statesOf(view, 'obligation')).toEqual(['lapsed']);
    expect(view.deadlines.some(({ code }) => code.startsWith('T-MON'))).toBe(false);
  });

  test('is ended by an authority that does not ratify it, and nobody owes anything', async () => {
    const view = await after(
      ...upTo('settled'),
      as('sup1', 'RecordNotRatified', { settlementId: 'X1', authority: 'court', at: may(15) }),
    );
    expect(statesOf(view, 'obligation')).toEqual(['lapsed']);
  });

  test('goes on once it is in force', async () => {
    const view = await after(...upTo('monitored'), withdraw);
    expect(view.states).toContain('reconciliation.monitored');
    expect(statesOf(view, 'obligation')).toEqual(['open']);
    expect(view.deadlines.some(({ code }) => code === 'T-MON-180')).toBe(true);
  });
});

test.each(['constructor', 'toString', 'valueOf'])('%s › is no reference', async (recipient) => {
  const notice = { recipient, channel: 'sms', basis: 'appointment' };
  expect(await codesOf(...until.active, work('SendNotice', notice))).toEqual(['INPUT_INVALID']);
});

test('the statutory record › without the circumstances › is not complete', async () => {
  const { circumstances, ...rest } = record;
  const isComplete = async (input: object) => {
    const entered = as('inv1', 'CompleteStatutoryRecord', input);
    const { parts } = await viewAfter(...until.triaged, entered);
    return parts.some((part) => part.in('recordComplete'));
  };
  expect(await isComplete(rest)).toBe(false);
  expect(await isComplete({ ...rest, circumstances })).toBe(true);
});

describe('evidence', () => {
  const logged = [...until.active, as('inv1', 'LogEvidence', photo, may(10))];
  const hand = (from: string, to: string, more: object = {}) =>
    as('inv1', 'TransferEvidence', { evidenceId: 'E1', from, to, ...more });

  test('handed on › is held by one after the other', async () => {
    const { parts } = await viewAfter(...logged, hand('inv1', 'leg1'), hand('leg1', 'sup1'));
    const held = parts.find(({ kind }) => kind === 'evidence');
    expect(held?.context).toMatchObject({ holder: 'sup1' });
  });

  test.each([
    ['by who holds it no more', [hand('inv1', 'leg1'), hand('inv1', 'sup1')]],
    ['to oneself', [hand('inv1', 'inv1')]],
    ['before it came', [hand('inv1', 'leg1', { at: may(9) })]],
    ['in time to come', [hand('inv1', 'leg1', { at: may(20) })]],
  ] as const)('handed on %s › is refused', async (_, steps) => {
    expect(await codesOf(...logged, ...steps)).toEqual(['CUSTODY_BROKEN']);
  });

  test('of which nobody knows what it is › is no evidence', async () => {
    const wrong = as('inv1', 'LogEvidence', { ...photo, hash: 'unknown' });
    expect(await codesOf(...until.active, wrong)).toEqual(['INPUT_INVALID']);
  });
});

describe('sharing on a consent', () => {
  const agree = (partyId: string): Step =>
    work('RecordConsent', {
      consentId: 'C1',
      partyId,
      purpose: 'shareWith',
      recipients: ['guidanceCentre'],
      scopeFields: ['name'],
      capacityConfirmed: true,
      informed: true,
      obtainedPrivately: true,
    });
  const basis = { kind: 'consent', consentId: 'C1' };
  const share = (more: object = {}): Step => ({
    ...work('ShareInformation', {
      recipient: 'guidanceCentre',
      purpose: 'support',
      basis,
      fields: ['name'],
    }),
    ...more,
  });

  test('of whoever is accused › is for his programme alone', async () => {
    const refer = (service: string): Step =>
      work('MakeReferral', {
        agencyId: 'guidanceCentre',
        licensed: true,
        service,
        basis,
        fieldsShared: ['name'],
      });
    const steps = [...until.active, agree('B')];
    expect(await codesOf(...steps, share())).toEqual(['NO_DISCLOSURE_BASIS']);
    expect(await codesOf(...steps, refer('guidance'))).toEqual(['NO_DISCLOSURE_BASIS']);
    expect(await codesOf(...steps, refer('perpetratorProgramme'))).toEqual([]);
    expect(await codesOf(...until.active, agree('A'), share())).toEqual([]);
  });

  test('that was withdrawn › is not dated to before that', async () => {
    const withdraw = work('WithdrawConsent', { consentId: 'C1', partyId: 'A' }, may(10));
    const late = share({ at: may(10, '10:00'), occurredAt: may(9, '20:00') });
    const steps = [...until.active, agree('A'), withdraw, late];
    expect(await codesOf(...steps)).toEqual(['NO_DISCLOSURE_BASIS']);
  });
});

describe('duties', () => {
  test('an investigator who entered the record › conciliates no more', async () => {
    const enter = as('inv1', 'CompleteStatutoryRecord', record);
    const steps = [...reported(), enter, judge({ conciliator: 'inv1' })];
    expect((await play(steps, accord)).codes).toEqual(['SEPARATION_OF_DUTIES']);
  });

  test('the head of the office › may approve a reconciliation', async () => {
    const approve = as('head1', 'ApproveReconciliation', { ppApprovalRef: 'PP-1' });
    expect((await play([...upTo('judged'), approve], accord)).codes).toEqual([]);
  });
});
