// Finding a case type by what a caller writes: its name, with or without a version.
import { byVersion, type CaseType } from '@himaya/engine';
import { noCaseType } from './mistakes.ts';
import type { Session } from './session.ts';

/**
 * By its name alone: the newest version that is at hand. With `@1.0.0`: that one.
 * @throws Ending when there is none
 */
export function caseTypeNamed({ definitions: { caseTypes } }: Session, name: string): CaseType {
  const found = caseTypes.filter((one) => [one.name, fullName(one)].includes(name));
  const [newest] = found.sort((a, b) => byVersion(b, a));
  if (newest) return newest;
  throw noCaseType(name, caseTypes.map((one) => fullName(one)));
}

/** The name with the version. */
export function fullName({ name, version }: CaseType): string {
  return `${name}@${version}`;
}
