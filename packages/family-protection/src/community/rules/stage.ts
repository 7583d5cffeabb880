// Rules about where the case stands, for events that its parts would take in any state.
import { t } from '../head.ts';
import { refuse } from '../../wording/wording.ts';

/** Rules of the stage. */
export const stageRules = {
  caseNotOver: t.rule({
    ...refuse('CASE_CLOSED', 'lifecycle', 'The case is over.', 'القضية منتهية.'),
    holds: (view) =>
      !['closed', 'abandoned', 'merged', 'transferred'].some((state) =>
        view.in(`lifecycle.${state}`),
      ),
  }),
  caseStillHere: t.rule({
    ...refuse(
      'CASE_CLOSED',
      'lifecycle',
      'The case went on elsewhere.',
      'انتقل نظر القضية إلى ملف آخر.',
    ),
    holds: (view) =>
      !['abandoned', 'merged', 'transferred'].some((state) => view.in(`lifecycle.${state}`)),
  }),
  complaintRegistered: t.rule({
    ...refuse(
      'COMPLAINT_NOT_REGISTERED',
      'lifecycle',
      'The complaint has to be registered first.',
      'يجب تسجيل الشكوى أولا.',
    ),
    holds: (view) => !view.in('lifecycle.draft') && !view.in('lifecycle.intake'),
  }),
  notUnderReview: t.rule({
    ...refuse(
      'CASE_UNDER_REVIEW',
      'lifecycle',
      'The case waits for a decision on its closure or its new type.',
      'القضية بانتظار البت في إغلاقها أو إعادة تصنيفها.',
    ),
    holds: (view) => !view.in('lifecycle.closureReview') && !view.in('lifecycle.reclassified'),
  }),
};
