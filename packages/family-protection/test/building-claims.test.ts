// What somebody at the door says or holds against a third person does not open it beside a victim.
import { instant } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { codes, desk, visit } from './building.ts';
import { may, type Step } from './alley.ts';
import { day, her, him, hour, Indoors, wall } from './indoors.ts';
import { as, issue, person, until } from './violence.ts';

const ordered: readonly Step[] = [
  ...until.requested,
  as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00')),
];
/** The same steps once time has gone on. */
const later = ordered.map(({ by, command, input = {} }): Step => ({ by, command, input }));
const byVictims = { ...him, entranceId: 'E-V' };
const bound = (A: string, B: string) => [
  { person: A, partyId: 'A' },
  { person: B, partyId: 'B' },
];

/** An order binds b against a; in a case of its own another one protects b from c. */
async function twoOrders(protectedOnes = bound('a', 'b')): Promise<Indoors> {
  const indoors = await new Indoors().open();
  await indoors.building.home('h1', ['a', 'b']);
  await indoors.building.home('h2', ['b', 'c']);
  await indoors.case(ordered, 'h1', protectedOnes);
  await indoors.case(later, 'h2', bound('b', 'c'));
  indoors.at('08:00');
  return indoors;
}

describe('he is bound against her, and an order protects him from somebody else', () => {
  test('while she is inside › he is let in by no entrance', async () => {
    const indoors = await twoOrders();
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', him)).toEqual(['SEPARATION_CONFLICT']);
    const refused = ['SEPARATION_CONFLICT', 'ENTRANCE_NOT_PERMITTED'];
    expect(await indoors.give('RegisterArrival', byVictims)).toEqual(refused);
  });

  test('no link says whom the order protects › it may be her, and he stays outside', async () => {
    const indoors = await twoOrders([{ person: 'b', partyId: 'B' }]);
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', him)).toEqual(['SEPARATION_CONFLICT']);
  });

  test('while she is booked › her way is not his, and her booking stands', async () => {
    const indoors = await twoOrders();
    const hers = { bookingId: 'v', ...hour('09:00', '10:00', { visits: [her] }) };
    expect(await indoors.give('BookRoom', hers)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', byVictims)).toContain('ENTRANCE_NOT_PERMITTED');
    expect(await indoors.give('RegisterArrival', him)).toContain('SEPARATION_CONFLICT');
    indoors.at('09:00');
    const comes = { bookingId: 'v', person: 'a', entranceId: 'E-V' };
    expect(await indoors.give('CheckIn', comes)).toBe('accepted');
  });

  test('while only the other one is inside › he is a victim, and is let in', async () => {
    const indoors = await twoOrders();
    expect(await indoors.give('RegisterArrival', visit('c', 'E-R'))).toBe('accepted');
    expect(await indoors.give('RegisterArrival', byVictims)).toBe('accepted');
  });

  test('once she has been gone for hours › he is a victim again', async () => {
    const indoors = await twoOrders();
    expect(await indoors.give('RegisterArrival', { ...her, arrivalId: 'v' })).toBe('accepted');
    expect(await indoors.give('RecordDeparture', { arrivalId: 'v' })).toBe('accepted');
    indoors.at('12:00');
    expect(await indoors.give('RegisterArrival', byVictims)).toBe('accepted');
  });

  test('an order each against the other › shields each from the other', async () => {
    const indoors = await new Indoors().open();
    await indoors.building.home('h1', ['a', 'b']);
    await indoors.case(ordered, 'h1');
    await indoors.case(later, 'h1', bound('b', 'a'));
    indoors.at('08:00');
    expect(await indoors.give('RegisterArrival', him)).toEqual(['ENTRANCE_NOT_PERMITTED']);
    expect(await indoors.give('RegisterArrival', byVictims)).toBe('accepted');
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
  });
});

test('he is accused by her, shielded from somebody else › his way is not near her', async () => {
  const indoors = await new Indoors().open();
  await indoors.building.home('h1', ['a', 'b']);
  await indoors.building.home('h2', ['b', 'c']);
  await indoors.case(until.standard, 'h1');
  await indoors.case(later, 'h2', bound('b', 'c'));
  indoors.at('08:00');
  const hers = hour('10:00', '11:00', { visits: [her] });
  expect(await indoors.give('BookRoom', hers)).toBe('accepted');
  const near = hour('10:00', '11:00', { roomId: 'FOR1', visits: [byVictims] });
  expect(await indoors.give('BookRoom', near)).toEqual([
    'SEPARATION_CONFLICT',
    'ENTRANCE_NOT_PERMITTED',
  ]);
});

test('two accuse each other, one is shielded from a third › he comes by either way', async () => {
  const indoors = await new Indoors().open();
  await indoors.building.home('h1', ['a', 'b']);
  await indoors.building.home('h2', ['b', 'c']);
  await indoors.case(until.standard, 'h1');
  const undated = until.standard.map((one): Step => {
    const { by, command, input = {} } = one;
    return { by, command, input };
  });
  await indoors.case(undated, 'h1', bound('b', 'a'));
  await indoors.case(later, 'h2', bound('b', 'c'));
  indoors.at('08:00');
  expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
  // Not a victim alone, who would have to come by the entrance of victims.
  expect(await indoors.give('RegisterArrival', him)).toBe('accepted');
});

test('a departure dated before the arrival › hides nobody who was here', async () => {
  const indoors = await new Indoors().open();
  await indoors.building.home('h1', ['a', 'b']);
  await indoors.case(ordered, 'h1');
  indoors.at('09:00');
  expect(await indoors.give('RegisterArrival', { ...him, arrivalId: 'h' })).toBe('accepted');
  indoors.at('09:05');
  const left = { siteId: 'S1', date: day, arrivalId: 'h' };
  const told = { id: indoors.building.id(), name: 'RecordDeparture', input: left };
  const where = { caseId: `siteday-S1-${day}`, occurredAt: wall('08:00') };
  const outcome = await indoors.building.engine.execute({ ...told, ...where }, desk);
  expect(codes(outcome)).toBe('accepted');
  const soon = hour('09:10', '10:00', { visits: [her] });
  expect(await indoors.give('BookRoom', soon)).toEqual(['SEPARATION_CONFLICT']);
  const [part] = (await indoors.building.engine.caseAt(where.caseId))?.parts ?? [];
  expect(part?.context).toMatchObject({ outAt: instant(wall('09:00')) });
});

describe('somebody whom a desk calls a child, kept apart from her in the whole building', () => {
  async function sheIsIn(): Promise<Indoors> {
    const indoors = await new Indoors().open();
    await indoors.building.home('h1', ['a', 'b']);
    await indoors.building.separate('h1', { a: 'a', b: 'b', mode: 'noOverlapBuilding' });
    indoors.at('08:00');
    expect(await indoors.give('RegisterArrival', her)).toBe('accepted');
    return indoors;
  }
  const child = { ...him, role: 'child' };

  test.each(['E-R', 'E-V'])('and an adult › is not let in by %s', async (entranceId) => {
    const indoors = await sheIsIn();
    const comes = { ...child, entranceId, ageBand: 'adult' };
    expect(await indoors.give('RegisterArrival', comes)).toContain('SEPARATION_CONFLICT');
    const unsaid = { ...child, entranceId };
    expect(await indoors.give('RegisterArrival', unsaid)).toContain('SEPARATION_CONFLICT');
  });

  test('and of whom a case knows that › is let in, whatever the desk leaves out', async () => {
    const indoors = await sheIsIn();
    const steps = [...until.standard, person('K', 'child', { band: 'under15' })];
    const undated = steps.map(({ by, command, input = {} }): Step => ({ by, command, input }));
    await indoors.case(undated, 'h1', [{ person: 'b', partyId: 'K' }]);
    const comes = { ...child, entranceId: 'E-V' };
    expect(await indoors.give('RegisterArrival', comes)).toBe('accepted');
  });

  test.each(['under7', '7to11', '12to17'])('and %s › is let in', async (ageBand) => {
    const indoors = await sheIsIn();
    const comes = { ...child, entranceId: 'E-V', ageBand };
    expect(await indoors.give('RegisterArrival', comes)).toBe('accepted');
  });
});
