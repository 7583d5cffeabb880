// Whoever is accused does not become a victim by a report of his own, in whichever file it stands.
import { describe, expect, test } from 'vitest';
import { Building, codes, DAY, officer, time, visit } from './building.ts';
import { her, him, hour, Indoors, wall } from './indoors.ts';
import { as, until } from './violence.ts';

const order = {
  orderId: 'o',
  protected: ['p1'],
  against: 'p2',
  conditions: ['noContact'],
  until: '2027-09-01T00:00:00.000Z',
};
const opening = (first: string, second: string) => ({
  parties: [
    { partyId: 'p1', role: first },
    { partyId: 'p2', role: second },
  ],
  riskLevel: 'standard',
});
const linked = [
  { person: 'j', partyId: 'p1' },
  { person: 'l', partyId: 'p2' },
];

/** j was harmed by l; then l reports j, in a case of its own. */
async function countered(counter: readonly [string, string] = ['alleged', 'victim']) {
  const building = await new Building().build();
  const home = await building.home('h1', ['j', 'l']);
  const ids: string[] = [];
  for (const input of [opening('victim', 'alleged'), opening(...counter)]) {
    const { caseId } = (await building.accept('OpenTestCase', input)).case;
    await building.accept('LinkCase', { caseId, as: linked }, { caseId: home });
    ids.push(caseId);
  }
  return { building, first: ids[0] as string };
}
const she = (more: object = {}) => visit('j', 'E-V', more);
const he = (entranceId: string, more: object = {}) => visit('l', entranceId, more);
const apart = { arrives: time('09:40'), leaves: time('10:40') };

describe('two who accuse each other in two cases', () => {
  test.each([
    ['interview', 'INT1'],
    ['consultation', 'INT1'],
    ['preMeeting', 'REC1'],
    ['care', 'MAT1'],
  ])('at one %s › are never together', async (purpose, roomId) => {
    const { building } = await countered();
    const both = { purpose, roomId, visits: [she(apart), he('E-R')] };
    expect(codes(await building.book(both))).toContain('JOINT_INTERVIEW_FORBIDDEN');
    const alone = await building.book({ purpose, roomId, visits: [she(apart)] });
    expect(codes(alone)).toBe('accepted');
  });

  test('at a session › come and leave apart, and not without what a session needs', async () => {
    const { building } = await countered();
    const session = { purpose: 'session', roomId: 'REC1' };
    const close = await building.book({ ...session, visits: [she(), he('E-R')] });
    expect(codes(close)).toEqual(['SEPARATION_CONFLICT', 'ARRIVALS_NOT_STAGGERED']);
    const staggered = await building.book({ ...session, visits: [she(apart), he('E-R')] });
    expect(codes(staggered)).toEqual(['SEPARATION_CONFLICT']);
    // Neither is known to be the one who is kept safe: the other may be the first as well.
    const turned = { ...session, visits: [he('E-R', apart), she()] };
    expect(codes(await building.book(turned))).toEqual(['SEPARATION_CONFLICT']);
  });

  test('the way of victims › is hers, and his never near her', async () => {
    const { building } = await countered();
    expect(codes(await building.book({ visits: [she()] }))).toBe('accepted');
    const near = { roomId: 'FOR1', from: time('10:15'), to: time('11:15') };
    const refused = await building.book({ ...near, visits: [he('E-V')] });
    expect(codes(refused)).toEqual(['SEPARATION_CONFLICT']);
    const elsewhere = await building.book({ ...near, roomId: 'INT2', visits: [he('E-R')] });
    expect(codes(elsewhere)).toBe('accepted');
  });

  test('with an order against him › he is the accused, whatever he reports', async () => {
    const { building, first } = await countered();
    await building.accept('IssueOrder', order, { caseId: first });
    const his = { roomId: 'FOR1', visits: [he('E-V')] };
    expect(codes(await building.book(his, { by: officer }))).toContain('ENTRANCE_NOT_PERMITTED');
    const hers = await building.book({ visits: [visit('j', 'E-P')] });
    expect(codes(hers)).toEqual(['ENTRANCE_NOT_PERMITTED']);
    expect(codes(await building.book({ visits: [she()] }))).toBe('accepted');
  });

  test('with an order › her booking stands, and his gives way', async () => {
    const { building, first } = await countered();
    await building.book({ bookingId: 'b1', visits: [she()] });
    const his = { roomId: 'INT2', from: time('10:45'), to: time('11:15'), visits: [he('E-R')] };
    expect(codes(await building.book({ bookingId: 'b2', ...his }))).toBe('accepted');
    await building.settle();
    await building.accept('IssueOrder', order, { caseId: first });
    await building.accept('QuestionBookings', { cause: 'order' }, { caseId: 'household-h1' });
    await building.settle();
    const parts = (await building.engine.caseAt(`siteday-S1-${DAY}`))?.parts ?? [];
    expect(parts.map(({ id, states }) => [id, ...states])).toEqual([
      ['b1', 'confirmed'],
      ['b2', 'cancelled'],
    ]);
  });
});

test('a victim of somebody else › stays away from whom he is accused of harming', async () => {
  const { building } = await countered(['witness', 'victim']);
  const both = { purpose: 'consultation', visits: [she(apart), he('E-R')] };
  expect(codes(await building.book(both))).toEqual(['JOINT_INTERVIEW_FORBIDDEN']);
  const session = { purpose: 'session', roomId: 'REC1' };
  const turned = { ...session, visits: [he('E-R', apart), she()] };
  expect(codes(await building.book(turned))).toContain('ARRIVALS_NOT_STAGGERED');
  expect(codes(await building.book({ visits: [she()] }))).toBe('accepted');
  const near = { roomId: 'FOR1', visits: [he('E-V')] };
  expect(codes(await building.book(near))).toEqual(['SEPARATION_CONFLICT']);
});

describe('whoever is accused, and reports somebody else', () => {
  const comes = (who: object) => ({ siteId: 'S1', date: DAY, ...who });
  const report = (victim: string, alleged: string, caseOf: string) => ({
    opening: opening('victim', 'alleged'),
    as: [
      { person: victim, partyId: 'p1' },
      { person: alleged, partyId: 'p2' },
    ],
    home: caseOf,
  });

  /** j was harmed by l, who says that c harms him; nobody has declared that anybody is a pair. */
  async function reporting(...reports: readonly ReturnType<typeof report>[]) {
    const building = await new Building().build();
    await building.home('h1', ['j', 'l', 'kid']);
    await building.home('h2', ['l', 'c']);
    for (const { opening: input, home, as: parties } of reports) {
      const { caseId } = (await building.accept('OpenTestCase', input)).case;
      const link = { caseId, as: parties };
      await building.accept('LinkCase', link, { caseId: `household-${home}` });
    }
    const enters = async (who: object) => codes(await building.give('RegisterArrival', comes(who)));
    return { building, enters };
  }
  const hers = report('j', 'l', 'h1');
  const his = report('l', 'c', 'h2');

  test('while the one he is accused of harming is inside › has no way of victims', async () => {
    const { building, enters } = await reporting(hers, his);
    expect(await enters(visit('j', 'E-V'))).toBe('accepted');
    expect(await enters(visit('l', 'E-V'))).toEqual(['SEPARATION_CONFLICT']);
    const asked = await building.give('RegisterArrival', comes(visit('l', 'E-V')), { by: officer });
    expect(codes(asked)).toEqual(['SEPARATION_CONFLICT', 'ENTRANCE_NOT_PERMITTED']);
    expect(await enters(visit('l', 'E-R'))).toBe('accepted');
  });

  test('while only the one he reports is inside › is let in as a victim', async () => {
    const { enters } = await reporting(hers, his);
    expect(await enters(visit('c', 'E-R'))).toBe('accepted');
    expect(await enters(visit('l', 'E-V'))).toBe('accepted');
  });

  test('accused by whom she reports › is let in as a victim beside the child', async () => {
    // The case that accuses j of harming the child was made by l, who takes part in it.
    const counter = report('kid', 'j', 'h1');
    const joined = { ...counter, as: [...counter.as, { person: 'l', partyId: 'p3' }] };
    const { enters } = await reporting(hers, joined);
    expect(await enters({ ...visit('kid', 'E-V'), role: 'child' })).toBe('accepted');
    expect(await enters(visit('j', 'E-V'))).toBe('accepted');
  });

  test('and whom no declared pair keeps apart › does not share her way', async () => {
    const { building } = await reporting(hers);
    expect(codes(await building.book({ visits: [visit('j', 'E-V')] }))).toBe('accepted');
    // From the public entrance the way to this room crosses hers.
    const crossing = { roomId: 'INT2', from: time('10:30'), to: time('11:30') };
    const through = await building.book({ ...crossing, visits: [visit('l', 'E-P')] });
    expect(codes(through)).toEqual(['SEPARATION_CONFLICT']);
    const near = { roomId: 'FOR1', visits: [visit('j', 'E-V')] };
    const late = { from: time('15:00'), to: time('16:00') };
    const first = { ...late, roomId: 'INT2', visits: [visit('l', 'E-P')] };
    expect(codes(await building.book(first))).toBe('accepted');
    expect(codes(await building.book({ ...late, ...near }))).toEqual(['SEPARATION_CONFLICT']);
    const apartFromHer = await building.book({ ...crossing, visits: [visit('l', 'E-R')] });
    expect(codes(apartFromHer)).toBe('accepted');
  });
});

describe('an incident the other way round in the same case', () => {
  const counter = as('inv1', 'RecordIncident', {
    victim: 'B',
    alleged: ['A'],
    occurredFrom: '2027-05-08T20:00:00+03:00',
    violenceTypes: ['physical'],
  });

  test('she › is let in all the same, and they are never heard together', async () => {
    const indoors = await new Indoors().open();
    await indoors.building.home('h1', ['a', 'b']);
    await indoors.case([...until.registered, counter], 'h1');
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    indoors.at('08:00');
    const early = { arrives: wall('08:30'), leaves: wall('09:30') };
    const visits = [{ ...her, ...early }, him];
    const both = hour('09:00', '10:00', { purpose: 'consultation', visits });
    expect(await indoors.give('BookRoom', both)).toContain('JOINT_INTERVIEW_FORBIDDEN');
    expect(await indoors.give('RegisterArrival', him)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    expect(await indoors.recorded('ArrivalRegistered')).toMatchObject([
      { keepApart: false },
      { keepApart: true },
    ]);
  });
});
