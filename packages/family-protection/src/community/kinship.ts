// Who may be family of the complainant, or might be: they are screened before anyone meets.
import type { Context, Party } from './context.ts';
import { mediating } from './parts/kinds.ts';

type Parties = Pick<Context, 'parties'>;

/** Whether someone is family, or was recorded as family once: nobody erases that with one entry. */
export function isKin({ relation, formerly }: Party, kin: readonly string[]): boolean {
  return [relation, ...formerly].some((one) => kin.includes(one));
}

/** Whether mediation may bring someone together with others whose family they are. */
export function isKinAtTable(party: Party, kin: readonly string[]): boolean {
  return mediating.includes(party.role) && isKin(party, kin);
}

/** Whether someone complains for themselves, and nobody else complains beside them. */
function complainsAlone({ parties }: Parties, { role }: Party): boolean {
  const all = Object.values(parties).filter((other) => other.role === 'complainant');
  return role === 'complainant' && all.length === 1;
}

/** Whether nobody knows how someone stands to the complainant. */
export function isStranger(context: Parties, party: Party): boolean {
  const { role, relation, isChild } = party;
  return (
    relation === 'unknown' &&
    mediating.includes(role) &&
    !isChild &&
    !complainsAlone(context, party)
  );
}

/** Whether nobody knew that once: what one officer writes over it does not end the asking. */
export function wasStranger(context: Parties, party: Party): boolean {
  const isUnknown = party.relation === 'unknown' || party.formerly.includes('unknown');
  return isUnknown && isStranger(context, { ...party, relation: 'unknown' });
}
