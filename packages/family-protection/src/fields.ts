// Fields that several events share: references, instants, enumerations and sealed values.
import { parseInstant, sensitive, type Instant, type Sealed } from '@himaya/engine';
import { z } from 'zod';

/**
 * An opaque reference: a party, a place, a session; never a name. What every object has of its own,
 * as `constructor`, is none: records are looked up by references.
 */
export const ref = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'no reference')
  .refine((text) => !(text in Object.prototype), 'no reference');

/** An office, by the name under which whoever acts belongs to it. */
export const officeId = z.string().min(1).max(32);

/** A reference made of others, as `agreement-clause-party`. */
export const compoundRef = z.string().regex(/^[A-Za-z0-9._-]{1,200}$/, 'no reference');

/** An instant with its zone; recorded in UTC. */
export const at = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'no instant with a zone' });
  return z.NEVER;
});

/** A day of the office's calendar, `YYYY-MM-DD`. A date of birth is input only, never recorded. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'no date')
  .refine((text) => parseInstant(`${text}T00:00:00Z`) !== undefined, 'no day of the calendar');

/** An identity or an identifier of someone: sealed under that person. */
export const identity = (subject: string) =>
  sensitive(z.string().min(1).max(200), { subject, class: 'personal' });

/** Free text about someone: sealed under that person. */
export const freeText = (subject: string) =>
  sensitive(z.string().min(1).max(4_000), { subject, class: 'personal' });

/** Free text about harm or family matters. */
export const harmText = (subject: string) =>
  sensitive(z.string().min(1).max(4_000), { subject, class: 'sensitive' });

/** What someone needs to take part: often a matter of health. */
export const accessNeeds = sensitive(z.array(z.string().max(60)).max(20), {
  subject: '#complainant',
  class: 'sensitive',
});

/** The language someone speaks: sealed under that person. */
export const language = (subject: string) =>
  sensitive(z.string().min(1).max(20), { subject, class: 'personal' });

/** Hands a value that a decision had to look at on to a sealed field. */
export function sealed<Value>(value: Value): Sealed<Value> {
  return value as unknown as Sealed<Value>;
}

/** How far a matter reaches. */
export const publicImpact = z.enum(['individual', 'household', 'neighbourhood', 'governorate']);

/** What someone is in the dispute. */
export const partyRole = z.enum([
  'complainant',
  'respondent',
  'neighbour',
  'guardian',
  'witness',
  'representative',
]);

/** How someone stands to the complainant. */
export const relation = z.enum([
  'none',
  'neighbour',
  'colleague',
  'spouse',
  'exSpouse',
  'engaged',
  'parent',
  'child',
  'sibling',
  'inLaw',
  'otherKin',
  'unknown',
]);

/** Age at the incident as a band: the fact that rules may read. */
export const ageBand = z.enum(['under15', '15to17', 'adult', 'unknown']);

/** A danger noticed at intake that forbids sending someone away. */
export const concern = z.enum(['violence', 'child', 'danger']);

/** Results of a screening. */
export const screeningResult = z.enum(['negative', 'positive', 'unsure']);

/** Bodies outside the office that take referrals. */
export const partnerBody = z.enum(['municipality', 'works', 'traffic', 'municipalCouncil']);

/** Rooms for a child while its mother is heard, and for who is pregnant or nursing. */
export const careKind = z.enum(['care', 'maternity']);

/** Kinds of protective measure. */
export const measureKind = z.enum([
  'patrolWatch',
  'escort',
  'separation',
  'weaponRemoval',
  'alertFlag',
  'safeHavenInfo',
]);

/** Kinds of clause, forbidden ones included: a draft may contain them, an agreement may not. */
export const clauseKind = z.enum([
  'keepAccessClear',
  'parkInOwnBay',
  'shareBays',
  'moveOnRequest',
  'askFirst',
  'removeObject',
  'waiverOfReporting',
  'obligationToCohabit',
  'custodyChange',
  'moneyHeldByPolice',
  'paymentOrderedByPolice',
  'debtDecided',
  'propertyDecided',
  'judgmentAltered',
]);

const caseTypeNames = [
  'family.domesticViolence',
  'family.childMaltreatment',
  'family.childAtRisk',
  'family.dispute',
  'family.custodyVisitation',
  'family.missingMember',
  'family.selfHarmCrisis',
  'family.domesticWorker',
  'community.gathering',
  'community.loitering',
  'community.nuisance',
  'community.parkingDispute',
  'commercial.dealing',
  'other',
] as const;
/** A type of case. */
export type CaseTypeName = (typeof caseTypeNames)[number];

/** Types of case that a matter of another type may be moved to. */
export function otherTypeThan(own: CaseTypeName) {
  return z.enum(caseTypeNames.filter((name) => name !== own));
}

/** Why a case is closed. */
export const closureReason = z.enum([
  'resolved',
  'referred',
  'unsubstantiated',
  'complaintWithdrawn',
  'childRouted',
]);
