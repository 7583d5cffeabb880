// What a household remembers: members, linked cases, separation pairs and noted bookings.
import { z } from 'zod';
import { day, pairSchema, ref } from './fields.ts';

/** A case and who of the household is which party in it. */
export const link = z.strictObject({
  caseId: ref,
  as: z.array(z.strictObject({ person: ref, partyId: ref })).min(1).max(30),
});
/** A booking of a member. */
export const noted = z.strictObject({ siteId: ref, date: day, bookingId: ref });
/** The context of a household. */
export const contextSchema = z.object({
  members: z.array(z.string()),
  links: z.array(link),
  pairs: z.array(pairSchema),
  bookings: z.array(noted),
});
/** What a household remembers. */
export type Household = z.output<typeof contextSchema>;
