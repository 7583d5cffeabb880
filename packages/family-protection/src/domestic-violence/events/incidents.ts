// Events of incidents: what was done to whom, and the record that the law asks for.
import { z } from 'zod';
import { at, harmText, ref } from '../../fields.ts';
import { contextFlag, criticalText, violenceType, weaponUse } from '../fields.ts';

/** Events of incidents. One incident has one victim. */
export const incidentEvents = {
  IncidentRecorded: z.strictObject({
    incidentId: ref,
    victim: ref,
    alleged: z.array(ref).max(10),
    occurredFrom: at,
    to: at.exactOptional(),
    place: ref.exactOptional(),
    violenceTypes: z.array(violenceType).min(1).max(5),
    contextFlags: z.array(contextFlag).max(8),
    weapon: weaponUse,
    injuries: z.enum(['none', 'minor', 'serious']),
    childrenPresent: z
      .array(z.strictObject({ partyId: ref, exposure: z.enum(['saw', 'heard', 'targeted']) }))
      .max(20),
    narrative: harmText('victim').exactOptional(),
  }),
  IncidentCorrected: z.strictObject({
    incidentId: ref,
    /** Position of the event that is corrected. */
    corrects: z.int().min(0),
    occurredFrom: at.exactOptional(),
    violenceTypes: z.array(violenceType).min(1).max(5).exactOptional(),
    contextFlags: z.array(contextFlag).max(8).exactOptional(),
    weapon: weaponUse.exactOptional(),
    /** Whom it was told of wrongly: everyone who did it, and to whom. */
    victim: ref.exactOptional(),
    alleged: z.array(ref).max(10).exactOptional(),
    why: harmText('#victim'),
  }),
  /** The record of Article 14; what is missing may follow, until every field it asks for is there. */
  StatutoryRecordCompleted: z.strictObject({
    incidentId: ref,
    receivedAt: at.exactOptional(),
    receivedPlace: ref.exactOptional(),
    reporterRef: criticalText('#reporter').exactOptional(),
    investigationStart: at.exactOptional(),
    investigationEnd: at.exactOptional(),
    violenceType: violenceType.exactOptional(),
    tool: harmText('#victim').exactOptional(),
    childExposureStatement: criticalText('#victim').exactOptional(),
    circumstances: harmText('#victim').exactOptional(),
  }),
};
