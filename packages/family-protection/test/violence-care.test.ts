// What is asked and told in a violence case: releases, assessments, contacts, and what is shared.
import { describe, expect, test } from 'vitest';
import { may, play, type Step } from './alley.ts';
import { as, assess, assign, mergeInto, OTHER_FILE } from './violence.ts';
import { otherReport, person, until, work } from './violence.ts';
import { codesOf, stage, viewAfter } from './violence-stage.ts';

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

test('contacts that are made early › do not use up the cadence', async () => {
  const ask = (time: string) => work('CompleteFollowUp', { safetyAnswer: 'safe' }, time);
  const early = ['10:00', '11:00', '12:00', '13:00'].map((time) => ask(may(9, time)));
  const dueAfter = async (...steps: readonly Step[]) =>
    (await viewAfter(...until.high, ...steps)).deadlines.find(({ code }) => code === 'T-FU')?.dueAt;
  expect(await dueAfter(...early)).toBe('2027-05-12T06:00:00.000Z');
  expect(await dueAfter(...early, ask(may(11)))).toBe('2027-05-16T06:00:00.000Z');
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

test.each(['constructor', 'toString', 'valueOf'])('%s › is no reference', async (recipient) => {
  const notice = { recipient, channel: 'sms', basis: 'appointment' };
  expect(await codesOf(...until.active, work('SendNotice', notice))).toEqual(['INPUT_INVALID']);
});
