// Names in both languages of what a case records of its households.
import type { Text } from '@himaya/engine';

/** Commands by name. */
export const linkCommandLabels: Readonly<Record<string, Text>> = {
  LinkHousehold: { en: 'Link the case to a household', ar: 'ربط القضية بمنزل الأسرة' },
  CorrectHouseholdLink: { en: 'Correct who a party is', ar: 'تصحيح هوية طرف في المنزل' },
  UnlinkHousehold: { en: 'Take the link to a household back', ar: 'فك ربط القضية بمنزل الأسرة' },
  NoteVisitor: { en: 'Note who comes for the case', ar: 'تدوين زائر للقضية' },
  ReviewHousehold: { en: 'Look at dangers in the household', ar: 'مراجعة المخاطر في المنزل' },
};

/** Events by name. */
export const linkEventLabels: Readonly<Record<string, Text>> = {
  HouseholdLinked: { en: 'Linked to a household', ar: 'ربطت القضية بمنزل الأسرة' },
  HouseholdLinkCorrected: { en: 'Who a party is was corrected', ar: 'صححت هوية طرف في المنزل' },
  HouseholdUnlinked: { en: 'Link to a household taken back', ar: 'فك ربط القضية بمنزل الأسرة' },
  VisitorNoted: { en: 'Visitor for the case noted', ar: 'سجل زائر للقضية' },
  HouseholdReviewed: {
    en: 'Dangers in the household looked at',
    ar: 'تمت مراجعة المخاطر في المنزل',
  },
};
