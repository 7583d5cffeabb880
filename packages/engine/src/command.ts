// Commands as they arrive: an envelope checked in shape before anything else is done.
import { z } from 'zod';
import { parseInstant, type Instant } from './instant.ts';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

const instantSchema = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: 'no instant with a zone, as 2027-05-09T09:00:00Z',
  });
  return z.NEVER;
});

/** The schema of {@link Command}. */
export const commandSchema = z.strictObject({
  /** ULID chosen by the caller; the key of idempotency. */
  id: z.string().regex(ULID, 'no ULID (26 characters of Crockford base32)'),
  name: z.string().min(1).max(80),
  /** Absent: the command opens a case. */
  caseId: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id')
    .exactOptional(),
  /** Needed only when several case types open with a command of this name. */
  caseType: z.string().max(120).exactOptional(),
  input: z.unknown(),
  occurredAt: instantSchema.exactOptional(),
  reason: z.string().max(2_000).exactOptional(),
  lateReason: z.string().max(2_000).exactOptional(),
  basis: z.string().max(200).exactOptional(),
  expectedPosition: z.int().min(0).exactOptional(),
  correlation: z.string().regex(ULID).exactOptional(),
  causation: z.string().regex(ULID).exactOptional(),
});

/** A command as the caller writes it. */
export type Command = z.input<typeof commandSchema>;
/** A command whose shape has been checked. */
export type ParsedCommand = z.output<typeof commandSchema>;

/** What is wrong with an input, one line per problem: `path: problem`. */
export function issuesOf(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
  );
}
