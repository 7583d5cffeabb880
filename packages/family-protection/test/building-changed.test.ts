// A building that is described anew: ways that were booked before are judged as they lead now.
import { expect, test } from 'vitest';
import { Building, codes, facility, siteS1, visit } from './building.ts';

/** The respondents' entrance leads through the hall from now on: its own door is closed. */
const changed = {
  ...siteS1,
  entrances: siteS1.entrances.map((one) =>
    one.entranceId === 'E-R' ? { ...one, opensTo: 'Zp' } : one,
  ),
};

/** He is booked for a room off the corridor; she must not share a way with him. */
async function booked(): Promise<Building> {
  const building = await new Building().build();
  await building.home('h1', ['a', 'b']);
  await building.separate('h1', { a: 'a', b: 'b' });
  const his = { bookingId: 'his', roomId: 'INT2', visits: [visit('b', 'E-R')] };
  expect(codes(await building.book(his))).toBe('accepted');
  return building;
}
const hers = { bookingId: 'hers', visits: [visit('a', 'E-V')] };

test('ways that do not cross › in the building as it was › are booked', async () => {
  const building = await booked();
  expect(codes(await building.book(hers))).toBe('accepted');
});

test('a way that crosses hers since the building changed › is judged as it is', async () => {
  const building = await booked();
  await building.accept('DescribeSite', changed, { caseId: 'site-S1', by: facility });
  expect(codes(await building.book(hers))).toEqual(['SEPARATION_CONFLICT']);
});

test('two whose ways cross since then › the second who is reviewed › gives way', async () => {
  const building = await booked();
  expect(codes(await building.book(hers))).toBe('accepted');
  await building.accept('DescribeSite', changed, { caseId: 'site-S1', by: facility });
  const about = { siteId: 'S1', date: '2027-06-22', bookingId: 'his' };
  const { events } = await building.accept('ReviewBooking', about, {
    caseId: 'siteday-S1-2027-06-22',
  });
  expect(events.map(({ type }) => type)).toEqual(['BookingCancelled']);
  building.at('10:00');
  const comes = { ...about, person: 'b', entranceId: 'E-R' };
  const more = { caseId: 'siteday-S1-2027-06-22' };
  expect(codes(await building.give('CheckIn', comes, more))).not.toBe('accepted');
});
