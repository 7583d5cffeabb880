// Separation of duties of this case type, beside those that every case type has.
import { isAmong } from '../parties/facts.ts';
import { deciding, ordinary } from '../staff/duties.ts';
import { separated } from '../wording/wording.ts';
import { t } from './head.ts';

/** SoD-1: who proposed a lower level does not decide on it. */
const notLowering = t.duty({
  ...separated(
    'Who proposed to lower the risk does not decide on it.',
    'من اقترح خفض الخطورة لا يبت فيه.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.downgrade?.proposers ?? []),
});

/** SoD-1: who reviewed the closure does not decide on it as a second person. */
const notReviewer = t.duty({
  ...separated(
    'Who reviewed the closure does not approve it a second time.',
    'من راجع الإغلاق لا يعتمده مرة ثانية.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.closure?.reviewers ?? []),
});

/** SoD-1: who proposed a referral does not approve it. */
const notReferring = t.duty({
  ...separated(
    'Who proposed the referral does not approve it.',
    'من اقترح الإحالة لا يعتمدها.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.referral?.proposers ?? []),
});

/** Duties of approving a referral to the prosecution. */
export const approvingReferral = [...ordinary, notReferring];
/** Duties of deciding on a lower level. */
export const lowering = [...ordinary, notLowering];
/** Duties of closing. */
export const closing = [...deciding, notReviewer];

/** SoD-1: who judged the guards does not approve. */
const notAssessor = t.duty({
  ...separated(
    'Who judged whether reconciliation is possible does not approve it.',
    'من قيم إمكان الصلح لا يعتمده.',
  ),
  holds: ({ actor, context }) => !isAmong(actor, context.reconciliation.assessors),
});

/** Duties of approving a reconciliation. */
export const approvingReconciliation = [...ordinary, notAssessor];
