// Fields that households and buildings share: separation pairs, and why bookings are looked at anew.
import { z } from 'zod';
import { ref } from '../fields.ts';

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
export const cause = z.enum(['order', 'incident', 'risk', 'child', 'pair', 'case']);

/** A text in both languages. */
export const words = (en: string, ar: string): { readonly en: string; readonly ar: string } => ({
  en,
  ar,
});
