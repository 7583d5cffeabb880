// How long and when a child is interviewed: what the cases know goes before what a desk was told.
import { describe, expect, test } from 'vitest';
import type { Step } from './alley.ts';
import { codes, visit } from './building.ts';
import { hour, Indoors } from './indoors.ts';
import { person, until } from './violence.ts';

const room = { roomId: 'FOR1', purpose: 'childForensic' };

/** A case that knows K as a child, as far as it knows the age. */
async function known(band: string) {
  const indoors = await new Indoors().open();
  const { building } = indoors;
  await building.home('h1', ['k']);
  const steps: Step[] = [...until.standard, person('K', 'child', { band })];
  await indoors.case(steps, 'h1', [{ person: 'k', partyId: 'K' }]);
  indoors.at('08:00');
  return async (from: string, to: string, more: object = {}) => {
    const visits = [visit('k', 'E-V', { role: 'child', ...more })];
    return codes(await building.book({ ...hour(from, to, room), visits }));
  };
}
const long = ['CHILD_INTERVIEW_TOO_LONG'];
const hours = ['CHILD_HOURS'];

describe('a desk that leaves the age as it is, and a case that knows a child', () => {
  test.each([
    ['under15', '16:00', '16:30', 'accepted'],
    ['under15', '16:00', '16:35', long],
    ['under15', '10:00', '10:30', hours],
    ['under15', '20:00', '20:30', hours],
    ['15to17', '16:00', '17:00', 'accepted'],
    ['15to17', '16:00', '17:05', long],
    ['15to17', '10:00', '10:30', hours],
    ['adult', '10:00', '13:00', 'accepted'],
  ])('%s, %s to %s › %s', async (band, from, to, expected) => {
    const book = await known(band);
    expect(await book(from, to)).toEqual(expected);
  });
});

describe('a desk that says an age', () => {
  test.each([
    ['under15', '7to11', '16:00', '16:45', 'accepted'],
    ['under15', '7to11', '16:00', '16:50', long],
    ['under15', 'under7', '10:00', '10:30', 'accepted'],
    ['15to17', '7to11', '16:00', '17:00', long],
    ['15to17', 'under7', '10:00', '10:30', hours],
    ['adult', '7to11', '16:00', '17:00', long],
    ['15to17', '12to17', '16:00', '17:00', 'accepted'],
  ])('case %s, desk %s, %s to %s › %s', async (band, ageBand, from, to, expected) => {
    const book = await known(band);
    expect(await book(from, to, { ageBand })).toEqual(expected);
  });
});
