// Events of the settlement: what is proposed, signed, ratified, owed, kept or broken.
import { z } from 'zod';
import { at, compoundRef, harmText, ref } from '../../fields.ts';
import { authority } from '../fields.ts';

/** Kinds of clause, forbidden ones included: a draft may be refused for them. */
export const settlementClauseKind = z.enum([
  'respectfulConduct',
  'counselling',
  'treatment',
  'communication',
  'householdDuties',
  'propertyUse',
  'waiverOfReporting',
  'obligationToCohabit',
  'custodyChange',
  'moneyHeldByPolice',
  'paymentOrderedByPolice',
  'debtDecided',
  'propertyDecided',
  'judgmentAltered',
  'divorceDecided',
  'maintenanceDecided',
]);

const obligation = { obligationId: compoundRef };
const settlement = { settlementId: ref };

/** Events from the draft to the end of its monitoring. */
export const settlementEvents = {
  SettlementProposed: z.strictObject({
    ...settlement,
    round: z.int().min(0),
    clauses: z
      .array(
        z.strictObject({
          clauseId: ref,
          /** What the clause is, declared by the conciliator and found in its text. */
          kinds: z.array(settlementClauseKind).min(1).max(16),
          obligors: z.array(ref).min(1).max(12),
          due: at.exactOptional(),
          text: harmText('#participants'),
        }),
      )
      .min(1)
      .max(20),
  }),
  SettlementSigned: z.strictObject({
    ...settlement,
    signatories: z.array(ref).min(1).max(12),
    /** An offence is pending: the prosecution or a court ratifies it first. */
    needsRatifying: z.boolean(),
  }),
  SettlementRatified: z.strictObject({
    ...settlement,
    authority,
    citation: z.string().max(200),
    at,
  }),
  SettlementNotRatified: z.strictObject({ ...settlement, authority, at }),
  ObligationOpened: z.strictObject({
    ...obligation,
    ...settlement,
    clauseId: ref,
    obligors: z.array(ref).min(1).max(12),
    due: at.exactOptional(),
  }),
  ObligationFulfilled: z.strictObject({
    ...obligation,
    obligor: ref,
    evidence: ref.exactOptional(),
  }),
  ObligationBreached: z.strictObject({
    ...obligation,
    obligor: ref,
    cause: z.enum(['overdue', 'refused', 'contrary']),
  }),
  /** Somebody asked, alone, whether the settlement is kept. */
  SettlementChecked: z.strictObject({ ...settlement, kept: z.boolean() }),
  SettlementBreached: z.strictObject(settlement),
  SettlementUpheld: z.strictObject({ ...settlement, approver: ref }),
  SettlementFulfilled: z.strictObject(settlement),
};
