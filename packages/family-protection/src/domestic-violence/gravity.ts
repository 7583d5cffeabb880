// Which violence is so grave that nobody is brought together after it: as policy lists it.
import type { PolicyReader } from '@himaya/engine';
import type { Incident } from './parts/kinds.ts';

type Told = Pick<Incident, 'told'>;

/** What of an incident excludes a reconciliation, however long ago it was. */
export function excludedIn({ told }: Told, policy: PolicyReader): readonly string[] {
  const excluded = policy.list('reconciliation.excludedViolence');
  return told.filter((one) => excluded.includes(one));
}

/** What of an incident, signs and weapons, excludes one as long as it is recent. */
export function graveIn({ told }: Told, policy: PolicyReader): readonly string[] {
  const flags = policy.list('reconciliation.excludingFlags');
  const weapons = policy.list('reconciliation.excludingWeapons');
  return told.filter((one) => flags.includes(one) || weapons.includes(one));
}
