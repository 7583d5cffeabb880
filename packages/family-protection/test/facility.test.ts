// What a building asks of cases, who may share a room, certificates, and boards that say nothing.
import { describe, expect, test } from 'vitest';
import type { PartView } from '@himaya/engine';
import type { BookingFacts } from '../src/facility/booking.ts';
import { displayBoard, toRebook } from '../src/facility/board.ts';
import { Building, codes, DAY, facility, officer, time, visit, type Giving } from './building.ts';

const dayId = `siteday-S1-${DAY}`;
const parties = [
  { partyId: 'p1', role: 'victim' },
  { partyId: 'p2', role: 'alleged' },
];

interface Case {
  readonly building: Building;
  readonly caseId: string;
  readonly of: Giving;
}

/** A case about j and l, linked to their household. */
async function linkedCase(more: object = {}, riskLevel = 'standard'): Promise<Case> {
  const building = await new Building().build();
  const home = await building.home('h1', ['j', 'l']);
  const opening = { parties: [{ ...parties[0], ...more }, parties[1]], riskLevel };
  const { caseId } = (await building.accept('OpenTestCase', opening)).case;
  const as = [
    { person: 'j', partyId: 'p1' },
    { person: 'l', partyId: 'p2' },
  ];
  await building.accept('LinkCase', { caseId, as }, { caseId: home });
  return { building, caseId, of: { caseId } };
}

const order = {
  orderId: 'o',
  protected: ['p1'],
  against: 'p2',
  conditions: ['stayAway'],
  until: '2027-09-01T00:00:00.000Z',
};

describe('what the cases of a visitor say', () => {
  test('a victim in a linked case › has her own entrance, whatever the desk was told', async () => {
    const { building } = await linkedCase();
    const told = { role: 'other' };
    const wrong = await building.book({ visits: [visit('j', 'E-P', told)] });
    expect(codes(wrong)).toEqual(['ENTRANCE_NOT_PERMITTED']);
    const right = await building.book({ visits: [visit('j', 'E-V', told)] });
    expect(codes(right)).toBe('accepted');
    // What the case says of her is not written into the calendar, which every desk reads.
    const day = await building.engine.caseAt(dayId);
    expect(JSON.stringify(day)).not.toContain('victim');
    const his = { roomId: 'FOR1', from: time('13:00'), to: time('14:00') };
    const aggressor = await building.book({ ...his, visits: [visit('l', 'E-V', told)] });
    expect(codes(aggressor)).toEqual(['ENTRANCE_NOT_PERMITTED']);
  });

  test.each([
    ['high', ['PREEMPTION_FORBIDDEN']],
    ['standard', 'accepted'],
  ])('an emergency and a victim at %s risk › find one room', async (risk, expected) => {
    const { building } = await linkedCase({}, risk);
    await building.book({ visits: [visit('j', 'E-V')] });
    const walkIn = { visits: [visit('x', 'E-V')], urgency: 'emergency' };
    expect(codes(await building.book(walkIn, { by: officer }))).toEqual(expected);
  });

  test('an order that has ended › keeps nobody apart', async () => {
    const { building, of } = await linkedCase();
    await building.accept('IssueOrder', { ...order, until: '2027-06-22T06:00:00.000Z' }, of);
    await building.book({ visits: [visit('j', 'E-V')] });
    const his = { roomId: 'INT2', visits: [visit('l', 'E-R')] };
    expect(codes(await building.book(his))).toBe('accepted');
  });
});

describe('rooms', () => {
  test('a certificate › is renewed in time, or its end is recorded', async () => {
    const building = await new Building().build();
    building.at('09:30', '2028-05-03');
    await building.engine.runDeadlines();
    building.at('09:30', '2028-06-02');
    await building.engine.runDeadlines();
    const history = await building.engine.history('site-S1');
    const told = history.filter(({ type }) => type.startsWith('DeadlineReached'));
    const codesTold = told.map(({ data }) => (data as { readonly code: string }).code);
    expect(codesTold).toContain('T-ROOMCERT');
    const ended = history.filter(({ type }) => type === 'RoomCertificateExpired');
    expect(ended.map(({ data }) => (data as { readonly roomId: string }).roomId)).toContain('INT1');
    const date = '2028-06-02';
    const times = { date, from: time('10:00', date), to: time('11:00', date) };
    const refused = await building.book({ ...times, visits: [visit('x', 'E-V')] });
    expect(codes(refused)).toEqual(['ROOM_NOT_INSULATED']);
  });

  test('a board in the hall › shows a number, a room and a time', async () => {
    const building = await new Building().build();
    await building.book({ bookingId: 'b1', visits: [visit('secret-person', 'E-V')] });
    await building.book({ bookingId: 'b2', roomId: 'INT2', visits: [visit('y', 'E-R')] });
    const view = await building.engine.caseAt(dayId);
    const bookings = (view?.parts ?? []) as readonly PartView<BookingFacts>[];
    const board = displayBoard(bookings);
    expect(board).toEqual([
      { number: 1, roomId: 'INT1', from: '2027-06-22T07:00:00.000Z' },
      { number: 2, roomId: 'INT2', from: '2027-06-22T07:00:00.000Z' },
    ]);
    expect(JSON.stringify(board)).not.toMatch(/secret|interview/);
    const out = { siteId: 'S1', roomId: 'INT1', reason: 'water' };
    await building.accept('TakeRoomOutOfService', out, { caseId: 'site-S1', by: facility });
    expect(toRebook(bookings, ['INT1'])).toEqual(['b1']);
  });
});
