// Commands of risk, incidents and the safety plan.
import type { DecideView } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { investigating as investigatingDuties, ordinary } from '../../staff/duties.ts';
import type { Context } from '../context.ts';
import { lowering } from '../duties.ts';
import { riskLevel, type RiskLevel } from '../fields.ts';
import { command, events } from '../head.ts';
import { bandOf } from '../instruments.ts';
import { incidentKind } from '../parts/kinds.ts';
import { currentLevel, higherOf } from '../risk.ts';
import { approving, assessingRisk, investigating } from './grants.ts';
import { planning, proposing, reporting } from './grants.ts';

const assessed = events.RiskAssessed.shape;
const told = events.IncidentRecorded.shape;
const plan = events.SafetyPlanAgreed.shape;

function reviewOf(level: RiskLevel, { calendar, policy, occurredAt }: DecideView<Context>) {
  return calendar.add(occurredAt, policy.duration(`T-REVIEW.${level}`));
}

/** What is said of an assessment that says nothing. */
const NOTHING_FOUND = {
  code: 'ASSESSMENT_WITHOUT_FINDING',
  text: {
    en: 'State a band, a score of an instrument with published bands, or a judgement.',
    ar: 'تذكر الفئة أو درجة أداة لها فئات منشورة أو الحكم المهني.',
  },
};

/** Commands of risk by name. */
export const riskCommands = {
  RecordIncident: command({
    input: z.strictObject({
      ...told,
      incidentId: ref.exactOptional(),
      alleged: told.alleged.default([]),
      contextFlags: told.contextFlags.default([]),
      weapon: told.weapon.default('none'),
      injuries: told.injuries.default('none'),
      childrenPresent: told.childrenPresent.default([]),
      occurredFrom: told.occurredFrom.exactOptional(),
    }),
    polarity: 'protective',
    by: reporting,
    duties: ordinary,
    records: ['IncidentRecorded'],
    decide: (input, view) => [
      {
        type: 'IncidentRecorded',
        data: {
          ...input,
          incidentId: input.incidentId ?? view.id('incident'),
          occurredFrom: input.occurredFrom ?? view.occurredAt,
        },
      },
    ],
  }),
  CorrectIncident: command({
    input: events.IncidentCorrected,
    polarity: 'neutral',
    by: [...investigating, 'HEAD'],
    duties: ordinary,
    records: 'IncidentCorrected',
    part: { kind: incidentKind.kind, field: 'incidentId' },
  }),
  CompleteStatutoryRecord: command({
    input: z.strictObject({
      ...events.StatutoryRecordCompleted.shape,
      incidentId: ref.default('reported'),
    }),
    polarity: 'protective',
    by: investigating,
    duties: investigatingDuties,
    records: 'StatutoryRecordCompleted',
    part: { kind: incidentKind.kind, field: 'incidentId' },
  }),
  AssessRisk: command({
    input: z.strictObject({
      assessmentId: ref.exactOptional(),
      instrument: z.string().max(20).default('OFFICE'),
      version: z.string().max(20).default('1'),
      answersRef: assessed.answersRef,
      score: assessed.score,
      /** Where the instrument has no published bands; else its score decides. */
      band: riskLevel.exactOptional(),
      judgement: assessed.judgement,
      escalationSeen: z.boolean().default(false),
      finalLevel: riskLevel.exactOptional(),
      full: z.boolean().default(true),
    }),
    polarity: 'protective',
    by: assessingRisk,
    duties: ordinary,
    records: ['RiskAssessed'],
    decide: ({ instrument, version, band: stated, ...input }, view) => {
      const scored =
        input.score === undefined ? undefined : bandOf(instrument, input.score, view.policy);
      const found = [scored, stated].filter((level) => level !== undefined);
      // A judgement alone answers no questions: it raises a level and lowers none.
      const full = input.full && found.length > 0;
      const given = found.length > 0 ? found : [input.judgement?.level];
      const band = given.reduce<RiskLevel | undefined>(
        (best, level) => (level && best ? higherOf(best, level) : (level ?? best)),
        undefined,
      );
      if (band === undefined) return { refused: [NOTHING_FOUND] };
      const seen = input.escalationSeen ? higherOf(band, 'high') : band;
      const finalLevel = input.finalLevel ?? higherOf(seen, input.judgement?.level ?? 'standard');
      const level = higherOf(finalLevel, currentLevel(view.context) ?? 'standard');
      return [
        {
          type: 'RiskAssessed',
          data: {
            ...input,
            assessmentId: input.assessmentId ?? view.id('assessment'),
            instrument: { id: instrument, version },
            band,
            full,
            finalLevel,
            assessor: view.actor.staff,
            nextReviewDue: reviewOf(level, view),
          },
        },
      ];
    },
  }),
  FlagAbuseEscalation: command({
    input: events.AbuseEscalationFlagged,
    polarity: 'protective',
    by: reporting,
    duties: ordinary,
    records: 'AbuseEscalationFlagged',
  }),
  ProposeRiskDowngrade: command({
    input: z.strictObject({
      to: riskLevel.exactOptional(),
      reason: events.RiskDowngradeProposed.shape.reason,
    }),
    polarity: 'restricted',
    by: proposing,
    duties: ordinary,
    records: ['RiskDowngradeProposed'],
    decide: ({ to, ...rest }, { context, actor }) => [
      {
        type: 'RiskDowngradeProposed',
        data: {
          ...rest,
          from: currentLevel(context) ?? 'standard',
          to: to ?? context.assessed?.level ?? 'standard',
          basisAssessmentId: context.assessed?.id ?? 'none',
          proposer: actor.staff,
        },
      },
    ],
  }),
  ApproveRiskDowngrade: command({
    input: z.strictObject({}),
    polarity: 'restricted',
    by: approving,
    duties: lowering,
    records: ['RiskDowngradeApproved'],
    decide: (_input, view) => {
      const { downgrade } = view.context;
      const to = downgrade?.to ?? 'standard';
      const from = downgrade?.from ?? currentLevel(view.context) ?? 'standard';
      const nextReviewDue = reviewOf(to, view);
      const approver = view.actor.staff;
      return [{ type: 'RiskDowngradeApproved', data: { from, to, approver, nextReviewDue } }];
    },
  }),
  RejectRiskDowngrade: command({
    input: z.strictObject({}),
    polarity: 'protective',
    by: approving,
    duties: lowering,
    records: ['RiskDowngradeRejected'],
    decide: (_input, { context, actor }) => {
      const from = context.downgrade?.from ?? 'standard';
      const to = context.downgrade?.to ?? 'standard';
      return [{ type: 'RiskDowngradeRejected', data: { from, to, approver: actor.staff } }];
    },
  }),
  AgreeSafetyPlan: command({
    input: z.strictObject({
      planId: ref.exactOptional(),
      elements: plan.elements,
      withVictim: z.boolean().default(true),
    }),
    polarity: 'protective',
    by: planning,
    duties: ordinary,
    records: ['SafetyPlanAgreed'],
    decide: (input, view) => {
      const reviewDue = view.calendar.add(view.occurredAt, view.policy.duration('T-PLAN-REV'));
      const planId = input.planId ?? view.id('plan');
      return [{ type: 'SafetyPlanAgreed', data: { ...input, planId, reviewDue } }];
    },
  }),
  ReviseSafetyPlan: command({
    input: z.strictObject({
      planId: ref,
      elements: plan.elements,
      withVictim: z.boolean().default(true),
    }),
    polarity: 'protective',
    by: planning,
    duties: ordinary,
    records: ['SafetyPlanRevised'],
    part: { kind: 'safetyPlan', field: 'planId' },
    decide: (input, view) => {
      const reviewDue = view.calendar.add(view.occurredAt, view.policy.duration('T-PLAN-REV'));
      return [{ type: 'SafetyPlanRevised', data: { ...input, reviewDue } }];
    },
  }),
};
