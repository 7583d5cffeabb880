// Who is shown a household and the files of its people: the offices that keep them, and nobody related.
import type { Actor } from '@himaya/engine';
import { isAmong } from '../parties/facts.ts';
import { DECIDING } from '../staff/readers.ts';
import type { Keeping } from './context.ts';

/** Whoever enters people and cases in a household, or decides about it. */
const STAFF = ['INT', 'CW', 'INV', 'SUP', 'HEAD'];

/** Whether someone is shown a household or the file of a person. */
export function isHomeReader({ offices, conflicts }: Keeping, actor: Actor): boolean {
  // SoD-6: whoever is related to a party of its cases is shown nothing of the household.
  if (isAmong(actor, conflicts)) return false;
  const { role, office } = actor;
  return role === 'AUD' || (STAFF.includes(role) && offices.includes(office));
}

/** Fields of a household that are kept from whoever does not decide: who is related. */
export function concealedAtHome({ role }: Actor): readonly string[] {
  return DECIDING.includes(role) ? [] : ['conflicts', 'staff'];
}

/** Fields of a person's file: where and when they come is told by the day, to those of the building. */
const COMING = ['bookings', 'arrivals', 'siteId', 'date', 'bookingId', 'arrivalId'];

/** Fields of a person's file that are kept from whoever does not decide. */
export function concealedOfPerson(actor: Actor): readonly string[] {
  const concealed = concealedAtHome(actor);
  return concealed.length === 0 ? [] : [...concealed, ...COMING, 'meeting', 'other', 'told'];
}
