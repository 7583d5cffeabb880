// What the conditions of charts ask, in both languages: by their place in the case or in a part.
import type { Text } from '@himaya/engine';
import { staffConditionLabels } from '../../staff/conditions.ts';

const text = (en: string, ar: string): Text => ({ en, ar });

const waitingChild = text('for a child that waits for it', 'لطفل ينتظر ذلك');
const harmFound = text('harm was found', 'ثبت أذى');
const inDoubt = text('the result is in doubt', 'النتيجة غير مؤكدة');
const violenceFound = text('violence was found', 'ثبت عنف');
const harmless = text(
  'no violence found, and nothing came up since',
  'لم يثبت عنف، ولم يستجد شيء بعد ذلك',
);
const forced = text(
  'in doubt, or a violence screening is required',
  'النتيجة غير مؤكدة، أو يلزم فرز العنف',
);
const named = text('those to be screened are named', 'من يلزم فرزهم محددون');
const growsUp = text('taken for a child, and is none', 'كان يعد طفلا وتبين أنه بالغ');
const wasChild = text('screened as an adult, and is a child', 'تم فرزه كبالغ وتبين أنه طفل');
const kin = text('family of the other side, or not known', 'من أقارب الطرف الآخر، أو غير معروف');
const relapse = text('a concern or a new incident was told', 'ظهر ما يقلق أو وقعت واقعة جديدة');
const mediation = text('consent to mediation', 'الموافقة تخص الوساطة');
const ofAgreement = text('of its agreement', 'الاتفاق هو اتفاقه');

const ofCase: Readonly<Record<string, Text>> = {
  'SuccessorOpened in lifecycle': waitingChild,
  'SuccessorOpened in lifecycle.reclassified': waitingChild,
  'SuccessorOpened -> lifecycle.transferred': text('for the whole case', 'للقضية كلها'),
  'FollowUpCompleted in lifecycle': relapse,
  'HiddenHarmScreened -> screening.positive': harmFound,
  'HiddenHarmScreened -> screening.violenceRequired': forced,
  'HiddenHarmScreened in screening.violenceRequired': forced,
  'HiddenHarmScreened -> screening.negative': text(
    'no harm found, and nothing came up since',
    'لم يثبت أذى، ولم يستجد شيء بعد ذلك',
  ),
  'ViolenceScreeningCompleted -> screening.positive': violenceFound,
  'ViolenceScreeningCompleted -> screening.violenceRequired': inDoubt,
  'ViolenceScreeningCompleted -> screening.negative': text(
    'everyone to be screened has been, and nothing was found',
    'تم فرز جميع من يلزم فرزهم ولم يثبت شيء',
  ),
  'ViolenceScreeningCompleted in screening.pending': harmless,
  'ViolenceScreeningCompleted in screening.negative': harmless,
  'ViolenceScreeningCompleted in screening.violenceRequired': harmless,
  'ViolenceScreeningCompleted in screening.violenceRequired #2': inDoubt,
  'PartyAdded in screening.violenceRequired': text(
    'those to be screened are named, and an adult joins the dispute',
    'من يلزم فرزهم محددون، وانضم بالغ إلى الخلاف',
  ),
  'PartyAgeCorrected in screening.violenceRequired': named,
  'PartyAgeCorrected in screening.violenceRequired #2': growsUp,
  'PartyAgeCorrected in screening.violenceRequired #3': wasChild,
  'PartyRelationCorrected in screening.violenceRequired': named,
  'PartyRelationCorrected in screening.violenceRequired #2': kin,
  'IntakeStarted -> screening.pending': text(
    'somebody comes back who had left without a complaint',
    'عاد من انصرف دون شكوى',
  ),
  'PartyAdded -> screening.pending': text(
    'someone whom mediation may bring together',
    'ممن قد تجمعهم الوساطة',
  ),
  'PartyAgeCorrected -> screening.pending': growsUp,
  'PartyAgeCorrected -> screening.violenceRequired': wasChild,
  'PartyRelationCorrected -> screening.pending': kin,
  'FollowUpCompleted -> screening.pending': relapse,
  'SiteVisitCompleted -> verification.substantiated': text('it is borne out', 'ثبتت الشكوى'),
  'SiteVisitCompleted -> verification.unsubstantiated': text('it is not borne out', 'لم تثبت الشكوى'),
  'SiteVisitCompleted -> verification.notFound': text('nothing was found', 'لم يعثر على شيء'),
  'PartyAdded in resolution': text(
    'an adult respondent, and the complaint is not unfounded',
    'مشكو في حقه بالغ، ولم يثبت عدم صحة الشكوى',
  ),
  'PartyAgeCorrected in resolution': text(
    'a respondent taken for a child is none, and the complaint is not unfounded',
    'تبين أن المشكو في حقه بالغ، ولم يثبت عدم صحة الشكوى',
  ),
  'RecurrenceDetected in resolution': text(
    'the respondent is no child',
    'المشكو في حقه ليس طفلا',
  ),
  'SettlementBreached in resolution': text(
    'nothing is open yet against who broke it',
    'لا أمر مفتوح بعد على من أخل به',
  ),
  'SiteVisitCompleted in resolution': text('it answers what was open', 'فيها رد على أمر مفتوح'),
  'SiteVisitCompleted in resolution #2': text(
    'found unfounded before, and borne out now',
    'سبق عدم ثبوتها وثبتت الآن',
  ),
  'SuccessorOpened -> resolution.closed': text(
    'for the whole case, which has moved to another type',
    'للقضية كلها بعد إعادة تصنيفها',
  ),
  '@always -> resolution.answered': text('nothing is left to answer', 'لم يبق ما يلزم الرد عليه'),
  '@always -> resolution.open': text('something is to be answered', 'يوجد ما يلزم الرد عليه'),
};

const ofParts: Readonly<Record<string, Text>> = {
  'response: ChildRerouted -> voided': text('it is this child', 'الطفل هو صاحبها'),
  'response: @always -> advised': text('it begins with advice', 'تبدأ بالنصح'),
  'response: @always -> warned': text('it begins with a warning', 'تبدأ بالإنذار'),
  'response: @always -> referred': text('it begins with a ticket', 'تبدأ بطلب مخالفة'),
  'response: ViolationTicketDecided -> ticketIssued': text('issued', 'حررت'),
  'response: ViolationTicketDecided -> ticketRefused': text('refused', 'رفضت'),
  'response: PartyAgeCorrected -> noted': text(
    'it is the respondent, who is no child',
    'هو المشكو في حقه وليس طفلا',
  ),
  'consent: ReconciliationSuspended -> lapsed': mediation,
  'consent: NoAgreementRecorded -> lapsed': mediation,
  'consent: NeighbourhoodAgreementSigned -> used': mediation,
  'obligation: ObligationFulfilled -> fulfilled': text('by the last who owed it', 'من آخر الملتزمين به'),
  'obligation: SettlementFulfilled -> fulfilled': ofAgreement,
  'obligation: SettlementBreached -> lapsed': ofAgreement,
  'followUp: FollowUpMissed -> unreachable': text(
    'after as many attempts as policy asks for',
    'بعد عدد المحاولات المحدد في السياسة',
  ),
};

/** Conditions by their place, as `conditionKey` writes it. */
export const conditionLabels: Readonly<Record<string, Text>> = {
  ...staffConditionLabels,
  ...ofCase,
  ...ofParts,
};
