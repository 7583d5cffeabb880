// Who somebody is in a building, and who stands against whom: by every case, whichever accuses them.
import type { Instant, ReadsView } from '@himaya/engine';
import {
  isAccused,
  isRestrained,
  isShielded,
  roleIn,
  standsAgainst,
  type PartyFile,
} from '../household/case-facts.ts';
import type { Visit } from './booking.ts';
import { casesOf } from './judging.ts';

/** Someone who comes, as far as it matters who they are. */
type Visitor = Pick<Visit, 'person' | 'caseId' | 'partyId' | 'role'>;

/**
 * What the cases say of a visitor. `contested`: a victim in one of them, and accused in another or
 * by an incident, while no order protects them. Nobody at a desk decides which of the two is true,
 * and neither does who came first.
 */
export type Role = Visit['role'] | 'contested';

/**
 * The role of a visitor: what the cases say today goes before what the desk knew, and an order goes
 * before both: whoever it binds does not become a victim by a report of his own.
 */
export function roleNow(reads: ReadsView, at: Instant, visitor: Visitor): Role {
  return roleOf(casesOf(reads, visitor), at, visitor);
}

function roleOf(files: readonly PartyFile[], at: Instant, visitor: Visitor): Role {
  if (isRestrained(files, at)) return 'alleged';
  const role = roleIn(files, visitor.role);
  const isContested = files.some(isAccused) && !isShielded(files, at);
  return role === 'victim' && isContested ? 'contested' : role;
}

/** Whether somebody was harmed, as far as anybody can tell. */
export function isHarmed(role: Role): boolean {
  return role === 'victim' || role === 'contested';
}

/** Whether somebody who stands at the door is let in, whoever else is inside. */
export function isSheltered(role: Role): boolean {
  return isHarmed(role) || role === 'child';
}

/** A visitor with what the cases say. */
export interface Side<Of extends Visitor = Visitor> {
  readonly visit: Of;
  readonly role: Role;
  readonly files: readonly PartyFile[];
}

/** What the cases say of each of these people. */
export function sidesOf<Of extends Visitor>(
  reads: ReadsView,
  at: Instant,
  visits: readonly Of[],
): readonly Side<Of>[] {
  return visits.map((visit) => {
    const files = casesOf(reads, visit);
    return { visit, files, role: roleOf(files, at, visit) };
  });
}

/**
 * Whether the one has to be kept safe from the other. Of two who accuse each other both have to be;
 * what somebody says who is bound by an order, or is only accused, changes nothing.
 */
export function isSafeFrom(one: Side, other: Side): boolean {
  if (other.role === 'alleged') return isHarmed(one.role);
  return one.role !== 'alleged' && standsAgainst(other.files, one.files);
}
