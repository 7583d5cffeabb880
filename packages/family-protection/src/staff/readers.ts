// Who is shown a case, whatever its type: those of its office who work on it, and whoever is assigned.
import type { Actor } from '@himaya/engine';
import { isAmong } from '../parties/facts.ts';
import type { Role } from '../roles.ts';

/** Whoever decides, or audits what was decided: from them nothing of a file that they read is kept. */
export const DECIDING: readonly string[] = ['SUP', 'HEAD', 'AUD'];

/** What a case remembers of those who work on it. */
export interface ReaderMemory {
  /** The office that took it up; `null`: nobody has. */
  readonly office: string | null;
  readonly assigned: readonly string[];
  readonly dutyOfficer: string | null;
  readonly conflicts: readonly string[];
}

/** The office of somebody who acts; the engine has none of its own. */
export function officeOf({ role, office }: Actor): string | null {
  return role === 'SYS' ? null : office;
}

/** Who reads the cases of a type. */
interface Reading {
  /** Roles that take up, lead or decide any case of their office. */
  readonly ofOffice: readonly Role[];
  /** Roles that read the cases of every office. */
  readonly ofAll: readonly Role[];
}

/** Whether someone is shown a case. Everyone else may act in it, and reads nothing. */
export function readersFor({ ofOffice, ofAll }: Reading) {
  return (
    { office, assigned, dutyOfficer, conflicts }: ReaderMemory,
    actor: Actor,
  ): boolean => {
    // SoD-6: whoever stands in a relation to a party is shown nothing of them.
    if (isAmong(actor, conflicts)) return false;
    const isHere = office === actor.office;
    const reads = (some: readonly string[]): boolean => some.includes(actor.role);
    const isAtWork = assigned.includes(actor.staff) || dutyOfficer === actor.staff;
    return isAtWork || reads(ofAll) || (isHere && reads(ofOffice));
  };
}
