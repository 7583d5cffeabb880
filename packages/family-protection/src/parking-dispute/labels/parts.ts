// Names of the kinds of part in both languages.
import type { Text } from '@himaya/engine';

/** Parts by kind. */
export const partLabels: Readonly<Record<string, Text>> = {
  response: { en: 'Graduated response', ar: 'الاستجابة المتدرجة' },
  offer: { en: 'Offer of mediation', ar: 'عرض الوساطة' },
  consent: { en: 'Consent', ar: 'الموافقة' },
  session: { en: 'Session', ar: 'الجلسة' },
  agreement: { en: 'Neighbourhood agreement', ar: 'اتفاق الجيران' },
  obligation: { en: 'Obligation', ar: 'الالتزام' },
  partnerReferral: { en: 'Partner referral', ar: 'الإحالة إلى جهة شريكة' },
  measure: { en: 'Protective measure', ar: 'التدبير الوقائي' },
  medicalTransfer: { en: 'Medical transfer', ar: 'النقل للعلاج' },
  followUp: { en: 'Follow-up', ar: 'المتابعة' },
};
