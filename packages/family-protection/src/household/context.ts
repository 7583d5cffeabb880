// What a household remembers: members, linked cases and separation pairs.
import { z } from 'zod';
import { officeId, ref } from '../fields.ts';
import { pairSchema } from './fields.ts';

/** Who of a household is which party of a case. */
export const memberParties = z
  .array(z.strictObject({ person: ref, partyId: ref }))
  .min(1)
  .max(30);
/** A case and who of the household is which party in it. */
export const link = z.strictObject({ caseId: ref, as: memberParties });
/** Who is related to a party; whoever has been is taken to be from then on. */
export const relations = z.strictObject({ staff: z.array(ref).min(1).max(50) });
/** What says who is shown a household or the file of one of its people. */
export const keeping = {
  /** Offices that have entered somebody or something here: they keep the file. */
  offices: z.array(officeId),
  /** Staff who are related to a party of one of its cases. */
  conflicts: z.array(z.string()),
};
/** Who keeps a file, and who stays away from it. */
export type Keeping = { [Name in keyof typeof keeping]: z.output<(typeof keeping)[Name]> };
/** The context of a household. */
export const contextSchema = z.object({
  /** Its own id, by which cases and files of people name it. */
  householdId: z.string(),
  members: z.array(z.string()),
  /** `agreed`: the case itself has said so, and can be asked to look at what it plans. */
  links: z.array(link.extend({ agreed: z.boolean() })),
  /** `declaredBy`: everyone who has said that they are kept apart. */
  pairs: z.array(pairSchema.extend({ declaredBy: z.array(z.string()) })),
  /** Meetings of people who are kept apart, once for each file that told of it. */
  meetings: z.array(z.string()),
  ...keeping,
});
/** What a household remembers. */
export type Household = z.output<typeof contextSchema>;
/** Who is which party. */
export type MemberParties = z.output<typeof memberParties>;

/** What is known of who is which party; what was known before is never lost by a later entry. */
export function joined(known: MemberParties, more: MemberParties): MemberParties {
  const isKnown = ({ person, partyId }: MemberParties[number]): boolean =>
    known.some((one) => one.person === person && one.partyId === partyId);
  return [...known, ...more.filter((one) => !isKnown(one))];
}
