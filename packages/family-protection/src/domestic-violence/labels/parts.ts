// Names of the kinds of part in both languages.
import type { Text } from '@himaya/engine';
import { safetyPartLabels } from '../../protection/labels.ts';
import { reconciliationPartLabels } from './reconciliation.ts';

/** Parts by kind. */
export const partLabels: Readonly<Record<string, Text>> = {
  ...reconciliationPartLabels,
  ...safetyPartLabels,
  incident: { en: 'Incident', ar: 'الواقعة' },
  evidence: { en: 'Evidence', ar: 'الدليل' },
  interview: { en: 'Interview', ar: 'المقابلة' },
  actionPlan: { en: 'Action plan', ar: 'خطة الحالة' },
  undertaking: { en: 'Undertaking', ar: 'التعهد' },
  notice: { en: 'Notice', ar: 'الإشعار' },
  order: { en: 'Protection order', ar: 'أمر الحماية' },
  breach: { en: 'Breach of an order', ar: 'مخالفة أمر الحماية' },
  release: { en: 'Release from custody', ar: 'الإفراج' },
  placement: { en: 'Place in a shelter', ar: 'الإيداع في دار الإيواء' },
  removal: { en: 'Removal of a child', ar: 'نقل الطفل' },
  referral: { en: 'Referral', ar: 'الإحالة' },
  action: { en: 'Agreed action', ar: 'الإجراء المتفق عليه' },
  consent: { en: 'Consent', ar: 'الموافقة' },
  safetyPlan: { en: 'Safety plan', ar: 'خطة السلامة' },
  followUp: { en: 'Follow-up', ar: 'المتابعة' },
  welfareCheck: { en: 'Welfare check', ar: 'زيارة الاطمئنان' },
};
