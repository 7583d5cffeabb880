// Commands as they arrive: an envelope checked in shape before anything else is done.
import { z } from 'zod';
import { parseInstant, type Instant } from './instant.ts';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Text that can be recorded: half of a surrogate pair is no character and has no bytes in UTF-8. */
const textOf = (charsMax: number) =>
  z
    .string()
    .max(charsMax)
    .refine((value) => value.isWellFormed(), 'half of a surrogate pair');

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
  name: textOf(80).min(1),
  /** Absent: the command opens a case. */
  caseId: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id')
    .exactOptional(),
  /** Needed only when several case types open with a command of this name. */
  caseType: z.string().max(120).exactOptional(),
  input: z.unknown(),
  occurredAt: instantSchema.exactOptional(),
  reason: textOf(2_000).exactOptional(),
  lateReason: textOf(2_000).exactOptional(),
  basis: textOf(200).exactOptional(),
  expectedPosition: z.int().min(0).exactOptional(),
  correlation: z.string().regex(ULID).exactOptional(),
  causation: z.string().regex(ULID).exactOptional(),
});

/** A command as the caller writes it. */
export type Command = z.input<typeof commandSchema>;
/** A command whose shape has been checked. */
export type ParsedCommand = z.output<typeof commandSchema>;

/** Problems named at most: an input may be wrong in a million places. */
const ISSUES_MAX = 20;
/** Longest path and longest problem in a line: both may quote what the caller sent. */
const ISSUE_CHARS_MAX = 100;

/** One problem as a line: `path: problem`. */
export function issueLine(path: string, problem: string): string {
  return path === '' ? cut(problem) : `${cut(path)}: ${cut(problem)}`;
}

function cut(line: string): string {
  return line.length > ISSUE_CHARS_MAX ? `${line.slice(0, ISSUE_CHARS_MAX)}…` : line;
}

/** What is wrong with an input, one line per problem: `path: problem`. */
export function issuesOf(error: z.ZodError): readonly string[] {
  const named = error.issues
    .slice(0, ISSUES_MAX)
    .map(({ path, message }) => issueLine(path.map(String).join('.'), message));
  const more = error.issues.length - named.length;
  return more > 0 ? [...named, `and ${more} more`] : named;
}
