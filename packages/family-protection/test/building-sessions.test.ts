// Who may sit together in a session: whoever stands against each other needs all that BR-16 asks for.
import { describe, expect, test } from 'vitest';
import * as accord from './accord.ts';
import { may, type Step } from './alley.ts';
import { codes, visit } from './building.ts';
import { Indoors, linkAs } from './indoors.ts';
import { as, asked, assess, person as party, until, work } from './violence.ts';

const date = '2027-05-14';
const dayId = `siteday-S1-${date}`;
const wall = (time: string): string => `${date}T${time}:00+03:00`;
const hers = (more: object = {}) =>
  visit('a', 'E-V', { arrives: wall('10:00'), leaves: wall('11:00'), ...more });
const his = (more: object = {}) =>
  visit('b', 'E-R', { arrives: wall('10:30'), leaves: wall('11:30'), ...more });
const about = { siteId: 'S1', date, bookingId: 's' };
const session = (visits: readonly object[]) => ({
  ...about,
  from: wall('10:00'),
  to: wall('11:30'),
  purpose: 'session',
  roomId: 'REC1',
  visits,
});

const released = as('inv1', 'NotifyRelease', { partyId: 'A' });
const danger = as('int1', 'NoteSafetyConcern', { immediateDanger: true });

/** Two of a case, whom no pair keeps apart. */
async function undeclared(
  steps: readonly Step[],
  links = linkAs('V', 'A'),
  people = ['a', 'b'],
) {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', people);
  const caseId = await indoors.case(steps, 'h1', links);
  building.at('12:00', '2027-05-13');
  const book = async (...visits: readonly object[]) =>
    codes(await building.book(session(visits)));
  const give = async (name: string, more: object = {}) =>
    codes(await building.give(name, { ...about, ...more }, { caseId: dayId }));
  return { indoors, building, caseId, book, give };
}

describe('a session of a victim and the one she accuses, whom no declared pair keeps apart', () => {
  test.each(['standard', 'high'])('no reconciliation, risk %s › is refused', async (risk) => {
    const { book } = await undeclared([...until.active, assess(risk)], linkAs('A', 'B'));
    expect(await book(hers(), his())).toEqual(['SEPARATION_CONFLICT']);
  });

  test('both consented to it in their case › is lawful', async () => {
    const { book } = await undeclared(accord.until('ready'));
    expect(await book(hers(), his())).toBe('accepted');
  });

  test.each([
    ['one has not answered', [...accord.until('offered'), accord.agree('V')]],
    ['the risk is high', [...accord.until('ready'), assess('high')]],
    ['an order keeps them apart', [...accord.until('ready'), accord.issueOrder()]],
    ['an incident stopped it', [...accord.until('ready'), accord.incident()]],
    ['he is released, not assessed since', [...accord.until('ready'), released]],
    ['a danger was told and not met', [...accord.until('ready'), danger]],
  ] as const)('%s › is refused', async (_, steps) => {
    const { book } = await undeclared(steps);
    expect(await book(hers(), his())).toEqual(['SEPARATION_CONFLICT']);
  });

  test.each([
    ['by one entrance', his({ entranceId: 'E-V' }), 'SEPARATION_CONFLICT'],
    ['at one time', his({ arrives: wall('10:10') }), 'SEPARATION_CONFLICT'],
    ['the accused first', his({ arrives: wall('09:30') }), 'ARRIVALS_NOT_STAGGERED'],
  ])('%s › is refused', async (_, visitor, code) => {
    const { book } = await undeclared(accord.until('ready'));
    expect(await book(hers(), visitor)).toContain(code);
  });

  test('he is released after both have come › is not started, nor held by the case', async () => {
    const { building, caseId, book, give } = await undeclared(accord.until('ready'));
    const held = { sessionId: 'S1', attendees: ['V', 'A'] };
    await building.play([accord.schedule('S1')], caseId);
    expect(await book(hers(), his())).toBe('accepted');
    building.at('10:00', date);
    expect(await give('CheckIn', { person: 'a', entranceId: 'E-V' })).toBe('accepted');
    building.at('10:30', date);
    expect(await give('CheckIn', { person: 'b', entranceId: 'E-R' })).toBe('accepted');
    await building.play([released], caseId);
    expect(await give('StartBooking')).toContain('SEPARATION_CONFLICT');
    const by = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
    const atCase = codes(await building.give('HoldSession', held, { caseId, by }));
    expect(atCase).toContain('RECONCILIATION_BLOCKED_BY_RISK');
  });

  test('a second case that nobody has assessed › is refused', async () => {
    const { indoors, book } = await undeclared(accord.until('ready'));
    const again = until.registered.map(({ by, command, input = {} }): Step => ({
      by,
      command,
      input,
    }));
    await indoors.case(again, 'h1');
    expect(await book(hers(), his())).toEqual(['SEPARATION_CONFLICT']);
  });

  test('a second case in which she asks for an order › is refused', async () => {
    const { indoors, building, book } = await undeclared(accord.until('ready'));
    const asksFor = work('RequestProtectionOrder', { ...asked, protected: ['V'], against: 'A' });
    const second = await indoors.case(accord.reported(), 'h1', linkAs('V', 'A'));
    // No reaction has told the first case of it yet.
    await building.play([asksFor], second);
    expect(await book(hers(), his())).toEqual(['SEPARATION_CONFLICT']);
  });

  test('it stops after the booking › he is not let in, she is, and it does not start', async () => {
    const { building, caseId, book, give } = await undeclared(accord.until('ready'));
    expect(await book(hers(), his())).toBe('accepted');
    await building.play([assess('high')], caseId);
    building.at('10:00', date);
    expect(await give('CheckIn', { person: 'a', entranceId: 'E-V' })).toBe('accepted');
    building.at('10:30', date);
    const enters = { person: 'b', entranceId: 'E-R' };
    expect(await give('CheckIn', enters)).toEqual(['SEPARATION_CONFLICT']);
    expect(await give('StartBooking')).toEqual(['SEPARATION_CONFLICT']);
  });
});

describe('a session for a case whose reconciliation is not under way', () => {
  const withdrawn = work('WithdrawReconciliationConsent', { partyId: 'A' }, may(13, '11:00'));

  test('of one of them alone › is refused when it is booked', async () => {
    const { caseId, book } = await undeclared([...accord.until('ready'), withdrawn]);
    const named = hers({ caseId, partyId: 'V' });
    expect(await book(named)).toEqual(['SEPARATION_CONFLICT']);
  });

  test('that stops after the booking › is off once it is looked at anew', async () => {
    const { indoors, building, caseId, book } = await undeclared(accord.until('ready'));
    expect(await book(hers({ caseId, partyId: 'V' }))).toBe('accepted');
    await building.settle();
    await building.play([accord.incident()], caseId);
    await building.settle();
    const off = await indoors.recorded('BookingCancelled', dayId);
    expect(off).toMatchObject([{ bookingId: 's', cause: 'separation' }]);
  });

  test('that stops after the booking › is not started', async () => {
    const { building, caseId, book, give } = await undeclared(accord.until('ready'));
    const named = hers({ caseId, partyId: 'V' });
    expect(await book(named)).toBe('accepted');
    await building.play([accord.incident()], caseId);
    building.at('10:00', date);
    expect(await give('CheckIn', { person: 'a', entranceId: 'E-V' })).toBe('accepted');
    expect(await give('StartBooking')).toEqual(['SEPARATION_CONFLICT']);
  });
});

const witness = party('W', 'witness');

describe('a session of a case in which they meet', () => {
  const bothFor = (caseId: string) => [
    hers({ caseId, partyId: 'V' }),
    his({ caseId, partyId: 'A' }),
  ];
  const joint = accord.schedule('S1', { mode: 'joint', start: wall('10:00'), end: wall('11:30') });

  /** The session is scheduled, and its way and room are booked. */
  async function planned(visits = bothFor) {
    const made = await undeclared([...accord.until('ready'), joint]);
    expect(await made.book(...visits(made.caseId))).toBe('accepted');
    const arrives = async (person: string, entranceId: string, time: string) => {
      made.building.at(time, date);
      expect(await made.give('CheckIn', { person, entranceId })).toBe('accepted');
    };
    const hold = async (booking: object | null = about, more: object = {}) => {
      const named = { sessionId: 'S1', attendees: ['V', 'A'], ...more };
      const input = { ...named, ...(booking ? { bookings: [booking].flat() } : {}) };
      const by = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
      return codes(await made.building.give('HoldSession', input, { caseId: made.caseId, by }));
    };
    return { ...made, arrives, hold };
  }
  const NOT_BOOKED = ['SESSION_NOT_BOOKED'];

  test('once both have come and the booking has begun › is held, and says where', async () => {
    const { indoors, caseId, arrives, give, hold } = await planned();
    await arrives('a', 'E-V', '10:00');
    await arrives('b', 'E-R', '10:30');
    expect(await hold()).toEqual(NOT_BOOKED);
    expect(await give('StartBooking')).toBe('accepted');
    expect(await hold(null)).toEqual(NOT_BOOKED);
    expect(await hold({ ...about, bookingId: 'x' })).toEqual(NOT_BOOKED);
    expect(await hold()).toBe('accepted');
    const held = await indoors.recorded('SessionHeld', caseId);
    expect(held).toMatchObject([{ bookings: [{ ...about, caseId }] }]);
  });

  test('while one of them has not come, or has left › is not held', async () => {
    const { arrives, give, hold } = await planned();
    await arrives('a', 'E-V', '10:00');
    expect(await give('StartBooking')).toBe('accepted');
    expect(await hold()).toEqual(NOT_BOOKED);
    await arrives('b', 'E-R', '10:30');
    expect(await give('CheckOut', { person: 'a', entranceId: 'E-V' })).toBe('accepted');
    expect(await hold()).toEqual(NOT_BOOKED);
  });

  test('whose booking is off › is not held', async () => {
    const { building, give, hold } = await planned();
    expect(await give('CancelBooking')).toBe('accepted');
    building.at('10:30', date);
    expect(await hold()).toEqual(NOT_BOOKED);
  });

  test('for which nobody, or somebody for another case, has come › is not held', async () => {
    const unsaid = () => [hers(), his()];
    const other = (caseId: string) => [
      hers({ caseId, partyId: 'V' }),
      his({ caseId: '01JD8ZQ4XK7T9N2M5P8R3V6W1Y', partyId: 'A' }),
    ];
    for (const visits of [unsaid, other]) {
      const { arrives, give, hold } = await planned(visits);
      await arrives('a', 'E-V', '10:00');
      await arrives('b', 'E-R', '10:30');
      expect(await give('StartBooking')).toBe('accepted');
      expect(await hold()).toEqual(NOT_BOOKED);
    }
  });

  test('for which the desk has not said as whom they come › is held by their links', async () => {
    const { arrives, give, hold } = await planned((caseId) => [hers(), his({ caseId })]);
    await arrives('a', 'E-V', '10:00');
    await arrives('b', 'E-R', '10:30');
    expect(await give('StartBooking')).toBe('accepted');
    expect(await hold()).toBe('accepted');
  });

  test('for which somebody else has come in the name of one of them › is not held', async () => {
    const stranger = (caseId: string) => ({ ...hers({ caseId, partyId: 'V' }), person: 'z' });
    const { arrives, give, hold } = await planned((caseId) => [
      stranger(caseId),
      his({ caseId, partyId: 'A' }),
    ]);
    await arrives('z', 'E-V', '10:00');
    await arrives('b', 'E-R', '10:30');
    expect(await give('StartBooking')).toBe('accepted');
    expect(await hold()).toEqual(NOT_BOOKED);
  });

  test.each([
    ['as a party of the case', { partyId: 'W' }],
    ['of whom only the household knows it', { caseId: null }],
  ])('at which a party who takes no part is there, %s › is not held', async (_, more) => {
    const made = await undeclared(
      [...accord.until('ready'), joint, witness],
      [...linkAs('V', 'A'), { person: 'c', partyId: 'W' }],
      ['a', 'b', 'c'],
    );
    const third = (caseId: string) =>
      visit('c', 'E-P', { arrives: wall('10:15'), leaves: wall('11:15'), caseId, ...more });
    expect(await made.book(...bothFor(made.caseId), third(made.caseId))).toBe('accepted');
    const come = async (person: string, entranceId: string, time: string) => {
      made.building.at(time, date);
      expect(await made.give('CheckIn', { person, entranceId })).toBe('accepted');
    };
    await come('a', 'E-V', '10:00');
    await come('c', 'E-P', '10:15');
    await come('b', 'E-R', '10:30');
    expect(await made.give('StartBooking')).toBe('accepted');
    const by = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
    const input = { sessionId: 'S1', attendees: ['V', 'A'], bookings: [about] };
    const give = async () =>
      codes(await made.building.give('HoldSession', input, { caseId: made.caseId, by }));
    expect(await give()).toEqual(NOT_BOOKED);
    expect(await made.give('CheckOut', { person: 'c', entranceId: 'E-P' })).toBe('accepted');
    expect(await give()).toBe('accepted');
  });

  test('booked for something else › is not held', async () => {
    const { building, caseId, arrives, hold } = await planned();
    const [she] = bothFor(caseId);
    const alone = { ...session([she as object]), bookingId: 'p', purpose: 'preMeeting' };
    const other = { ...alone, roomId: 'INT1', purpose: 'interview' };
    building.at('08:00', date);
    expect(codes(await building.book(other))).toBe('accepted');
    await arrives('a', 'E-V', '10:00');
    await arrives('b', 'E-R', '10:30');
    const both = { attendees: ['V', 'V'] };
    const begun = { ...about, bookingId: 'p' };
    const at = { caseId: dayId };
    const enters = { ...begun, person: 'a', entranceId: 'E-V' };
    const leaves = { ...enters, bookingId: 's' };
    expect(codes(await building.give('CheckOut', leaves, at))).toBe('accepted');
    expect(codes(await building.give('CheckIn', enters, at))).toBe('accepted');
    expect(codes(await building.give('StartBooking', begun, at))).toBe('accepted');
    expect(await hold(begun, both)).toContain('SESSION_NOT_BOOKED');
  });

  test('that is called off while the reconciliation goes on › leaves no booking', async () => {
    const { indoors, building, caseId, give, arrives } = await planned();
    await building.settle();
    const input = { sessionId: 'S1', reason: 'request' };
    await building.play([{ by: 'con1', command: 'CancelSession', input }], caseId);
    // Before anything has followed, it lets nobody in but her, and does not begin.
    await arrives('a', 'E-V', '10:00');
    building.at('10:30', date);
    const enters = { person: 'b', entranceId: 'E-R' };
    expect(await give('CheckIn', enters)).toEqual(['SEPARATION_CONFLICT']);
    expect(await give('StartBooking')).toEqual(['SEPARATION_CONFLICT']);
    await building.settle();
    const cancelled = await indoors.recorded('BookingCancelled', dayId);
    expect(cancelled).toMatchObject([{ bookingId: 's', cause: 'separation' }]);
  });

  test('that is put off to another time › leaves no booking, but for that time', async () => {
    const { indoors, building, caseId } = await planned();
    await building.settle();
    const later = { start: wall('14:00'), end: wall('15:30') };
    const moved = [
      { by: 'con1', command: 'AdjournSession', input: { sessionId: 'S1', reason: 'moreTime' } },
      { ...accord.schedule('S2', { mode: 'joint', ...later }), at: may(13, '13:00') },
    ];
    await building.play(moved, caseId);
    const again = [
      hers({ caseId, partyId: 'V', arrives: wall('14:00'), leaves: wall('15:00') }),
      his({ caseId, partyId: 'A', arrives: wall('14:30'), leaves: wall('15:30') }),
    ];
    const second = { ...session(again), bookingId: 't', from: wall('14:00'), to: wall('15:30') };
    expect(codes(await building.book(second))).toBe('accepted');
    await building.settle();
    const cancelled = await indoors.recorded('BookingCancelled', dayId);
    expect(cancelled).toMatchObject([{ bookingId: 's' }]);
    expect(cancelled).toHaveLength(1);
  });

  describe('in which they are spoken to in turn', () => {
    const turns = accord.schedule('S1', {
      mode: 'shuttle',
      start: wall('10:00'),
      end: wall('11:30'),
    });
    const room = (bookingId: string, roomId: string, who: object, from: string, to: string) => {
      const times = { arrives: wall(from), leaves: wall(to) };
      const visits = [{ ...who, ...times }];
      const at = { from: wall(from), to: wall(to) };
      return { ...about, bookingId, ...at, purpose: 'session', roomId, visits };
    };

    async function inTurn() {
      const made = await undeclared([...accord.until('ready'), turns]);
      const [she, he] = bothFor(made.caseId) as [object, object];
      const rooms = [
        room('x', 'INT1', she, '10:00', '11:00'),
        room('y', 'INT2', he, '10:30', '11:30'),
      ];
      for (const one of rooms) expect(codes(await made.building.book(one))).toBe('accepted');
      const come = async (bookingId: string, person: string, entranceId: string, time: string) => {
        made.building.at(time, date);
        const input = { bookingId, person, entranceId };
        expect(await made.give('CheckIn', input)).toBe('accepted');
        expect(await made.give('StartBooking', { bookingId })).toBe('accepted');
      };
      const hold = async (...ids: readonly string[]) => {
        const bookings = ids.map((bookingId) => ({ ...about, bookingId }));
        const input = {
          sessionId: 'S1',
          attendees: ['V', 'A'],
          ...(ids.length > 0 ? { bookings } : {}),
        };
        const by = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
        return codes(await made.building.give('HoldSession', input, { caseId: made.caseId, by }));
      };
      return { ...made, come, hold };
    }

    test('once each has come to a room of their own › is held', async () => {
      const { come, hold } = await inTurn();
      await come('x', 'a', 'E-V', '10:00');
      expect(await hold('x', 'y')).toEqual(NOT_BOOKED);
      await come('y', 'b', 'E-R', '10:30');
      expect(await hold()).toEqual(NOT_BOOKED);
      expect(await hold('x')).toEqual(NOT_BOOKED);
      expect(await hold('x', 'y')).toBe('accepted');
    });

    test('that is called off › leaves none of its rooms booked', async () => {
      const { indoors, building, caseId, give } = await inTurn();
      await building.settle();
      const input = { sessionId: 'S1', reason: 'request' };
      await building.play([{ by: 'con1', command: 'CancelSession', input }], caseId);
      // Before anything has followed, none of them begins.
      building.at('10:00', date);
      await give('CheckIn', { bookingId: 'x', person: 'a', entranceId: 'E-V' });
      expect(await give('StartBooking', { bookingId: 'x' })).toEqual(['SEPARATION_CONFLICT']);
      await building.settle();
      const cancelled = await indoors.recorded('BookingCancelled', dayId);
      expect(cancelled).toMatchObject([{ bookingId: 'x' }, { bookingId: 'y' }]);
    });

    test('in rooms that are booked for something else › is not held', async () => {
      const { building, caseId, come, hold } = await inTurn();
      const [she] = bothFor(caseId) as [object];
      const alone = room('z', 'FOR1', she, '12:00', '13:00');
      building.at('09:00', date);
      expect(codes(await building.book({ ...alone, purpose: 'interview' }))).toBe('accepted');
      await come('y', 'b', 'E-R', '10:30');
      await come('z', 'a', 'E-V', '10:45');
      expect(await hold('y', 'z')).toEqual(NOT_BOOKED);
    });

    test('in one room › is not held', async () => {
      const made = await undeclared([...accord.until('ready'), turns]);
      expect(await made.book(...bothFor(made.caseId))).toBe('accepted');
      made.building.at('10:00', date);
      await made.give('CheckIn', { person: 'a', entranceId: 'E-V' });
      made.building.at('10:30', date);
      await made.give('CheckIn', { person: 'b', entranceId: 'E-R' });
      expect(await made.give('StartBooking')).toBe('accepted');
      const by = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
      const input = { sessionId: 'S1', attendees: ['V', 'A'], bookings: [about] };
      const held = await made.building.give('HoldSession', input, { caseId: made.caseId, by });
      expect(codes(held)).toEqual(NOT_BOOKED);
    });
  });

  test('who are far apart › hold it without a room', async () => {
    const { building, caseId } = await undeclared(accord.until('scheduled'));
    building.at('10:00', date);
    await building.play([accord.hold('S1')], caseId);
  });
});
