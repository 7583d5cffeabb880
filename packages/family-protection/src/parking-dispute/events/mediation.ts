// Events of mediation: offers, consents, sessions, the agreement and what it obliges to.
import { z } from 'zod';
import { at, clauseKind, compoundRef, freeText, ref } from '../../fields.ts';

const session = { sessionId: ref };

/** Events of the way from an offer to an agreement that was kept, or not. */
export const mediationEvents = {
  MediationOffered: z.strictObject({
    offerId: compoundRef,
    partyId: ref,
    round: z.int().min(1),
    offeredSeparately: z.literal(true),
  }),
  PartyConsented: z.strictObject({
    offerId: compoundRef,
    consentId: compoundRef,
    partyId: ref,
    purpose: z.literal('mediation'),
    capacityConfirmed: z.literal(true),
    /** Told what they consent to, who learns of it, and that they may withdraw at any time. */
    informed: z.boolean(),
    obtainedPrivately: z.boolean(),
    expiresAt: at,
  }),
  PartyDeclined: z.strictObject({ offerId: compoundRef, partyId: ref }),
  ConsentWithdrawn: z.strictObject({ consentId: compoundRef, partyId: ref }),
  ReconciliationSuspended: z.strictObject({
    tripwire: z.enum(['harmFound', 'screeningOpen', 'emergencyMeasure', 'leftProcedure']),
  }),
  ReconciliationSessionScheduled: z.strictObject({
    ...session,
    seq: z.int().min(1),
    round: z.int().min(1),
    mode: z.enum(['joint', 'shuttle', 'remote']),
    roomId: ref,
    attendees: z.array(ref).min(1).max(20),
    conciliator: ref,
    start: at,
    end: at,
  }),
  SessionHeld: z.strictObject({
    ...session,
    attendees: z.array(ref).min(1).max(20),
    conciliator: ref,
  }),
  SessionAdjourned: z
    .strictObject({
      ...session,
      reason: z.enum(['noShow', 'moreTime', 'informationMissing']),
      /** Who did not come. */
      absent: z.array(ref).min(1).max(20).exactOptional(),
      /** Someone who did not come is abroad: the second date may be later. */
      abroad: z.boolean().exactOptional(),
    })
    .refine(
      ({ reason, absent }) => (reason === 'noShow') === (absent !== undefined),
      'who was absent is told exactly when someone did not come',
    ),
  SessionCancelled: z.strictObject({
    ...session,
    reason: z.enum(['safety', 'consentWithdrawn', 'roomUnavailable', 'request']),
  }),
  SessionTerminatedForSafety: z.strictObject({ ...session }),
  NeighbourhoodAgreementSigned: z.strictObject({
    agreementId: ref,
    sessionId: ref,
    signatories: z.array(ref).max(20),
    invited: z.array(ref).max(30),
    placeBlock: z.string().max(20),
    clauses: z
      .array(
        z.strictObject({
          clauseId: ref,
          /** What the clause is, declared by the officer and found in its text. */
          kinds: z.array(clauseKind).min(1).max(8),
          obligors: z.array(ref).min(1).max(20),
          due: at.exactOptional(),
          text: freeText('#signatories'),
        }),
      )
      .min(1)
      .max(20),
  }),
  ObligationOpened: z.strictObject({
    obligationId: compoundRef,
    agreementId: ref,
    clauseId: ref,
    obligors: z.array(ref).min(1).max(20),
    due: at.exactOptional(),
  }),
  ObligationFulfilled: z.strictObject({
    obligationId: compoundRef,
    obligor: ref,
    evidence: ref.exactOptional(),
  }),
  ObligationBreached: z.strictObject({
    obligationId: compoundRef,
    obligor: ref,
    cause: z.enum(['recurrence', 'overdue', 'refused']),
  }),
  SettlementFulfilled: z.strictObject({ agreementId: ref }),
  SettlementBreached: z.strictObject({ agreementId: ref, obligor: ref }),
  NoAgreementRecorded: z.strictObject({
    nextStep: z.enum(['ladder', 'partnerReferral', 'court', 'support']),
    /** To whom mediation had been offered: of nobody else anything was found out. */
    parties: z.array(ref).max(40),
  }),
};
