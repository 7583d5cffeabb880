// Every rule of domestic violence refuses what it forbids; without it the same step goes through.
import type { CaseType } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { domesticViolence } from '../src/index.ts';
import { rules } from '../src/domestic-violence/rules/all.ts';
import { linkedRules } from '../src/domestic-violence/rules/linked.ts';
import { ofAccord } from './accord.ts';
import { may, play } from './alley.ts';
import { passageRefusals } from './passage-refusals.ts';
import { talkRefusals } from './talk-refusals.ts';
import { as, met, until, work } from './violence.ts';
import { refusals as ofTheCase } from './violence-refusals.ts';

const refusals = [...ofTheCase, ...passageRefusals, ...talkRefusals];

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };

/** The case type without one of its rules. */
function without(name: string): CaseType {
  const requires = Object.entries(domesticViolence.requires).map(([event, guard]) => {
    const kept = (guard as unknown as Guard)[RULES].filter(({ rule }) => rule.name !== name);
    return [event, Object.assign(() => true, { [RULES]: kept })];
  });
  return { ...domesticViolence, requires: Object.fromEntries(requires) as CaseType['requires'] };
}

describe('rules of domestic violence', () => {
  test.each(refusals)('rule $rule › when it is broken › refuses with $code', async (refusal) => {
    const { codes } = await play(refusal.steps, { caseType: domesticViolence });
    expect(codes).toEqual([refusal.code]);
  });

  test.each(refusals)('rule $rule › when it is taken out › lets it pass', async (refusal) => {
    const { codes } = await play(refusal.steps, { caseType: without(refusal.rule) });
    expect(codes).toEqual(refusal.behind === undefined ? [] : [refusal.behind]);
  });

  test('rules › all of them › are proved', () => {
    const proved = refusals.map(({ rule }) => rule);
    // Proved in reconciliation.test.ts and in linked-cases.test.ts.
    const elsewhere = { ...ofAccord, ...linkedRules, allOf: true };
    const known = Object.keys(rules).filter((name) => !(name in elsewhere));
    expect(known.filter((name) => !proved.includes(name))).toEqual([]);
    expect(proved.filter((name) => !(name in rules))).toEqual([]);
  });

  test('a closure › dated back to when the assessment was fresh › is refused', async () => {
    const steps = [
      ...until.high,
      ...met(may(10, '11:00')),
      work('CompleteFollowUp', { safetyAnswer: 'safe', wellbeing: 6 }, may(10, '12:00')),
      work('ProposeClosure', { reasonCode: 'safe', feedbackOffered: true }),
      as('sup1', 'ReviewClosure', {}, may(11)),
    ];
    const stage = { caseType: domesticViolence };
    const close = (at: string) => as('head1', 'CloseCase', {}, at);
    expect((await play([...steps, close(may(20))], stage)).codes).toEqual([]);
    const late = { ...close(may(26)), occurredAt: may(20), lateReason: 'forgotten' };
    const { codes } = await play([...steps, late], stage);
    expect(codes).toContain('HIGH_RISK_CLOSURE_REQUIRES_REVIEW');
  });

  test('intake and report › whatever is told › are stopped by no rule', () => {
    const registrations = ['ReportRegistered', 'ComplaintRegistered'];
    for (const event of ['IntakeStarted', ...registrations, 'SafetyConcernNoted']) {
      expect(domesticViolence.requires[event], event).toBeUndefined();
    }
    expect(domesticViolence.events['IntakeAbandoned']).toBeUndefined();
  });
});
