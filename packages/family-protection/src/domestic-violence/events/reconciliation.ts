// Events of reconciliation: whether it may be offered at all, who agreed to it alone, who met.
import { z } from 'zod';
import { obtained, sessionEvents } from '../../conciliation/events.ts';
import { at, compoundRef, ref } from '../../fields.ts';
import { screeningEvents } from '../../screening/events.ts';

const people = z.array(ref).min(2).max(12);

/** The guards of the model, each answered by whoever assesses. */
export const guards = z.strictObject({
  G1: z.boolean(),
  G2: z.boolean(),
  G3: z.boolean(),
  G4: z.boolean(),
  G5: z.boolean(),
  G6: z.boolean(),
  G7: z.boolean(),
  G8: z.boolean(),
  G9: z.boolean(),
});

/** What stops a reconciliation at once. */
export const tripwire = z.enum([
  'orderAsked',
  'orderIssued',
  'orderBreached',
  'undertakingBroken',
  'riskRaised',
  'newIncident',
  'coercionSign',
  'childVictim',
  'partyChanged',
  'dangerTold',
  'emergencyMeasure',
  'sessionTerminated',
  'leftProcedure',
  /** Another case of the household; which one, and what it is, stays there. */
  'householdDanger',
]);

/** Where a matter goes when reconciliation does not settle it. */
export const nextStep = z.enum(['legal', 'familyReconciliationOffice', 'court', 'support']);

/** Events from the screening of each party to the session. */
export const reconciliationEvents = {
  ...screeningEvents,
  EligibilityAssessed: z.strictObject({
    participants: people,
    guards,
    /** All guards are answered by yes. */
    eligible: z.boolean(),
    /** Whose capacity to decide for themselves was found. */
    capacityConfirmed: z.array(ref).max(12),
    /** Whoever needs an interpreter has one, who is related to nobody. */
    interpretersArranged: z.boolean(),
    conciliator: ref,
    competencyChecked: z.boolean(),
    conflictChecked: z.boolean(),
    /** The register was searched, and no household with another case of a participant was found. */
    noHouseholdFound: z.boolean(),
  }),
  ReconciliationApproved: z.strictObject({
    approver: ref,
    /** The prosecution's agreement, without which nothing is offered once there is a report. */
    ppApprovalRef: ref.exactOptional(),
  }),
  /** One event per party: nobody is asked in front of another. */
  ReconciliationOffered: z.strictObject({
    offerId: compoundRef,
    partyId: ref,
    /** With whom: all who would take part, this party included. */
    participants: people,
    round: z.int().min(0),
    offeredSeparately: z.literal(true),
  }),
  PartyConsented: z.strictObject({
    offerId: compoundRef,
    consentId: compoundRef,
    partyId: ref,
    round: z.int().min(0),
    purpose: z.literal('reconciliation'),
    ...obtained,
    expiresAt: at,
  }),
  PartyDeclined: z.strictObject({ offerId: compoundRef, partyId: ref }),
  ReconciliationConsentWithdrawn: z.strictObject({ consentId: compoundRef, partyId: ref }),
  PreMeetingHeld: z.strictObject({
    offerId: compoundRef,
    partyId: ref,
    conciliator: ref,
    coercionSigns: z.boolean(),
  }),
  ...sessionEvents,
  ReconciliationSuspended: z.strictObject({ tripwire }),
  ReconciliationResumed: z.strictObject({ approver: ref }),
  ReconciliationFailed: z.strictObject({ nextStep }),
  ReconciliationExpired: z.strictObject({ nextStep }),
};
