// What a case records of the households it belongs to, and what it remembers of that.
import { z } from 'zod';
import { ref } from '../fields.ts';
import { joined, memberParties } from './context.ts';

/** Events of a case about its households, the same in every case type. */
export const linkEvents = {
  HouseholdLinked: z.strictObject({ householdId: ref, as: memberParties }),
  HouseholdUnlinked: z.strictObject({
    householdId: ref,
    reason: z.enum(['linkedByMistake', 'otherHousehold']),
  }),
  /** Other cases were looked at; what was found in which of them is not told here. */
  HouseholdReviewed: z.strictObject({ endangers: z.boolean() }),
};
/** Their schemas, by name. */
export type LinkEvents = typeof linkEvents;

/** The households of a case, each with who of it is which party. */
export const homes = z.array(z.object({ householdId: z.string(), as: memberParties }));
/** The households of a case. */
export type Homes = z.output<typeof homes>;

/** What a case of any type remembers of its households. */
export interface LinkMemory {
  readonly households: Homes;
}

/** The households of a case, once it belongs to this one as well. */
export function withHome(known: Homes, { householdId, as }: Homes[number]): Homes {
  const before = known.find((home) => home.householdId === householdId);
  return [
    ...withoutHome(known, householdId),
    { householdId, as: before ? joined(before.as, as) : as },
  ];
}

/** The households of a case without this one. */
export function withoutHome(known: Homes, householdId: string): Homes {
  return known.filter((home) => home.householdId !== householdId);
}

/** Another case that a case names, and how they belong together. */
export interface NamedCase {
  readonly caseId: string;
  readonly relation: string;
}

/** Cases that are named as of the same household, or as about the same incident. */
export function casesOfHome(named: readonly NamedCase[]): readonly string[] {
  const meant = named.filter(({ relation }) => ['household', 'sameIncident'].includes(relation));
  return meant.map(({ caseId }) => caseId);
}
