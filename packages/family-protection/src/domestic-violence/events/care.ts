// Events of care: shelter, removal, support, referrals, conferences and the children of the household.
import { z } from 'zod';
import { at, careKind, harmText, ref } from '../../fields.ts';
import { agency, criticalRef, disclosureBasis, domain, sharedField } from '../fields.ts';

const caseId = z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/, 'no case id');

/** Another case, and how it belongs to this one. */
const otherCase = {
  otherCaseId: caseId,
  relation: z.enum(['household', 'sameIncident', 'escalation', 'childProtection']),
};

/** What somebody wants to reach, and by when. */
const goal = z.strictObject({ goalId: ref, domain, due: at, text: harmText('#victim') });

/** Events of care. */
export const careEvents = {
  ShelterPlacementOrdered: z.strictObject({
    placementId: ref,
    partyId: ref,
    /** The order of the prosecution that Article 12 asks for. */
    ppOrderRef: ref.exactOptional(),
    shelterRef: criticalRef('partyId').exactOptional(),
    dependants: z.array(ref).max(20),
  }),
  ShelterAdmitted: z.strictObject({ placementId: ref }),
  ShelterExited: z.strictObject({
    placementId: ref,
    reason: z.enum(['safeHome', 'otherHome', 'ownWish', 'otherShelter']),
  }),
  RemovalOrdered: z.strictObject({ removalId: ref, childPartyId: ref, ppOrderRef: ref }),
  CarerIdentified: z.strictObject({
    removalId: ref,
    carer: criticalRef('#child').exactOptional(),
    kind: z.enum(['temporary', 'permanent']),
  }),
  NeedsAssessed: z.strictObject({
    domains: z.array(z.strictObject({ domain, level: z.enum(['none', 'some', 'urgent']) })).max(20),
  }),
  SupportOffered: z.strictObject({ domains: z.array(domain).min(1).max(12) }),
  SupportDeclined: z.strictObject({ reofferAt: at }),
  CaseActionPlanAgreed: z.strictObject({
    planId: ref,
    withVictim: z.boolean(),
    goals: z.array(goal).min(1).max(20),
  }),
  /** The whole plan as it is from now on; what was given up stays in it. */
  CaseActionPlanRevised: z.strictObject({
    planId: ref,
    withVictim: z.boolean(),
    goals: z
      .array(goal.extend({ state: z.enum(['open', 'reached', 'givenUp']) }))
      .min(1)
      .max(40),
  }),
  PsychologicalSupportProvided: z.strictObject({
    techniqueCode: ref,
    session: z.int().min(1),
    provider: ref,
  }),
  /** A room for an infant, or for who is pregnant or nursing, and whether she took it. */
  CareRoomOffered: z.strictObject({
    partyId: ref,
    kind: careKind,
    accepted: z.boolean(),
  }),
  SupportCompleted: z.strictObject({ outcome: z.enum(['goalsReached', 'ownWish', 'handedOver']) }),
  ReferralMade: z.strictObject({
    referralId: ref,
    agencyId: agency,
    /** Checked against the register of licensed agencies. */
    licensed: z.boolean(),
    service: domain,
    urgent: z.boolean(),
    basis: disclosureBasis,
    fieldsShared: z.array(sharedField).min(1).max(20),
  }),
  ReferralAccepted: z.strictObject({ referralId: ref }),
  ReferralDeclined: z.strictObject({
    referralId: ref,
    reason: z.enum(['noCapacity', 'notCompetent', 'victimDeclined']),
  }),
  ReferralCompleted: z.strictObject({
    referralId: ref,
    outcome: z.enum(['done', 'partly', 'notTakenUp']),
  }),
  CaseConferenceRequested: z.strictObject({ conferenceId: ref }),
  CaseConferenceHeld: z.strictObject({
    conferenceId: ref,
    agencies: z.array(agency).min(1).max(12),
    actions: z.array(z.strictObject({ actionId: ref, ownerAgency: agency, due: at })).max(40),
  }),
  ConferenceActionAgreed: z.strictObject({ actionId: ref, ownerAgency: agency, due: at }),
  ConferenceActionCompleted: z.strictObject({
    actionId: ref,
    result: z.enum(['done', 'partly', 'impossible']),
  }),
  ChildSafeguardingScreened: z.strictObject({
    partyId: ref,
    result: z.enum(['noConcern', 'concern']),
    seenAlone: z.boolean(),
  }),
  CaseLinked: z.strictObject(otherCase),
  /** Another case was linked by mistake. */
  CaseUnlinked: z.strictObject({ ...otherCase, why: harmText('#victim') }),
};
