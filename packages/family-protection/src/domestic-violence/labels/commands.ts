// Names of the commands in both languages.
import type { Text } from '@himaya/engine';
import { safetyCommandLabels } from '../../protection/labels.ts';
import { staffCommandLabels } from '../../staff/labels.ts';

/** Commands by name. */
export const commandLabels: Readonly<Record<string, Text>> = {
  ...staffCommandLabels,
  ...safetyCommandLabels,
  StartIntake: { en: 'Start intake', ar: 'بدء الاستقبال' },
  RegisterReport: { en: 'Register the report', ar: 'تسجيل البلاغ' },
  NoteSafetyConcern: { en: 'Note a concern for safety', ar: 'تدوين ملاحظة تتعلق بالسلامة' },
  AnswerAccessNeeds: { en: 'Answer access needs', ar: 'استيفاء احتياجات الوصول' },
  AddParty: { en: 'Add a party', ar: 'إضافة طرف' },
  CorrectPartyAge: { en: 'Correct the age of a party', ar: 'تصحيح عمر طرف' },
  RecordIncident: { en: 'Record an incident', ar: 'تسجيل واقعة' },
  CorrectIncident: { en: 'Correct an incident', ar: 'تصحيح بيانات واقعة' },
  CompleteStatutoryRecord: { en: 'Complete the statutory record', ar: 'استكمال المحضر القانوني' },
  AssessRisk: { en: 'Assess the risk', ar: 'تقييم الخطورة' },
  ProposeRiskDowngrade: { en: 'Propose a lower risk', ar: 'اقتراح خفض الخطورة' },
  ApproveRiskDowngrade: { en: 'Approve a lower risk', ar: 'اعتماد خفض الخطورة' },
  RejectRiskDowngrade: { en: 'Reject a lower risk', ar: 'رفض خفض الخطورة' },
  AgreeSafetyPlan: { en: 'Agree on a safety plan', ar: 'الاتفاق على خطة السلامة' },
  ReviseSafetyPlan: { en: 'Revise the safety plan', ar: 'مراجعة خطة السلامة' },
  RequestProtectionOrder: { en: 'Request a protection order', ar: 'طلب أمر حماية' },
  RecordProtectionOrderIssued: { en: 'Record an order as issued', ar: 'تسجيل صدور أمر الحماية' },
  RecordProtectionOrderRefused: {
    en: 'Record an order as refused',
    ar: 'تسجيل رفض طلب أمر الحماية',
  },
  RecordOrderServed: { en: 'Record an order as served', ar: 'تسجيل إعلان أمر الحماية' },
  RecordServiceAttemptFailed: {
    en: 'Record a failed attempt to serve an order',
    ar: 'تسجيل تعذر إعلان أمر الحماية',
  },
  RecordOrderExtended: { en: 'Record an extension', ar: 'تسجيل تمديد أمر الحماية' },
  RecordOrderRevoked: { en: 'Record an order as revoked', ar: 'تسجيل إلغاء أمر الحماية' },
  RecordBreach: { en: 'Record a breach of an order', ar: 'تسجيل مخالفة أمر الحماية' },
  ReferBreach: { en: 'Refer a breach to the prosecution', ar: 'إحالة المخالفة إلى النيابة العامة' },
  RecordDeadlineDecision: {
    en: 'Record what was decided at a deadline',
    ar: 'تسجيل القرار المتخذ عند الموعد',
  },
  CompleteFollowUp: { en: 'Complete the follow-up', ar: 'إتمام المتابعة' },
  RecordFollowUpMissed: { en: 'Record a missed follow-up', ar: 'تسجيل تعذر المتابعة' },
  CompleteWelfareCheck: { en: 'Complete a welfare check', ar: 'إتمام زيارة الاطمئنان' },
  RecordReassurance: { en: 'Record a reassuring contact', ar: 'تسجيل اتصال لطمأنة الضحية' },
  RecordServiceFeedback: { en: 'Record feedback', ar: 'تسجيل رأي المستفيد' },
  ProposeClosure: { en: 'Propose closure', ar: 'اقتراح الإغلاق' },
  ReviewClosure: { en: 'Review the proposed closure', ar: 'مراجعة اقتراح الإغلاق' },
  ReturnClosure: { en: 'Return the proposed closure', ar: 'إعادة اقتراح الإغلاق' },
  CloseCase: { en: 'Close the case', ar: 'إغلاق القضية' },
  ReopenCase: { en: 'Reopen the case', ar: 'إعادة فتح القضية' },
  MergeDuplicate: { en: 'Merge a duplicate', ar: 'دمج القضية المكررة' },
  TransferCase: { en: 'Transfer the case to another office', ar: 'نقل القضية إلى مكتب آخر' },
};
