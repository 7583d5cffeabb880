// Events of undertakings: what an accused promises the office in writing, and that it was broken.
import { z } from 'zod';
import { at, harmText, ref } from '../../fields.ts';
import { settlementClauseKind } from './settlement.ts';

/** Events of undertakings. */
export const undertakingEvents = {
  UndertakingSigned: z.strictObject({
    undertakingId: ref,
    partyId: ref,
    /** What it is, declared by whoever takes it and found in its text. */
    kinds: z.array(settlementClauseKind).min(1).max(16),
    text: harmText('partyId'),
    until: at,
  }),
  UndertakingBreached: z.strictObject({
    undertakingId: ref,
    at,
    withViolence: z.boolean(),
  }),
};
