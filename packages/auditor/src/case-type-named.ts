// Finding a case type by what a caller writes: its name, with or without a version.
import type { CaseType } from '@himaya/engine';
import { noCaseType } from './mistakes.ts';
import type { Session } from './session.ts';

/**
 * By its name alone: the newest version that is at hand. With `@1.0.0`: that one.
 * @throws Ending when there is none
 */
export function caseTypeNamed({ definitions: { caseTypes } }: Session, name: string): CaseType {
  const found = caseTypes.filter((one) => [one.name, fullName(one)].includes(name));
  const [newest] = found.sort((a, b) => byVersion(b.version, a.version));
  if (newest) return newest;
  throw noCaseType(name, caseTypes.map((one) => fullName(one)));
}

/** The name with the version. */
export function fullName({ name, version }: CaseType): string {
  return `${name}@${version}`;
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const differing = left?.findIndex((number, at) => number !== right?.[at]) ?? -1;
  return differing < 0 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}
