// Who acts: an opaque staff reference in a role at an office.
import { z } from 'zod';

const reference = (charsMax: number) =>
  z
    .string()
    .min(1)
    .max(charsMax)
    .refine((value) => value.isWellFormed());

/** The schema of {@link Actor}. */
export const actorSchema = z.strictObject({
  staff: reference(64),
  role: reference(32),
  office: reference(32),
  onBehalfOf: reference(64).exactOptional(),
});

/** A member of staff acting in a role at an office. `staff` is a reference, never a name. */
export type Actor = z.output<typeof actorSchema>;

/** The role of the engine itself. */
export const SYSTEM_ROLE = 'SYS';

/** The engine itself, which reaches deadlines and moves cases. */
export function systemActor(office: string): Actor {
  return { staff: 'engine', role: SYSTEM_ROLE, office };
}
