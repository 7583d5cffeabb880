// Rules about where the case stands, and where what a step names stands in it.
import { outOfOrder, refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { isProtecting } from './passage.ts';

const over = ['closed', 'merged', 'transferred'];
const elsewhere = ['merged', 'transferred'];

/** The states in which a part takes a step that the case would note whether the part moves or not. */
const takenIn = {
  ProtectionOrderRefused: ['requested'],
  ProtectionOrderRevoked: ['inForce', 'expired'],
  CaseActionPlanRevised: ['inForce'],
  ComplaintWaived: ['checked'],
  SettlementSigned: ['draft'],
  SettlementRatified: ['unratified'],
  SettlementNotRatified: ['unratified'],
  SettlementChecked: ['inForce'],
  SettlementBreached: ['inForce'],
  SettlementUpheld: ['breached'],
  SettlementFulfilled: ['inForce'],
} as const;
const steps = Object.keys(takenIn) as (keyof typeof takenIn)[];

/** Rules of the stage. */
export const stageRules = {
  partInOrder: t.rule(steps, {
    ...outOfOrder(
      'lifecycle',
      'What this step names does not stand where the step is taken.',
      'ما يشير إليه هذا الإجراء ليس في المرحلة التي يتخذ فيها.',
    ),
    holds: ({ event, part }) =>
      part === undefined || takenIn[event.type].some((state) => part.in(state)),
  }),
  caseNotOver: t.rule({
    ...refuse('CASE_CLOSED', 'lifecycle', 'The case is over.', 'القضية منتهية.'),
    holds: (view) => !over.some((state) => view.in(`lifecycle.${state}`)),
  }),
  caseStillHere: t.rule({
    ...refuse(
      'CASE_CLOSED',
      'lifecycle',
      'The case went on elsewhere.',
      'انتقل نظر القضية إلى ملف آخر.',
    ),
    holds: (view) => !elsewhere.some((state) => view.in(`lifecycle.${state}`)),
  }),
  caseClosed: t.rule(['CaseReopened'], {
    ...refuse('CASE_NOT_CLOSED', 'lifecycle', 'The case is not closed.', 'القضية ليست مغلقة.'),
    holds: (view) => view.in('lifecycle.closed'),
  }),
  reportRegistered: t.rule({
    ...refuse(
      'REPORT_NOT_REGISTERED',
      'lifecycle',
      'The complaint or report has to be registered first.',
      'يجب تسجيل الشكوى أو البلاغ أولا.',
    ),
    holds: ({ context }) => context.matter !== null,
  }),
  otherCaseLinked: t.rule(['CaseUnlinked'], {
    ...refuse(
      'LINK_UNKNOWN',
      'household',
      'That case is not linked in this way.',
      'تلك القضية غير مرتبطة بهذه الصفة.',
    ),
    holds: ({ event: { data }, context }) =>
      context.linkedCases.some(
        ({ caseId, relation }) => caseId === data.otherCaseId && relation === data.relation,
      ),
  }),
  noOneLeftBehind: t.rule(['DuplicateMerged'], {
    ...refuse(
      'MEASURE_ACTIVE',
      'INV-14',
      'Whoever is being protected in this file stays in it until that has ended.',
      'من تسري له حماية في هذا الملف يبقى فيه إلى أن تنتهي.',
    ),
    holds: (view) => !isProtecting(view),
  }),
};
