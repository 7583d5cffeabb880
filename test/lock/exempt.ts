// Rules that no golden history refuses, each with the reason and the test that holds it instead.

const behind = (rule: string): string =>
  `an invariant behind the rule ${rule}, which refuses first; held by backstops.test.ts`;

/** Reasons by code, or by code and text where only one of several rules is meant. */
export const EXEMPT: Readonly<Record<string, string>> = {
  AGREEMENT_OF_ONE: behind('AGREEMENT_NEEDS_TWO_SIGNERS'),
  CHILD_ON_LADDER: behind('RESPONDENT_IS_CHILD'),
  SESSION_WITHOUT_SAFETY: behind('VIOLENCE_SCREENING_REQUIRED'),
  'COOLING_OFF_NOT_ELAPSED: The time between session and signature has not passed.':
    'the baseline sets this wait to zero; held by waits.test.ts with a policy that has one',
  HIGH_RISK_CLOSED_BY_ONE:
    'an invariant behind the rule HIGH_RISK_CLOSURE_REQUIRES_REVIEW; held by violence-rules.test.ts',
  'SEPARATION_OF_DUTIES: Who conciliates in this case does not investigate in it.':
    'no role both conciliates and investigates a violence case; held by duties.test.ts',
  'SEPARATION_OF_DUTIES: Who found that somebody has to be heard again does not hear them.':
    'no role does both, only a name in which somebody acts; held by violence-rules.test.ts',
  'SEPARATION_OF_DUTIES: Who held an interview without a room does not review it.':
    'no role does both, only a name in which somebody acts; held by violence-rules.test.ts',
  SESSION_AGAINST_ORDER:
    'an invariant behind RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER; held by reconciliation.test.ts',
  SESSION_AT_HIGH_RISK:
    'an invariant behind RECONCILIATION_BLOCKED_BY_RISK; held by reconciliation.test.ts',
  NO_ACCOUNTABLE_OFFICER:
    'no event leaves a case without an officer; held by backstops.test.ts on a state made by hand',
};
