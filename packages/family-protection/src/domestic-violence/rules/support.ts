// Rules of support: no goal is lost on the way, and what is called reached is.
import { partsIn } from '../../parts.ts';
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { actionPlanKind } from '../parts/kinds.ts';

/** Rules of support. */
export const supportRules = {
  goalsDistinct: t.rule(['CaseActionPlanAgreed', 'CaseActionPlanRevised'], {
    ...refuse(
      'GOAL_TWICE',
      'support',
      'Two goals have the same reference.',
      'هدفان يحملان المرجع نفسه.',
    ),
    holds: ({ event: { data } }) =>
      new Set(data.goals.map(({ goalId }) => goalId)).size === data.goals.length,
  }),
  goalsKept: t.rule(['CaseActionPlanRevised'], {
    ...refuse(
      'GOAL_LEFT_OUT',
      'support',
      'A revised plan says of each open goal whether it is open, reached or given up.',
      'تبين الخطة المعدلة حال كل هدف قائم: مفتوح أو متحقق أو متروك.',
    ),
    holds: ({ event: { data }, parts }) => {
      const named = data.goals.map(({ goalId }) => goalId);
      const { open = [] } = parts.one(actionPlanKind, data.planId)?.context ?? {};
      return open.every(({ goalId }) => named.includes(goalId));
    },
  }),
  goalsReached: t.rule(['SupportCompleted'], {
    ...refuse(
      'GOAL_OPEN',
      'support',
      'A goal is still open: revise the plan first.',
      'ما زال أحد الأهداف قائما، فتعدل الخطة أولا.',
    ),
    holds: ({ event, parts }) =>
      event.data.outcome !== 'goalsReached' ||
      partsIn(parts.all(actionPlanKind), 'inForce').every(
        ({ context: { open } }) => open.length === 0,
      ),
  }),
};
