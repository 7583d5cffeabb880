// What the case remembers beside its parts: facts that rules ask for, and no sealed value.
import { z } from 'zod';
import { ageBand, closureReason, concern, partyRole, relation } from '../fields.ts';
import { screeningResult } from '../fields.ts';
import { categoryOf, type CommunityType } from './complaints.ts';
import { homes } from '../household/links.ts';

const party = z.object({
  role: partyRole,
  isChild: z.boolean(),
  ageBand,
  /** The instant for which a date of birth gave the age. */
  ageAt: z.string().nullable(),
  /** Everyone who has recorded what somebody is, or how old. */
  toldBy: z.array(z.string()),
  relation,
  /** What was recorded before it was corrected. */
  formerly: z.array(relation),
});

/** Something that waits for an answer; where no category or place is named, that of the complaint. */
const matter = z.object({
  /** Whom it is about; nobody: the complaint as such. */
  respondent: z.string().nullable(),
  category: z.string().nullable(),
  place: z.string().nullable(),
  /** When it arose: what was done before cannot be its answer. */
  since: z.string(),
});

/** What every case of the procedure remembers, whatever is complained of. */
const remembered = {
  concerns: z.array(concern),
  immediateDanger: z.boolean(),
  /** An immediate danger was told, and no first action has followed. */
  dangerUnmet: z.boolean(),
  /** The latest time at which one was told of; empty: none was. */
  dangerAt: z.string(),
  /** How many dangers were noted: an answer to one of them says of how many it knew. */
  dangersTold: z.int(),
  /** Someone was protected or taken to medical care since harm was last ruled out. */
  harmAverted: z.boolean(),
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
  toScreen: z.array(z.string()),
  screened: z.record(z.string(), screeningResult),
  /** What a screening ruled out before this does not count: there was more to ask about since. */
  screenFrom: z.string().nullable(),
  /** Counts mediations: a suspension or a failure ends one. */
  round: z.int(),
  /** The households whose other cases are asked before anybody meets. */
  households: homes,
  /** Everyone who has come, or is to come, to a building for the case. */
  visitors: z.array(z.string()),
  /** A proposed closure, and everyone in whose name it was proposed. */
  closure: z.object({ proposers: z.array(z.string()), reasonCode: closureReason }).nullable(),
  feedbackOffered: z.boolean(),
  reviewsMissed: z.int(),
  /** What has had no answer yet: one matter per respondent named, and one per repetition. */
  unanswered: z.array(matter),
  /** The answer was that a site visit found nothing. */
  unfounded: z.boolean(),
  /** When the case or its answer was last reopened: the next answer is followed up again. */
  reopenedAt: z.string().nullable(),
  /** Children whose matter goes another way, and the case that took it over. */
  childRoutes: z.record(z.string(), z.string().nullable()),
  reclassifiedTo: z.string().nullable(),
  successor: z.string().nullable(),
};

/** The schema of {@link Context}. */
export function contextOf(name: CommunityType) {
  const complaint = z.object({
    subType: categoryOf(name),
    place: z.string(),
    block: z.string(),
    incidentAt: z.string(),
  });
  return z.object({ complaint: complaint.nullable(), ...remembered });
}

/** What the case remembers. */
export type Context = z.output<ReturnType<typeof contextOf>>;

/** Someone in the dispute, as rules see them. */
export type Party = Context['parties'][string];

/** Something that waits for an answer. */
export type Matter = Context['unanswered'][number];

/** The context of a case that has just been opened. */
export const initialContext: Context = {
  complaint: null,
  concerns: [],
  immediateDanger: false,
  dangerUnmet: false,
  dangerAt: '',
  dangersTold: 0,
  harmAverted: false,
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
  toScreen: [],
  screened: {},
  screenFrom: null,
  round: 1,
  households: [],
  visitors: [],
  closure: null,
  feedbackOffered: false,
  reviewsMissed: 0,
  unanswered: [],
  unfounded: false,
  reopenedAt: null,
  childRoutes: {},
  reclassifiedTo: null,
  successor: null,
};
