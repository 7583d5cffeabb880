// Names of emergency measures in both languages.
import type { Text } from '@himaya/engine';

/** Commands by name. */
export const safetyCommandLabels: Readonly<Record<string, Text>> = {
  OrderMedicalTransfer: { en: 'Order a transfer to medical care', ar: 'الأمر بالنقل للعلاج' },
  StartProtectiveMeasure: { en: 'Start a protective measure', ar: 'بدء تدبير وقائي' },
  CompleteMedicalTransfer: { en: 'Complete the medical transfer', ar: 'إتمام النقل للعلاج' },
  ReviewProtectiveMeasure: { en: 'Review a protective measure', ar: 'مراجعة تدبير وقائي' },
  EndProtectiveMeasure: { en: 'End a protective measure', ar: 'إنهاء تدبير وقائي' },
};

/** Events by name. */
export const safetyEventLabels: Readonly<Record<string, Text>> = {
  MedicalTransferOrdered: { en: 'Medical transfer ordered', ar: 'صدر أمر بالنقل للعلاج' },
  ProtectiveMeasureStarted: { en: 'Protective measure started', ar: 'بدأ تدبير وقائي' },
  MedicalTransferCompleted: { en: 'Medical transfer completed', ar: 'تم النقل للعلاج' },
  ProtectiveMeasureReviewed: {
    en: 'Protective measure reviewed',
    ar: 'تمت مراجعة التدبير الوقائي',
  },
  ProtectiveMeasureEnded: { en: 'Protective measure ended', ar: 'انتهى التدبير الوقائي' },
};

/** Parts by kind. */
export const safetyPartLabels: Readonly<Record<string, Text>> = {
  measure: { en: 'Protective measure', ar: 'التدبير الوقائي' },
  medicalTransfer: { en: 'Medical transfer', ar: 'النقل للعلاج' },
};

/** States of the parts. */
export const safetyStateLabels: Readonly<Record<string, Text>> = {
  'measure.active': { en: 'Active', ar: 'سار' },
  'measure.ended': { en: 'Ended', ar: 'منته' },
  'medicalTransfer.ordered': { en: 'Ordered', ar: 'مأمور به' },
  'medicalTransfer.completed': { en: 'Completed', ar: 'منجز' },
};
