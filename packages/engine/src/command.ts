// Commands as they arrive: an envelope checked in shape before anything else is done.
import { z } from 'zod';
import { ISSUE } from './input-issue.ts';
import { parseInstant, type Instant } from './instant.ts';

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Text that can be recorded: half of a surrogate pair is no character and has no bytes in UTF-8. */
const textOf = (charsMax: number) =>
  z
    .string()
    .max(charsMax)
    .refine((value) => value.isWellFormed(), ISSUE.halfCharacter.en);

const instantSchema = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: ISSUE.noInstant.en });
  return z.NEVER;
});

/** The schema of {@link Command}. */
export const commandSchema = z.strictObject({
  /** ULID chosen by the caller; the key of idempotency. */
  id: z.string().regex(ULID, ISSUE.noUlid.en),
  name: textOf(80).min(1),
  /** Absent: the command opens a case. */
  caseId: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{1,64}$/, ISSUE.noCaseId.en)
    .exactOptional(),
  /** Needed only when several case types open with a command of this name. */
  caseType: z.string().max(120).exactOptional(),
  input: z.unknown(),
  occurredAt: instantSchema.exactOptional(),
  reason: textOf(2_000).exactOptional(),
  lateReason: textOf(2_000).exactOptional(),
  basis: textOf(200).exactOptional(),
  expectedPosition: z.int().min(0).exactOptional(),
  correlation: z.string().regex(ULID, ISSUE.noUlid.en).exactOptional(),
  causation: z.string().regex(ULID, ISSUE.noUlid.en).exactOptional(),
});

/** A command as the caller writes it. */
export type Command = z.input<typeof commandSchema>;
/** A command whose shape has been checked. */
export type ParsedCommand = z.output<typeof commandSchema>;
