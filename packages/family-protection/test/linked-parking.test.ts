// A parking dispute between two people of one household is no way around an order of another case.
import { describe, expect, test } from 'vitest';
import { parkingDispute } from '../src/index.ts';
import { linkedRules } from '../src/community/rules/linked.ts';
import { consent, hold, offer, schedule, sign, upTo, type Step } from './alley.ts';
import {
  dangerTold,
  assessed,
  linking,
  Neighbourhood,
  otherCase,
  otherOrder,
  told,
  withoutRule,
  type Setting,
} from './linked.ts';
import { harm, related, unlink, relink } from './linked-refusals.ts';

const ORDERED = ['RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER'];

/** A dispute in the alley and a violence case, about two of its neighbours who are a household. */
async function neighbours(stage: keyof typeof upTo, setting: Setting = {}) {
  const all = new Neighbourhood(setting);
  await all.home('h1', ['she', 'he']);
  const other = await all.play([...otherCase, assessed(4)]);
  await all.link(other, 'h1', { W: 'she', H: 'he' });
  const opening = upTo.registered;
  const own = await all.play(opening);
  await all.link(own, 'h1', { A: 'she', B: 'he' });
  await all.play(upTo[stage].slice(opening.length), own);
  return { all, own, other };
}

const steps: readonly (readonly [string, keyof typeof upTo, Step])[] = [
  ['an offer', 'active', offer('A', 'B')],
  ['a consent', 'offered', { ...consent('A'), at: '2027-05-16T09:00:00+03:00' }],
  ['a session', 'consented', schedule('A', 'B')],
  ['holding it', 'scheduled', hold('A', 'B')],
  ['a signature', 'held', sign(['A', 'B'])],
];

describe('mediation between two people of a household', () => {
  test('with nothing against it › elsewhere › comes to an agreement', async () => {
    const { all, own } = await neighbours('signed');
    expect(all.alerts).toEqual([]);
    expect((await all.engine.replay(own))?.divergences).toEqual([]);
  });

  test.each(steps)('%s › while an order keeps them apart › is refused', async (_, stage, step) => {
    const { all, own, other } = await neighbours(stage);
    await all.play([otherOrder], other);
    expect(told(await all.give(step, own))).toEqual(ORDERED);
  });

  test('an order › after a session was scheduled › calls it off', async () => {
    const { all, own, other } = await neighbours('scheduled');
    await all.play([otherOrder], other);
    await all.react();
    const suspended = (await all.engine.history(own)).find(
      ({ type }) => type === 'ReconciliationSuspended',
    );
    expect(suspended?.data).toEqual({ tripwire: 'householdDanger' });
    expect(await all.events(own)).toContain('SessionCancelled');
    expect(all.alerts).toEqual([]);
  });

  test('her danger at home › with a neighbour who is none of it › is no matter here', async () => {
    const { all, own, other } = await neighbours('active');
    await all.play([otherOrder, assessed(15)], other);
    expect(told(await all.give(offer('A', 'F'), own))).toBe('accepted');
  });

  test('the link › during a mediation › stays, and goes afterwards', async () => {
    const { all, own } = await neighbours('offered');
    expect(told(await all.give(unlink, own))).toEqual(['HOUSEHOLD_LINK_NEEDED']);
    const before = await neighbours('active');
    await before.all.play([dangerTold], before.own);
    expect(told(await before.all.give(unlink, before.own))).toEqual(['HOUSEHOLD_LINK_NEEDED']);
    const calm = await neighbours('active');
    expect(told(await calm.all.give(unlink, calm.own))).toBe('accepted');
  });

});

interface Refusal {
  readonly rule: string;
  readonly code: string;
  readonly stage?: keyof typeof upTo;
  /** What happens elsewhere: in the other case, or in the household. */
  readonly elsewhere?: (made: Awaited<ReturnType<typeof neighbours>>) => Promise<unknown>;
  readonly step: Step;
}
const both = offer('A', 'B');
const inOther =
  (...done: readonly Step[]): NonNullable<Refusal['elsewhere']> =>
  ({ all, other }) =>
    all.play(done, other);
const apart = { a: 'she', b: 'he', bufferMin: 0, mode: 'noOverlapBuilding', basis: 'order' };

const refusals: readonly Refusal[] = [
  { rule: 'linkedKnown', code: 'PARTY_UNKNOWN', step: linking('h1', { Z: 'kid' }) },
  {
    rule: 'linkIsWrong',
    code: 'LINK_UNKNOWN',
    step: relink('sup1', { partyId: 'F', from: 'he', to: 'nobody' }),
  },
  {
    rule: 'decidedBySecond',
    code: 'SEPARATION_OF_DUTIES',
    elsewhere: ({ all, own }) =>
      all.play([{ ...linking('h1', { A: 'she' }), by: 'sup1' }], own),
    step: relink('sup1', { partyId: 'A', to: 'he' }),
  },
  {
    rule: 'homeKnown',
    code: 'HOUSEHOLD_UNKNOWN',
    step: { ...unlink, input: { householdId: 'h2', reason: 'linkedByMistake' } },
  },
  { rule: 'linkNotNeeded', code: 'HOUSEHOLD_LINK_NEEDED', stage: 'offered', step: unlink },
  {
    rule: 'unlinkerUnrelated',
    code: 'CONFLICT_OF_INTEREST',
    elsewhere: inOther(related('H')),
    step: unlink,
  },
  {
    rule: 'linkedFilesThere',
    code: 'LINKED_FILE_MISSING',
    elsewhere: ({ all, own }) => all.link(own, 'h9', { A: 'she' }),
    step: both,
  },
  {
    rule: 'linkListed',
    code: 'HOUSEHOLD_LINK_PENDING',
    elsewhere: async ({ all, own }) => {
      await all.home('h2', ['kid']);
      await all.link(own, 'h2', { A: 'she' });
    },
    step: both,
  },
  { rule: 'linkedNoOrder', code: ORDERED[0] as string, elsewhere: inOther(otherOrder), step: both },
  {
    rule: 'linkedNotApart',
    code: 'SEPARATION_CONFLICT',
    elsewhere: ({ all }) =>
      all.play([{ by: 'int1', command: 'DeclareSeparationPair', input: apart }], 'household-h1'),
    step: both,
  },
  {
    rule: 'linkedRiskLow',
    code: 'RECONCILIATION_BLOCKED_BY_RISK',
    elsewhere: inOther(assessed(15)),
    step: both,
  },
  {
    rule: 'linkedTypePermits',
    code: 'RECONCILIATION_FORBIDDEN_FOR_TYPE',
    elsewhere: inOther(harm({ violenceTypes: ['sexual'] }), assessed(4)),
    step: both,
  },
];

describe('rules about households of a parking dispute', () => {
  test.each(refusals)('rule $rule › when it is broken › refuses with $code', async (refusal) => {
    const made = await neighbours(refusal.stage ?? 'active');
    await refusal.elsewhere?.(made);
    expect(told(await made.all.give(refusal.step, made.own))).toEqual([refusal.code]);
  });

  test.each(refusals)('rule $rule › when it is taken out › lets it pass', async (refusal) => {
    const caseType = withoutRule(parkingDispute, refusal.rule);
    const made = await neighbours(refusal.stage ?? 'active', { caseType });
    await refusal.elsewhere?.(made);
    expect(told(await made.all.give(refusal.step, made.own))).toBe('accepted');
  });

  test('rules › all of them › are proved', () => {
    const proved = refusals.map(({ rule }) => rule);
    expect(Object.keys(linkedRules).toSorted()).toEqual(proved.toSorted());
  });
});
