// Fields that households and buildings share: references, instants, days and separation pairs.
import { parseInstant, type Instant } from '@himaya/engine';
import { z } from 'zod';

/** An opaque reference; never a name. */
export const ref = z.string().regex(/^[A-Za-z0-9._-]{1,48}$/, 'no reference');

/** An instant with its zone; recorded in UTC. */
export const at = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'no instant with a zone' });
  return z.NEVER;
});

/** A day of the office, `YYYY-MM-DD`. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'no date')
  .refine((text) => parseInstant(`${text}T00:00:00Z`) !== undefined, 'no day of the calendar');

/** How two people are kept apart: by way, or by building. */
export const mode = z.enum(['noOverlapZone', 'noOverlapBuilding']);

/** Two people who are kept apart, and why. */
export const pairSchema = z.strictObject({
  a: ref,
  b: ref,
  /** At most four hours: a day reads the bookings of the day before and after, and no further. */
  bufferMin: z.int().min(0).max(240),
  mode,
  basis: z.enum(['incident', 'order', 'request']),
});

/** Why bookings have to be looked at anew. */
export const cause = z.enum(['order', 'incident', 'risk', 'pair', 'case']);

/** A text in both languages. */
export const words = (en: string, ar: string): { readonly en: string; readonly ar: string } => ({
  en,
  ar,
});
