// Events of intake, parties, triage and staff.
import { z } from 'zod';
import { firstContact, toldBy } from '../../case-file/events.ts';
import { accessNeeds, ageBand, at, concern, freeText, harmText } from '../../fields.ts';
import { identity, partyRole, publicImpact, ref, relation } from '../../fields.ts';
import { categoryOf, type CommunityType } from '../complaints.ts';

/** The events of a complaint: told, and corrected. */
export function complaintEventsOf(own: CommunityType) {
  const category = categoryOf(own);
  /** What a correction may say anew; it names exactly one. */
  const corrected = {
    subType: category.exactOptional(),
    place: ref.exactOptional(),
    block: z.string().max(20).exactOptional(),
    publicImpact: publicImpact.exactOptional(),
    incidentAt: at.exactOptional(),
    complainant: identity('#complainant').exactOptional(),
    plate: identity('#respondent').exactOptional(),
    narrative: freeText('#complainant').exactOptional(),
  };
  const correctable = Object.keys(corrected) as readonly (keyof typeof corrected)[];
  return {
    ComplaintRegistered: z.strictObject({
      complaintNo: ref,
      caseType: z.literal(own),
      subType: category,
      place: ref,
      block: z.string().max(20),
      publicImpact,
      /** When what is complained of happened; absent: just before the complaint. */
      incidentAt: at.exactOptional(),
      complainant: identity('#complainant').exactOptional(),
      plate: identity('#respondent').exactOptional(),
      narrative: freeText('#complainant').exactOptional(),
    }),
    ComplaintCorrected: z
      .strictObject({
        /** Position of the event that is corrected. */
        corrects: z.int().min(0),
        field: z.enum(correctable),
        ...corrected,
        why: freeText('#complainant'),
      })
      .refine(
        (given) =>
          correctable.every((name) => (given[name] !== undefined) === (given.field === name)),
        'not the value of the one field that is named',
      ),
  };
}

/** Events from the first contact to the officer who is accountable. */
export const intakeEvents = {
  IntakeStarted: z.strictObject({
    ...firstContact,
    concerns: z.array(concern).max(3),
    immediateDanger: z.boolean(),
  }),
  AccessNeedsAnswered: z.strictObject({ accessNeeds }),
  SafetyConcernNoted: z.strictObject({
    concerns: z.array(concern).max(3),
    immediateDanger: z.boolean(),
    toldBy,
  }),
  IntakeAbandoned: z.strictObject({
    reason: z.enum(['leftBeforeComplaint', 'notForThisOffice', 'noComplaintWished']),
    screenedForHarm: z.literal(true),
  }),
  PartyAdded: z.strictObject({
    partyId: ref,
    person: identity('partyId'),
    partyRole,
    isChild: z.boolean(),
    ageBand,
    /** The instant for which a date of birth gave the age; absent: somebody's appearance did. */
    ageAt: at.exactOptional(),
    relationToComplainant: relation,
  }),
  PartyAgeCorrected: z.strictObject({
    partyId: ref,
    corrects: z.int().min(0),
    isChild: z.boolean(),
    ageBand,
    ageAt: at.exactOptional(),
    why: harmText('partyId'),
  }),
  PartyRelationCorrected: z.strictObject({
    partyId: ref,
    corrects: z.int().min(0),
    relationToComplainant: relation,
    why: harmText('partyId'),
  }),
};
