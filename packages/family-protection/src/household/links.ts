// What a case records of the households it belongs to, and what it remembers of that.
import type { EventOf } from '@himaya/engine';
import { z } from 'zod';
import { harmText, ref } from '../fields.ts';
import { namesOf, union } from '../parties/facts.ts';
import { joined, memberParties, type MemberParties } from './context.ts';

/** Everyone who has said something that is entered anew. */
export const tellers = z.array(ref).max(50);

/** Events of a case about its households, the same in every case type. */
export const linkEvents = {
  HouseholdLinked: z.strictObject({
    householdId: ref,
    as: memberParties,
    /** Who has said so elsewhere, where the engine enters it; absent: whoever enters it here. */
    enteredBy: tellers.exactOptional(),
  }),
  HouseholdUnlinked: z.strictObject({
    householdId: ref,
    reason: z.enum(['linkedByMistake', 'otherHousehold']),
  }),
  /** Somebody else is this party: whom orders are about, and who is kept apart, changes with it. */
  HouseholdLinkCorrected: z.strictObject({
    householdId: ref,
    partyId: ref,
    from: ref,
    to: ref,
    why: harmText('#household'),
  }),
  /** Somebody comes to a building for the case; who it is no household may know. */
  VisitorNoted: z.strictObject({ person: ref, isNew: z.boolean() }),
  /** Other cases were looked at; what was found in which of them is not told here. */
  HouseholdReviewed: z.strictObject({ endangers: z.boolean() }),
};
/** Their schemas, by name. */
export type LinkEvents = typeof linkEvents;

/** The households of a case, each with who of it is which party. */
export const homes = z.array(
  z.object({
    householdId: z.string(),
    as: memberParties,
    /** Everyone who has said so. */
    linkedBy: z.array(z.string()),
  }),
);
/** The households of a case. */
export type Homes = z.output<typeof homes>;

/** What a case of any type remembers of its households. */
export interface LinkMemory {
  readonly households: Homes;
  /** Everyone who has come, or is to come, to a building for the case. */
  readonly visitors: readonly string[];
}

/** The households of a case, once it belongs to this one as well. */
export function withHome(
  known: Homes,
  { data, actor }: Pick<EventOf<LinkEvents, 'HouseholdLinked'>, 'data' | 'actor'>,
): Homes {
  const { householdId, as, enteredBy = namesOf(actor) } = data;
  const before = known.find((home) => home.householdId === householdId);
  const linkedBy = union(before?.linkedBy ?? [], enteredBy);
  const all = before ? joined(before.as, as) : as;
  return [...withoutHome(known, householdId), { householdId, as: all, linkedBy }];
}

/** Who is which party, once somebody else turns out to be one of them. */
export function withOther(
  as: MemberParties,
  { partyId, from, to }: { readonly partyId: string; readonly from: string; readonly to: string },
): MemberParties {
  const rest = as.filter((one) => one.partyId !== partyId || one.person !== from);
  return joined(rest, [{ person: to, partyId }]);
}

/**
 * The households of a case, once somebody else turns out to be one of its parties there. Who says so
 * has said who it is: to take that back asks for somebody else again.
 */
export function withPerson(
  known: Homes,
  { data, actor }: Pick<EventOf<LinkEvents, 'HouseholdLinkCorrected'>, 'data' | 'actor'>,
): Homes {
  return known.map((home) =>
    home.householdId === data.householdId
      ? {
          ...home,
          as: withOther(home.as, data),
          linkedBy: union(home.linkedBy, namesOf(actor)),
        }
      : home,
  );
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
