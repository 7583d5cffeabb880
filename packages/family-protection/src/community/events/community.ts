// Events of screening, site visits, the graduated response and partner referrals.
import { z } from 'zod';
import { at, compoundRef, identity, partnerBody, ref } from '../../fields.ts';
import { relation, screeningResult } from '../../fields.ts';
import { screeningEvents } from '../../screening/events.ts';
import { categoryOf, type CommunityType } from '../complaints.ts';

/** Events of the graduated response. */
export function ladderEventsOf(own: CommunityType) {
  const step = { respondent: ref, category: categoryOf(own), place: ref };
  const level = <Level extends 1 | 2 | 3>(value: Level) => ({
    level: z.literal(value),
    ...step,
    recurrenceCount: z.int().min(0),
  });
  return {
    RecurrenceDetected: z.strictObject({ ...step, count: z.int().min(1) }),
    AdviceGiven: z.strictObject(level(1)),
    WarningIssued: z.strictObject(level(2)),
    ViolationTicketRequested: z.strictObject({
      ...level(3),
      competentBody: ref,
      plate: identity('respondent').exactOptional(),
    }),
    ViolationTicketDecided: z.strictObject({
      ...step,
      decision: z.enum(['issued', 'refused']),
      ticketNo: identity('respondent').exactOptional(),
    }),
  };
}

/** Events of the community procedure itself. */
export const communityEvents = {
  HiddenHarmScreened: z.strictObject({
    result: screeningResult,
    relationBetweenParties: relation,
    violenceScreeningRequired: z.boolean(),
    /** The parties who must be screened for violence, each alone. */
    toScreen: z.array(ref).max(20),
  }),
  ...screeningEvents,
  SiteVisitPlanned: z.strictObject({ plannedFor: at, patrolId: ref }),
  SiteVisitCompleted: z.strictObject({
    patrolId: ref,
    finding: z.enum(['substantiated', 'unsubstantiated', 'notFound']),
    measurements: z.string().max(400).exactOptional(),
    photos: z.array(identity('#respondent')).max(20).exactOptional(),
  }),
  ConsentGranted: z.strictObject({
    consentId: compoundRef,
    partyId: ref,
    purpose: z.literal('shareWith'),
    recipients: z.array(partnerBody).min(1).max(4),
    scopeFields: z.array(z.string().max(40)).min(1).max(20),
    capacityConfirmed: z.literal(true),
    /** Told what is shared with whom and why, and that they may withdraw at any time. */
    informed: z.boolean(),
    obtainedPrivately: z.boolean(),
    expiresAt: at,
  }),
  PartnerReferralMade: z.strictObject({
    referralId: ref,
    body: partnerBody,
    urgent: z.boolean(),
    purpose: z.enum(['bays', 'signage', 'obstacleRemoval', 'vehicleRemoval', 'enforcement']),
    basis: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('legal'), code: z.string().max(60) }),
      z.strictObject({ kind: z.literal('consent'), consentId: compoundRef }),
    ]),
    fieldsShared: z.array(z.string().max(40)).max(20),
    /** Whom it is about; absent: the place, and so everyone who is complained about. */
    respondents: z.array(ref).min(1).max(20).exactOptional(),
    ticketNo: ref.exactOptional(),
  }),
  PartnerReferralAccepted: z.strictObject({ referralId: ref, ticketNo: ref.exactOptional() }),
  PartnerReferralDeclined: z.strictObject({
    referralId: ref,
    reason: z.enum(['notCompetent', 'incomplete', 'noCapacity']),
  }),
  PartnerReferralClosed: z.strictObject({
    referralId: ref,
    outcome: z.enum(['done', 'planned', 'noAction']),
    /** Of the referral: what arose after it was made, or is about others, it does not answer. */
    madeAt: at,
    respondents: z.array(ref).min(1).max(20).exactOptional(),
  }),
};
