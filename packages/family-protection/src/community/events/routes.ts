// Events by which a matter leaves this procedure: to another type, office or file.
import { z } from 'zod';
import { leavingEvents } from '../../case-file/events.ts';
import { retypingEventsOf } from '../../case-file/retyping.ts';
import { ageBand, ref } from '../../fields.ts';
import type { CommunityType } from '../complaints.ts';

/** Events that move a matter elsewhere. */
export function routeEventsOf(own: CommunityType) {
  return {
    ...retypingEventsOf(own, '#complainant'),
    ChildRerouted: z.strictObject({
      partyId: ref,
      ageBand,
      to: z.literal('family.childAtRisk'),
    }),
    ...leavingEvents,
  };
}
