// Interviews of a violence case and their recordings: alone, in the room that is booked, and once.
import { describe, expect, test } from 'vitest';
import * as accord from './accord.ts';
import { may, play } from './alley.ts';
import { Indoors, hour, her, linkAs } from './indoors.ts';
import { again, hear, heard, interpret, mayRecord, record, seal } from './talk-refusals.ts';
import { as, assign, person, until, work } from './violence.ts';
import { codes, visit } from './building.ts';
import { codesOf, dueOf, partOf, stage } from './violence-stage.ts';

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

  test('of the accused › is held again without a reason', async () => {
    const once = [...until.active, hear({ partyId: 'B' }), heard];
    expect(await codesOf(...once, hear({ partyId: 'B', interviewId: 'T2' }))).toEqual([]);
  });

  test('that was broken off › takes a supervisor as well, as she has told some of it', async () => {
    const off = as('inv1', 'CancelInterview', { interviewId: 'T1', reason: 'notWell' });
    const steps = [...until.active, hear(), off];
    const anew = hear({ interviewId: 'T2' });
    expect(await codesOf(...steps, anew)).toEqual(['REINTERVIEW_REASON_REQUIRED']);
    expect(await codesOf(...steps, again(), anew)).toEqual([]);
    expect(await partOf('interview', ...steps)).toMatchObject({ states: ['brokenOff'] });
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
