// Events of intake: the first contact, the report, the people.
import { z } from 'zod';
import { accessNeeds, ageBand, at, harmText, identity, language, ref } from '../../fields.ts';
import { contextFlag, criticalText, partyRole, relationToVictim } from '../fields.ts';
import { reporterCapacity, subType, violenceType, weaponUse } from '../fields.ts';

/** Events from the first contact to the report. */
export const intakeEvents = {
  IntakeStarted: z.strictObject({
    channel: z.enum([
      'walkIn',
      'phone',
      '999',
      '998',
      'online',
      'patrol',
      'hospital',
      'school',
      'prosecution',
      'otherOffice',
    ]),
    intakeKind: z.enum(['consultation', 'complaint', 'report', 'referralIn']),
    /** Absent until it is answered: access needs never hold up a report. */
    accessNeeds: accessNeeds.exactOptional(),
    language: language.exactOptional(),
    immediateDanger: z.boolean(),
  }),
  AccessNeedsAnswered: z.strictObject({ accessNeeds }),
  SafetyConcernNoted: z.strictObject({
    immediateDanger: z.boolean(),
    note: harmText('#victim').exactOptional(),
  }),
  ReportRegistered: z.strictObject({
    reportNo: ref,
    caseType: z.literal('family.domesticViolence'),
    subType,
    nonStatutoryFamily: z.boolean(),
    receivedAt: at,
    receivedPlace: ref,
    reporter: criticalText('#reporter').exactOptional(),
    reporterCapacity,
    mandatoryReporter: z.boolean(),
    narrative: harmText('#victim').exactOptional(),
    /** The incident that is reported. */
    incidentId: ref,
    incidentAt: at,
    violenceTypes: z.array(violenceType).max(5),
    contextFlags: z.array(contextFlag).max(8),
    weapon: weaponUse.exactOptional(),
    victim: ref.exactOptional(),
    alleged: z.array(ref).max(10),
  }),
  PartyAdded: z.strictObject({
    partyId: ref,
    person: identity('partyId'),
    partyRole,
    isChild: z.boolean(),
    ageBand,
    /** The instant for which a date of birth gave the age; absent: somebody's appearance did. */
    ageAt: at.exactOptional(),
    relationToVictim,
  }),
  PartyAgeCorrected: z.strictObject({
    partyId: ref,
    corrects: z.int().min(0),
    isChild: z.boolean(),
    ageBand,
    ageAt: at.exactOptional(),
    why: harmText('partyId'),
  }),
};
