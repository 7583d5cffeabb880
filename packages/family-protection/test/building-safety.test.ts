// Nobody slips out of a separation: by unlinking, by leaving someone out, or by a slip at the desk.
import { describe, expect, test } from 'vitest';
import { Building, codes, DAY, facility, officer, time, visit } from './building.ts';

const dayId = `siteday-S1-${DAY}`;
const parties = [
  { partyId: 'p1', role: 'victim' },
  { partyId: 'p2', role: 'alleged' },
];
const order = {
  orderId: 'o',
  protected: ['p1'],
  against: 'p2',
  conditions: ['noContact'],
  until: '2027-09-01T00:00:00.000Z',
};
const as = [
  { person: 'j', partyId: 'p1' },
  { person: 'l', partyId: 'p2' },
];
const hers = { visits: [visit('j', 'E-V')] };
const his = { roomId: 'INT2', visits: [visit('l', 'E-R')] };

/** A case about j and l, linked to their household h1. */
async function linked() {
  const building = await new Building().build();
  const home = await building.home('h1', ['j', 'l']);
  const opening = { parties, riskLevel: 'standard' };
  const { caseId } = (await building.accept('OpenTestCase', opening)).case;
  await building.accept('LinkCase', { caseId, as }, { caseId: home });
  return { building, home, of: { caseId } };
}
const desk = (building: Building, name: string, more: object = {}) =>
  building.give(
    name,
    { siteId: 'S1', date: DAY, bookingId: 'b', person: 'j', entranceId: 'E-V', ...more },
    { caseId: dayId },
  );

describe('a case that is linked', () => {
  test('with an order in force › is not unlinked', async () => {
    const { building, home, of } = await linked();
    await building.accept('IssueOrder', order, of);
    const unlink = () =>
      building.give('UnlinkCase', { ...of, reason: 'a slip' }, { caseId: home, by: officer });
    expect(codes(await unlink())).toEqual(['SEPARATION_ORDERED']);
    await building.accept('RevokeOrder', { orderId: 'o' }, of);
    expect(codes(await unlink())).toBe('accepted');
  });

  test('anew and without someone › keeps them in its orders', async () => {
    const { building, home, of } = await linked();
    await building.accept('IssueOrder', order, of);
    await building.book(hers);
    await building.accept('LinkCase', { ...of, as: as.slice(0, 1) }, { caseId: home });
    const { context } = (await building.engine.caseAt(home)) ?? {};
    expect(context?.['links']).toEqual([{ ...of, as, agreed: false }]);
    expect(codes(await building.book(his))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('to no household › keeps apart whoever names it', async () => {
    const building = await new Building().build();
    const opening = { parties, riskLevel: 'standard' };
    const { caseId } = (await building.accept('OpenTestCase', opening)).case;
    const named = (person: string, door: string, partyId: string) =>
      visit(person, door, { caseId, partyId });
    const other = { roomId: 'INT2', visits: [named('l', 'E-R', 'p2')] };
    await building.book({ visits: [named('j', 'E-V', 'p1')] });
    await building.accept('IssueOrder', order, { caseId });
    expect(codes(await building.book(other))).toEqual(['SEPARATION_CONFLICT']);
    await building.accept('RevokeOrder', { orderId: 'o' }, { caseId });
    expect(codes(await building.book(other))).toBe('accepted');
  });
});

describe('an order of a case that no household links', () => {
  const coming = (who: object) => ({ siteId: 'S1', date: DAY, ...who });
  const comes = (building: Building, who: object) =>
    building.give('RegisterArrival', coming(who));

  /** The order stands in a case that nobody has linked. */
  async function ordered() {
    const building = await new Building().build();
    await building.home('h1', ['j', 'l']);
    const opening = { parties, riskLevel: 'standard' };
    const { caseId } = (await building.accept('OpenTestCase', opening)).case;
    await building.accept('IssueOrder', order, { caseId });
    const named = (person: string, entranceId: string, partyId: string) =>
      visit(person, entranceId, { caseId, partyId });
    return { building, caseId, named };
  }

  test('she names it › is let in apart from everybody, and a supervisor is told', async () => {
    const { building, caseId, named } = await ordered();
    expect(codes(await comes(building, visit('l', 'E-P')))).toBe('accepted');
    const she = await comes(building, named('j', 'E-V', 'p1'));
    const recorded = she.kind === 'accepted' ? she.events.map(({ data }) => data) : [];
    expect(recorded).toMatchObject([{ keepApart: true }, { instruction: 'letInApart' }]);
    // Once it is known who he is, the alarm is about him.
    await building.accept('LinkCase', { caseId, as }, { caseId: 'household-h1' });
    await building.settle();
    const day = await building.engine.history(dayId);
    const alarms = day.filter(({ type }) => type === 'SeparationBreachOccurred');
    expect(alarms.map(({ data }) => data)).toMatchObject([{ b: null }, { a: 'j', b: 'l' }]);
  });

  test('he names it › is booked only once it is known whom it protects', async () => {
    const { building, caseId, named } = await ordered();
    const asked = { roomId: 'INT2', visits: [named('l', 'E-R', 'p2')] };
    expect(codes(await building.book(asked))).toEqual(['SEPARATION_CONFLICT']);
    await building.accept('LinkCase', { caseId, as }, { caseId: 'household-h1' });
    expect(codes(await building.book(asked))).toBe('accepted');
  });

  test('both name it, hours apart › he is booked as well', async () => {
    const { building, named } = await ordered();
    expect(codes(await building.book({ visits: [named('j', 'E-V', 'p1')] }))).toBe('accepted');
    const later = { from: time('15:00'), to: time('16:00') };
    const him = { ...later, roomId: 'INT2', visits: [named('l', 'E-R', 'p2')] };
    expect(codes(await building.book(him))).toBe('accepted');
  });
});

describe('who comes and goes', () => {
  async function apart() {
    const { building } = await linked();
    await building.separate('h1', { a: 'j', b: 'l', mode: 'noOverlapBuilding' });
    await building.book({ ...hers, bookingId: 'b' });
    return building;
  }

  test('noted as gone who never came › is still expected', async () => {
    const building = await apart();
    await desk(building, 'CheckOut');
    expect(codes(await building.book(his))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('gone and back › is there again', async () => {
    const building = await apart();
    building.at('10:00');
    await desk(building, 'CheckIn');
    building.at('10:05');
    await desk(building, 'CheckOut');
    const later = { ...his, from: time('10:40'), to: time('11:20') };
    building.at('10:10');
    expect(codes(await desk(building, 'CheckIn'))).toBe('accepted');
    expect(codes(await building.book(later))).toEqual(['SEPARATION_CONFLICT']);
  });
});

test('a way to the care room › is booked as well', async () => {
  const { building } = await linked();
  await building.separate('h1', { a: 'j', b: 'l' });
  const features = ['nursingChair', 'diaperTable', 'privateWashroom'];
  const room = { siteId: 'S1', roomId: 'MAT2', kind: 'maternity', zones: ['Zr'], capacity: 3 };
  const more = { caseId: 'site-S1', by: facility };
  await building.accept('CommissionRoom', { ...room, features }, more);
  await building.book({ ...hers, careRoomId: 'MAT2' });
  expect(codes(await building.book(his))).toEqual(['SEPARATION_CONFLICT']);
});

test.each(['interview', 'consultation', 'preMeeting', 'care'])(
  'two sides of violence › at one %s › are never together',
  async (purpose) => {
    const { building } = await linked();
    const roomId = { preMeeting: 'REC1', care: 'MAT1' }[purpose] ?? 'INT1';
    const first = visit('j', 'E-V', { arrives: time('09:45'), leaves: time('10:45') });
    const visits = [first, visit('l', 'E-R')];
    const outcome = await building.book({ purpose, roomId, visits });
    expect(codes(outcome)).toEqual(['JOINT_INTERVIEW_FORBIDDEN']);
    const alone = await building.book({ purpose, roomId, visits: [first] });
    expect(codes(alone)).toBe('accepted');
  },
);
