// Events of risk: what an instrument and a person's judgement found, and who lowered a level.
import { z } from 'zod';
import { at, harmText, ref } from '../../fields.ts';
import { criticalText, riskLevel } from '../fields.ts';

/** Events of risk and of the safety plan. */
export const riskEvents = {
  RiskAssessed: z.strictObject({
    assessmentId: ref,
    instrument: z.strictObject({ id: z.string().min(1).max(20), version: z.string().max(20) }),
    answersRef: criticalText('#victim').exactOptional(),
    score: z.number().exactOptional(),
    band: riskLevel,
    judgement: z
      .strictObject({ level: riskLevel, rationale: harmText('#victim') })
      .exactOptional(),
    escalationSeen: z.boolean(),
    finalLevel: riskLevel,
    /** Every question was asked: what lowering a level rests on. */
    full: z.boolean(),
    assessor: ref,
    nextReviewDue: at,
  }),
  /** The abuse grows: what somebody sees before anybody has assessed it. */
  AbuseEscalationFlagged: z.strictObject({
    indicators: z
      .array(
        z.enum([
          'moreFrequent',
          'moreSevere',
          'moreControlling',
          'graverThreats',
          'reachesOthers',
          'weaponObtained',
        ]),
      )
      .min(1)
      .max(6),
  }),
  RiskDowngradeProposed: z.strictObject({
    from: riskLevel,
    to: riskLevel,
    basisAssessmentId: ref,
    proposer: ref,
    reason: harmText('#victim').exactOptional(),
  }),
  RiskDowngradeApproved: z.strictObject({
    from: riskLevel,
    to: riskLevel,
    approver: ref,
    nextReviewDue: at,
  }),
  RiskDowngradeRejected: z.strictObject({ from: riskLevel, to: riskLevel, approver: ref }),
  SafetyPlanAgreed: z.strictObject({
    planId: ref,
    elements: criticalText('#victim').exactOptional(),
    reviewDue: at,
    withVictim: z.boolean(),
  }),
  SafetyPlanRevised: z.strictObject({
    planId: ref,
    elements: criticalText('#victim').exactOptional(),
    reviewDue: at,
    withVictim: z.boolean(),
  }),
};
