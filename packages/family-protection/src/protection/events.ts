// Events of emergency measures: safety before paperwork.
import { z } from 'zod';
import { at, harmText, measureKind, ref } from '../fields.ts';

/** Events that protect someone; nothing may stand in the way of the first two. */
export const safetyEvents = {
  MedicalTransferOrdered: z.strictObject({
    transferId: ref,
    partyId: ref.exactOptional(),
    facilityId: ref.exactOptional(),
    escort: ref.exactOptional(),
  }),
  ProtectiveMeasureStarted: z.strictObject({
    measureId: ref,
    kind: measureKind,
    partyId: ref.exactOptional(),
    owner: ref,
    reviewDue: at,
    note: harmText('#protected').exactOptional(),
  }),
  MedicalTransferCompleted: z.strictObject({ transferId: ref }),
  ProtectiveMeasureReviewed: z.strictObject({ measureId: ref, reviewDue: at }),
  ProtectiveMeasureEnded: z.strictObject({
    measureId: ref,
    outcome: z.enum(['noLongerNeeded', 'replaced', 'handedOver']),
  }),
};
/** Their schemas, by name. */
export type SafetyEvents = typeof safetyEvents;
