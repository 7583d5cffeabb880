// Events of evidence: what is kept, the hash by which it is known again, and in whose hands it is.
import { z } from 'zod';
import { at, ref } from '../../fields.ts';
import { criticalRef } from '../fields.ts';

/** Events of evidence. It is kept elsewhere: its hash says later that it is the same. */
export const evidenceEvents = {
  EvidenceLogged: z.strictObject({
    evidenceId: ref,
    /** The incident that it is about. */
    incidentId: ref,
    kind: z.enum(['photo', 'document', 'message', 'recording', 'medicalReport', 'object']),
    /** SHA-256 of the bytes, or of the picture of an object. */
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'no SHA-256'),
    custodyHolder: ref,
    locationRef: criticalRef('#victim').exactOptional(),
  }),
  EvidenceCustodyTransferred: z.strictObject({ evidenceId: ref, from: ref, to: ref, at }),
};
