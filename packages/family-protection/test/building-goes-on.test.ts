// A building asks the file in which a case goes on, whichever one a desk has named.
import { expect, test } from 'vitest';
import { her, him, hour, Indoors } from './indoors.ts';
import { as, asked, issue, mergeInto, report, until, work } from './violence.ts';

const BREACH = 'SeparationBreachOccurred';
const order = [
  work('RequestProtectionOrder', asked),
  as('leg1', 'RecordProtectionOrderIssued', issue),
];

/** Two files about the same two people, whom no household knows. */
async function files() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  const left = await indoors.case(until.standard);
  const { at: _, ...again } = report;
  const next = await building.play([again, ...until.standard.slice(1)], undefined);
  indoors.at('08:00');
  const come = async () => {
    const both = [
      { ...her, caseId: left, partyId: 'A', arrivalId: 'a1' },
      { ...him, caseId: left, partyId: 'B', arrivalId: 'b1' },
    ];
    for (const one of both) expect(await indoors.give('RegisterArrival', one)).toBe('accepted');
    await building.settle();
    expect(await indoors.recorded(BREACH)).toEqual([]);
  };
  const merge = async () => {
    await building.play([mergeInto(next)], left);
    await building.settle();
  };
  return { indoors, building, left, next, come, merge };
}

test('an order of the file that goes on › while both are in for the other › alarms', async () => {
  const { indoors, building, next, come, merge } = await files();
  await come();
  await merge();
  await building.play(order, next);
  await building.settle();
  expect(await indoors.recorded(BREACH)).toMatchObject([{ a: 'a', b: 'b' }]);
  expect(building.alerts).toEqual([]);
});

test('somebody who comes for a file that was left › is known to the one that goes on', async () => {
  const { indoors, building, next, come, merge } = await files();
  await merge();
  await come();
  await building.play(order, next);
  await building.settle();
  expect(await indoors.recorded(BREACH)).toMatchObject([{ a: 'a', b: 'b' }]);
});

test('two who are booked for a file that was left › are kept apart by the next one', async () => {
  const { indoors, building, left, next, merge } = await files();
  const own = { ...her, caseId: left, partyId: 'A' };
  const his = (caseId: string) => [{ ...him, caseId, partyId: 'B' }];
  const first = { bookingId: 'b1', ...hour('15:00', '16:00', { visits: [own] }) };
  expect(await indoors.give('BookRoom', first)).toBe('accepted');
  const second = (caseId: string, bookingId: string) => ({
    bookingId,
    ...hour('15:00', '16:00', { visits: his(caseId), roomId: 'INT2' }),
  });
  await merge();
  await building.play(order, next);
  await building.settle();
  for (const caseId of [left, next]) {
    const refused = await indoors.give('BookRoom', second(caseId, `of-${caseId}`));
    expect(refused).toEqual(['SEPARATION_CONFLICT']);
  }
});
