// What must hold of a case after every decision: each invariant with its verdict.
import type { InvariantSpec } from './case-type.ts';
import { partsView } from './part.ts';
import type { Violation } from './rule.ts';
import type { CaseState } from './state.ts';

/** What invariants are judged on. */
export type Judged = Pick<CaseState, 'pin' | 'chart' | 'parts'>;

/** The invariants that do not hold of a state; `judge` calls each, and may catch what it throws. */
export function brokenInvariants(
  { pin, chart, parts }: Judged,
  judge: (one: InvariantSpec, holds: () => boolean) => boolean,
): readonly InvariantSpec[] {
  const { caseType } = pin;
  const state = {
    context: chart.context,
    in: (path: string) => caseType.chart.matches(chart, path),
    parts: partsView(parts),
  };
  return caseType.invariants.filter((one) => !judge(one, () => one.holds(state)));
}

/** The refusal of a decision that breaks an invariant. */
export function brokenViolation({ code, invariant, text }: InvariantSpec): Violation {
  return { code, text, ...(invariant === undefined ? {} : { invariant }) };
}
