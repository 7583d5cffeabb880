// What comes of interviews, recordings, interpreters, plans, undertakings, notices, growing abuse.
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import * as accord from './accord.ts';
import { june, may, play, type Step } from './alley.ts';
import { Indoors, hour, her, linkAs } from './indoors.ts';
import { linked } from './linked.ts';
import {
  again,
  agreed,
  breakPromise,
  completed,
  goal,
  hear,
  heard,
  interpret,
  mayRecord,
  needs,
  promise,
  record,
  revised,
  seal,
} from './talk-refusals.ts';
import { as, assess, assign, person, until, work } from './violence.ts';
import { codes, visit } from './building.ts';

const stage = { caseType: domesticViolence };
const codesOf = async (...steps: readonly Step[]) => (await play(steps, stage)).codes;
const viewAfter = async (...steps: readonly Step[]) => (await play(steps, stage)).view;
const dueOf = async (code: string, ...steps: readonly Step[]) =>
  (await viewAfter(...steps)).deadlines.find((one) => one.code === code)?.dueAt;
const partOf = async (kind: string, ...steps: readonly Step[]) =>
  (await viewAfter(...steps)).parts.findLast((one) => one.kind === kind);
const utc = (at: string): string => new Date(at).toISOString();

describe('an interview', () => {
  test('planned, held and over › has the statement, and who held it', async () => {
    const plan = as('inv1', 'ScheduleInterview', {
      interviewId: 'T1',
      partyId: 'A',
      start: may(11),
      end: may(11, '10:00'),
    });
    const part = await partOf('interview', ...until.active, plan, hear(), heard);
    expect(part?.in('completed')).toBe(true);
    expect(part?.context).toMatchObject({ partyId: 'A', interviewers: ['inv1'] });
  });

  test('that nobody planned › is held at once', async () => {
    const part = await partOf('interview', ...until.active, hear());
    expect(part?.in('inProgress')).toBe(true);
  });

  test.each([
    ['A', 'victim'],
    ['B', 'aggressor'],
    ['W', 'witness'],
    ['L', 'party'],
  ])('of %s › is one of a %s', async (partyId, kind) => {
    const people = [
      { ...work('AddParty', { partyId: 'W', person: 'p', partyRole: 'witness', band: 'adult' }) },
      work('AddParty', {
        partyId: 'L',
        person: 'p',
        partyRole: 'legalRepresentative',
        band: 'adult',
      }),
    ];
    const { outcome } = await play([...until.active, ...people, hear({ partyId })], stage);
    expect(outcome).toMatchObject({ events: [{ type: 'InterviewStarted', data: { kind } }] });
  });

  test('of the accused, of a witness, or broken off › is held again without a reason', async () => {
    const once = [...until.active, hear({ partyId: 'B' }), heard];
    expect(await codesOf(...once, hear({ partyId: 'B', interviewId: 'T2' }))).toEqual([]);
    const off = as('inv1', 'CancelInterview', { interviewId: 'T1', reason: 'notWell' });
    expect(await codesOf(...until.active, hear(), off, hear({ interviewId: 'T2' }))).toEqual([]);
  });

  test('of a victim once more › takes a supervisor, who does not hold it', async () => {
    const once = [...until.active, hear(), heard];
    expect(await codesOf(...once, again(), hear({ interviewId: 'T2' }))).toEqual([]);
    expect(await codesOf(...once, { ...again('inv1') })).toEqual(['NOT_PERMITTED']);
  });

  test('who speaks for somebody › is there', async () => {
    const lawyer = work('AddParty', {
      partyId: 'L',
      person: 'p',
      partyRole: 'legalRepresentative',
      band: 'adult',
    });
    const attendees = [
      { who: 'L', capacity: 'lawyer' },
      { who: 'tr1', capacity: 'interpreter' },
      { who: 'psy1', capacity: 'staff' },
    ];
    const steps = [...until.active, lawyer, interpret('tr1')];
    expect(await codesOf(...steps, hear({ attendees }))).toEqual([]);
  });

  test('whoever held one › does not conciliate', async () => {
    const steps = [...accord.reported(), hear({ partyId: 'V' })];
    const { view } = await play(steps, accord.stage);
    expect(view.context['investigators']).toEqual(['inv1']);
    const judged = accord.judge({ conciliator: 'inv1' });
    const { codes: found } = await play([...steps, judged], accord.stage);
    expect(found).toEqual(['SEPARATION_OF_DUTIES']);
  });

  test('without its room › is looked at by a supervisor within a day', async () => {
    const held = [...until.active, { ...hear(), at: may(11) }];
    expect(await dueOf('T-OVERRIDE', ...held)).toBe(utc(may(12)));
    const verdict = { interviewId: 'T1', verdict: 'justified' };
    const review = as('sup1', 'ReviewOffSiteInterview', verdict);
    expect(await dueOf('T-OVERRIDE', ...held, review)).toBeUndefined();
  });

  test('planned in a case that is closed › is off', async () => {
    const plan = work('ScheduleInterview', { partyId: 'A', start: may(20), end: may(21) });
    const closing = [...until.checked, plan, ...until.closed.slice(-2)];
    const part = await partOf('interview', ...closing);
    expect(part?.in('cancelled')).toBe(true);
  });
});

describe('an interview in the building', () => {
  const booked = { siteId: 'S1', date: '2027-05-18', bookingId: 'i' };
  const hearing = hear({ offSite: undefined, booking: booked });

  async function planned(visitor: object = her, more: object = {}) {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b']);
    const caseId = await indoors.case(until.standard, 'h1', linkAs('A', 'B'));
    indoors.at('08:00');
    const visits = [{ ...visitor, caseId, partyId: 'A' }];
    const asked = hour('10:00', '11:00', { bookingId: 'i', visits, ...more });
    expect(codes(await building.book(asked))).toBe('accepted');
    const by = { staff: 'inv1', role: 'INV', office: 'MUH-FCP' };
    const start = async () =>
      codes(await building.give('StartInterview', hearing.input, { caseId, by }));
    return { indoors, caseId, start };
  }

  test('once she has come and it has begun › is held, and says where', async () => {
    const { indoors, caseId, start } = await planned();
    indoors.at('10:00');
    expect(await start()).toEqual(['ROOM_NOT_INSULATED']);
    expect(await indoors.give('CheckIn', { bookingId: 'i', person: 'a', entranceId: 'E-V' })).toBe(
      'accepted',
    );
    expect(await start()).toEqual(['ROOM_NOT_INSULATED']);
    expect(await indoors.give('StartBooking', { bookingId: 'i' })).toBe('accepted');
    expect(await start()).toBe('accepted');
    expect(await indoors.recorded('InterviewStarted', caseId)).toMatchObject([
      { booking: { ...booked, caseId } },
    ]);
  });

  test('once she has left › is not held', async () => {
    const { indoors, start } = await planned();
    indoors.at('10:00');
    await indoors.give('CheckIn', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    await indoors.give('StartBooking', { bookingId: 'i' });
    await indoors.give('CheckOut', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    expect(await start()).toEqual(['ROOM_NOT_INSULATED']);
  });

  test('with a witness beside her › is not held', async () => {
    const indoors = await new Indoors().open();
    const { building } = indoors;
    await building.home('h1', ['a', 'b', 'c']);
    const links = [...linkAs('A', 'B'), { person: 'c', partyId: 'W' }];
    const caseId = await indoors.case([...until.standard, person('W', 'witness')], 'h1', links);
    indoors.at('08:00');
    const visits = [{ ...her, caseId, partyId: 'A' }, visit('c', 'E-P')];
    const asked = hour('10:00', '11:00', { bookingId: 'i', visits });
    expect(codes(await building.book(asked))).toBe('accepted');
    indoors.at('10:00');
    await indoors.give('CheckIn', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    await indoors.give('CheckIn', { bookingId: 'i', person: 'c', entranceId: 'E-P' });
    await indoors.give('StartBooking', { bookingId: 'i' });
    const by = { staff: 'inv1', role: 'INV', office: 'MUH-FCP' };
    const start = async () =>
      codes(await building.give('StartInterview', hearing.input, { caseId, by }));
    expect(await start()).toEqual(['ROOM_NOT_INSULATED']);
    await indoors.give('CheckOut', { bookingId: 'i', person: 'c', entranceId: 'E-P' });
    expect(await start()).toBe('accepted');
  });

  test('for something else › is not held', async () => {
    const consultation = { purpose: 'consultation' };
    const { indoors, start } = await planned(her, consultation);
    indoors.at('10:00');
    await indoors.give('CheckIn', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    await indoors.give('StartBooking', { bookingId: 'i' });
    expect(await start()).toEqual(['ROOM_NOT_INSULATED']);
  });
});

describe('a recording', () => {
  const recorded = [...until.active, mayRecord(), record()];

  test('of an interview › is due to be sealed, and is evidence from then on', async () => {
    expect(await dueOf('T-RECORDING', ...until.active, hear())).toBeUndefined();
    expect(await dueOf('T-RECORDING', ...recorded)).toBeDefined();
    expect(await dueOf('T-RECORDING', ...recorded, seal)).toBeUndefined();
    const hand = as('inv1', 'TransferEvidence', { evidenceId: 'E9', from: 'inv1', to: 'leg1' });
    const part = await partOf('evidence', ...recorded, seal, hand);
    expect(part?.context).toMatchObject({ holder: 'leg1', isRecording: true });
  });

  test('on an order of the prosecution › needs no consent', async () => {
    const recordedOn = { kind: 'legal', code: 'prosecutionOrder' };
    expect(await codesOf(...until.active, record({ recordedOn }))).toEqual([]);
  });

  test('that somebody sees › says who and why', async () => {
    const see = (by: string) =>
      as(by, 'AccessRecording', { evidenceId: 'E9', purpose: 'supervision' });
    const assigned = assign('sup1', { capacity: 'support' });
    const { outcome } = await play([...recorded, seal, assigned, see('sup1')], stage);
    expect(outcome).toMatchObject({
      events: [{ type: 'RecordingAccessed', data: { viewer: 'sup1', purpose: 'supervision' } }],
    });
    // Who is not assigned, an intake officer and an auditor see none.
    for (const by of ['inv1', 'sup1', 'int1']) {
      expect(await codesOf(...recorded, seal, see(by))).toEqual(['NOT_PERMITTED']);
    }
    expect(await codesOf(...recorded, seal, see('aud1'))).toContain('SEPARATION_OF_DUTIES');
  });

  test('that is none › is not seen', async () => {
    const photo = { incidentId: 'reported', kind: 'photo', hash: 'a1'.repeat(32) };
    const see = as('sup1', 'AccessRecording', { evidenceId: 'E9', purpose: 'supervision' });
    const logged = as('inv1', 'LogEvidence', { evidenceId: 'E9', ...photo });
    const assigned = assign('sup1', { capacity: 'support' });
    const seen = await codesOf(...until.active, logged, assigned, see);
    expect(seen).toEqual(['INVALID_TRANSITION']);
  });
});

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
