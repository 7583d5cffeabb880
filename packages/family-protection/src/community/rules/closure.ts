// Follow-up, and the closure checklist: judged when closure is proposed and when it is decided.
import { hasElapsed, waitStart, type PartsView } from '@himaya/engine';
import type { Context } from '../context.ts';
import { t } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { agreementKind, followUpKind, obligationKind } from '../parts/kinds.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { referralKind } from '../parts/kinds.ts';
import { refuse } from '../../wording/wording.ts';

const closing = ['ClosureProposed', 'CaseClosed'] as const;
/** After these nobody looks after what is still running in this file. */
const ending = [...closing, 'DuplicateMerged'] as const;

function none(
  parts: PartsView,
  kind: Parameters<PartsView['all']>[0],
  ...states: readonly string[]
): boolean {
  return partsIn(parts.all(kind), ...states).length === 0;
}

/** Whether all who are complained about are children whose matter another case took over. */
function isAboutChildren({ parties, childRoutes }: Context): boolean {
  const respondents = Object.keys(parties).filter((id) => parties[id]?.role === 'respondent');
  return (
    respondents.length > 0 &&
    respondents.every((id) => parties[id]?.isChild && typeof childRoutes[id] === 'string')
  );
}

/** Rules of closure. */
export const closureRules = {
  followedUpLater: t.rule(['FollowUpCompleted'], {
    ...refuse(
      'FOLLOW_UP_TOO_SOON',
      'followUp',
      'So soon after the answer nobody can say yet whether it lasts.',
      'لا يمكن الحكم على دوام الحل بعد مدة قصيرة كهذه.',
    ),
    holds: ({ event, parts, policy, calendar }) => {
      const { followUpId, safetyAnswer, newIncident } = event.data;
      // A danger is told whenever it is told.
      if (safetyAnswer === 'concern' || newIncident) return true;
      const followUp = parts.one(followUpKind, followUpId);
      if (!followUp) return true;
      const wait = policy.duration('followUp.earliest');
      return hasElapsed(calendar, waitStart(followUp.openedAt), wait, event.occurredAt);
    },
  }),
  answered: t.rule(closing, {
    ...refuse(
      'RESOLUTION_OPEN',
      'resolution',
      'The complaint, or a repetition since, has not been answered.',
      'لم يبت في الشكوى أو في تكرار لاحق لها.',
    ),
    holds: (view) =>
      view.context.unanswered.length === 0 ||
      view.event.data.reasonCode === 'complaintWithdrawn' ||
      (view.event.data.reasonCode === 'childRouted' && isAboutChildren(view.context)),
  }),
  harmRuledOut: t.rule(closing, {
    ...refuse(
      'HARM_NOT_RULED_OUT',
      'screening',
      'Hidden harm has not been ruled out.',
      'لم يستبعد وجود أذى خفي.',
    ),
    holds: (view) => view.in('screening.negative'),
  }),
  obligationsSettled: t.rule(ending, {
    ...refuse('OBLIGATION_OPEN', 'monitoring', 'An obligation is open.', 'يوجد التزام لم يستوف.'),
    holds: ({ parts }) => none(parts, obligationKind, 'open', 'overdue'),
  }),
  monitoringOver: t.rule(ending, {
    ...refuse(
      'MONITORING_NOT_OVER',
      'monitoring',
      'An agreement is still being monitored.',
      'ما زال الاتفاق قيد المتابعة.',
    ),
    holds: ({ parts }) => none(parts, agreementKind, 'inForce', 'monitored'),
  }),
  referralsResolved: t.rule(ending, {
    ...refuse('REFERRAL_OPEN', 'closure', 'A referral is open.', 'توجد إحالة لم تغلق.'),
    holds: ({ parts }) => none(parts, referralKind, 'made', 'accepted'),
  }),
  sessionsOver: t.rule(closing, {
    ...refuse(
      'SESSION_OPEN',
      'mediation',
      'A session is still to be held.',
      'توجد جلسة لم تعقد بعد.',
    ),
    holds: ({ parts }) => none(parts, sessionKind, 'scheduled'),
  }),
  measuresEnded: t.rule(closing, {
    ...refuse(
      'MEASURE_ACTIVE',
      'closure',
      'A protective measure or a medical transfer is under way.',
      'يوجد تدبير وقائي أو نقل للعلاج لم ينته.',
    ),
    holds: ({ parts }) =>
      none(parts, measureKind, 'active') && none(parts, transferKind, 'ordered'),
  }),
  followedUp: t.rule(closing, {
    ...refuse('FOLLOW_UP_OPEN', 'followUp', 'The follow-up has not been done.', 'لم تجر المتابعة.'),
    holds: ({ parts }) => none(parts, followUpKind, 'scheduled'),
  }),
  childrenRouted: t.rule(closing, {
    ...refuse(
      'CHILD_ROUTE_OPEN',
      'INV-17',
      'The child procedure has not been opened yet.',
      'لم يفتح إجراء الطفل بعد.',
    ),
    holds: ({ context }) => Object.values(context.childRoutes).every((route) => route !== null),
  }),
};
