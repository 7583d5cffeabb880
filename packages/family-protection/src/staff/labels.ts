// Names of what is done by and about staff, in both languages.
import type { Text } from '@himaya/engine';

/** Commands by name. */
export const staffCommandLabels: Readonly<Record<string, Text>> = {
  DeclareConflictOfInterest: { en: 'Declare a conflict of interest', ar: 'الإقرار بتعارض المصالح' },
  TriageCase: { en: 'Triage the case', ar: 'فرز القضية' },
  AssignCase: { en: 'Assign the case', ar: 'إسناد القضية' },
  ReassignCase: { en: 'Reassign the case', ar: 'إعادة إسناد القضية' },
  HandOverCase: { en: 'Hand the case over', ar: 'تسليم القضية إلى ضابط آخر' },
  ReviewCase: { en: 'Review the case', ar: 'مراجعة القضية' },
};

/** Events by name. */
export const staffEventLabels: Readonly<Record<string, Text>> = {
  CaseTriaged: { en: 'Case triaged', ar: 'تم فرز القضية' },
  CaseAssigned: { en: 'Case assigned', ar: 'تم إسناد القضية' },
  CaseReassigned: { en: 'Case reassigned', ar: 'تمت إعادة إسناد القضية' },
  CaseHandedOver: { en: 'Case handed over', ar: 'تم تسليم القضية إلى ضابط آخر' },
  ConflictOfInterestDeclared: {
    en: 'Conflict of interest declared',
    ar: 'تم الإقرار بتعارض المصالح',
  },
  CaseReviewed: { en: 'Case reviewed', ar: 'تمت مراجعة القضية' },
  CaseReviewMissed: { en: 'Case review missed', ar: 'فات موعد مراجعة القضية' },
};
