// Bookings are looked at anew when a reconciliation stops, and when somebody joins a home.
import { expect, test } from 'vitest';
import * as accord from './accord.ts';
import { her, him, hour, Indoors, linkAs } from './indoors.ts';
import { codes } from './building.ts';
import { as, asked, issue, until, work } from './violence.ts';

const date = '2027-05-14';
const dayId = `siteday-S1-${date}`;
const wall = (time: string): string => `${date}T${time}:00+03:00`;
const times = (from: string, to: string) => ({ arrives: wall(from), leaves: wall(to) });

/** A session of two whom no declared pair keeps apart, booked the day before. */
async function booked(isNamed: boolean) {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b']);
  const caseId = await indoors.case(accord.until('ready'), 'h1', linkAs('V', 'A'));
  building.at('12:00', '2027-05-13');
  const named = (partyId: string) => (isNamed ? { caseId, partyId } : {});
  const session = {
    bookingId: 's',
    date,
    from: wall('10:00'),
    to: wall('11:30'),
    purpose: 'session',
    roomId: 'REC1',
    visits: [
      { ...her, ...times('10:00', '11:00'), ...named('V') },
      { ...him, ...times('10:30', '11:30'), ...named('A') },
    ],
  };
  expect(codes(await building.book(session))).toBe('accepted');
  await building.settle();
  return { indoors, building, caseId };
}

const stopping = [
  ['an incident suspends', accord.incident()],
  ['a consent withdrawn ends', work('WithdrawReconciliationConsent', { partyId: 'A' })],
] as const;

test.each(stopping.flatMap((one) => [[...one, true] as const, [...one, false] as const]))(
  '%s the reconciliation › the session that was booked is off',
  async (_, step, isNamed) => {
    const { indoors, building, caseId } = await booked(isNamed);
    await building.accept('QuestionBookings', { cause: 'case' }, { caseId: 'household-h1' });
    await building.settle();
    expect(await indoors.recorded('BookingCancelled', dayId)).toEqual([]);
    await building.play([step], caseId);
    await building.settle();
    const off = await indoors.recorded('BookingCancelled', dayId);
    expect(off).toMatchObject([{ bookingId: 's', cause: 'separation' }]);
    building.at('10:30', date);
    const about = { siteId: 'S1', date, bookingId: 's' };
    const comes = { ...about, person: 'b', entranceId: 'E-R' };
    const more = { caseId: dayId };
    expect(codes(await building.give('CheckIn', comes, more))).not.toBe('accepted');
    expect(codes(await building.give('StartBooking', about, more))).not.toBe('accepted');
    expect(building.alerts).toEqual([]);
  },
);

test('a member entered while both are inside › alarms, and has bookings looked at', async () => {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a']);
  const order = as('leg1', 'RecordProtectionOrderIssued', issue);
  const steps = [...until.standard, work('RequestProtectionOrder', asked), order];
  await indoors.case(steps, 'h1', linkAs('A', 'B').slice(0, 1));
  indoors.at('08:00');
  const booking = { bookingId: 's', ...hour('15:00', '16:00', { visits: [him], roomId: 'INT2' }) };
  expect(await indoors.give('BookRoom', booking)).toBe('accepted');
  expect(await indoors.give('RegisterArrival', { ...her, arrivalId: 'a1' })).toBe('accepted');
  expect(await indoors.give('RegisterArrival', { ...him, arrivalId: 'b1' })).toBe('accepted');
  await building.settle();
  expect(await indoors.recorded('SeparationBreachOccurred')).toEqual([]);
  expect(await indoors.recorded('BookingReviewed')).toEqual([]);
  await building.accept('JoinHousehold', { person: 'b', household: 'h1' });
  await building.settle();
  const alone = (await indoors.recorded('BookingReviewed')).length;
  expect(alone).toBeGreaterThan(0);
  // To join is enough where the case names him; an order against someone it does not name needs
  // to know who the members are.
  expect(await indoors.recorded('SeparationBreachOccurred')).toEqual([]);
  await building.accept('AddMember', { person: 'b', household: 'h1' });
  await building.settle();
  expect(await indoors.recorded('SeparationBreachOccurred')).toHaveLength(1);
  const off = await indoors.recorded('BookingCancelled');
  const reviewed = await indoors.recorded('BookingReviewed');
  expect(reviewed.length + off.length).toBeGreaterThan(alone);
  expect(building.alerts).toEqual([]);
});
