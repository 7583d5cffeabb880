// Deadlines and waits of the community procedure as policy values, named by their codes.
import type { Citation, PolicyValue } from '@himaya/engine';

const term = (
  value: number,
  unit: PolicyValue['unit'],
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
): PolicyValue => ({ value, unit, direction, citation: null, title: { en, ar } });

const atMost = (value: number, unit: string, en: string, ar: string): PolicyValue =>
  term(value, unit, 'tightenLower', en, ar);
const atLeast = (value: number, unit: string, en: string, ar: string): PolicyValue =>
  term(value, unit, 'tightenHigher', en, ar);

/** S41: how the Family Reconciliation Office notifies a party who did not come. */
const renotification: Citation = {
  source: 'Al-Wasat 1145919 (S41): notification anew after an absence, second absence a refusal',
  text: {
    en: 'A session within two working days, seven if the party is abroad.',
    ar: 'جلسة خلال يومي عمل، أو سبعة أيام عمل إذا كان الطرف خارج البلاد.',
  },
};
const secondDate = (value: number, en: string, ar: string): PolicyValue => ({
  ...term(value, 'workingDays', 'fixed', en, ar),
  citation: renotification,
});

/** Terms; those without a citation are defaults of the office's model, to be confirmed. */
export const terms: Readonly<Record<string, PolicyValue>> = {
  'T-EMERG': atMost(10, 'minutes', 'Danger: first action', 'الخطر المباشر: أول إجراء'),
  'T-EMERG.supervisor': atMost(10, 'minutes', 'Danger: supervisor told', 'الخطر: إبلاغ المشرف'),
  'T-EMERG.head': atMost(20, 'minutes', 'Danger: office head told', 'الخطر: إبلاغ رئيس المكتب'),
  'T-EMERG.duty': atMost(30, 'minutes', 'Danger: duty command told', 'الخطر: إبلاغ قيادة المناوبة'),
  'T-TRIAGE': atMost(30, 'minutes', 'Triage of a family matter', 'فرز القضية الأسرية'),
  'T-TRIAGE-C': atMost(24, 'hours', 'Triage of a community complaint', 'فرز الشكوى المجتمعية'),
  'T-SCREEN': atMost(24, 'hours', 'Forced violence screening', 'فرز العنف الواجب'),
  'T-REASSIGN': atMost(4, 'hours', 'A new officer is found', 'تكليف ضابط جديد'),
  'T-REASSIGN.supervisor': atMost(10, 'minutes', 'Supervisor told', 'إبلاغ المشرف'),
  'T-ACCESS': atMost(5, 'workingDays', 'Access needs answered', 'استيفاء احتياجات الوصول'),
  'T-COMM-VISIT': atMost(3, 'workingDays', 'Site visit', 'المعاينة الميدانية'),
  'T-COMM-RES': atMost(15, 'workingDays', 'Complaint resolved or referred', 'حل الشكوى أو إحالتها'),
  'T-CASE-REV': atMost(30, 'days', 'Review of an open case', 'مراجعة القضية المفتوحة'),
  'T-CLOSE': atMost(3, 'workingDays', 'Decision on a proposed closure', 'البت في اقتراح الإغلاق'),
  'T-REFERRAL.urgent': atMost(48, 'hours', 'Urgent referral accepted', 'قبول الإحالة العاجلة'),
  'T-REFERRAL.normal': atMost(5, 'workingDays', 'Referral accepted', 'قبول الإحالة'),
  'T-REC-CONS': atMost(7, 'days', 'Validity of a consent', 'مدة صلاحية الموافقة'),
  'T-REC-NOSHOW.here': secondDate(2, 'Second date after an absence', 'الموعد الثاني بعد التغيب'),
  'T-REC-NOSHOW.abroad': secondDate(
    7,
    'Second date when the absent party is abroad',
    'الموعد الثاني إذا كان المتغيب خارج البلاد',
  ),
  'T-REC-14D': atMost(14, 'days', 'Mediation from its first session', 'مدة الوساطة من أول جلسة'),
  'T-COOL.consent': atLeast(
    48,
    'hours',
    'Wait from offer to consent',
    'المهلة من العرض إلى الموافقة',
  ),
  'T-COOL.signature': atLeast(
    0,
    'hours',
    'Wait from session to signature of a neighbourhood agreement',
    'المهلة من الجلسة إلى توقيع اتفاق الجيران',
  ),
  'T-MON': atLeast(30, 'days', 'Monitoring of an agreement', 'متابعة تنفيذ الاتفاق'),
  'T-FU': atMost(30, 'days', 'Follow-up contact', 'اتصال المتابعة'),
  'T-FU.retry': atMost(1, 'days', 'Next attempt of a follow-up', 'المحاولة التالية للمتابعة'),
  'T-MEASURE': atMost(24, 'hours', 'Review of a protective measure', 'مراجعة التدبير الوقائي'),
  'escalation.step': atMost(2, 'workingDays', 'Step between escalations', 'المدة بين درجتي تصعيد'),
  'triage.action.emergency': atMost(1, 'hours', 'First step: emergency', 'أول خطوة: طارئة'),
  'triage.action.priority': atMost(1, 'workingDays', 'First step: priority', 'أول خطوة: أولوية'),
  'triage.action.routine': atMost(3, 'workingDays', 'First step: routine', 'أول خطوة: اعتيادية'),
};
