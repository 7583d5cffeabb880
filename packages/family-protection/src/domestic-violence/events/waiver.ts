// Events of offences and of taking a complaint back: never without looking for pressure behind it.
import { z } from 'zod';
import { compoundRef, ref } from '../../fields.ts';

/** How policy lets an offence end otherwise than by judgment; what it does not name: not at all. */
export const conciliability = z.enum(['no', 'waiver', 'sulh', 'tasaluh']);

const waiver = { waiverId: compoundRef };

/** Events from a recorded offence to the answer to whoever wants to take a complaint back. */
export const waiverEvents = {
  OffenceRecorded: z.strictObject({
    offenceCode: ref,
    article: z.string().max(60),
    /** What policy said when it was recorded; rules ask the policy again. */
    conciliable: conciliability,
  }),
  ComplaintWaiverRequested: z.strictObject({
    ...waiver,
    byParty: ref,
    offenceCodes: z.array(ref).min(1).max(20),
  }),
  CoercionCheckCompleted: z.strictObject({
    ...waiver,
    /** Nobody else was there, and nobody listened. */
    conductedPrivately: z.boolean(),
    result: z.enum(['noConcern', 'concern']),
  }),
  ComplaintWaived: z.strictObject({
    ...waiver,
    ppApprovalRef: ref.exactOptional(),
    /** Of every offence that is recorded the complaint has now been taken back. */
    endsMatter: z.boolean(),
  }),
  ComplaintWaiverRejected: z.strictObject({
    ...waiver,
    reason: z.enum(['coercionSuspected', 'notPermitted', 'withdrawn']),
  }),
};
