// What an answer would teach a desk: of two worlds that differ in what it may not see it gets one answer.
import { describe, expect, test } from 'vitest';
import { Building, codes, desk, facility, officer, visit } from './building.ts';

const intake = { staff: 'int1', role: 'INT', office: 'MUH-FCP' };
const worker = { staff: 'cw1', role: 'CW', office: 'MUH-FCP' };
const psychologist = { staff: 'psy1', role: 'PSY', office: 'MUH-FCP' };

/** Somebody has booked a room; her case knows this risk. */
async function booked(risk: string, who: object = visit('j', 'E-V')) {
  const building = await new Building().build();
  const home = await building.home('h1', ['j', 'l']);
  const parties = [
    { partyId: 'p1', role: 'victim' },
    { partyId: 'p2', role: 'alleged' },
  ];
  const { caseId } = (await building.accept('OpenTestCase', { parties, riskLevel: risk })).case;
  const as = [
    { person: 'j', partyId: 'p1' },
    { person: 'l', partyId: 'p2' },
  ];
  await building.accept('LinkCase', { caseId, as }, { caseId: home });
  expect(codes(await building.book({ visits: [who] }))).toBe('accepted');
  return building;
}
const urgent = { visits: [visit('x', 'E-V')], urgency: 'emergency' };

describe('an emergency that would take a victim’s room', () => {
  test.each([
    ['RCP', desk],
    ['FAC', facility],
    ['CW', worker],
    ['PSY', psychologist],
  ])('asked for by %s › is refused at every risk', async (_, by) => {
    for (const risk of ['high', 'standard']) {
      const building = await booked(risk);
      const command = { id: building.id(), name: 'BookRoom', input: urgentInput };
      const preview = await building.engine.preview(command, by);
      expect(codes(preview as never)).toEqual(['PREEMPTION_FORBIDDEN']);
      expect(codes(await building.book(urgent, { by }))).toEqual(['PREEMPTION_FORBIDDEN']);
    }
  });

  test.each([
    ['SUP', officer],
    ['INT', intake],
  ])('asked for by %s, who sees the risk › is weighed', async (_, by) => {
    const high = await booked('high');
    expect(codes(await high.book(urgent, { by }))).toEqual(['PREEMPTION_FORBIDDEN']);
    const standard = await booked('standard');
    expect(codes(await standard.book(urgent, { by }))).toBe('accepted');
  });

  test('whose room another emergency has › does not get it, whoever asks', async () => {
    const building = await new Building().build();
    const first = { ...urgent, visits: [visit('q', 'E-P')] };
    expect(codes(await building.book(first, { by: officer }))).toBe('accepted');
    for (const by of [officer, desk]) {
      expect(codes(await building.book(urgent, { by }))).toEqual(['PREEMPTION_FORBIDDEN']);
    }
  });

  test('she who walks in › is let in all the same', async () => {
    const building = await booked('high');
    const arrival = { siteId: 'S1', date: '2027-06-22', ...visit('x', 'E-V') };
    expect(codes(await building.give('RegisterArrival', arrival))).toBe('accepted');
  });
});

const urgentInput = {
  siteId: 'S1',
  date: '2027-06-22',
  roomId: 'INT1',
  from: '2027-06-22T10:00:00+03:00',
  to: '2027-06-22T11:00:00+03:00',
  purpose: 'interview',
  ...urgent,
};

test.each([
  ['a child', { ...visit('q', 'E-P'), role: 'child' }],
  ['somebody under age', { ...visit('q', 'E-P'), ageBand: '12to17' }],
  ['whom the desk calls a victim', visit('q', 'E-V')],
  ['who comes by the victims’ entrance', { ...visit('q', 'E-V'), role: 'support' }],
])('the room of %s › is not taken by a desk', async (_, who) => {
  const building = await new Building().build();
  const later = { from: '2027-06-22T15:00:00+03:00', to: '2027-06-22T15:45:00+03:00' };
  expect(codes(await building.book({ ...later, visits: [who] }))).toBe('accepted');
  const takes = { ...later, ...urgent };
  expect(codes(await building.book(takes))).toEqual(['PREEMPTION_FORBIDDEN']);
  expect(codes(await building.book(takes, { by: officer }))).toBe('accepted');
});

test('the room of anybody else › is taken, and booked anew', async () => {
  const building = await booked('high', visit('q', 'E-P'));
  expect(codes(await building.book(urgent))).toBe('accepted');
});

describe('somebody whom only a case accuses', () => {
  const shown = { by: intake };
  const plain = (who: string, entranceId: string, more: object = {}) => ({
    ...visit(who, entranceId, more),
    role: 'other',
  });

  test.each([
    ['by the entrance of victims', { visits: [visit('l', 'E-V')] }, 'ENTRANCE_NOT_PERMITTED'],
    [
      'heard together with somebody',
      { visits: [plain('l', 'E-P'), plain('x', 'E-P')] },
      'JOINT_INTERVIEW_FORBIDDEN',
    ],
    [
      'before the other one at a session',
      { purpose: 'session', roomId: 'REC1', visits: [plain('l', 'E-R'), visit('j', 'E-V')] },
      'ARRIVALS_NOT_STAGGERED',
    ],
  ])('booked %s › is refused, and a desk is not told that it is so', async (_, asked, code) => {
    const building = await booked('standard', visit('q', 'E-P'));
    const later = { from: '2027-06-22T15:00:00+03:00', to: '2027-06-22T16:00:00+03:00' };
    for (const by of [desk, facility]) {
      const outcome = await building.book({ ...later, ...asked }, { by });
      expect(codes(outcome)).toEqual(['SEPARATION_CONFLICT']);
    }
    expect(codes(await building.book({ ...later, ...asked }, shown))).toContain(code);
  });

  test('called so by the desk itself › is refused in so many words', async () => {
    const building = await booked('standard', visit('q', 'E-P'));
    const told = { ...visit('l', 'E-V'), role: 'alleged' };
    const later = { from: '2027-06-22T15:00:00+03:00', to: '2027-06-22T16:00:00+03:00' };
    const outcome = await building.book({ ...later, visits: [told] });
    expect(codes(outcome)).toEqual(['ENTRANCE_NOT_PERMITTED']);
  });

  test('who is a victim by the cases › is sent to her entrance by any desk', async () => {
    const building = await booked('standard', visit('q', 'E-P'));
    const later = { from: '2027-06-22T15:00:00+03:00', to: '2027-06-22T16:00:00+03:00' };
    const outcome = await building.book({ ...later, visits: [plain('j', 'E-P')] });
    expect(codes(outcome)).toEqual(['ENTRANCE_NOT_PERMITTED']);
  });
});
