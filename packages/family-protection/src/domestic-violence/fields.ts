// Enumerations of domestic violence, and its critical values: sealed, and never read by a rule.
import { sensitive } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../fields.ts';

/** Free text that could cost a life: a safety plan, a place of refuge, who reported. */
export const criticalText = (subject: string) =>
  sensitive(z.string().min(1).max(4_000), { subject, class: 'critical' });
/** A reference that leads to a place of refuge. */
export const criticalRef = (subject: string) => sensitive(ref, { subject, class: 'critical' });

/** Sub-types of a domestic violence case. */
export const subType = z.enum([
  'intimatePartner',
  'exPartner',
  'parentByChild',
  'elder',
  'sibling',
  'inLaw',
  'honourBased',
  'stalking',
  'domesticWorker',
]);
/** What someone is in the case. */
export const partyRole = z.enum([
  'victim',
  'allegedAggressor',
  'child',
  'guardian',
  'witness',
  'reporter',
  'legalRepresentative',
]);
/** How someone stands to the victim. */
export const relationToVictim = z.enum([
  'self',
  'spouse',
  'exSpouse',
  'engaged',
  'parent',
  'child',
  'sibling',
  'inLaw',
  'fosterFamily',
  'otherKin',
  'domesticWorker',
  'none',
  'unknown',
]);
/** Whom someone would rather talk to; `none`: they were asked and do not mind. */
export const interviewerWish = z.enum(['female', 'male', 'none']);
/** In which capacity somebody reports. */
export const reporterCapacity = z.enum([
  'victim',
  'familyMember',
  'byVirtueOfWork',
  'neighbour',
  'patrol',
  'anonymous',
]);
/** Kinds of violence. */
export const violenceType = z.enum([
  'physical',
  'psychological',
  'sexual',
  'economic',
  'neglect',
]);
/** What makes an incident graver: some of these exclude any reconciliation. */
export const contextFlag = z.enum([
  'strangulation',
  'threatToKill',
  'honourThreat',
  'stalking',
  'separation',
  'pregnancy',
  'substance',
  'digital',
]);
/** What part a weapon had. */
export const weaponUse = z.enum(['none', 'threatened', 'used']);
/** How dangerous it is, lowest first. */
export const riskLevels = ['standard', 'medium', 'high', 'imminent'] as const;
/** A level of risk. */
export const riskLevel = z.enum(riskLevels);
/** A level of risk. */
export type RiskLevel = z.output<typeof riskLevel>;
/** What an order forbids or demands. */
export const condition = z.enum([
  'noContact',
  'stayAway',
  'leaveHome',
  'noHarm',
  'allowEntry',
  'noHarmToProperty',
  'surrenderWeapons',
]);
/** Authorities that decide on orders. */
export const authority = z.enum(['publicProsecution', 'court']);
/** Needs, and services that meet them. */
export const domain = z.enum([
  'medical',
  'forensicMedical',
  'psychological',
  'shelter',
  'legalAid',
  'socialWelfare',
  'guidance',
  'childProtection',
  'perpetratorProgramme',
]);
/** Kinds of agency that work with the office. */
export const agency = z.enum([
  'hospital',
  'shelter',
  'legalAid',
  'psychologicalCentre',
  'socialWelfare',
  'guidanceCentre',
  'childProtectionCentre',
  'familyChildProsecution',
  'policeDirectorate',
  'school',
]);
/** What may be shared of a case. */
export const sharedField = z.enum([
  'name',
  'contact',
  'needs',
  'riskLevel',
  'incident',
  'children',
  'orders',
  'statement',
]);
/** On what a disclosure rests. */
export const disclosureBasis = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('consent'), consentId: ref }),
  z.strictObject({ kind: z.literal('legal'), code: ref }),
]);
/** Ways of reaching somebody. */
export const channelKind = z.enum(['call', 'sms', 'email', 'letter', 'inPerson', 'viaSupport']);
