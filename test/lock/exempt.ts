// Rules that no golden history refuses, each with the reason and the test that holds it instead.

const behind = (rule: string): string =>
  `an invariant behind the rule ${rule}, which refuses first; held by backstops.test.ts`;

/** Codes by reason. */
export const EXEMPT: Readonly<Record<string, string>> = {
  AGREEMENT_OF_ONE: behind('AGREEMENT_NEEDS_TWO_SIGNERS'),
  CHILD_ON_LADDER: behind('RESPONDENT_IS_CHILD'),
  SESSION_WITHOUT_SAFETY: behind('VIOLENCE_SCREENING_REQUIRED'),
  NO_ACCOUNTABLE_OFFICER:
    'no event leaves a case without an officer; held by backstops.test.ts on a state made by hand',
};
