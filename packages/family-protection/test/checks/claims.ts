// Checks of a case type in tests: its claims, their verdicts, and the shortest way to a broken one.
import { check, type CaseType, type Check, type Claim, type Verdict } from '@himaya/engine';
import { checks, policyBaseline } from '../../src/index.ts';

/** The machine may be busy: a check takes some seconds, and this only ends one that hangs. */
export const LIMIT_MS = 600_000;

/** Every check of a case type. */
export function checksOf({ name }: CaseType): readonly Check[] {
  return checks[name] ?? [];
}

/** The verdict on each claim. */
export function verdictsOf(caseType: CaseType, one: Check): ReadonlyMap<Claim, Verdict> {
  return check(caseType, policyBaseline, one).verdicts;
}

/** The check with one claim alone: the others would be looked at for nothing. */
export function checkOf(caseType: CaseType, id: string): Check {
  const found = checksOf(caseType).find(({ claims }) => claims.some((claim) => claim.id === id));
  if (!found) throw new Error(`no claim ${id}`);
  return { ...found, claims: found.claims.filter((claim) => claim.id === id) };
}

/** The events of the shortest way to where a claim is broken. @throws where it is not */
export function stepsTo(caseType: CaseType, id: string): readonly string[] {
  const [verdict] = verdictsOf(caseType, checkOf(caseType, id)).values();
  if (verdict?.kind !== 'found') throw new Error(`${id}: ${JSON.stringify(verdict)}`);
  return verdict.steps.map(({ type }) => type);
}
