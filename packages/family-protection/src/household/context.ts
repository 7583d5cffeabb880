// What a household remembers: members, linked cases and separation pairs.
import { z } from 'zod';
import { ref } from '../fields.ts';
import { pairSchema } from './fields.ts';

/** A case and who of the household is which party in it. */
export const link = z.strictObject({
  caseId: ref,
  as: z.array(z.strictObject({ person: ref, partyId: ref })).min(1).max(30),
});
/** The context of a household. */
export const contextSchema = z.object({
  members: z.array(z.string()),
  links: z.array(link),
  pairs: z.array(pairSchema),
  /** Meetings of people who are kept apart, once for each file that told of it. */
  meetings: z.array(z.string()),
});
/** What a household remembers. */
export type Household = z.output<typeof contextSchema>;
