// Checking a case type: every state that it can reach over an abstraction, and a verdict on each claim.
import { NotLoosened } from '@himaya/statechart';
import type { CaseType } from '../compiled.ts';
import type { Policy } from '../policy.ts';
import { Beyond } from './abstract-state.ts';
import type { Check } from './abstraction.ts';
import { TooManyWays } from './choices.ts';
import { Reckoned } from './moments.ts';
import { Search } from './search.ts';
import { overLimit } from './trail.ts';
import type { CheckOptions, CheckReport } from './verdict.ts';

/**
 * Visits every state that the case type can reach, seen through the abstraction, and judges the
 * claims on each.
 *
 * @throws Fault `check-limit` when there are more states than `statesMax`, or more ways of one step
 * than can be looked at.
 */
export function check(
  caseType: CaseType,
  policy: Policy,
  { abstraction, claims }: Check,
  options: CheckOptions = {},
): CheckReport {
  try {
    return new Search(caseType, policy, abstraction, claims, options).run();
  } catch (error) {
    if (error instanceof TooManyWays) throw overLimit(caseType, error.message);
    if (![NotLoosened, Reckoned, Beyond].some((kind) => error instanceof kind)) throw error;
    const { message } = error as Error;
    const reason = { en: message, ar: `لا يكفي المحتفظ به للبت: ${message}` };
    const verdicts = claims.map((claim) => [claim, { kind: 'notProved', reason }] as const);
    return { verdicts: new Map(verdicts), states: 0, steps: 0, unknown: new Map() };
  }
}
