// Events of mediation: offers, consents, sessions, the agreement and what it obliges to.
import { z } from 'zod';
import { obtained, sessionEvents } from '../../conciliation/events.ts';
import { at, clauseKind, compoundRef, freeText, ref } from '../../fields.ts';

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
    ...obtained,
    expiresAt: at,
  }),
  PartyDeclined: z.strictObject({ offerId: compoundRef, partyId: ref }),
  ConsentWithdrawn: z.strictObject({ consentId: compoundRef, partyId: ref }),
  ReconciliationSuspended: z.strictObject({
    tripwire: z.enum([
      'harmFound',
      'screeningOpen',
      'emergencyMeasure',
      'leftProcedure',
      /** Another case of a household; which one, and what it is, stays there. */
      'householdDanger',
    ]),
  }),
  ...sessionEvents,
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
