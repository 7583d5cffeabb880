// Whoever is in the building when a danger becomes known, and whoever is at the door, is not forgotten.
import { describe, expect, test } from 'vitest';
import { complaint, party } from './alley.ts';
import { day, her, him, hour, Indoors, linkAs, wall } from './indoors.ts';
import { as, asked, issue, until, work } from './violence.ts';

const BREACH = 'SeparationBreachOccurred';
const order = [
  work('RequestProtectionOrder', asked),
  as('leg1', 'RecordProtectionOrderIssued', issue),
];

/** Both are linked to a household; nothing keeps them apart yet. */
async function household() {
  const indoors = await new Indoors().open();
  await indoors.building.home('h1', ['a', 'b']);
  const caseId = await indoors.case(until.standard, 'h1');
  indoors.at('08:00');
  return { indoors, caseId };
}

async function bothIn(indoors: Indoors): Promise<void> {
  expect(await indoors.give('RegisterArrival', { ...her, arrivalId: 'a1' })).toBe('accepted');
  expect(await indoors.give('RegisterArrival', { ...him, arrivalId: 'b1' })).toBe('accepted');
  await indoors.building.settle();
  expect(await indoors.recorded(BREACH)).toEqual([]);
}

describe('while both are in the building', () => {
  test('an order › that is issued › alarms the desk once, and has a term', async () => {
    const { indoors, caseId } = await household();
    await bothIn(indoors);
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toHaveLength(1);
    const [breach] = await indoors.recorded(BREACH);
    expect(breach).toMatchObject({ zone: null, cause: null, instruction: 'holdEveryone' });
    const view = await indoors.building.engine.caseAt(`siteday-S1-${day}`);
    expect(view?.deadlines.map(({ code }) => code)).toContain('T-SEPBREACH');
    // Both are looked at again, and the alarm that stands is not raised a second time.
    const home = { caseId: 'household-h1' };
    await indoors.building.accept('QuestionBookings', { cause: 'order' }, home);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toHaveLength(1);
    expect(indoors.building.alerts).toEqual([]);
  });

  test('a separation › that is declared › alarms the desk and tells the case', async () => {
    const { indoors, caseId } = await household();
    await bothIn(indoors);
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toHaveLength(1);
    expect(await indoors.recorded('SafetyConcernNoted', caseId)).toHaveLength(1);
  });

  test('after a supervisor has looked › a new danger › alarms again', async () => {
    const { indoors } = await household();
    await bothIn(indoors);
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    await indoors.building.settle();
    const [{ breachId } = { breachId: '' }] = (await indoors.recorded(BREACH)) as never as {
      readonly breachId: string;
    }[];
    const review = { siteId: 'S1', date: day, breachId, finding: 'led apart' };
    const more = { caseId: `siteday-S1-${day}` };
    await indoors.building.accept('ReviewSeparationBreach', review, more);
    const home = { caseId: 'household-h1' };
    await indoors.building.accept('QuestionBookings', { cause: 'risk' }, home);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toHaveLength(2);
  });

  test('one of them with a booking, checked in › alarms the same way', async () => {
    const { indoors, caseId } = await household();
    const booking = { bookingId: 'b1', ...hour('08:00', '09:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', booking)).toBe('accepted');
    const checkIn = { bookingId: 'b1', person: 'a', entranceId: 'E-V' };
    expect(await indoors.give('CheckIn', checkIn)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', { ...him, arrivalId: 'b1' })).toBe('accepted');
    await indoors.building.settle();
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toHaveLength(1);
  });

  test('one of them has left › nothing › is alarmed', async () => {
    const { indoors, caseId } = await household();
    await bothIn(indoors);
    await indoors.give('RecordDeparture', { arrivalId: 'b1' });
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toEqual([]);
    const reviewed = await indoors.recorded('ArrivalReviewed');
    expect(reviewed.length).toBeGreaterThan(0);
  });
});

describe('a case that no household links', () => {
  const unlinked = async () => {
    const indoors = await new Indoors().open();
    const caseId = await indoors.case(until.standard);
    indoors.at('08:00');
    const come = async () => {
      const both = [
        { ...her, caseId, partyId: 'A', arrivalId: 'a1' },
        { ...him, caseId, partyId: 'B', arrivalId: 'b1' },
      ];
      for (const one of both) expect(await indoors.give('RegisterArrival', one)).toBe('accepted');
    };
    return { indoors, caseId, come };
  };

  test('an order, while both are inside for it › alarms the desk', async () => {
    const { indoors, caseId, come } = await unlinked();
    await come();
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toEqual([]);
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toMatchObject([{ a: 'a', b: 'b' }]);
    expect(indoors.building.alerts).toEqual([]);
    // Whoever keeps her file learns nothing of what it was.
    const why = await indoors.recorded('BookingsQuestioned', 'person-a');
    expect([...new Set(why.map((one) => JSON.stringify(one)))]).toEqual([
      JSON.stringify({ cause: 'case', homesTold: true }),
    ]);
  });

  test.each([
    ['alleged', ['SEPARATION_CONFLICT'], 0],
    ['other', 'accepted', 1],
    ['victim', 'accepted', 1],
  ])(
    'somebody as %s who comes for it, and of whom nobody says who they are › may be anybody of it',
    async (role, answer, alarms) => {
      const { indoors, caseId } = await unlinked();
      await indoors.building.play(order, caseId);
      const she = { ...her, caseId, partyId: 'A', arrivalId: 'a1' };
      expect(await indoors.give('RegisterArrival', she)).toBe('accepted');
      await indoors.building.settle();
      const before = (await indoors.recorded(BREACH)).length;
      const way = role === 'victim' ? { ...her, person: 'c' } : { ...him, person: 'c' };
      const who = { ...way, role, caseId, arrivalId: 'c1' };
      expect(await indoors.give('RegisterArrival', who)).toEqual(answer);
      expect(await indoors.recorded(BREACH)).toHaveLength(before + alarms);
    },
  );

  test('she who comes for it and is not named, while he is inside › is let in apart', async () => {
    const { indoors, caseId } = await unlinked();
    const he = { ...him, caseId, partyId: 'B', arrivalId: 'b1' };
    expect(await indoors.give('RegisterArrival', he)).toBe('accepted');
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    const before = await indoors.recorded(BREACH);
    const she = { ...her, caseId, arrivalId: 'a1' };
    expect(await indoors.give('RegisterArrival', she)).toBe('accepted');
    const alarms = (await indoors.recorded(BREACH)).slice(before.length);
    expect(alarms).toMatchObject([{ a: 'a', b: null, instruction: 'letInApart' }]);
  });

  test('an order, before anything was noted of who came › alarms the desk as well', async () => {
    const { indoors, caseId, come } = await unlinked();
    // The order is known before any worker has noted that they are here.
    await come();
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded(BREACH)).toMatchObject([{ a: 'a', b: 'b' }]);
  });

  test('whoever comes a second time › is known to it, and not looked at for that', async () => {
    const { indoors, caseId } = await unlinked();
    const come = async (arrivalId: string) => {
      const who = { ...her, caseId, partyId: 'A', arrivalId };
      expect(await indoors.give('RegisterArrival', who)).toBe('accepted');
      await indoors.building.settle();
    };
    await come('a1');
    await come('a2');
    expect(await indoors.recorded('VisitorNoted', caseId)).toEqual([
      { person: 'a', isNew: true },
      { person: 'a', isNew: false },
    ]);
    expect(await indoors.recorded('ArrivalReviewed')).toHaveLength(1);
  });

  test('an order, once both are booked for it › lets one booking give way', async () => {
    const { indoors, caseId } = await unlinked();
    const book = async (bookingId: string, roomId: string, who: object) => {
      const more = { bookingId, roomId, visits: [{ ...who, caseId }] };
      expect(await indoors.give('BookRoom', hour('10:00', '11:00', more))).toBe('accepted');
    };
    await book('x', 'INT1', { ...her, partyId: 'A' });
    await book('y', 'INT2', { ...him, partyId: 'B' });
    await indoors.building.settle();
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded('BookingCancelled')).toMatchObject([{ bookingId: 'y' }]);
    expect(indoors.building.alerts).toEqual([]);
  });

  test('one that is linked › has its household look once, not again for who comes', async () => {
    const { indoors, caseId } = await household();
    const named = { ...her, caseId, partyId: 'A', arrivalId: 'a1' };
    expect(await indoors.give('RegisterArrival', named)).toBe('accepted');
    await indoors.building.settle();
    await indoors.building.play(order, caseId);
    await indoors.building.settle();
    expect(await indoors.recorded('VisitorNoted', caseId)).toHaveLength(1);
    expect(await indoors.recorded('CasesQuestioned', 'household-h1')).toEqual([]);
  });
});

describe('a meeting of two whom no household links', () => {
  const report = { breachId: 'm1', a: 'a', b: 'b', zone: 'Zv', cause: 'a door stood open' };

  test.each(['booking', 'arrival'])('the case that her %s named › learns of it', async (way) => {
    const indoors = await new Indoors().open();
    const caseId = await indoors.case(until.standard);
    indoors.at('08:00');
    const named = { ...her, caseId, partyId: 'A' };
    const given =
      way === 'booking'
        ? await indoors.give('BookRoom', hour('10:00', '11:00', { visits: [named] }))
        : await indoors.give('RegisterArrival', named);
    expect(given).toBe('accepted');
    await indoors.give('ReportSeparationBreach', { ...report, at: wall('08:00') });
    await indoors.building.settle();
    expect(await indoors.recorded('SafetyConcernNoted', caseId)).toHaveLength(1);
    expect(indoors.building.alerts).toEqual([]);
  });

  test('a case that is named and linked › learns of it once', async () => {
    const { indoors, caseId } = await household();
    const named = { ...her, caseId, partyId: 'A' };
    expect(await indoors.give('RegisterArrival', named)).toBe('accepted');
    await indoors.give('ReportSeparationBreach', { ...report, at: wall('08:00') });
    await indoors.building.settle();
    expect(await indoors.recorded('SafetyConcernNoted', caseId)).toHaveLength(1);
  });
});

describe('a victim at the door while he is inside', () => {
  async function heIsIn() {
    const { indoors, caseId } = await household();
    const booking = { bookingId: 'h', ...hour('09:00', '10:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', booking)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', { ...him, arrivalId: 'b1' })).toBe('accepted');
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    indoors.at('09:00');
    return { indoors, caseId };
  }
  const comes = { bookingId: 'h', person: 'a', entranceId: 'E-V' };

  test('with a booking › is let in, with an instruction and an alarm', async () => {
    const { indoors } = await heIsIn();
    expect(await indoors.give('CheckIn', comes)).toBe('accepted');
    expect(await indoors.recorded('CheckInRecorded')).toMatchObject([{ keepApart: true }]);
    const breaches = await indoors.recorded(BREACH);
    expect(breaches).toMatchObject([{ instruction: 'letInApart', zone: null, cause: null }]);
    // The interview itself waits until he is gone.
    expect(await indoors.give('StartBooking', { bookingId: 'h' })).toEqual(['SEPARATION_CONFLICT']);
  });

  test('without a booking › is let in in the same way', async () => {
    const { indoors } = await heIsIn();
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    expect(await indoors.recorded(BREACH)).toMatchObject([{ instruction: 'letInApart' }]);
  });

  test('he with a booking, while she is inside › is not let in', async () => {
    const { indoors } = await household();
    const his = { bookingId: 'h', ...hour('09:00', '10:00', { roomId: 'INT2', visits: [him] }) };
    expect(await indoors.give('BookRoom', his)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    indoors.at('09:00');
    const enters = { bookingId: 'h', person: 'b', entranceId: 'E-R' };
    expect(await indoors.give('CheckIn', enters)).toEqual(['SEPARATION_CONFLICT']);
  });

  test('her room is out of service › she is let in, and it does not start', async () => {
    const { indoors } = await household();
    const booking = { bookingId: 'h', ...hour('09:00', '10:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', booking)).toBe('accepted');
    const out = { siteId: 'S1', roomId: 'INT1', reason: 'water' };
    await indoors.building.accept('TakeRoomOutOfService', out, { caseId: 'site-S1' });
    indoors.at('09:00');
    expect(await indoors.give('CheckIn', comes)).toBe('accepted');
    expect(await indoors.give('StartBooking', { bookingId: 'h' })).toEqual(['ROOM_OUT_OF_SERVICE']);
  });

  test('two hours early, or late › is let in all the same', async () => {
    for (const time of ['08:00', '10:30']) {
      const { indoors } = await household();
      const booking = { bookingId: 'h', ...hour('09:30', '10:00', { visits: [her] }) };
      expect(await indoors.give('BookRoom', booking)).toBe('accepted');
      indoors.at(time);
      expect(await indoors.give('CheckIn', comes)).toBe('accepted');
      expect(await indoors.give('CheckIn', comes)).toEqual(['NOT_EXPECTED_NOW']);
    }
  });
});

describe('a booking that is off or over', () => {
  const booked = { bookingId: 'h', ...hour('09:00', '10:00', { roomId: 'INT2', visits: [him] }) };
  const enters = { bookingId: 'h', person: 'b', entranceId: 'E-R' };

  test.each([['CancelBooking'], ['ReleaseBooking']])('by %s › lets nobody in', async (name) => {
    const { indoors } = await household();
    expect(await indoors.give('BookRoom', booked)).toBe('accepted');
    const why = name === 'ReleaseBooking' ? { reason: 'asked' } : {};
    expect(await indoors.give(name, { bookingId: 'h', ...why })).toBe('accepted');
    indoors.at('09:00');
    expect(await indoors.give('CheckIn', enters)).toEqual(['NOT_EXPECTED_NOW']);
  });

  test('she who comes to it › is let in, and is known to be inside', async () => {
    const { indoors } = await household();
    const hers = { bookingId: 'h', ...hour('09:00', '10:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', hers)).toBe('accepted');
    expect(await indoors.give('CancelBooking', { bookingId: 'h' })).toBe('accepted');
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    indoors.at('09:00');
    const comes = { bookingId: 'h', person: 'a', entranceId: 'E-V' };
    expect(await indoors.give('CheckIn', comes)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', him)).toEqual(['SEPARATION_CONFLICT']);
  });
});

describe('more files than one decision can read', () => {
  async function crowded() {
    const { indoors } = await household();
    const { building } = indoors;
    for (let count = 0; count < 33; count += 1) {
      const link = { caseId: `ghost-${count}`, as: [{ person: 'b', partyId: 'X' }] };
      await building.accept('LinkCase', link, { caseId: 'household-h1' });
    }
    return indoors;
  }

  test.each([
    ['she', her],
    ['he', him],
  ])('%s who comes › is recorded, and taken to be in danger', async (_, who) => {
    const indoors = await crowded();
    expect(await indoors.give('RegisterArrival', who)).toBe('accepted');
    expect(await indoors.recorded('ArrivalRegistered')).toMatchObject([{ keepApart: true }]);
    const told = { b: null, instruction: 'letInApart' };
    expect(await indoors.recorded(BREACH)).toMatchObject([told]);
    expect(await indoors.give('BookRoom', hour('10:00', '11:00', { visits: [who] }))).toEqual([
      'TOO_MANY_READS',
    ]);
  });

  test('somebody of whom nothing is known › is let in beside whom a pair keeps away', async () => {
    const indoors = await crowded();
    const { building } = indoors;
    await building.home('h1', ['c']);
    await building.separate('h1', { a: 'a', b: 'c', mode: 'noOverlapBuilding' });
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    const unknown = { ...him, person: 'c', entranceId: 'E-P', role: 'other' };
    const accused = { ...unknown, role: 'alleged' };
    expect(await indoors.give('RegisterArrival', accused)).toEqual(['SEPARATION_CONFLICT']);
    expect(await indoors.give('RegisterArrival', unknown)).toBe('accepted');
  });

  test('who has a booking from before › is let in as well', async () => {
    const { indoors } = await household();
    const booking = { bookingId: 'h', ...hour('09:00', '10:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', booking)).toBe('accepted');
    for (let count = 0; count < 33; count += 1) {
      const link = { caseId: `ghost-${count}`, as: [{ person: 'b', partyId: 'X' }] };
      await indoors.building.accept('LinkCase', link, { caseId: 'household-h1' });
    }
    indoors.at('09:00');
    const comes = { bookingId: 'h', person: 'a', entranceId: 'E-V' };
    expect(await indoors.give('CheckIn', comes)).toBe('accepted');
    expect(await indoors.recorded(BREACH)).toMatchObject([{ b: null }]);
  });
});

describe('a danger in a dispute between the same two', () => {
  test('that is told there › has the bookings looked at', async () => {
    const { indoors } = await household();
    const { building } = indoors;
    const steps = [{ ...complaint, at: wall('08:00') }, party('A')];
    const dispute = await building.play(steps, undefined, 'community.parkingDispute');
    const link = { householdId: 'h1', as: linkAs('A', 'B').slice(0, 1) };
    await building.accept('LinkHousehold', link, { caseId: dispute });
    await building.settle();
    const before = await indoors.recorded('BookingsQuestioned', 'household-h1');
    const worry = { concerns: ['danger'], immediateDanger: false };
    await building.accept('NoteSafetyConcern', worry, { caseId: dispute });
    await building.settle();
    const after = await indoors.recorded('BookingsQuestioned', 'household-h1');
    expect(after.slice(before.length)).toMatchObject([{ cause: 'incident', source: dispute }]);
  });
});
