// What a household's cases tell one another beyond two who are both linked: found by a review.
import { instant, msOf } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { expect, test } from 'vitest';
import { caseTypes, policySample } from '../src/index.ts';
import { hold, reported, schedule, until as upTo } from './accord.ts';
import { may, upTo as parkingUpTo, type Step } from './alley.ts';
import { Building, codes, visit } from './building.ts';
import { assessed, linked, Neighbourhood, otherCase, otherOrder, told } from './linked.ts';
import { orderAsked } from './home-refusals.ts';
import { harm } from './linked-refusals.ts';
import { as, issue, person, until } from './violence.ts';

test('an order › of a case that links only one of the two › keeps both apart', async () => {
  const all = new Neighbourhood();
  await all.home('h1', ['she', 'he']);
  const other = await all.play([...otherCase, assessed(4)]);
  await all.link(other, 'h1', { H: 'he' });
  const opening = reported();
  const own = await all.play(opening);
  await all.link(own, 'h1', { V: 'she', A: 'he' });
  await all.play(upTo('scheduled').slice(opening.length), own);
  await all.play([otherOrder], other);
  expect(told(await all.give(hold('S1'), own))).not.toBe('accepted');
});

const danger: Step = {
  by: 'int1',
  command: 'NoteSafetyConcern',
  input: { concerns: ['danger'], immediateDanger: true },
};
const release: Step = { by: 'inv1', command: 'NotifyRelease', input: { partyId: 'H' } };

test.each([
  ['an order that is asked for', orderAsked],
  ['a danger', danger],
  ['a release', release],
])('%s › that another case has not judged yet › stands against a session', async (_, step) => {
  const { all, own, other } = await linked('ready');
  await all.play([step], other);
  expect(told(await all.give(schedule('S1'), own))).not.toBe('accepted');
});

test('harm that another case has judged since › stands against this round', async () => {
  const given = { incidentAt: '2024-02-01T08:00:00+03:00' };
  const harmed = [harm({ occurredFrom: '2026-01-01T08:00:00+03:00' }), assessed(4)];
  const { all, own, other } = await linked('ready', { given });
  // It was told after the two had been found able to meet, and nobody here has judged it.
  await all.play(harmed, other);
  expect(told(await all.give(schedule('S1'), own))).toEqual(['RECONCILIATION_BLOCKED_BY_RISK']);
  const before = await linked('ready', { before: harmed, given });
  expect(told(await before.all.give(schedule('S1'), before.own))).toBe('accepted');
});

test('a worry that she tells for another case › stops what this one plans', async () => {
  const { all, own, other } = await linked('ready', { before: [assessed(4)] });
  const contact = (concerns: boolean): Step => ({
    by: 'cw2',
    command: 'RecordReassurance',
    input: { channel: 'inPerson', wellbeing: 4, concerns },
  });
  for (const [concerns, state] of [
    [false, 'ready'],
    [true, 'suspended'],
  ] as const) {
    await all.play([contact(concerns)], other);
    await all.react();
    expect((await all.view(own)).states).toContain(`reconciliation.${state}`);
  }
});

test('a file that is taken over › belongs to the household of the one before', async () => {
  const all = new Neighbourhood();
  await all.home('h1', ['she']);
  const before = await all.play(parkingUpTo.registered);
  await all.link(before, 'h1', { A: 'she' });
  const input = { to: 'family.domesticViolence', reason: 'He follows her.' };
  await all.play([{ by: 'int1', command: 'ReclassifyCase', input }], before);
  await all.react();
  const { context } = await all.view(`${before}-dv`);
  expect(context['households']).toMatchObject([
    { householdId: 'h1', as: [{ person: 'she', partyId: 'A' }] },
  ]);
});

/** A building where the case under an order is known, and who of the household is which party. */
async function buildingOf(known: readonly { readonly person: string; readonly partyId: string }[]) {
  const policies = [policySample];
  const building = new Building(new MemoryEventStore(), 'further', { caseTypes, policies });
  building.ms = msOf(instant(may(9, '08:00')));
  await building.build();
  const caseId = await building.play([...until.requested, order]);
  const home = await building.home('h1', ['a', 'b']);
  await building.accept('LinkCase', { caseId, as: known }, { caseId: home });
  const arrives = (who: string, entrance: string, how: object = {}) =>
    building.give('RegisterArrival', { siteId: 'S1', date, ...visit(who, entrance), ...how });
  return { building, home, arrives };
}
const order = as('leg1', 'RecordProtectionOrderIssued', issue, may(10, '12:00'));
const date = '2027-05-18';

test('an order › of a case that links only one of the two › holds at the door, too', async () => {
  const { building, arrives } = await buildingOf([{ person: 'b', partyId: 'B' }]);
  building.at('08:00', date);
  expect(codes(await arrives('a', 'E-V'))).toBe('accepted');
  expect(codes(await arrives('b', 'E-R'))).toEqual(['SEPARATION_CONFLICT']);
});

test('an order › that links one person as both sides › holds at the door, too', async () => {
  const twice = ['A', 'B'].map((partyId) => ({ person: 'a', partyId }));
  const { building, arrives } = await buildingOf(twice);
  building.at('08:00', date);
  expect(codes(await arrives('a', 'E-V'))).toBe('accepted');
  expect(codes(await arrives('b', 'E-R'))).toEqual(['SEPARATION_CONFLICT']);
});

test('whoever an order binds › and reports her in turn › is no victim at the door', async () => {
  const both = [
    { person: 'a', partyId: 'A' },
    { person: 'b', partyId: 'B' },
  ];
  const { building, home, arrives } = await buildingOf(both);
  const report = { reportNo: 'R-2', subType: 'exPartner', violenceTypes: ['psychological'] };
  const caseId = await building.play([
    as('int1', 'RegisterReport', { ...report, accessNeeds: [] }),
    person('X', 'victim', { relationToVictim: 'self' }),
    person('Y', 'allegedAggressor', { relationToVictim: 'spouse' }),
  ]);
  const turned = [
    { person: 'a', partyId: 'Y' },
    { person: 'b', partyId: 'X' },
  ];
  await building.accept('LinkCase', { caseId, as: turned }, { caseId: home });
  building.at('08:00', date);
  expect(codes(await arrives('a', 'E-V'))).toBe('accepted');
  expect(codes(await arrives('b', 'E-V', { role: 'alleged' }))).toContain('SEPARATION_CONFLICT');
});
