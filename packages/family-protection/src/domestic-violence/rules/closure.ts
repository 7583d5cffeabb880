// Follow-up, and the closure checklist: judged when closure is proposed and when it is decided.
import { type Moment } from '@himaya/engine';
import { partsIn } from '../../parts.ts';
import { namesOf } from '../../parties/facts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { refuse } from '../../wording/wording.ts';
import { t, type View } from '../head.ts';
import { isOrderAsked, ordersInForce } from '../orders.ts';
import { actionKind, breachKind, followUpKind, incidentKind, planKind } from '../parts/kinds.ts';
import { placementKind, referralKind, releaseKind } from '../parts/kinds.ts';
import { removalKind, welfareKind } from '../parts/kinds.ts';
import { recordIncomplete } from './legal.ts';
import { highestEver, highSince, isHigh } from '../risk.ts';

const closing = ['ClosureProposed', 'CaseClosed'] as const;

/** The last contact that was made, or given up after enough attempts. */
function lastCheck({ parts }: Pick<View, 'parts'>) {
  const ended = partsIn(parts.all(followUpKind), 'completed', 'unreachable');
  return ended.at(-1);
}

/** Whether the assessment is as fresh as the closure of a high risk needs it, also when it is entered. */
function isFresh({ context: { assessed }, event, policy, calendar }: View): boolean {
  if (!assessed) return false;
  const { occurredAt } = assessed.at as Moment;
  return event.recordedAt <= calendar.add(occurredAt, policy.duration('closure.fresh'));
}

/** Whether a supervisor looked at it, and someone else, the head of the office, decides. */
function isReviewed({ event, context: { closure } }: View): boolean {
  const reviewers = closure?.reviewers ?? [];
  const isOther = namesOf(event.actor).every((name) => !reviewers.includes(name));
  return event.actor.role === 'HEAD' && reviewers.length > 0 && isOther;
}

/** Rules of closure. */
export const closureRules = {
  highRiskReviewed: t.rule(['CaseClosed'], {
    ...refuse(
      'HIGH_RISK_CLOSURE_REQUIRES_REVIEW',
      'INV-07',
      'Where the risk was ever high, a supervisor reviews and the head of the office decides.',
      'إذا سبق أن كانت الخطورة مرتفعة فالمراجعة للمشرف والبت لرئيس المكتب.',
    ),
    holds: (view) =>
      !isHigh(highestEver(view.context)) || (isReviewed(view) && isFresh(view)),
  }),
  dangerMet: t.rule(closing, {
    ...refuse(
      'DANGER_UNMET',
      'INV-14',
      'An immediate danger was told of, and nobody has acted on it.',
      'ورد خطر فوري ولم يتخذ حياله أي إجراء.',
    ),
    holds: ({ context }) => !context.dangerUnmet,
  }),
  highRiskMet: t.rule(closing, {
    ...refuse(
      'HIGH_RISK_NOT_MET',
      'INV-07',
      'At high risk a safety plan is in force and a conference was held before the case closes.',
      'عند ارتفاع الخطورة لا تغلق القضية قبل خطة سلامة سارية ومؤتمر حالة.',
    ),
    holds: ({ parts, context }) => {
      const since = highSince(context);
      const isPlanned = partsIn(parts.all(planKind), 'inForce').length > 0;
      return since === null || (isPlanned && context.conferredAt >= since);
    },
  }),
  riskAssessed: t.rule(closing, {
    ...refuse(
      'REASSESSMENT_DUE',
      'risk',
      'The risk has not been assessed, or not since something happened.',
      'لم تقيم الخطورة أو لم يعد تقييمها بعد ما استجد.',
    ),
    holds: (view) => view.in('assessment.current'),
  }),
  noOrderInForce: t.rule(closing, {
    ...refuse(
      'ORDER_IN_FORCE',
      'closure',
      'A protection order is requested or in force.',
      'يوجد أمر حماية مطلوب أو سار.',
    ),
    holds: ({ parts, event }) =>
      !isOrderAsked(parts) && ordersInForce(parts, event.occurredAt).length === 0,
  }),
  breachesReferred: t.rule(closing, {
    ...refuse(
      'BREACH_OPEN',
      'closure',
      'A breach of an order has not been referred.',
      'توجد مخالفة لأمر الحماية لم تحل.',
    ),
    holds: ({ parts }) => partsIn(parts.all(breachKind), 'open').length === 0,
  }),
  recordsKept: t.rule(closing, {
    ...recordIncomplete,
    // A complaint has no such record, and whatever becomes of a report, it has one.
    holds: ({ parts, context }) =>
      context.report === null ||
      parts.all(incidentKind).every((incident) => incident.in('recordComplete')),
  }),
  measuresEnded: t.rule(closing, {
    ...refuse(
      'MEASURE_ACTIVE',
      'closure',
      'A protective measure or a medical transfer is under way.',
      'يوجد تدبير وقائي أو نقل للعلاج لم ينته.',
    ),
    holds: ({ parts }) =>
      partsIn(parts.all(measureKind), 'active').length === 0 &&
      partsIn(parts.all(transferKind), 'ordered').length === 0 &&
      partsIn(parts.all(welfareKind), 'requested').length === 0,
  }),
  careEnded: t.rule(closing, {
    ...refuse(
      'CARE_OPEN',
      'closure',
      'A place in a shelter, a removal or the news of a release is still open.',
      'يوجد إيداع في دار إيواء أو نقل طفل أو إخطار بالإفراج لم ينته.',
    ),
    holds: ({ parts }) =>
      partsIn(parts.all(placementKind), 'ordered', 'admitted').length === 0 &&
      partsIn(parts.all(removalKind), 'carerSought').length === 0 &&
      partsIn(parts.all(releaseKind), 'known').length === 0,
  }),
  referralsResolved: t.rule(closing, {
    ...refuse(
      'REFERRAL_OPEN',
      'closure',
      'A referral, or what an agency undertook, is open.',
      'توجد إحالة أو إجراء تعهدت به جهة ولم ينجز.',
    ),
    holds: ({ parts }) =>
      partsIn(parts.all(referralKind), 'made', 'accepted').length === 0 &&
      partsIn(parts.all(actionKind), 'agreed').length === 0,
  }),
  childrenSafe: t.rule(closing, {
    ...refuse(
      'CHILD_NOT_SCREENED',
      'children',
      'A child of the household was not screened, or a concern has no case of its own yet.',
      'لم يفرز وضع طفل في الأسرة أو لم تفتح قضية لما يقلق بشأنه.',
    ),
    holds: (view) =>
      !view.in('childSafeguarding.screening') && !view.in('childSafeguarding.concern'),
  }),
  wellbeingAsked: t.rule(closing, {
    ...refuse(
      'WELLBEING_NOT_ASKED',
      'followUp',
      'Whoever was reached last was not asked how she is; only who cannot be reached is not asked.',
      'لم تسأل الضحية عن حالها في آخر تواصل معها، ولا يعفى من ذلك إلا عند تعذر الوصول إليها.',
    ),
    holds: (view) => {
      const last = lastCheck(view);
      return last === undefined || last.in('unreachable') || last.context.isWellbeingKnown;
    },
  }),
  finallyChecked: t.rule(closing, {
    ...refuse(
      'FINAL_CHECK_MISSING',
      'followUp',
      'The victim was not asked how safe she is since the last incident or rise of the risk.',
      'لم تسأل الضحية عن سلامتها منذ آخر واقعة أو ارتفاع للخطورة.',
    ),
    holds: (view) => {
      const { isSafe = false, endedAt = null } = lastCheck(view)?.context ?? {};
      const { lastHarm, levels, dangerAt } = view.context;
      if (endedAt === null || isSafe === false || endedAt.occurredAt < dangerAt) return false;
      // Nobody reached when the risk was low says nothing of a risk that rose since.
      const rise = levels.findLast(({ level }) => isHigh(level))?.since ?? null;
      return [lastHarm, rise].every(
        (since) =>
          since === null ||
          (endedAt.recordedAt >= since.recordedAt && endedAt.occurredAt >= since.occurredAt),
      );
    },
  }),
};
