// Names of what moves a case to another type or file, in both languages.
import type { Text } from '@himaya/engine';

/** Commands by name. */
export const passageCommandLabels: Readonly<Record<string, Text>> = {
  ReclassifyCase: { en: 'Move the case to another type', ar: 'إعادة تصنيف القضية' },
  RecordDangerTaken: {
    en: 'Record that a danger was taken over',
    ar: 'تسجيل تولي الملف اللاحق للخطر',
  },
  RecordSuccessor: { en: 'Record the case that takes over', ar: 'تسجيل القضية اللاحقة' },
};

/** Events by name. */
export const passageEventLabels: Readonly<Record<string, Text>> = {
  CaseReclassified: { en: 'Case moved to another type', ar: 'تمت إعادة تصنيف القضية' },
  DangerTaken: {
    en: 'Danger taken over by the file that goes on',
    ar: 'تولى الملف اللاحق أمر الخطر',
  },
  SuccessorOpened: { en: 'Successor case opened', ar: 'تم فتح القضية اللاحقة' },
};
