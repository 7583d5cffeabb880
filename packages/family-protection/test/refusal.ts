// What a situation looks like in which a step is refused because of one rule.
import type { Step } from './alley.ts';

/** A situation in which the last step is refused because of one rule. */
export interface Refusal {
  readonly rule: string;
  readonly code: string;
  readonly steps: readonly Step[];
  /** What stands behind the rule and would still refuse without it. */
  readonly behind?: string;
}

/** A situation that ends with a step which a rule refuses with this code. */
export const refused = (
  rule: string,
  code: string,
  steps: readonly Step[],
  behind?: string,
): Refusal => ({
  rule,
  code,
  steps,
  ...(behind === undefined ? {} : { behind }),
});
