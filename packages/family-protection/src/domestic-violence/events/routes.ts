// Events by which a matter leaves this file: to another office, or to a file about the same.
import { z } from 'zod';
import { ref } from '../../fields.ts';

const caseId = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id');

/** Events that move a matter elsewhere. */
export const routeEvents = {
  DuplicateMerged: z.strictObject({
    survivingCaseId: caseId,
    reason: z.enum(['sameIncident', 'sameParties', 'registeredTwice']),
  }),
  CaseTransferred: z.strictObject({
    toOffice: ref,
    basis: z.enum(['placeOfIncident', 'placeOfResidence', 'safetyOfParty']),
    /** The receiving office's acceptance. */
    acceptanceRef: ref.exactOptional(),
    successor: caseId,
  }),
};
