// Rules of intake, triage, assignment and of leaving this procedure.
import { t, type View } from '../head.ts';
import type { Context } from '../context.ts';
import { protectionFor, protectionOf, retypingRules } from '../../case-file/retyping.ts';
import { unprotected } from '../../case-file/retyping.ts';
import { nextFileRulesFor } from '../../case-file/next-file.ts';
import { childrenIn } from '../../parties/facts.ts';
import { partsIn } from '../../parts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';

/** A case, whatever happens in it. */
type Judging = Omit<View, 'event'>;

/** Whether harm was told or is being averted, and nobody has ruled it out yet. */
function isHarmSuspected({ in: inState, context, parts }: Judging): boolean {
  const isTold = context.concerns.length > 0 || context.immediateDanger;
  const isAverted = partsIn(parts.all(measureKind), 'active').length > 0;
  return !inState('screening.negative') && (isTold || isAverted || context.harmAverted);
}

/** How protective a procedure must be for this case: what is known or feared of it decides. */
function protectionNeeded(view: Judging): number {
  const { context, parts } = view;
  const least = (why: string): number => protectionFor(view, why);
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

/** Children whose matter no case of their own has taken over. */
function childrenHere({ context: { parties, childRoutes } }: Pick<View, 'context'>) {
  const isElsewhere = (partyId: string): boolean => typeof childRoutes[partyId] === 'string';
  return childrenIn(parties).filter((partyId) => !isElsewhere(partyId));
}

/** Rules of intake and staff. */
export const intakeRules = {
  ...retypingRules,
  // One procedure for all complaints: each of their types protects as much as the others.
  ...nextFileRulesFor<Context>('community.parkingDispute', protectionNeeded, childrenHere),
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
  harmStaysProtected: t.rule(['CaseReclassified'], {
    ...unprotected,
    holds: (view) => protectionOf(view, view.event.data.to) >= protectionNeeded(view),
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
