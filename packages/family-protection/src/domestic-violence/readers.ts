// Who is shown a violence case: those who work on it. Everyone else may act, and reads nothing.
import type { Actor } from '@himaya/engine';
import type { Context } from './context.ts';

/** Roles that take up, lead or decide any case of the office. */
const OFFICE = ['INT', 'INV', 'CP', 'SUP', 'HEAD', 'LEG'];

/** Whether someone is shown the case. */
export function isReader(
  { assigned, dutyOfficer, conflicts }: Context,
  { staff, role, onBehalfOf }: Actor,
): boolean {
  // SoD-6: whoever stands in a relation to a party is shown nothing of them.
  const isRelated = [staff, onBehalfOf].some((name) => conflicts.includes(name ?? ''));
  return !isRelated && (OFFICE.includes(role) || assigned.includes(staff) || dutyOfficer === staff);
}
