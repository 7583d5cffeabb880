// Who somebody is in a building, and who stands against whom: by every case, whichever accuses them.
import type { Instant, ReadsView } from '@himaya/engine';
import {
  isAccused,
  isBound,
  isKnownChild,
  isShielded,
  roleIn,
  standsAgainst,
  type PartyFile,
} from '../household/case-facts.ts';
import { filesOf, isBoundAgainst, linkedAs } from '../household/separation.ts';
import type { BookingFacts, Visit } from './booking.ts';
import { casesOf, otherStays, ownStays, type World } from './judging.ts';

/** Someone who comes, as far as it matters who they are. */
type Visitor = Pick<Visit, 'person' | 'caseId' | 'partyId' | 'role'>;

/** Where and when it is asked who somebody is: a booking, and everyone it may bring together. */
export interface Scene {
  readonly world: World;
  readonly booking: BookingFacts;
  readonly now: Instant;
}

/**
 * What the cases say of a visitor. `contested`: a victim in one of them, and accused in another or
 * by an incident, while no order protects them from who is there. Nobody at a desk decides which of
 * the two is true, and neither does who came first.
 */
export type Role = Visit['role'] | 'contested';

/**
 * The role of a visitor: what the cases say today goes before what the desk knew, and an order goes
 * before both: whoever it binds does not become a victim by a report of his own. Nor does whoever is
 * accused, to the one whom he is accused of harming, by a report about somebody else.
 */
export function roleNow(scene: Scene, visitor: Visitor): Role {
  return roleOf(scene, casesOf(scene.world.reads, visitor), visitor);
}

function roleOf(scene: Scene, files: readonly PartyFile[], visitor: Visitor): Role {
  const { now, world } = scene;
  const isOpenTo = (isAgainst: (other: Visitor) => boolean): boolean =>
    !isShielded(files, now) || unshielded(scene, visitor).some(isAgainst);
  const binds = (other: Visitor): boolean => isBoundAgainst(world.reads, visitor, other, now);
  if (isBound(files, now) && isOpenTo(binds)) return 'alleged';
  const role = roleIn(files, visitor.role);
  if (role !== 'victim' || !files.some(isAccused)) return role;
  const uncontested = files.filter(({ file }) => !isContested(world.reads, file.stream, files));
  const harms = (some: readonly PartyFile[]) => (other: Visitor) =>
    standsAgainst(some, casesOf(world.reads, other));
  if (unshielded(scene, visitor).some(harms(uncontested))) return 'alleged';
  return isOpenTo(harms(files)) ? 'contested' : role;
}

/** Whether somebody takes part in a case who is accused elsewhere of harming the one it accuses. */
function isContested(reads: ReadsView, stream: string, files: readonly PartyFile[]): boolean {
  return linkedAs(reads, stream).some(({ person }) =>
    standsAgainst(filesOf(reads, person, { caseId: null, partyId: null }), files),
  );
}

/** Everyone who is, or will be, in the building and from whom no order protects a visitor. */
function unshielded({ world, booking, now }: Scene, visitor: Visitor): readonly Visitor[] {
  const bufferMs = world.policy.number('booking.pairBuffer') * 60_000;
  return [...ownStays(booking, now), ...otherStays(world, booking, now)]
    .filter(({ person }) => person !== visitor.person)
    .filter(({ leaves }) => Date.parse(leaves) + bufferMs > Date.parse(now))
    .filter((other) => !isBoundAgainst(world.reads, other, visitor, now));
}

/** Whether somebody was harmed, as far as anybody can tell. */
export function isHarmed(role: Role): boolean {
  return role === 'victim' || role === 'contested';
}

/**
 * Whether somebody who stands at the door is let in, whoever else is inside. The word of a desk makes
 * nobody a child whom the same desk takes for an adult.
 */
export function isSheltered(scene: Scene, visitor: Visitor & Pick<Visit, 'ageBand'>): boolean {
  const role = roleNow(scene, visitor);
  const isChild =
    visitor.ageBand !== 'adult' || isKnownChild(casesOf(scene.world.reads, visitor));
  return isHarmed(role) || (role === 'child' && isChild);
}

/** A visitor with what the cases say. */
export interface Side<Of extends Visitor = Visitor> {
  readonly visit: Of;
  readonly role: Role;
  readonly files: readonly PartyFile[];
}

/** What the cases say of each of these people. */
export function sidesOf<Of extends Visitor>(
  scene: Scene,
  visits: readonly Of[],
): readonly Side<Of>[] {
  return visits.map((visit) => {
    const files = casesOf(scene.world.reads, visit);
    return { visit, files, role: roleOf(scene, files, visit) };
  });
}

/**
 * Whether the one has to be kept safe from the other. Of two who accuse each other both have to be;
 * what somebody says who is bound by an order, or is only accused, changes nothing. A child is kept
 * safe from whoever is accused, whomever he is accused of harming.
 */
export function isSafeFrom(one: Side, other: Side): boolean {
  if (one.role === 'alleged') return false;
  const isWeak = isHarmed(one.role) || one.role === 'child';
  return (other.role === 'alleged' && isWeak) || standsAgainst(other.files, one.files);
}
