// Who is shown a day of a building, and which of its fields are nobody's business at a desk.
import type { Actor } from '@himaya/engine';
import { isAmong } from '../parties/facts.ts';
import { DECIDING } from '../staff/readers.ts';
import type { Context } from './day-head.ts';

/** Whoever plans in a building, receives people there, or decides on what happened there. */
const STAFF = ['RCP', 'INT', 'CW', 'FIO', 'PSY', 'INV', 'CON', 'SUP', 'FAC', 'HEAD', 'AUD'];

/**
 * Whether someone is shown the day: staff of the office whose building it is, and nobody else. Nor is
 * whoever is related to somebody who comes.
 */
export function isDayReader({ officeId, related }: Context, actor: Actor): boolean {
  const { role, office } = actor;
  if (isAmong(actor, related)) return false;
  return officeId !== null && office === officeId && STAFF.includes(role);
}

const OF_PEOPLE = ['caseId', 'partyId', 'a', 'b', 'cause', 'finding', 'related'];
/** What a visit rests on, why it was stopped, and what was seen of it. */
const OF_VISITS = ['basisRef', 'trigger', 'triggers', 'report'];

/** Fields of a day that are kept from whoever does not decide: cases, and who is kept from whom. */
export function concealedFrom({ role }: Actor): readonly string[] {
  return DECIDING.includes(role) ? [] : [...OF_PEOPLE, ...OF_VISITS];
}
