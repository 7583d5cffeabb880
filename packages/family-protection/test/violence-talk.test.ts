// What is said to people and agreed with them: interpreters, plans, undertakings, notices.
import { describe, expect, test } from 'vitest';
import * as accord from './accord.ts';
import { june, may, play, type Step } from './alley.ts';
import { linked } from './linked.ts';
import {
  agreed,
  breakPromise,
  completed,
  goal,
  hear,
  interpret,
  mayRecord,
  needs,
  promise,
  revised,
} from './talk-refusals.ts';
import { as, assess, person, until, work } from './violence.ts';
import { codesOf, dueOf, partOf, stage, viewAfter } from './violence-stage.ts';

const utc = (at: string): string => new Date(at).toISOString();

describe('an interpreter', () => {
  test('for her › lets her be heard and agree', async () => {
    expect(await codesOf(...until.active, needs, interpret('tr1'), hear())).toEqual([]);
    expect(await codesOf(...until.active, needs, interpret('tr1'), mayRecord())).toEqual([]);
  });

  test('of two who are on one side › is the same', async () => {
    const witness = work('AddParty', {
      partyId: 'W',
      person: 'p',
      partyRole: 'witness',
      band: 'adult',
    });
    const both = [interpret('tr1'), witness, interpret('tr1', 'W')];
    expect(await codesOf(...until.active, ...both)).toEqual([]);
  });

  test('for somebody who turns out to be accused › is found anew', async () => {
    const witness = person('W', 'witness');
    const both = [witness, interpret('tr1'), interpret('tr1', 'W')];
    const role = { partyId: 'W', to: 'allegedAggressor', why: 'he held her' };
    const change = as('int1', 'ChangePartyRole', role);
    const hearing = hear({ partyId: 'W' });
    expect(await codesOf(...until.active, ...both, hearing)).toEqual([]);
    const changed = [...until.active, ...both, change];
    expect(await codesOf(...changed, hearing)).toEqual(['LANGUAGE_SUPPORT_MISSING']);
    expect(await codesOf(...changed, interpret('tr1', 'W'))).toEqual(['CONFLICT_OF_INTEREST']);
    expect(await codesOf(...changed, interpret('tr2', 'W'), hearing)).toEqual([]);
  });

  test.each([
    ['is met alone', accord.until('consented'), accord.meetAlone('V')],
    ['sits in a session', accord.until('scheduled'), accord.hold('S1')],
    ['signs', accord.until('drafted'), accord.sign('X1')],
    [
      'takes the complaint back',
      accord.reported(),
      work('RequestWaiver', { byParty: 'V', offenceCodes: ['SAMPLE-INSULT'] }),
    ],
  ] as const)('whom she turns out to need › is there before she %s', async (_, steps, step) => {
    const need = as('int1', 'AnswerPartyNeeds', { partyId: 'V', interpreterNeeded: true });
    const codesAfter = async (...more: readonly Step[]) =>
      (await play([...steps, ...more, step], accord.stage)).codes;
    expect(await codesAfter(need)).toEqual(['LANGUAGE_SUPPORT_MISSING']);
    expect(await codesAfter(need, interpret('tr1', 'V'))).toEqual([]);
  });

  test('whom a participant needs and has not › leaves the case not eligible', async () => {
    const need = as('int1', 'AnswerPartyNeeds', { partyId: 'V', interpreterNeeded: true });
    const judged = async (...steps: readonly Step[]) =>
      (await play([...accord.reported(), ...steps, accord.judge()], accord.stage)).codes;
    expect(await judged(need)).toEqual(['MEDIATION_PARTY_UNSUITABLE']);
    expect(await judged(need, interpret('tr1', 'V'))).toEqual([]);
  });
});

describe('abuse that is said to grow', () => {
  const grows = as('cp1', 'FlagAbuseEscalation', { indicators: ['moreFrequent'] });

  test('has the risk assessed anew within a day', async () => {
    const view = await viewAfter(...until.standard, grows);
    expect(view.states).toContain('assessment.due');
    expect(view.deadlines.map(({ code }) => code)).toContain('T-REASSESS');
  });

  test('reopens what was closed, and returns a proposed closure', async () => {
    const { events } = await play([...until.closed, grows], stage);
    expect(events).toContain('CaseReopened');
    expect((await play([...until.proposed, grows], stage)).events).toContain('ClosureReturned');
  });

  test('stops what another case of the household plans', async () => {
    const { all, other, own } = await linked('ready');
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.ready');
    await all.play([grows], other);
    await all.react();
    expect((await all.view(own)).states).toContain('reconciliation.suspended');
  });
});

describe('a plan of support', () => {
  const agreedOn = [...until.active, agreed(goal('g1'), goal('g2', { due: may(20) }))];

  test('is looked at when its first open goal is due', async () => {
    expect(await dueOf('T-GOAL', ...agreedOn)).toBe(utc(may(20)));
    const first = goal('g2', { due: may(20), state: 'reached' });
    const after = [...agreedOn, revised(goal('g1', { state: 'open' }), first)];
    expect(await dueOf('T-GOAL', ...after)).toBe(utc(june(1)));
  });

  test('of which nothing is open › is no longer due, and support is over', async () => {
    const done = revised(goal('g1', { state: 'reached' }), goal('g2', { state: 'givenUp' }));
    expect(await dueOf('T-GOAL', ...agreedOn, done)).toBeUndefined();
    expect(await codesOf(...agreedOn, done, completed())).toEqual([]);
    expect(await codesOf(...agreedOn, completed('ownWish'))).toEqual([]);
  });
});

describe('an undertaking', () => {
  test.each([
    ['waiverOfReporting', 'He and she stay silent.', 'SETTLEMENT_CLAUSE_FORBIDDEN'],
    ['respectfulConduct', 'She shall not report again.', 'SETTLEMENT_CLAUSE_FORBIDDEN'],
    ['moneyHeldByPolice', 'The office keeps 100.', 'MONEY_HANDLING_FORBIDDEN'],
    ['debtDecided', 'He owes her 100.', 'OUT_OF_JURISDICTION'],
  ])('to %s, as "%s" › is refused', async (kind, text, code) => {
    expect(await codesOf(...until.active, promise({ kind, text }))).toContain(code);
  });

  test('that ends before it is signed › is refused', async () => {
    const past = { ...promise({ until: may(9) }), at: may(10) };
    expect(await codesOf(...until.active, past)).toEqual(['CLAUSE_ALREADY_DUE']);
  });

  test('is looked at when it ends', async () => {
    expect(await dueOf('T-UNDERTAKING', ...until.active, promise())).toBe(utc(june(10)));
    const later = assess('standard', june(11));
    const after = await partOf('undertaking', ...until.active, promise(), later);
    expect(after?.in('ended')).toBe(true);
  });

  test('that was broken › has the risk assessed anew, also when it is known later', async () => {
    const { view } = await play([...until.standard, promise(), breakPromise()], stage);
    expect(view.states).toContain('assessment.due');
    const late = { ...breakPromise({ at: may(20) }, june(11)), lateReason: 'she told it now' };
    expect(await codesOf(...until.standard, promise(), late)).toEqual([]);
  });

  test('that was broken › bars a reconciliation, in this case and in another', async () => {
    const his = { ...promise({ partyId: 'A' }), by: 'sup2' };
    const broken = [...accord.reported(), his, breakPromise(), accord.reassess];
    expect((await play([...broken, accord.judge()], accord.stage)).codes).toEqual([
      'RECONCILIATION_BLOCKED_BY_RISK',
    ]);
    const kept = [...accord.reported(), his, accord.judge()];
    expect((await play(kept, accord.stage)).codes).toEqual([]);
  });
});

describe('a notice', () => {
  const safe = work('SetSafeContact', {
    partyId: 'A',
    channels: [
      { kind: 'sms', from: '08:00', to: '20:00' },
      { kind: 'call', from: '08:00', to: '20:00' },
    ],
  });
  const send = (channel: string, noticeId: string, basis = 'courtDate'): Step =>
    work('SendNotice', { noticeId, recipient: 'A', template: 't', channel, basis });
  const failed = (cause: string): Step => work('RecordNoticeFailed', { noticeId: 'N1', cause });
  const sent = [...until.standard, safe, send('sms', 'N1')];

  test('that did not arrive › is due to be given another way', async () => {
    expect(await dueOf('T-NOTICE', ...sent)).toBeUndefined();
    const lost = [...sent, failed('undelivered')];
    expect(await dueOf('T-NOTICE', ...lost)).toBeDefined();
    expect(await dueOf('T-NOTICE', ...lost, send('call', 'N2'))).toBeDefined();
    expect(await dueOf('T-NOTICE', ...lost, send('call', 'N1'))).toBeUndefined();
    const another = await codesOf(...lost, send('call', 'N1', 'order'));
    expect(another).toEqual(['INVALID_TRANSITION']);
    expect(await codesOf(...sent, send('call', 'N1'))).toEqual(['INVALID_TRANSITION']);
    // What was sent before it failed is no other way.
    const before = { occurredAt: may(11, '08:00'), lateReason: 'entered now' };
    const late = { ...failed('undelivered'), at: may(12) };
    const early = [...sent, late, { ...send('call', 'N1'), ...before }];
    expect(await codesOf(...early)).toEqual(['INVALID_TRANSITION']);
    // What arrives no more the second time is due again.
    const twice = [...lost, send('call', 'N1'), failed('undelivered')];
    expect(await dueOf('T-NOTICE', ...twice)).toBeDefined();
  });

  test('of a release that did not arrive › is not due once she was told', async () => {
    const lost = [
      ...until.standard,
      safe,
      as('inv1', 'NotifyRelease', { releaseId: 'L1', partyId: 'B' }),
      send('sms', 'N1', 'release'),
      failed('undelivered'),
    ];
    const tell = work('RecordVictimNotifiedOfRelease', {
      releaseId: 'L1',
      partyId: 'A',
      channel: 'inPerson',
    });
    expect(await dueOf('T-NOTICE', ...lost)).toBeDefined();
    expect(await dueOf('T-NOTICE', ...lost, tell)).toBeUndefined();
  });

  test('that somebody else saw › makes the way unsafe and the risk to be assessed', async () => {
    const seen = [...sent, failed('wrongPerson')];
    expect(await codesOf(...seen, send('sms', 'N2'))).toEqual(['UNSAFE_CONTACT_CHANNEL']);
    expect(await codesOf(...seen, send('call', 'N2'))).toEqual([]);
    expect((await viewAfter(...seen)).states).toContain('assessment.due');
    const lost = [...sent, failed('undelivered')];
    expect(await codesOf(...lost, send('sms', 'N2'))).toEqual([]);
    expect((await viewAfter(...lost)).states).toContain('assessment.current');
  });

  test('that somebody else saw after the case was closed › reopens it', async () => {
    const told = [safe, send('sms', 'N1')];
    const steps = [...until.closed.slice(0, -3), ...told, ...until.closed.slice(-3)];
    expect((await play([...steps, failed('wrongPerson')], stage)).events).toContain('CaseReopened');
    const lost = await play([...steps, failed('undelivered')], stage);
    expect(lost.events).toEqual(['NoticeFailed']);
  });
});
