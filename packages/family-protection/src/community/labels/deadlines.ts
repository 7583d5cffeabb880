// Names of the deadlines in both languages, by code.
import type { Text } from '@himaya/engine';

/** Deadlines by code. */
export const deadlineLabels: Readonly<Record<string, Text>> = {
  'T-EMERG': { en: 'First action in danger', ar: 'أول إجراء عند الخطر' },
  'T-TRIAGE': { en: 'The more protective procedure begins', ar: 'بدء الإجراء الأكثر حماية' },
  'T-TRIAGE-C': { en: 'Triage', ar: 'الفرز' },
  'T-SCREEN': { en: 'Violence screening of everyone concerned', ar: 'فرز العنف مع كل المعنيين' },
  'T-REASSIGN': { en: 'A new officer takes the case', ar: 'تولي ضابط جديد للقضية' },
  'T-ACCESS': { en: 'Access needs answered', ar: 'استيفاء احتياجات الوصول' },
  'T-COMM-VISIT': { en: 'Site visit', ar: 'المعاينة الميدانية' },
  'T-COMM-RES': { en: 'Complaint resolved or referred', ar: 'حل الشكوى أو إحالتها' },
  'T-CASE-REV': { en: 'Case review', ar: 'مراجعة القضية' },
  'T-CLOSE': { en: 'Decision on the closure', ar: 'البت في الإغلاق' },
  'T-REC-14D': { en: 'End of the mediation', ar: 'نهاية مدة الوساطة' },
  'T-REC-NOSHOW': { en: 'Second date after an absence', ar: 'الموعد الثاني بعد التغيب' },
  'T-REFERRAL': { en: 'Partner accepts the referral', ar: 'قبول الجهة الشريكة للإحالة' },
  'T-REC-CONS': { en: 'Consent expires', ar: 'انتهاء صلاحية الموافقة' },
  'T-MON': { en: 'Monitoring ends', ar: 'نهاية المتابعة' },
  'T-OBLIGATION': { en: 'Obligation due', ar: 'استحقاق الالتزام' },
  'T-MEASURE': { en: 'Review of the measure', ar: 'مراجعة التدبير' },
  'T-FU': { en: 'Follow-up due', ar: 'استحقاق المتابعة' },
};
