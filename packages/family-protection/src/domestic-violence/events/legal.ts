// Events of the legal way: custody, referral to the prosecution, decisions and judgments.
import { z } from 'zod';
import { at, identity, day, ref } from '../../fields.ts';
import { authority, channelKind } from '../fields.ts';

/** Where a case is referred to. */
export const recipient = z.enum(['familyChildProsecution', 'generalProsecution']);

/** Events of the legal way. */
export const legalEvents = {
  AggressorSummoned: z.strictObject({ partyId: ref, at }),
  AggressorDetained: z.strictObject({ partyId: ref, at, authority }),
  ReleaseFromCustodyNotified: z.strictObject({
    releaseId: ref,
    partyId: ref,
    at,
    authority,
    conditions: z.array(z.enum(['noContact', 'stayAway', 'reporting', 'bail'])).max(4),
  }),
  VictimNotifiedOfRelease: z.strictObject({
    releaseId: ref,
    partyId: ref,
    /** How she was told: in person, or by a way that she has named as safe. */
    channel: channelKind,
    attempts: z.int().min(1),
    /** Whether with this one every victim has heard; for a child a guardian may hear. */
    allTold: z.boolean(),
  }),
  ProsecutionReferralProposed: z.strictObject({
    recordIds: z.array(ref).min(1).max(50),
    recipient,
    proposer: ref,
  }),
  ProsecutionReferralApproved: z.strictObject({ approver: ref }),
  ReferredToProsecution: z.strictObject({
    refNo: identity('#victim').exactOptional(),
    recordIds: z.array(ref).min(1).max(50),
    recipient,
  }),
  ProsecutionDecisionRecorded: z.strictObject({
    decision: z.enum([
      'charge',
      'noFurtherAction',
      'returnForCompletion',
      'mediation',
      'committeeReferral',
    ]),
    citation: z.string().max(200),
  }),
  CourtDateRecorded: z.strictObject({ court: ref, date: day }),
  JudgmentRecorded: z.strictObject({
    court: ref,
    outcome: z.enum(['convicted', 'acquitted', 'otherwiseEnded']),
  }),
};
