// What must hold of a case after every decision: each invariant with its verdict.
import type { InvariantSpec } from './case-type.ts';
import { partsView } from './part.ts';
import type { Violation } from './rule.ts';
import type { CaseState } from './state.ts';

type Holds = InvariantSpec['holds'];

/** What invariants are judged on. */
export type Judged = Pick<CaseState, 'pin' | 'chart' | 'parts'>;

/** A state as invariants see it. */
export function invariantView({ pin, chart, parts }: Judged): Parameters<Holds>[0] {
  return {
    context: chart.context,
    in: (path: string) => pin.caseType.chart.matches(chart, path),
    parts: partsView(parts, pin.caseType.parts),
  };
}

/**
 * The invariants that do not hold of a state. What an invariant throws is thrown on, or else, if
 * `unjudged` is `broken`, counts as not holding.
 */
export function brokenInvariants(
  state: Judged,
  unjudged: 'throws' | 'broken',
): readonly InvariantSpec[] {
  const view = invariantView(state);
  return state.pin.caseType.invariants.filter((one) => {
    try {
      return !one.holds(view);
    } catch (error) {
      if (unjudged === 'throws') throw error;
      return true;
    }
  });
}

/** The refusal of a decision that breaks an invariant. */
export function brokenViolation({ code, invariant, text }: InvariantSpec): Violation {
  return { code, text, ...(invariant === undefined ? {} : { invariant }) };
}
