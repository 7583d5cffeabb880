// Small pure functions by which the charts note what an event says.
import type { Actor } from '@himaya/engine';
import type { z } from 'zod';
import type { ageBand } from '../fields.ts';

/** Someone whose age at the incident is known as a band. */
export interface Aged {
  readonly ageBand: z.output<typeof ageBand>;
  /** The instant for which a date of birth gave it. */
  readonly ageAt: string | null;
}

/** A list with `item` as its last member, once. */
export function added<Item>(list: readonly Item[], item: Item): Item[] {
  return [...list.filter((other) => other !== item), item];
}

/** The members of both lists, each once. */
export function union<Item>(some: readonly Item[], others: readonly Item[]): Item[] {
  return [...new Set([...some, ...others])];
}

/** The children among the parties of a case. */
export function childrenIn(
  parties: Readonly<Record<string, { readonly isChild: boolean }>>,
): readonly string[] {
  return Object.keys(parties).filter((id) => parties[id]?.isChild === true);
}

/** Everyone in whose name someone acts: separation of duties is between people, not keyboards. */
export function namesOf({ staff, onBehalfOf }: Actor): readonly string[] {
  return onBehalfOf === undefined ? [staff] : [staff, onBehalfOf];
}

/** Whether someone, or someone in whose name they act, is among `people`. */
export function isAmong(actor: Actor, people: readonly string[]): boolean {
  return namesOf(actor).some((name) => people.includes(name));
}

/**
 * The parties when the incident turns out to have been at `incidentAt`. An age that was computed for
 * a later day may be too high: the date of birth is not recorded, so it has to be established again.
 */
export function agesAt<Party extends Aged>(
  parties: Readonly<Record<string, Party>>,
  incidentAt: string,
): Record<string, Party> {
  return Object.fromEntries(
    Object.entries(parties).map(([id, party]) => {
      const isDoubtful =
        party.ageAt !== null && party.ageAt > incidentAt && party.ageBand !== 'under15';
      return [id, isDoubtful ? { ...party, ageBand: 'unknown' as const, ageAt: null } : party];
    }),
  );
}
