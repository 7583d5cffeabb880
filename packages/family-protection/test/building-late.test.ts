// What is entered late: whoever came is inside until now, and what is planned is judged as it is entered.
import { describe, expect, test } from 'vitest';
import type { Step } from './alley.ts';
import { codes, desk } from './building.ts';
import { day, her, him, hour, Indoors, wall } from './indoors.ts';
import { as, asked, issue, until, work } from './violence.ts';

const dayId = `siteday-S1-${day}`;
const opening = ['RegisterArrival', 'BookRoom'];

/** Two of a case, and a desk that enters something as of an earlier time of the day. */
async function office(steps: readonly Step[]) {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b']);
  const caseId = await indoors.case(steps, 'h1');
  indoors.at('08:00');
  const dated = async (clock: string, name: string, input: object) => {
    const where = opening.includes(name) ? {} : { caseId: dayId };
    const about = { siteId: 'S1', date: day, ...input };
    const command = { id: building.id(), name, input: about, occurredAt: wall(clock), ...where };
    return codes(await building.engine.execute(command, desk));
  };
  const alarms = () => indoors.recorded('SeparationBreachOccurred');
  return { indoors, building, caseId, dated, alarms };
}
const hers = { person: 'a', entranceId: 'E-V', role: 'victim' };
const his = { person: 'b', entranceId: 'E-R', role: 'alleged' };

describe('she is inside, and an order binds him', () => {
  async function inside() {
    const world = await office(until.served);
    world.indoors.at('10:00');
    expect(await world.indoors.give('RegisterArrival', hers)).toBe('accepted');
    world.indoors.at('10:05');
    return world;
  }

  test('he comes now › is not let in', async () => {
    const { indoors, alarms } = await inside();
    expect(await indoors.give('RegisterArrival', his)).toEqual(['SEPARATION_CONFLICT']);
    expect(await alarms()).toEqual([]);
  });

  test.each(['07:00', '09:00'])(
    'it is entered that he has been there since %s › is recorded with an alarm',
    async (clock) => {
      const { indoors, dated, alarms } = await inside();
      expect(await dated(clock, 'RegisterArrival', his)).toBe('accepted');
      const arrivals = await indoors.recorded('ArrivalRegistered');
      expect(arrivals).toMatchObject([{ keepApart: false }, { keepApart: true }]);
      expect(await alarms()).toMatchObject([
        { a: 'b', b: 'a', instruction: 'holdEveryone', at: new Date(wall('10:05')).toISOString() },
      ]);
    },
  );

  test('it is entered that he came after her › was not to be let in then either', async () => {
    const { dated } = await inside();
    expect(await dated('10:02', 'RegisterArrival', his)).toEqual(['SEPARATION_CONFLICT']);
  });

  test('he has been there and has gone › is nobody’s alarm', async () => {
    const { indoors, dated, alarms } = await office(until.served);
    indoors.at('09:00');
    expect(await dated('08:00', 'RegisterArrival', { ...his, arrivalId: 'r' })).toBe('accepted');
    expect(await indoors.give('RecordDeparture', { arrivalId: 'r' })).toBe('accepted');
    indoors.at('10:00');
    expect(await indoors.give('RegisterArrival', hers)).toBe('accepted');
    expect(await alarms()).toEqual([]);
  });
});

describe('he has a booking, and they are made a pair afterwards', () => {
  async function paired() {
    const world = await office(until.standard);
    const { indoors, building } = world;
    const booked = hour('08:30', '09:00', { roomId: 'INT2', bookingId: 'his', visits: [him] });
    expect(codes(await building.book(booked))).toBe('accepted');
    await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    await building.settle();
    indoors.at('10:00');
    const checkIn = { bookingId: 'his', person: 'b', entranceId: 'E-R' };
    expect(await indoors.give('RegisterArrival', hers)).toBe('accepted');
    return { ...world, checkIn };
  }

  test('his check-in is dated back › he is inside until now', async () => {
    const { indoors, dated, alarms, checkIn } = await paired();
    expect(await indoors.give('CheckIn', checkIn)).toContain('SEPARATION_CONFLICT');
    expect(await dated('08:30', 'CheckIn', checkIn)).toBe('accepted');
    expect(await indoors.recorded('CheckInRecorded')).toMatchObject([{ keepApart: true }]);
    expect(await alarms()).toMatchObject([{ a: 'b', b: 'a', instruction: 'holdEveryone' }]);
  });
});

describe('he stays longer than planned', () => {
  async function overstayed() {
    const world = await office(until.served);
    const { indoors, building } = world;
    const booked = hour('08:30', '09:00', { roomId: 'INT2', bookingId: 'his', visits: [him] });
    expect(codes(await building.book(booked))).toBe('accepted');
    indoors.at('08:30');
    const checkIn = { bookingId: 'his', person: 'b', entranceId: 'E-R' };
    expect(await indoors.give('CheckIn', checkIn)).toBe('accepted');
    indoors.at('10:00');
    return world;
  }
  const soon = hour('10:15', '11:00', { visits: [her] });

  test('her booking is dated back › is judged as it is made', async () => {
    const { building, dated } = await overstayed();
    expect(codes(await building.book(soon))).toEqual(['SEPARATION_CONFLICT']);
    expect(await dated('08:40', 'BookRoom', soon)).toEqual(['SEPARATION_CONFLICT']);
  });

  test('he is still in a room › no booking that is dated back takes it', async () => {
    const { indoors, dated } = await overstayed();
    expect(await indoors.give('StartBooking', { bookingId: 'his' })).toBe('accepted');
    const other = hour('10:00', '11:00', { roomId: 'INT2', visits: [{ ...him, person: 'c' }] });
    const refused = await dated('08:40', 'BookRoom', other);
    expect(refused).toEqual(['ROOM_BUFFER_TOO_SHORT']);
  });
});

test('it is dated back to when an order bound him › is judged by it', async () => {
  const ending = { ...issue, until: wall('08:05') };
  const order = [
    work('RequestProtectionOrder', asked),
    as('leg1', 'RecordProtectionOrderIssued', ending),
  ];
  const { indoors, building, dated } = await office([...until.standard, ...order]);
  const booked = hour('10:00', '11:00', { bookingId: 'hers', visits: [her] });
  expect(codes(await building.book(booked))).toBe('accepted');
  indoors.at('08:10');
  const same = hour('10:00', '11:00', { roomId: 'INT2', visits: [him] });
  expect(await dated('08:02', 'BookRoom', same)).toEqual(['SEPARATION_CONFLICT']);
  expect(codes(await building.book(same))).toBe('accepted');
});
