// Rules of intake, triage, assignment and of leaving this procedure.
import { t, type View } from '../head.ts';
import { partsIn } from '../../parts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';

/** Whether harm was told or is being averted, and nobody has ruled it out yet. */
function isHarmSuspected({ in: inState, context, parts }: View): boolean {
  const isTold = context.concerns.length > 0 || context.immediateDanger;
  const isAverted = partsIn(parts.all(measureKind), 'active').length > 0;
  return !inState('screening.negative') && (isTold || isAverted || context.harmAverted);
}

/** How protective a procedure must be for this case: what is known or feared of it decides. */
function protectionNeeded(view: View): number {
  const { context, policy, parts } = view;
  const table = policy.value('caseType.protectionNeeded') as Readonly<Record<string, number>>;
  const least = (why: string): number => table[why] ?? Infinity;
  const isChildConcerned = Object.values(context.childRoutes).some((route) => route === null);
  if (view.in('screening.positive')) return least('harmFound');
  if (view.in('screening.violenceRequired')) return least('harmFeared');
  if (partsIn(parts.all(measureKind), 'active').length > 0) return least('harmFeared');
  if (!isHarmSuspected(view)) return isChildConcerned ? least('childConcerned') : 0;
  const isOnlyChild =
    !context.harmAverted &&
    !context.immediateDanger &&
    context.concerns.every((one) => one === 'child');
  return least(isOnlyChild ? 'childConcerned' : 'harmFeared');
}

function rankOf({ policy }: Pick<View, 'policy'>, type: string): number {
  const rank = policy.value('caseType.protection') as Readonly<Record<string, number>>;
  return rank[type] ?? 0;
}

/** Rules of intake and staff. */
export const intakeRules = {
  correctedIsParty: t.rule(['PartyRelationCorrected'], {
    ...partyUnknown,
    holds: ({ event, context }) => context.parties[event.data.partyId] !== undefined,
  }),
  noHarmSuspected: t.rule(['IntakeAbandoned'], {
    ...refuse(
      'INTAKE_REFUSAL_FORBIDDEN',
      'INV-14',
      'Where harm or a child may be concerned nobody is sent away.',
      'لا يجوز صرف أحد إذا احتمل وجود أذى أو تعلق الأمر بطفل.',
    ),
    holds: ({ context }) =>
      context.concerns.length === 0 &&
      !context.immediateDanger &&
      !Object.values(context.parties).some(({ isChild }) => isChild),
  }),
  screenedBeforeLeaving: t.rule(['IntakeAbandoned'], {
    ...refuse(
      'INTAKE_REFUSAL_FORBIDDEN',
      'INV-14',
      'Nobody leaves before hidden harm has been ruled out.',
      'لا ينهى الاستقبال قبل استبعاد وجود أذى خفي.',
    ),
    holds: (view) => view.in('screening.negative'),
  }),
  lessProtectionApproved: t.rule(['CaseReclassified'], {
    ...refuse(
      'RECLASSIFICATION_NOT_APPROVED',
      'INV-22',
      'Only a supervisor may move a case to a less protective type.',
      'نقل القضية إلى نوع أقل حماية يتطلب موافقة المشرف.',
    ),
    holds: ({ event }) =>
      event.data.direction === 'moreProtective' ||
      (event.data.approver !== undefined && ['SUP', 'HEAD'].includes(event.actor.role)),
  }),
  harmStaysProtected: t.rule(['CaseReclassified'], {
    ...refuse(
      'RECLASSIFICATION_NOT_APPROVED',
      'INV-22',
      'Where harm was found or is feared, or a child is concerned, only a type that protects is open.',
      'إذا ثبت أذى أو خيف وقوعه أو تعلق الأمر بطفل فلا تنقل القضية إلا إلى نوع يكفل الحماية.',
    ),
    holds: (view) => rankOf(view, view.event.data.to) >= protectionNeeded(view),
  }),
  protectionKept: t.rule(['CaseReclassified'], {
    ...refuse(
      'RECLASSIFICATION_NOT_APPROVED',
      'INV-22',
      'A case that waits for its new type is given no other one that protects less.',
      'القضية التي تنتظر نوعها الجديد لا تنقل إلى نوع آخر أقل حماية منه.',
    ),
    holds: (view) => {
      const { reclassifiedTo: chosen } = view.context;
      return chosen === null || rankOf(view, view.event.data.to) >= rankOf(view, chosen);
    },
  }),
  harmNotLeftBehind: t.rule(['DuplicateMerged', 'CaseTransferred'], {
    ...refuse(
      'INTAKE_REFUSAL_FORBIDDEN',
      'INV-14',
      'Where harm was found or is suspected, the more protective procedure is opened first.',
      'إذا ثبت أذى أو اشتبه في وجوده وجب فتح الإجراء الأكثر حماية أولا.',
    ),
    holds: (view) =>
      !view.in('screening.positive') &&
      !view.in('screening.violenceRequired') &&
      !isHarmSuspected(view) &&
      Object.values(view.context.childRoutes).every((route) => route !== null),
  }),
  noOneProtected: t.rule(['DuplicateMerged'], {
    ...refuse(
      'MEASURE_ACTIVE',
      'INV-14',
      'Whoever is being protected in this file stays in it until that has ended.',
      'من تسري له حماية في هذا الملف يبقى فيه إلى أن تنتهي.',
    ),
    holds: ({ parts }) =>
      partsIn(parts.all(measureKind), 'active').length === 0 &&
      partsIn(parts.all(transferKind), 'ordered').length === 0,
  }),
};
