// Bookings of ways: two who are kept apart, orders of other cases, races, and what follows an order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { Building, codes, DAY, time, visit } from './building.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-'));
let files = 0;
const opened: EventStore[] = [];
afterAll(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true });
});
const sqlite = (): EventStore => {
  const store = openSqliteStore({ path: join(folder, `${files++}.db`) });
  opened.push(store);
  return store;
};
const stores = [
  ['memory', () => new MemoryEventStore()],
  ['sqlite', sqlite],
] as const;

const dayId = `siteday-S1-${DAY}`;
const later = { roomId: 'INT2', from: time('10:45'), to: time('11:15') };

describe.each(stores)('a booking on %s', (_, store) => {
  test('two who are kept apart › share no zone, and may come by ways of their own', async () => {
    const building = await new Building(store()).build();
    await building.home('h1', ['j', 'l']);
    await building.separate('h1', { a: 'j', b: 'l' });
    expect(codes(await building.book({ visits: [visit('j', 'E-V')] }))).toBe('accepted');
    const across = await building.book({ ...later, visits: [visit('l', 'E-P')] });
    expect(codes(across)).toEqual(['SEPARATION_CONFLICT']);
    const apart = await building.book({ ...later, visits: [visit('l', 'E-R')] });
    expect(codes(apart)).toBe('accepted');
    expect((await building.other().replay(dayId))?.divergences).toEqual([]);
  });

  test('an order in a linked case › keeps them apart and voids what was booked', async () => {
    const building = await new Building(store()).build();
    const household = await building.home('h1', ['j', 'l']);
    const parties = [
      { partyId: 'p1', role: 'victim' },
      { partyId: 'p2', role: 'alleged' },
    ];
    const { caseId } = (
      await building.accept('OpenTestCase', { parties, riskLevel: 'high' })
    ).case;
    const as = [
      { person: 'j', partyId: 'p1' },
      { person: 'l', partyId: 'p2' },
    ];
    await building.accept('LinkCase', { caseId, as }, { caseId: household });
    await building.book({ bookingId: 'b1', visits: [visit('j', 'E-V')] });
    await building.book({ bookingId: 'b2', ...later, visits: [visit('l', 'E-R')] });
    await building.engine.runReactions();
    const order = {
      orderId: 'o',
      protected: ['p1'],
      against: 'p2',
      conditions: ['noContact'],
      until: '2027-09-01T00:00:00.000Z',
    };
    await building.accept('IssueOrder', order, { caseId });
    // Void at once: nobody gets in on the booking, though it still stands in the calendar.
    building.at('10:45');
    const checkIn = { siteId: 'S1', date: DAY, bookingId: 'b2', person: 'l', entranceId: 'E-R' };
    const refusal = await building.give('CheckIn', checkIn, { caseId: dayId });
    expect(codes(refusal)).toEqual(['SEPARATION_CONFLICT']);
    await building.accept('QuestionBookings', { cause: 'order' }, { caseId: household });
    for (let round = 0; round < 3; round += 1) await building.engine.runReactions();
    const parts = (await building.engine.caseAt(dayId))?.parts ?? [];
    expect(parts.map(({ id, states }) => [id, ...states])).toEqual([
      ['b1', 'confirmed'],
      ['b2', 'cancelled'],
    ]);
    const near = { roomId: 'INT2', from: time('11:15'), to: time('11:45') };
    const again = await building.book({ ...near, visits: [visit('l', 'E-R')] });
    expect(codes(again)).toEqual(['SEPARATION_CONFLICT']);
    const far = { roomId: 'INT2', from: time('11:30'), to: time('12:00') };
    expect(codes(await building.book({ ...far, visits: [visit('l', 'E-R')] }))).toBe('accepted');
  });

  test('a booking of someone whose home was unknown › gives way once it is known', async () => {
    const building = await new Building(store()).build();
    await building.book({ bookingId: 'b1', visits: [visit('j', 'E-V')] });
    await building.book({ bookingId: 'b2', ...later, visits: [visit('l', 'E-P')] });
    await building.home('h1', ['j', 'l']);
    await building.separate('h1', { a: 'j', b: 'l' });
    for (let round = 0; round < 3; round += 1) await building.engine.runReactions();
    const parts = (await building.engine.caseAt(dayId))?.parts ?? [];
    expect(parts.map(({ states }) => states[0])).toEqual(['confirmed', 'cancelled']);
    expect(building.alerts).toEqual([]);
  });

  test('the same room at the same time › goes to exactly one of two desks', async () => {
    const building = await new Building(store()).build();
    const engines = [building.other(), building.other()] as const;
    for (let round = 0; round < 20; round += 1) {
      const date = `2027-07-${String(round + 1).padStart(2, '0')}`;
      const times = { date, from: time('10:00', date), to: time('11:00', date) };
      const outcomes = await Promise.all(
        engines.map((engine, place) =>
          building.book({ ...times, visits: [visit(`x${place}`, 'E-P')] }, { engine }),
        ),
      );
      const kinds = outcomes.map(codes).map(String).sort();
      expect(kinds).toEqual(['ROOM_TAKEN', 'accepted']);
    }
  });

  test('a pair that books across midnight on two days at once › is never both in', async () => {
    const building = await new Building(store()).build();
    await building.home('h1', ['j', 'l']);
    await building.separate('h1', { a: 'j', b: 'l', mode: 'noOverlapBuilding' });
    const engines = [building.other(), building.other()] as const;
    for (let round = 0; round < 10; round += 1) {
      const [date, next] = [`2027-08-${10 + round}`, `2027-08-${11 + round}`] as const;
      const late = { date, from: time('23:00', date), to: time('23:50', date) };
      const early = { date: next, from: time('00:10', next), to: time('00:40', next) };
      const outcomes = await Promise.all([
        building.book({ ...late, visits: [visit('j', 'E-V')] }, { engine: engines[0] }),
        building.book(
          { ...early, roomId: 'INT2', visits: [visit('l', 'E-R')] },
          { engine: engines[1] },
        ),
      ]);
      expect(outcomes.map(codes).map(String).sort()).toEqual(['SEPARATION_CONFLICT', 'accepted']);
    }
  });
});

