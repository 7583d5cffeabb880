// Commands of sessions: meeting each party alone first, then all of them, and stopping at any time.
import { z } from 'zod';
import { sessionCommandsFor } from '../../conciliation/commands.ts';
import { ref } from '../../fields.ts';
import { conciliating } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { command } from '../head.ts';
import { offerTo } from '../parts/reconciliation-kinds.ts';
import { readsOf } from '../rules/linked.ts';
import { conducting } from './grants.ts';

/** Commands about sessions. */
export const sessionCommands = {
  HoldPreMeeting: command({
    input: z.strictObject({ partyId: ref, coercionSigns: z.boolean() }),
    polarity: 'neutral',
    by: conducting,
    duties: conciliating,
    records: ['PreMeetingHeld'],
    decide: (input, { parts, context, actor }) => {
      const { partyId } = input;
      const offer = offerTo(parts, partyId, context.reconciliation.round);
      const data = { ...input, offerId: offer?.id ?? `${partyId}-0`, conciliator: actor.staff };
      return [{ type: 'PreMeetingHeld', data }];
    },
  }),
  ...sessionCommandsFor<Context>({
    conducting,
    round: ({ reconciliation }) => reconciliation.round,
    reads: readsOf,
  }),
};
