// Names of the deadlines in both languages, by code.
import type { Text } from '@himaya/engine';

/** Deadlines by code. */
export const deadlineLabels: Readonly<Record<string, Text>> = {
  'T-EMERG': { en: 'First action in danger', ar: 'أول إجراء عند الخطر' },
  'T-TRIAGE': { en: 'Triage', ar: 'الفرز' },
  'T-ACCESS': { en: 'Access needs answered', ar: 'استيفاء احتياجات الوصول' },
  'T-RESP-DV': { en: 'First risk assessment', ar: 'أول تقييم للخطورة' },
  'T-REASSESS': { en: 'Reassessment of the risk', ar: 'إعادة تقييم الخطورة' },
  'T-REVIEW': { en: 'Review of the risk', ar: 'مراجعة الخطورة' },
  'T-SAFEPLAN': { en: 'Safety plan agreed', ar: 'الاتفاق على خطة السلامة' },
  'T-PLAN-REV': { en: 'Review of the safety plan', ar: 'مراجعة خطة السلامة' },
  'T-PO-DECIDE': { en: 'Order requested, or why not', ar: 'طلب أمر الحماية أو بيان سبب عدم طلبه' },
  'T-PO-SERVE': { en: 'Order served', ar: 'إعلان أمر الحماية' },
  'T-PO-EXP-7': { en: 'Look at extending the order', ar: 'النظر في تمديد أمر الحماية' },
  'T-PO-EXP-3': { en: 'Extension still undecided', ar: 'لم يبت في تمديد أمر الحماية' },
  'T-PO-EXP-1': { en: 'The order ends within a day', ar: 'ينتهي أمر الحماية خلال يوم' },
  'T-PO-EXPIRE': { en: 'The order ends', ar: 'نهاية أمر الحماية' },
  'T-BREACH': { en: 'Breach referred', ar: 'إحالة المخالفة' },
  'T-ART14': { en: 'Statutory record complete', ar: 'استكمال المحضر القانوني' },
  'T-MEASURE': { en: 'Review of the measure', ar: 'مراجعة التدبير' },
  'T-FU': { en: 'Contact with the victim', ar: 'التواصل مع الضحية' },
  'T-WELFARE': { en: 'Welfare check', ar: 'زيارة الاطمئنان' },
  'T-REASSIGN': { en: 'A new officer takes the case', ar: 'تولي ضابط جديد للقضية' },
  'T-CASE-REV': { en: 'Case review', ar: 'مراجعة القضية' },
  'T-DOWNGRADE': { en: 'Decision on a lower risk', ar: 'البت في خفض الخطورة' },
  'T-CLOSE': { en: 'Decision on the closure', ar: 'البت في الإغلاق' },
};
