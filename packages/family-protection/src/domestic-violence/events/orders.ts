// Events of protection orders: what the prosecution or a court decides, and what becomes of it.
import { z } from 'zod';
import { at, harmText, identity, ref } from '../../fields.ts';
import { authority, condition, criticalText } from '../fields.ts';

/** Outside the statutory family it is open whether there can be one: a lawyer has to look. */
const legalReviewRequired = z.literal(true).exactOptional();

/** Events of protection orders and their breaches. */
export const orderEvents = {
  ProtectionOrderRequested: z.strictObject({
    orderId: ref,
    requestedBy: z.enum(['victim', 'prosecutionExOfficio', 'legalRep']),
    victimInformed: z.boolean(),
    protected: z.array(ref).min(1).max(20),
    against: ref,
    conditionsSought: z.array(condition).min(1).max(7),
    riskAssessmentId: ref.exactOptional(),
    legalReviewRequired,
  }),
  ProtectionOrderIssued: z.strictObject({
    orderId: ref,
    orderNo: identity('#victim').exactOptional(),
    issuer: authority,
    /** Whom it protects and whom it binds: what the record of it says, and not what was asked for. */
    protected: z.array(ref).min(1).max(20),
    against: ref,
    conditions: z.array(condition).min(1).max(7),
    protectedPlaces: criticalText('#victim').exactOptional(),
    from: at,
    until: at,
    citation: z.string().max(200),
    legalReviewRequired,
  }),
  ProtectionOrderRefused: z.strictObject({
    orderId: ref,
    reason: harmText('#victim').exactOptional(),
  }),
  ProtectionOrderServed: z.strictObject({
    orderId: ref,
    servedAt: at,
    method: z.enum(['personal', 'household', 'workplace', 'publication']),
  }),
  ServiceAttemptFailed: z.strictObject({ orderId: ref, attemptNo: z.int().min(1) }),
  ProtectionOrderExtended: z.strictObject({
    orderId: ref,
    authority,
    newUntil: at,
    citation: z.string().max(200),
  }),
  ProtectionOrderRevoked: z.strictObject({
    orderId: ref,
    basis: z.enum(['courtDecision', 'prosecutionDecision', 'victimRequest']),
    at,
  }),
  ProtectionOrderExpired: z.strictObject({ orderId: ref, at }),
  ProtectionOrderBreached: z.strictObject({
    orderId: ref,
    breachId: ref,
    at,
    withViolence: z.boolean(),
    conditionsBreached: z.array(condition).max(7),
    evidence: z.array(ref).max(20),
  }),
  BreachReferred: z.strictObject({
    breachId: ref,
    to: z.literal('publicProsecution'),
    refNo: identity('#victim').exactOptional(),
  }),
  DeadlineDecisionRecorded: z.strictObject({
    deadline: z.enum(['T-PO-DECIDE', 'T-PO-EXPIRE']),
    /** The order whose extension is decided on. */
    orderId: ref.exactOptional(),
    decision: z.enum(['act', 'doNotAct']),
    reason: harmText('#victim'),
  }),
};
