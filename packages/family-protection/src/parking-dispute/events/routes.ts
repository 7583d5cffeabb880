// Events by which a matter leaves this procedure: to another type, office or file.
import { z } from 'zod';
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
    caseId: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id'),
    /** The child whose matter the successor takes over; absent: it takes over the whole case. */
    partyId: ref.exactOptional(),
  }),
  DuplicateMerged: z.strictObject({
    survivingCaseId: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id'),
    reason: z.enum(['sameIncident', 'sameParties', 'registeredTwice']),
  }),
  CaseTransferred: z.strictObject({
    toOffice: ref,
    basis: z.enum(['placeOfIncident', 'placeOfResidence', 'safetyOfParty']),
    /** The receiving office's acceptance. */
    acceptanceRef: ref.exactOptional(),
    successor: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id'),
  }),
};
