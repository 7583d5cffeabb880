// Every rule by which a building keeps an invariant refuses what it forbids; without it that goes through.
import { rulesOf, type CaseType } from '@himaya/engine';
import { MemoryEventStore } from '@himaya/event-store';
import { describe, expect, test } from 'vitest';
import { policyBaseline, siteDay } from '../src/index.ts';
import { Building, buildingTypes, codes } from './building.ts';
import { withoutRule } from './linked.ts';
import { wayRefusals, type WayRefusal } from './way-refusals.ts';

/** What comes of the last step in a building whose days follow this case type. */
async function outcomeOf({ step }: WayRefusal, day: CaseType) {
  const caseTypes = buildingTypes.map((one) => (one.name === day.name ? day : one));
  const world = { caseTypes, policies: [policyBaseline] };
  const building = await new Building(new MemoryEventStore(), 'way', world).build();
  return codes(await step(building));
}

describe('rules of a day by which an invariant holds', () => {
  test.each(wayRefusals)('rule $rule › when broken › refuses with $code', async (refusal) => {
    expect(await outcomeOf(refusal, siteDay)).toEqual([refusal.code]);
  });

  test.each(wayRefusals)('rule $rule › when taken out › lets it pass', async (refusal) => {
    expect(await outcomeOf(refusal, withoutRule(siteDay, refusal.rule))).toBe('accepted');
  });

  test('rules › all that name an invariant › are proved', () => {
    const rules = Object.values(siteDay.requires).flatMap((guard) => rulesOf(guard as never));
    const named = rules.filter(({ invariant }) => invariant?.startsWith('INV-') === true);
    const proved = wayRefusals.map(({ rule }) => rule);
    expect([...new Set(named.map(({ name }) => name))].toSorted()).toEqual(proved.toSorted());
  });
});
