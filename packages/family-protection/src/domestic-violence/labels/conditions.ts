// What the conditions of charts ask, in both languages: by their place in the case or in a part.
import type { Text } from '@himaya/engine';
import { staffConditionLabels } from '../../staff/conditions.ts';

const text = (en: string, ar: string): Text => ({ en, ar });

const assessed = text('the risk was assessed before', 'سبق تقييم الخطورة');
const overheard = text('somebody else saw it', 'اطلع عليه غير صاحبه');
const ratifying = text('it needs ratifying', 'يحتاج إلى تصديق');
const own = text('this consent is withdrawn', 'سحبت هذه الموافقة');
const ofSettlement = text('of its settlement', 'محضر الصلح هو محضره');

const ofRisk: Readonly<Record<string, Text>> = {
  'RiskAssessed -> risk.standard': text('standard, and higher than before', 'عادية، وأعلى مما سبق'),
  'RiskAssessed -> risk.medium': text('medium, and higher than before', 'متوسطة، وأعلى مما سبق'),
  'RiskAssessed -> risk.high': text('high, and higher than before', 'مرتفعة، وأعلى مما سبق'),
  'RiskAssessed -> risk.imminent': text('imminent, and higher than before', 'وشيكة، وأعلى مما سبق'),
  'RiskDowngradeApproved -> risk.standard': text('to standard', 'إلى عادية'),
  'RiskDowngradeApproved -> risk.medium': text('to medium', 'إلى متوسطة'),
  'RiskDowngradeApproved -> risk.high': text('to high', 'إلى مرتفعة'),
  'IncidentRecorded -> assessment.due': assessed,
  'ProtectionOrderBreached -> assessment.due': assessed,
  'ProtectionOrderExpired -> assessment.due': assessed,
  'ProtectionOrderRevoked -> assessment.due': assessed,
  'ReleaseFromCustodyNotified -> assessment.due': assessed,
  'ProtectionOrderRefused -> assessment.due': assessed,
  'SafetyConcernNoted -> assessment.due': assessed,
  'AbuseEscalationFlagged -> assessment.due': assessed,
  'UndertakingBreached -> assessment.due': assessed,
  'CaseReopened -> assessment.due': assessed,
  'WelfareCheckCompleted -> assessment.due': text('not found safe', 'لم يتبين أنها آمنة'),
  'FollowUpCompleted -> assessment.due': text(
    'a concern or a new incident was told',
    'ظهر ما يقلق أو وقعت واقعة جديدة',
  ),
  'NoticeFailed in lifecycle': overheard,
  'NoticeFailed -> assessment.due': overheard,
  'VictimReassuranceContactMade -> assessment.due': text('there are concerns', 'يوجد ما يقلق'),
  'RiskAssessed -> assessment.current': text(
    'nothing that it would have to know of came after it',
    'لم يستجد بعده ما كان يلزم أن يشمله',
  ),
};

const ofProtection: Readonly<Record<string, Text>> = {
  '@always -> protection.none': text('nothing protects now', 'لا حماية قائمة الآن'),
  '@always -> protection.planned': text('a safety plan is in force', 'خطة السلامة سارية'),
  '@always -> protection.measuresActive': text('a measure is under way', 'تدبير وقائي جار'),
  '@always -> protection.orderRequested': text('an order is requested', 'يوجد أمر مطلوب'),
  '@always -> protection.orderIssuedUnserved': text(
    'an order is in force and not served',
    'يوجد أمر سار لم يعلن',
  ),
  '@always -> protection.orderActive': text(
    'an order is in force and served',
    'يوجد أمر سار تم إعلانه',
  ),
  '@always -> protection.breached': text(
    'a breach of an order in force is open',
    'توجد مخالفة مفتوحة لأمر سار',
  ),
  '@always -> protection.sheltered': text('there is a place in a shelter', 'يوجد إيداع في دار'),
  '@always -> protection.postOrder': text(
    'an order ended, and the risk is not judged anew',
    'انتهى أمر ولم تقيم الخطورة بعده',
  ),
  '@always -> childSafeguarding.notApplicable': text('there is no child', 'لا أطفال'),
  '@always -> childSafeguarding.screening': text('a child is not screened', 'طفل لم يتم فرزه'),
  '@always -> childSafeguarding.noConcern': text('no child gives concern', 'لا قلق على أي طفل'),
  '@always -> childSafeguarding.concern': text(
    'a child gives concern, and has no case yet',
    'يوجد قلق على طفل ولم تفتح له قضية',
  ),
  '@always -> childSafeguarding.linkedCaseOpened': text(
    'a child gives concern, and its case is open',
    'يوجد قلق على طفل وفتحت له قضية',
  ),
  'FollowUpCompleted -> followUp.done.ok': text('safe, and no new incident', 'آمنة، ولا واقعة جديدة'),
  'FollowUpCompleted -> followUp.done.concern': text(
    'not safe, or a new incident',
    'غير آمنة، أو وقعت واقعة جديدة',
  ),
};

const ofLegalWay: Readonly<Record<string, Text>> = {
  'ProsecutionReferralApproved in legal.reportFiled': text('it was proposed', 'سبق اقتراحها'),
  'ProsecutionReferralApproved in legal.investigation': text('it was proposed', 'سبق اقتراحها'),
  'ProsecutionReferralApproved in legal.referredToProsecution': text(
    'it was proposed',
    'سبق اقتراحها',
  ),
  'ProsecutionReferralApproved in legal.noFurtherActionByPP': text(
    'it was proposed',
    'سبق اقتراحها',
  ),
  'ReferredToProsecution -> legal.referredToProsecution': text('it was approved', 'سبق اعتمادها'),
  'ComplaintWaived -> legal.waived': text('nothing of the matter is left', 'لم يبق من الأمر شيء'),
  'ProsecutionDecisionRecorded -> legal.charged': text('charged', 'توجيه اتهام'),
  'ProsecutionDecisionRecorded -> legal.noFurtherActionByPP': text('no further action', 'حفظ'),
  'ProsecutionDecisionRecorded -> legal.investigation': text(
    'sent back to be completed',
    'إعادة للاستكمال',
  ),
  'ProsecutionDecisionRecorded -> legal.mediationByPP': text('mediation', 'وساطة'),
  'ProsecutionDecisionRecorded -> legal.committeeReferral': text(
    'to the committee',
    'إحالة إلى اللجنة',
  ),
  'JudgmentRecorded -> legal.judgment.convicted': text('convicted', 'إدانة'),
  'JudgmentRecorded -> legal.judgment.acquitted': text('acquitted', 'براءة'),
  'JudgmentRecorded -> legal.judgment.otherwiseEnded': text('ended otherwise', 'انتهت بغير ذلك'),
  'EligibilityAssessed -> reconciliation.eligible': text('eligible', 'مؤهلة'),
  'PartyConsented -> reconciliation.consented': text('all have consented', 'وافق الجميع'),
  'PreMeetingHeld -> reconciliation.ready': text(
    'each was met alone',
    'تمت مقابلة كل طرف على انفراد',
  ),
  'SettlementSigned -> reconciliation.settled': ratifying,
};

const ofParts: Readonly<Record<string, Text>> = {
  'incident: StatutoryRecordCompleted -> recordComplete': text(
    'all that Article 14 asks for is given',
    'استوفي كل ما تطلبه المادة 14',
  ),
  'interview: @always -> planned': text('it is only planned', 'هي مقررة فحسب'),
  'interview: @always -> inProgress': text('it has begun', 'بدأت'),
  'evidence: RecordingAccessed in held': text('it is a recording', 'هو تسجيل لمقابلة'),
  'notice: NoticeSent -> sent': text(
    'to the same person about the same thing',
    'إلى الشخص نفسه وفي الأمر نفسه',
  ),
  'order: @always -> requested': text('it is requested', 'هو مطلوب'),
  'order: @always -> inForce': text('it is issued', 'هو صادر'),
  'order: ProtectionOrderExtended -> inForce.unserved': text('not served', 'لم يعلن'),
  'order: ProtectionOrderExtended -> inForce.served': text('served', 'تم إعلانه'),
  'followUp: FollowUpMissed -> unreachable': text(
    'after as many attempts as policy asks for',
    'بعد عدد المحاولات المحدد في السياسة',
  ),
  'welfareCheck: WelfareCheckCompleted -> requested': text(
    'the person was not found',
    'لم يعثر على الشخص',
  ),
  'release: VictimNotifiedOfRelease -> victimTold': text('all are told', 'أخطر الجميع'),
  'reconciliationConsent: ReconciliationConsentWithdrawn -> withdrawn': own,
  'reconciliationConsent: ReconciliationConsentWithdrawn -> lapsed': text(
    'another one withdraws',
    'سحب طرف آخر موافقته',
  ),
  'settlement: SettlementSigned -> unratified': ratifying,
  'obligation: ObligationFulfilled -> fulfilled': text('by the last who owed it', 'من آخر الملتزمين به'),
  'obligation: SettlementFulfilled -> fulfilled': ofSettlement,
  'obligation: SettlementNotRatified -> lapsed': ofSettlement,
  'obligation: ReconciliationConsentWithdrawn -> lapsed': text(
    'its settlement was never in force',
    'لم يسر محضره قط',
  ),
};

/** Conditions by their place, as `conditionKey` writes it. */
export const conditionLabels: Readonly<Record<string, Text>> = {
  ...staffConditionLabels,
  ...ofRisk,
  ...ofProtection,
  ...ofLegalWay,
  ...ofParts,
};
