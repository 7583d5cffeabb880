// How a rule is worded: its code, both languages, what it rests on, and the invariant it upholds.
import { ENGINE_VIOLATIONS, type Citation, type Text } from '@himaya/engine';
import { bases, type Basis } from './bases.ts';

/** What a refusal says, and nothing of the case beside it. */
export interface Wording {
  readonly code: string;
  readonly text: Text;
  readonly citation: Citation | null;
  readonly discloses: 'nothing';
  readonly invariant?: string;
}

/** Words a rule that discloses nothing. `null` says openly that it has no source yet. */
export function refuse(code: string, basis: Basis | null, en: string, ar: string): Wording {
  const citation = basis === null ? null : bases[basis];
  const wording = { code, text: { en, ar }, citation, discloses: 'nothing' as const };
  const isInvariant = basis !== null && /^(INV|SoD)-/.test(basis);
  return isInvariant ? { ...wording, invariant: basis } : wording;
}

/** What is said to one person who may not do two things that two have to do. */
export const separated = (en: string, ar: string) =>
  refuse('SEPARATION_OF_DUTIES', 'INV-21', en, ar);

/**
 * Words a step out of order. Case or parts would take it in any state, so that the order is asked by a
 * rule, under the code that the charts' own order has.
 */
export const outOfOrder = (basis: Basis, en: string, ar: string): Wording =>
  refuse(ENGINE_VIOLATIONS.INVALID_TRANSITION.code, basis, en, ar);

/** What is said of anyone whom the case does not know. */
export const partyUnknown = refuse(
  'PARTY_UNKNOWN',
  null,
  'This person is not recorded as a party.',
  'هذا الشخص غير مسجل طرفا.',
);
