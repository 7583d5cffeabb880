// Rules of risk: anyone may raise it, and nothing but a founded approval lowers it.
import { hasElapsed, waitStart, type Moment } from '@himaya/engine';
import { partsIn } from '../../parts.ts';
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { isLicensed } from '../instruments.ts';
import { breachKind } from '../parts/kinds.ts';
import { currentLevel, isHigh, rank } from '../risk.ts';

const lowered = (en: string, ar: string) =>
  refuse('RISK_DOWNGRADE_NOT_APPROVED', 'INV-12', en, ar);

/** Rules of risk. */
export const riskRules = {
  instrumentLicensed: t.rule(['RiskAssessed'], {
    ...refuse(
      'INSTRUMENT_NOT_LICENSED',
      'risk',
      'The office may not use this instrument, or not this version of it.',
      'أداة التقييم أو إصدارها غير معتمد في المكتب.',
    ),
    holds: ({ event, policy }) =>
      isLicensed(event.data.instrument.id, event.data.instrument.version, policy),
  }),
  notBelowBand: t.rule(['RiskAssessed'], {
    ...lowered(
      'Judgement raises what an instrument finds and never lowers it.',
      'الحكم المهني يرفع نتيجة الأداة ولا يخفضها.',
    ),
    holds: ({ event: { data } }) =>
      rank(data.finalLevel) >= rank(data.band) &&
      rank(data.finalLevel) >= rank(data.judgement?.level) &&
      (!data.escalationSeen || isHigh(data.finalLevel)),
  }),
  downgradeFounded: t.rule(['RiskDowngradeProposed', 'RiskDowngradeApproved'], {
    ...lowered(
      'A lower level needs a full reassessment that found it, made a short while ago.',
      'خفض الخطورة يتطلب إعادة تقييم كاملة وحديثة انتهت إليه.',
    ),
    holds: (view) => {
      const { event, context, policy, calendar } = view;
      const { assessed, levels, lastHarm } = context;
      if (!assessed?.full || rank(event.data.to) < rank(assessed.level)) return false;
      if (rank(event.data.to) >= rank(currentLevel({ levels }))) return false;
      // Whatever has become known since, the assessment did not know of it.
      if (!view.in('assessment.current')) return false;
      if (lastHarm && lastHarm.occurredAt >= assessed.at.occurredAt) return false;
      const from = assessed.at as Moment;
      const last = calendar.add(from.occurredAt, policy.duration('risk.downgradeFresh'));
      return event.occurredAt <= last && event.recordedAt <= last;
    },
  }),
  downgradeAsProposed: t.rule(['RiskDowngradeApproved'], {
    ...lowered(
      'Only what was proposed can be approved.',
      'لا يعتمد إلا ما سبق اقتراحه.',
    ),
    // A level that was raised since is another one than the proposal speaks of.
    holds: ({ event, context }) =>
      context.downgrade?.to === event.data.to && currentLevel(context) === event.data.from,
  }),
  noOpenBreach: t.rule(['RiskDowngradeApproved'], {
    ...lowered(
      'A breach of an order has not been referred yet.',
      'توجد مخالفة لأمر الحماية لم تحل بعد.',
    ),
    holds: ({ parts }) => partsIn(parts.all(breachKind), 'open').length === 0,
  }),
  quietLongEnough: t.rule(['RiskDowngradeApproved'], {
    ...lowered(
      'The last incident or breach lies too short a while back.',
      'لم تمض مدة كافية على آخر واقعة أو مخالفة.',
    ),
    holds: ({ event, context: { lastHarm }, policy, calendar }) => {
      const harm = lastHarm as Moment | null;
      if (!harm) return true;
      return hasElapsed(calendar, waitStart(harm), policy.duration('risk.quiet'), event.occurredAt);
    },
  }),
};
