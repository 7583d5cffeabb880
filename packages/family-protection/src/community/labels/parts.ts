// Names of the kinds of part in both languages.
import type { Text } from '@himaya/engine';
import { safetyPartLabels } from '../../protection/labels.ts';

/** Parts by kind. */
export const partLabels: Readonly<Record<string, Text>> = {
  ...safetyPartLabels,
  response: { en: 'Graduated response', ar: 'الاستجابة المتدرجة' },
  offer: { en: 'Offer of mediation', ar: 'عرض الوساطة' },
  consent: { en: 'Consent', ar: 'الموافقة' },
  session: { en: 'Session', ar: 'الجلسة' },
  agreement: { en: 'Neighbourhood agreement', ar: 'اتفاق الجيران' },
  obligation: { en: 'Obligation', ar: 'الالتزام' },
  partnerReferral: { en: 'Partner referral', ar: 'الإحالة إلى جهة شريكة' },
  followUp: { en: 'Follow-up', ar: 'المتابعة' },
};
