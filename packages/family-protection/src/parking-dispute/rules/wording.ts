// How a rule is worded: its code, both languages, and the invariant it upholds.
import type { Citation, Text } from '@himaya/engine';

/** What a refusal says, and nothing of the case beside it. */
export interface Wording {
  readonly code: string;
  readonly text: Text;
  readonly citation: Citation | null;
  readonly discloses: 'nothing';
  readonly invariant?: string;
}

/** Words a rule that discloses nothing. */
export function refuse(code: string, invariant: string | null, en: string, ar: string): Wording {
  const wording = { code, text: { en, ar }, citation: null, discloses: 'nothing' as const };
  return invariant === null ? wording : { ...wording, invariant };
}
