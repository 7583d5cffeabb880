// The event of a screening for violence, alone: the same in every case type.
import { z } from 'zod';
import { ref, screeningResult } from '../fields.ts';

/** Events of screening. */
export const screeningEvents = {
  ViolenceScreeningCompleted: z.strictObject({
    partyId: ref,
    instrument: z.string().max(40),
    result: screeningResult,
    conductedAlone: z.boolean(),
    /** Who is with a child: a guardian among the parties, or a specialist who was appointed. */
    accompaniedBy: z
      .union([z.strictObject({ guardian: ref }), z.strictObject({ specialist: ref })])
      .exactOptional(),
  }),
};
/** Their schemas, by name. */
export type ScreeningEvents = typeof screeningEvents;
