// What a case knows of a child keeps a visit from being booked, begun or gone on with.
import { describe, expect, test } from 'vitest';
import type { Step } from './alley.ts';
import { codes, desk, visit } from './building.ts';
import { day, hour, Indoors, wall } from './indoors.ts';
import { as, asked, assess, issue, person, until, work } from './violence.ts';

const dayId = `siteday-S1-${day}`;
const about = { siteId: 'S1', date: day, bookingId: 'v' };
const watcher = { staff: 'psy1', role: 'PSY', office: 'MUH-FCP' };
const band = { role: 'child', ageBand: 'under7' };
const child = visit('k', 'E-V', { ...band, arrives: wall('15:10'), leaves: wall('18:35') });
const father = visit('b', 'E-R', { arrives: wall('16:00'), leaves: wall('18:00') });
const asking = {
  ...about,
  ...hour('16:00', '18:00', { purpose: 'supervisedVisit', roomId: 'VIS1' }),
  supervision: { supervisor: 'psy1', basis: 'courtOrder', basisRef: 'J-1' },
  visits: [child, father],
};
const K = person('K', 'child', { band: 'under15' });
const linked = [
  { person: 'a', partyId: 'A' },
  { person: 'b', partyId: 'B' },
  { person: 'k', partyId: 'K' },
];
const harm = { victim: 'K', alleged: ['B'], violenceTypes: ['physical'] };
const incident = (more: object = {}) => as('inv1', 'RecordIncident', { ...harm, ...more });
const request = as('leg1', 'RequestProtectionOrder', {
  ...asked,
  orderId: 'O9',
  protected: ['K'],
});
const issued = { ...issue, orderId: 'O9' };
const harmless = { ...issued, conditions: ['noHarm'] };
/** What may become known, each alone enough; where it takes an assessment, that was made since. */
const DANGERS: readonly (readonly [string, readonly Step[]])[] = [
  ['harm to the child, not assessed anew', [incident()]],
  [
    'a concern for the child',
    [work('ScreenChild', { partyId: 'K', result: 'concern', seenAlone: true })],
  ],
  [
    'an immediate danger that is not met',
    [as('int1', 'NoteSafetyConcern', { immediateDanger: true })],
  ],
  ['sexual violence', [incident({ violenceTypes: ['sexual'] }), assess('standard')]],
  ['strangulation', [incident({ contextFlags: ['strangulation'] }), assess('standard')]],
  ['a weapon', [incident({ weapon: 'threatened' }), assess('standard')]],
  [
    'the removal of the child',
    [as('inv1', 'RecordRemovalOrder', { childPartyId: 'K', ppOrderRef: 'PP' })],
  ],
  ['an order for the child that was asked for', [request]],
  ['an order for the child', [request, as('leg1', 'RecordProtectionOrderIssued', issued)]],
  [
    'an order that does not forbid to meet',
    [as('leg1', 'RecordProtectionOrderIssued', { ...harmless, protected: ['K'], against: 'B' })],
  ],
];

async function family() {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['a', 'b', 'k']);
  const caseId = await indoors.case([...until.standard, K], 'h1', linked);
  indoors.at('10:00');
  const give = async (name: string, more: object = {}, by: object = desk) =>
    codes(await building.give(name, { ...about, ...more }, { caseId: dayId, by }));
  const learn = async (steps: readonly Step[]) => {
    await building.play(steps, caseId);
    await building.settle();
  };
  const book = async (visits: readonly object[] = asking.visits) =>
    codes(await building.book({ ...asking, visits }));
  return { indoors, building, caseId, give, learn, book };
}

/** Both have come, and who watches over it. */
async function met() {
  const world = await family();
  const { indoors, give, book } = world;
  expect(await book()).toBe('accepted');
  indoors.at('15:10');
  expect(await give('CheckIn', { person: 'k', entranceId: 'E-V' })).toBe('accepted');
  indoors.at('16:00');
  expect(await give('CheckIn', { person: 'b', entranceId: 'E-R' })).toBe('accepted');
  expect(await give('CheckInSupervisor', {}, watcher)).toBe('accepted');
  return world;
}

describe.each(DANGERS)('%s', (_, steps) => {
  test('is known › the visit is not booked, and a desk does not learn why', async () => {
    const { learn, book } = await family();
    await learn(steps);
    expect(await book()).toEqual(['SEPARATION_CONFLICT']);
  });

  test('becomes known once both have come › the visit does not begin', async () => {
    const { building, caseId, give } = await met();
    await building.play(steps, caseId);
    expect(await give('StartBooking')).toEqual(['SEPARATION_CONFLICT']);
  });

  test('becomes known during the visit › it is stopped, and a supervisor knows', async () => {
    const { indoors, building, give, learn } = await met();
    expect(await give('StartBooking')).toBe('accepted');
    indoors.at('16:20');
    await learn(steps);
    const booking = (await building.engine.caseAt(dayId))?.parts.find(({ id }) => id === 'v');
    expect(booking?.states).toEqual(['terminated']);
    expect(booking?.context).toMatchObject({ triggers: ['separation'] });
    const alarms = await indoors.recorded('SeparationBreachOccurred');
    expect(alarms).toMatchObject([{ instruction: 'bringApart' }]);
    await building.engine.runDeadlines();
    const told = await indoors.recorded('DeadlineEscalated');
    expect(told).toContainEqual(expect.objectContaining({ code: 'T-SEPBREACH', to: 'SUP' }));
  });
});

describe('what does not concern the child and him', () => {
  test('harm by him to her, assessed since › leaves the visit as it is', async () => {
    const { learn, book } = await family();
    await learn([incident({ victim: 'A', violenceTypes: ['sexual'] }), assess('standard')]);
    expect(await book()).toBe('accepted');
  });

  test('an order for the mother that was asked for › leaves it, too', async () => {
    const { learn, book } = await family();
    await learn([work('RequestProtectionOrder', asked)]);
    expect(await book()).toBe('accepted');
  });

  test('another child is removed › leaves it, too', async () => {
    const { learn, book } = await family();
    const other = { childPartyId: 'L', ppOrderRef: 'PP' };
    const sibling = person('L', 'child', { band: 'under15' });
    await learn([sibling, as('inv1', 'RecordRemovalOrder', other)]);
    expect(await book()).toBe('accepted');
  });
});
