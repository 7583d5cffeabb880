// Who is not seen to leave: counts as being inside, is looked for, and is gone once somebody has looked.
import { describe, expect, test } from 'vitest';
import { instant, msOf } from '@himaya/engine';
import { codes, desk, visit } from './building.ts';
import { day, her, hour, Indoors, wall } from './indoors.ts';
import { as, until } from './violence.ts';

const dayId = `siteday-S1-${day}`;
const NEXT = '2027-05-19';
const facility = { staff: 'fac1', role: 'FAC', office: 'MUH-FCP' };

/** A pair that is kept out of one building; she has come and nobody has seen her leave. */
async function forgotten() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b']);
  await building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
  indoors.at('08:00');
  const booked = hour('09:00', '10:00', { bookingId: 'i', visits: [her] });
  expect(codes(await building.book(booked))).toBe('accepted');
  indoors.at('09:00');
  await indoors.give('CheckIn', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
  await indoors.give('StartBooking', { bookingId: 'i' });
  indoors.at('10:00');
  await indoors.give('EndBooking', { bookingId: 'i' });
  const empty = (by: unknown = desk) =>
    building.give('RecordWalkThrough', { siteId: 'S1', date: day }, { caseId: dayId, by });
  const deadlines = async () =>
    (await building.engine.caseAt(dayId))?.deadlines.map(({ code, dueAt }) => [code, dueAt]);
  /** He comes on the next day. */
  const tomorrow = async () => {
    building.ms = msOf(instant(`${NEXT}T08:00:00+03:00`));
    const his = { person: 'b', entranceId: 'E-R', role: 'alleged' };
    return codes(await building.give('RegisterArrival', { siteId: 'S1', date: NEXT, ...his }));
  };
  return { indoors, building, empty, deadlines, tomorrow };
}

describe('somebody who was not seen to leave', () => {
  test('by a booking › is looked for half an hour after they were to leave', async () => {
    const { indoors, deadlines } = await forgotten();
    const due = new Date(wall('10:30')).toISOString();
    expect(await deadlines()).toEqual([['T-CHECKOUT', due]]);
    await indoors.give('CheckOut', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    expect(await deadlines()).toEqual([]);
  });

  test('who came without one › is looked for, too', async () => {
    const { indoors, empty, deadlines } = await forgotten();
    await empty();
    indoors.at('11:00');
    const her2 = { arrivalId: 'w', person: 'c', entranceId: 'E-V', role: 'victim' };
    expect(await indoors.give('RegisterArrival', her2)).toBe('accepted');
    const due = new Date(wall('13:30')).toISOString();
    expect(await deadlines()).toEqual([['T-DEPARTURE', due]]);
    await indoors.give('RecordDeparture', { arrivalId: 'w' });
    expect(await deadlines()).toEqual([]);
  });

  test('keeps the other one out of the next day › until somebody has looked', async () => {
    const before = await forgotten();
    expect(await before.tomorrow()).toEqual(['SEPARATION_CONFLICT']);
    const { empty, tomorrow, deadlines } = await forgotten();
    expect(codes(await empty(facility))).toBe('accepted');
    expect(await deadlines()).toEqual([]);
    expect(await tomorrow()).toBe('accepted');
  });

  test('while something is under way, or by who plans no rooms › is not found gone', async () => {
    const { indoors, building, empty } = await forgotten();
    const other = hour('10:30', '11:30', { bookingId: 'k', visits: [visit('c', 'E-V')] });
    expect(codes(await building.book(other))).toBe('accepted');
    indoors.at('10:30');
    await indoors.give('CheckIn', { bookingId: 'k', person: 'c', entranceId: 'E-V' });
    await indoors.give('StartBooking', { bookingId: 'k' });
    expect(codes(await empty())).toEqual(['BUILDING_IN_USE']);
    const con = { staff: 'con1', role: 'CON', office: 'MUH-FCP' };
    expect(codes(await empty(con))).toEqual(['NOT_PERMITTED']);
    const elsewhere = { staff: 'rcp9', role: 'RCP', office: 'NOR' };
    expect(codes(await empty(elsewhere))).toEqual(['OTHER_OFFICE']);
  });

  test('while something is under way on the next day › is not found gone either', async () => {
    const { building, empty } = await forgotten();
    const on = { siteId: 'S1', date: NEXT };
    const at = (time: string) => `${NEXT}T${time}:00+03:00`;
    building.at('08:00', NEXT);
    const visits = [visit('c', 'E-V')];
    const hours = { from: at('08:00'), to: at('09:00') };
    const next = { ...on, ...hours, bookingId: 'n', visits };
    expect(codes(await building.book(next))).toBe('accepted');
    const then = { caseId: `siteday-S1-${NEXT}` };
    const give = async (name: string, more: object = {}) =>
      codes(await building.give(name, { ...on, bookingId: 'n', ...more }, then));
    expect(await give('CheckIn', { person: 'c', entranceId: 'E-V' })).toBe('accepted');
    expect(await give('StartBooking')).toBe('accepted');
    expect(codes(await empty())).toEqual(['BUILDING_IN_USE']);
    expect(await give('EndBooking')).toBe('accepted');
    expect(codes(await empty())).toBe('accepted');
  });

  test('who is expected to be there still › is inside after a walk through', async () => {
    const { indoors, building, empty } = await forgotten();
    const other = hour('10:30', '11:30', { bookingId: 'k', visits: [visit('c', 'E-V')] });
    expect(codes(await building.book(other))).toBe('accepted');
    indoors.at('10:30');
    await indoors.give('CheckIn', { bookingId: 'k', person: 'c', entranceId: 'E-V' });
    const came = { arrivalId: 'w', person: 'd', entranceId: 'E-V', role: 'victim' };
    expect(await indoors.give('RegisterArrival', came)).toBe('accepted');
    indoors.at('11:00');
    expect(codes(await empty())).toBe('accepted');
    const { parts = [] } = (await building.engine.caseAt(dayId)) ?? {};
    const of = (id: string) => parts.find((part) => part.id === id);
    expect(of('w')?.in('here')).toBe(true);
    expect(of('k')?.context).toMatchObject({ visits: [{ outAt: null }] });
    const visits = [{ outAt: new Date(wall('11:00')).toISOString() }];
    expect(of('i')?.context).toMatchObject({ visits });
    indoors.at('13:00');
    expect(codes(await empty())).toBe('accepted');
    const later = (await building.engine.caseAt(dayId))?.parts.find(({ id }) => id === 'w');
    expect(later?.in('gone')).toBe(true);
  });

  test('who was let in behind a look, later than planned › is not found gone by it', async () => {
    const { indoors, building, empty } = await forgotten();
    await indoors.give('CheckOut', { bookingId: 'i', person: 'a', entranceId: 'E-V' });
    indoors.at('12:00');
    const came = { bookingId: 'i', person: 'a', entranceId: 'E-V' };
    expect(await indoors.give('CheckIn', came)).toBe('accepted');
    indoors.at('12:10');
    const id = building.id();
    const input = { siteId: 'S1', date: day };
    const occurredAt = instant(new Date(wall('11:30')).toISOString());
    const late = { occurredAt, lateReason: 'Written down at the desk.' };
    const look = { id, name: 'RecordWalkThrough', input, caseId: dayId, ...late };
    expect(codes(await building.engine.execute(look, desk))).toBe('accepted');
    const inside = async () =>
      (await building.engine.caseAt(dayId))?.parts.find((part) => part.id === 'i')?.context;
    expect(await inside()).toMatchObject({ visits: [{ outAt: null }] });
    indoors.at('12:30');
    expect(codes(await empty())).toBe('accepted');
    const visits = [{ outAt: new Date(wall('12:30')).toISOString() }];
    expect(await inside()).toMatchObject({ visits });
  });

  test('by a relative of theirs › is not found gone', async () => {
    const { indoors, building } = await forgotten();
    const related = as('rcp7', 'DeclareConflictOfInterest', { partyId: 'B' });
    await indoors.case([...until.standard, { ...related, by: 'inv1' }], 'h1');
    const brother = { staff: 'inv1', role: 'RCP', office: 'MUH-FCP' };
    const input = { siteId: 'S1', date: day };
    const how = { caseId: dayId, by: brother };
    const outcome = await building.give('RecordWalkThrough', input, how);
    expect(codes(outcome)).toEqual(['CONFLICT_OF_INTEREST']);
  });
});
