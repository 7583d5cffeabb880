// Who acts: an opaque staff reference in a role at an office.
import { z } from 'zod';

/** The schema of {@link Actor}. */
export const actorSchema = z.strictObject({
  staff: z.string().min(1).max(64),
  role: z.string().min(1).max(32),
  office: z.string().min(1).max(32),
  onBehalfOf: z.string().min(1).max(64).exactOptional(),
});

/** A member of staff acting in a role at an office. `staff` is a reference, never a name. */
export type Actor = z.output<typeof actorSchema>;

/** The engine itself, which reaches deadlines and moves cases. */
export function systemActor(office: string): Actor {
  return { staff: 'engine', role: 'SYS', office };
}
