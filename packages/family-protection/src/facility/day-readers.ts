// Who is shown a day of a building, and which of its fields are nobody's business at a desk.
import type { Actor } from '@himaya/engine';
import type { Context } from './day-head.ts';

/** Whoever plans in a building, receives people there, or decides on what happened there. */
const STAFF = ['RCP', 'INT', 'CW', 'FIO', 'PSY', 'INV', 'CON', 'SUP', 'FAC', 'HEAD', 'AUD'];
/** Whoever has to know for which cases people come, and who met whom. */
const DECIDING = ['SUP', 'HEAD', 'AUD'];

/** Whether someone is shown the day: staff of the office whose building it is, and nobody else. */
export function isDayReader({ officeId }: Context, { role, office }: Actor): boolean {
  return officeId !== null && office === officeId && STAFF.includes(role);
}

const KEPT = [
  ...['caseId', 'partyId', 'a', 'b', 'cause', 'finding'],
  // What a visit rests on, why it was stopped, and what was seen of it.
  ...['basisRef', 'trigger', 'triggers', 'report'],
];

/** Fields of a day that are kept from whoever does not decide: cases, and who is kept from whom. */
export function concealedFrom({ role }: Actor): readonly string[] {
  return DECIDING.includes(role) ? [] : KEPT;
}
