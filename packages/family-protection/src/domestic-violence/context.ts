// What the case remembers beside its parts: facts that rules ask for, and no sealed value.
import { z } from 'zod';
import { ageBand, screeningResult } from '../fields.ts';
import { homes } from '../household/links.ts';
import { channelKind, interviewerWish, partyRole, relationToVictim } from './fields.ts';
import { riskLevel, subType } from './fields.ts';

const moment = z.object({ occurredAt: z.string(), recordedAt: z.string() });

const party = z.object({
  role: partyRole,
  isChild: z.boolean(),
  ageBand,
  /** The instant for which a date of birth gave the age. */
  ageAt: z.string().nullable(),
  /** Everyone who has recorded what somebody is, or how old. */
  toldBy: z.array(z.string()),
  relation: relationToVictim,
  /** Pregnant, nursing, or with an infant; `null`: nobody has asked. */
  careNeeded: z.boolean().nullable(),
  interviewerPreferred: interviewerWish.nullable(),
  /** `null`: nobody has asked. */
  interpreterNeeded: z.boolean().nullable(),
  interpreter: z.string().nullable(),
});

/** A level of risk and when it began. */
const level = z.object({ level: riskLevel, since: moment });

/** The schema of {@link Context}. */
export const contextSchema = z.object({
  /** The file of another type that this one took over. */
  predecessor: z.string().nullable(),
  /** What the case is about, by complaint or by report. */
  matter: z
    .object({
      subType,
      incidentId: z.string(),
      incidentAt: z.string(),
      /** The relation lies outside the statutory family: general law applies, and a lawyer looks. */
      nonStatutoryFamily: z.boolean(),
      /** Of the complaint, where it began with one. */
      complaintNo: z.string().nullable(),
    })
    .nullable(),
  /** There is none while a complaint has not been escalated. */
  report: z.object({ reportNo: z.string() }).nullable(),
  immediateDanger: z.boolean(),
  /** An immediate danger was told, and no first action has followed. */
  dangerUnmet: z.boolean(),
  /** The latest time at which one was told of; empty: none was. */
  dangerAt: z.string(),
  /** How many dangers were noted: an answer to one of them says of how many it knew. */
  dangersTold: z.int(),
  accessNeedsAnswered: z.boolean(),
  /** The office that took the case up, whose staff is shown it; `null`: nobody has. */
  office: z.string().nullable(),
  /** Accountable from intake on, until someone is assigned. */
  dutyOfficer: z.string().nullable(),
  /** The caseworker who is accountable. */
  lead: z.string().nullable(),
  /** Everyone who is assigned, the lead included. */
  assigned: z.array(z.string()),
  conflicts: z.array(z.string()),
  triageLevel: z.enum(['emergency', 'priority', 'routine']).nullable(),
  parties: z.record(z.string(), party),
  investigators: z.array(z.string()),
  conciliators: z.array(z.string()),
  /** Every level the case has had, the present one last. Empty: never assessed. */
  levels: z.array(level),
  /** The last assessment, by which freshness is judged. */
  assessed: z
    .object({ id: z.string(), level: riskLevel, full: z.boolean(), at: moment })
    .nullable(),
  /** A proposal to lower the level, and everyone in whose name it was made. */
  downgrade: z
    .object({ proposers: z.array(z.string()), from: riskLevel, to: riskLevel })
    .nullable(),
  /** When the agencies last conferred about the case; empty: they never did. */
  conferredAt: z.string(),
  /** The last incident, breach or release: what came after it was decided knowing of it. */
  lastHarm: moment.nullable(),
  /** The last thing that an assessment has to know of: harm, an order that ended, a worry. */
  lastAlarm: moment.nullable(),
  /** A proposed referral to the prosecution, of which records, and whether a supervisor approved it. */
  referral: z
    .object({
      proposers: z.array(z.string()),
      recordIds: z.array(z.string()),
      isApproved: z.boolean(),
    })
    .nullable(),
  /** The prosecution has had the matter: nothing is taken back any more without it. */
  wasReferred: z.boolean(),
  /** By which ways, and in which local hours, each party may be reached. */
  safeContacts: z.record(
    z.string(),
    z.array(z.object({ kind: channelKind, from: z.string(), to: z.string() })),
  ),
  /** Children who were screened, with the result; a concern is answered by a linked case. */
  childScreenings: z.record(z.string(), z.enum(['noConcern', 'concern'])),
  /** Everyone who has found a concern for a child. */
  concernedBy: z.record(z.string(), z.array(z.string())),
  /** How two parties stand to each other, the last answer of each two. */
  relationships: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      relation: relationToVictim,
      isStatutory: z.boolean(),
    }),
  ),
  linkedCases: z.array(
    z.object({ caseId: z.string(), relation: z.string(), linkedBy: z.array(z.string()) }),
  ),
  /** The households whose other cases are asked before anybody meets. */
  households: homes,
  /** Everyone who has come, or is to come, to a building for the case. */
  visitors: z.array(z.string()),
  /** An order ended, and the risk has not been found to be at most medium since. */
  orderEnded: z.boolean(),
  /** The last screening of each party, alone. */
  screened: z.record(z.string(), z.object({ result: screeningResult, at: moment })),
  /** Codes of the offences that were recorded. */
  offences: z.array(z.string()),
  /** The present round of reconciliation, or the last one. Zero: none has been judged possible. */
  reconciliation: z.object({
    round: z.int(),
    participants: z.array(z.string()),
    conciliator: z.string().nullable(),
    /** Everyone in whose name the guards were judged. */
    assessors: z.array(z.string()),
    /** When they were judged, as the record has it. */
    judgedAt: z.string().nullable(),
  }),
  /** A proposed closure, who proposed it, and the supervisor who has looked at it. */
  closure: z
    .object({
      proposers: z.array(z.string()),
      reasonCode: z.string(),
      reviewers: z.array(z.string()),
    })
    .nullable(),
  feedbackOffered: z.boolean(),
  reviewsMissed: z.int(),
  /** When the case was last reopened. */
  reopenedAt: z.string().nullable(),
  reclassifiedTo: z.string().nullable(),
  successor: z.string().nullable(),
});

/** What the case remembers. */
export type Context = z.output<typeof contextSchema>;
/** Someone in the case, as rules see them. */
export type Party = Context['parties'][string];

/** The context of a case that has just been opened. */
export const initialContext: Context = {
  predecessor: null,
  matter: null,
  report: null,
  immediateDanger: false,
  dangerUnmet: false,
  dangerAt: '',
  dangersTold: 0,
  accessNeedsAnswered: false,
  office: null,
  dutyOfficer: null,
  lead: null,
  assigned: [],
  conflicts: [],
  triageLevel: null,
  parties: {},
  investigators: [],
  conciliators: [],
  levels: [],
  assessed: null,
  downgrade: null,
  conferredAt: '',
  lastHarm: null,
  lastAlarm: null,
  referral: null,
  wasReferred: false,
  safeContacts: {},
  childScreenings: {},
  concernedBy: {},
  relationships: [],
  linkedCases: [],
  households: [],
  visitors: [],
  orderEnded: false,
  screened: {},
  offences: [],
  reconciliation: {
    round: 0,
    participants: [],
    conciliator: null,
    assessors: [],
    judgedAt: null,
  },
  closure: null,
  feedbackOffered: false,
  reviewsMissed: 0,
  reopenedAt: null,
  reclassifiedTo: null,
  successor: null,
};
