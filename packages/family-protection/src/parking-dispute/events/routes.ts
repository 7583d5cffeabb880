// Events by which a matter leaves this procedure: to another type, office or file.
import { z } from 'zod';
import { caseId, leavingEvents } from '../../case-file/events.ts';
import { ageBand, caseTypeName, harmText, ref } from '../../fields.ts';

/** Events that move a matter elsewhere. */
export const routeEvents = {
  CaseReclassified: z.strictObject({
    from: z.literal('community.parkingDispute'),
    to: caseTypeName,
    direction: z.enum(['moreProtective', 'lessProtective']),
    approver: ref.exactOptional(),
    reason: harmText('#complainant'),
  }),
  ChildRerouted: z.strictObject({
    partyId: ref,
    ageBand,
    to: z.literal('family.childAtRisk'),
  }),
  SuccessorOpened: z.strictObject({
    caseId,
    /** The child whose matter the successor takes over; absent: it takes over the whole case. */
    partyId: ref.exactOptional(),
  }),
  ...leavingEvents,
};
