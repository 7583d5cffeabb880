// Every rule refuses what it forbids, and nothing else does: without it the same step goes through.
import type { CaseType } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { parkingDispute } from '../src/index.ts';
import { rules } from '../src/community/rules/all.ts';
import { linkedRules } from '../src/community/rules/linked.ts';
import { play } from './alley.ts';
import { dangerRefusals } from './refusals-of-danger.ts';
import { closureRefusals, intakeRefusals, mediationRefusals, workRefusals } from './refusals.ts';

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };

/** The case type without one of its rules. */
function without(name: string): CaseType {
  const requires = Object.entries(parkingDispute.requires).map(([event, guard]) => {
    const kept = (guard as unknown as Guard)[RULES].filter(({ rule }) => rule.name !== name);
    return [event, Object.assign(() => true, { [RULES]: kept })];
  });
  return { ...parkingDispute, requires: Object.fromEntries(requires) as CaseType['requires'] };
}

const refusals = [
  ...intakeRefusals,
  ...workRefusals,
  ...mediationRefusals,
  ...closureRefusals,
  ...dangerRefusals,
];
/** Waits are proved with a policy of their own, and households in linked-parking.test.ts. */
const ELSEWHERE = ['timeToRead', ...Object.keys(linkedRules)];

describe('rules', () => {
  test.each(refusals)('rule $rule › when it is broken › refuses with $codes', async (refusal) => {
    const { codes } = await play(refusal.steps);
    expect(codes.toSorted()).toEqual([...refusal.codes].toSorted());
  });

  test.each(refusals)('rule $rule › when it is taken out › lets it pass', async (refusal) => {
    const others = [...refusal.codes.slice(1), ...(refusal.behind ? [refusal.behind] : [])];
    const { codes } = await play(refusal.steps, { caseType: without(refusal.rule) });
    expect(codes.toSorted()).toEqual(others.toSorted());
  });

  test('rules › all of them › are proved', () => {
    const proved = [...refusals.map(({ rule }) => rule), ...ELSEWHERE];
    const known = Object.keys(rules).filter((name) => name !== 'allOf');
    expect(known.filter((name) => !proved.includes(name))).toEqual([]);
    expect(proved.filter((name) => !known.includes(name))).toEqual([]);
  });
});
