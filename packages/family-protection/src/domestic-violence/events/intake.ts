// Events of intake: the first contact, the complaint or report, the people.
import { z } from 'zod';
import { firstContact, toldBy } from '../../case-file/events.ts';
import { accessNeeds, ageBand, at, concern, harmText } from '../../fields.ts';
import { identity, ref } from '../../fields.ts';
import { contextFlag, criticalText, interviewerWish, partyRole } from '../fields.ts';
import { relationToVictim, reporterCapacity, subType, violenceType } from '../fields.ts';
import { weaponUse } from '../fields.ts';

/** What someone needs who comes: facts that rules read, and never why. */
const visitNeeds = {
  /** She is pregnant, nursing, or has an infant with her. */
  careNeeded: z.boolean().exactOptional(),
  interviewerPreferred: interviewerWish.exactOptional(),
  /** Nothing is explained to them, asked of them or agreed with them without an interpreter. */
  interpreterNeeded: z.boolean().exactOptional(),
};

/** What is told of an incident, in a complaint as in a report. */
const told = {
  caseType: z.literal('family.domesticViolence'),
  subType,
  /** The relation lies outside the statutory family: general law applies, and a lawyer looks. */
  nonStatutoryFamily: z.boolean(),
  narrative: harmText('#victim').exactOptional(),
  /** The incident that is told of. */
  incidentId: ref,
  incidentAt: at,
  violenceTypes: z.array(violenceType).max(5),
  contextFlags: z.array(contextFlag).max(8),
  weapon: weaponUse.exactOptional(),
  victim: ref.exactOptional(),
  alleged: z.array(ref).max(10),
};

/** Events from the first contact to the report. */
export const intakeEvents = {
  IntakeStarted: z.strictObject({
    ...firstContact,
    immediateDanger: z.boolean(),
  }),
  AccessNeedsAnswered: z.strictObject({ accessNeeds }),
  SafetyConcernNoted: z.strictObject({
    /** What is feared; empty: a danger, and nobody has said which. */
    concerns: z.array(concern).max(3),
    immediateDanger: z.boolean(),
    note: harmText('#victim').exactOptional(),
    toldBy,
  }),
  ReportRegistered: z.strictObject({
    ...told,
    reportNo: ref,
    receivedAt: at,
    receivedPlace: ref,
    reporter: criticalText('#reporter').exactOptional(),
    reporterCapacity,
    mandatoryReporter: z.boolean(),
  }),
  /** Help without a criminal record: only an escalation makes a report of it. */
  ComplaintRegistered: z.strictObject({ ...told, complaintNo: ref }),
  ComplaintEscalatedToReport: z.strictObject({
    complaintNo: ref,
    reportNo: ref,
    /** The incident whose statutory record is due from now on. */
    incidentId: ref,
    legalBasis: z.string().max(60),
    trigger: z.enum(['victimAsked', 'riskFound', 'newIncident', 'mandatoryDuty']),
    victimInformed: z.boolean(),
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
    ...visitNeeds,
  }),
  PartyRoleChanged: z.strictObject({
    partyId: ref,
    from: partyRole,
    to: partyRole,
    why: harmText('partyId'),
  }),
  /** Somebody who has nothing to do with the case was entered. */
  PartyRemoved: z.strictObject({ partyId: ref, from: partyRole, why: harmText('partyId') }),
  /** How `b` stands to `a`. */
  RelationshipRecorded: z.strictObject({
    a: ref,
    b: ref,
    relation: relationToVictim,
    /** Whether the law on family violence counts it as family, by the list of policy. */
    statutoryFamily: z.boolean(),
    evidence: harmText('a').exactOptional(),
  }),
  /** Answered at intake or later; what is asked anew replaces what was answered before. */
  PartyNeedsAnswered: z.strictObject({ partyId: ref, ...visitNeeds }),
  /** Who interprets for somebody, the last one that was named. */
  LanguageSupportAssigned: z.strictObject({
    partyId: ref,
    interpreterId: ref,
    /** Nobody of the family, and no friend of either side. */
    conflictChecked: z.boolean(),
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
