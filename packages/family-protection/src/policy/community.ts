// Thresholds and lists of the community procedure as policy values.
import type { Citation, PolicyValue } from '@himaya/engine';

/** S6: the Muharraq directorate's account of its administrative complaints. */
const administrativeComplaints: Citation = {
  source: 'Al-Watan 715664 (S6): administrative complaints of Muharraq, advice first',
  text: {
    en: 'Advice the first time, a contravention when it is repeated.',
    ar: 'النصح في المرة الأولى، والمخالفة عند التكرار.',
  },
};
/** S5: an agreement of the neighbours of one alley, made at the office. */
const alleyAgreement: Citation = {
  source: 'Al-Watan 826871 (S5): 422 complaints of 2018 and an agreement of alley neighbours',
  text: {
    en: 'Neighbours of an alley agreed at the office on how they park.',
    ar: 'اتفق جيران الزقاق في المكتب على تنظيم الوقوف.',
  },
};

const list = (
  value: readonly string[],
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
): PolicyValue => ({
  value: [...value],
  unit: 'list',
  direction,
  citation: null,
  title: { en, ar },
});

/** S24: no criminal liability below the age of fifteen. */
const restorativeJustice: Citation = {
  source: 'Law 4/2021 on Restorative Justice for Children (S24, newsofbahrain 74917)',
  text: {
    en: 'No criminal liability under fifteen; measures only.',
    ar: 'لا مسؤولية جنائية على من لم يبلغ خمس عشرة سنة، وتتخذ بشأنه تدابير فقط.',
  },
};

const years = (value: number, citation: Citation | null, en: string, ar: string): PolicyValue => ({
  value,
  unit: 'years',
  direction: 'fixed',
  citation,
  title: { en, ar },
});

/** Thresholds and lists; those without a citation are defaults to be confirmed. */
export const communityValues: Readonly<Record<string, PolicyValue>> = {
  'age.responsibility': years(15, restorativeJustice, 'Age of responsibility', 'سن المسؤولية'),
  'age.majority': years(18, null, 'Age from which someone is an adult', 'سن الرشد'),
  'ladder.steps': {
    value: ['advice', 'warning', 'ticket'],
    unit: 'list',
    direction: 'fixed',
    citation: administrativeComplaints,
    title: { en: 'Graduated response', ar: 'الاستجابة المتدرجة' },
  },
  'ladder.window': {
    value: 90,
    unit: 'days',
    direction: 'tightenLower',
    citation: null,
    title: { en: 'Window in which a repetition counts', ar: 'المدة التي يحتسب فيها التكرار' },
  },
  'ladder.competentBodies': list(
    ['traffic', 'municipality'],
    'subsetOnly',
    'Bodies that issue contraventions',
    'الجهات المختصة بتحرير المخالفات',
  ),
  'agreement.signersMin': {
    value: 2,
    unit: 'count',
    direction: 'tightenHigher',
    citation: alleyAgreement,
    title: { en: 'Signers of an agreement at least', ar: 'الحد الأدنى للموقعين على الاتفاق' },
  },
  'agreement.forbiddenClauses': list(
    ['waiverOfReporting', 'obligationToCohabit', 'custodyChange', 'moneyHeldByPolice'],
    'supersetOnly',
    'Clauses that no agreement may contain',
    'بنود لا يجوز أن يتضمنها أي اتفاق',
  ),
  'agreement.moneyClauses': list(
    ['moneyHeldByPolice', 'paymentOrderedByPolice'],
    'supersetOnly',
    'Clauses by which police would handle money',
    'بنود تجعل الشرطة تتعامل بالأموال',
  ),
  'agreement.adjudicatingClauses': list(
    ['debtDecided', 'propertyDecided', 'judgmentAltered'],
    'supersetOnly',
    'Clauses that only a court can decide',
    'بنود لا يبت فيها إلا القضاء',
  ),
  'screening.kinRelations': list(
    ['spouse', 'exSpouse', 'engaged', 'parent', 'child', 'sibling', 'inLaw', 'otherKin'],
    'supersetOnly',
    'Relations that force violence screening',
    'صلات توجب فرز العنف',
  ),
  'referral.legalBases': list(
    ['municipalNuisance', 'trafficSafety', 'publicWorksDefect'],
    'subsetOnly',
    'Legal bases of a referral without consent',
    'الأسس القانونية للإحالة دون موافقة',
  ),
  'referral.owners': {
    value: { plate: 'respondent' },
    unit: 'table',
    direction: 'supersetOnly',
    citation: null,
    title: { en: 'Whose consent a field needs', ar: 'صاحب الموافقة على كل بيان' },
  },
  'referral.fields': {
    value: {
      municipality: ['place', 'block', 'category', 'measurements'],
      works: ['place', 'block', 'measurements'],
      traffic: ['place', 'block', 'category', 'plate'],
      municipalCouncil: ['block', 'category'],
    },
    unit: 'table',
    direction: 'free',
    citation: null,
    title: { en: 'Fields that a body may be given', ar: 'البيانات التي يجوز إعطاؤها لكل جهة' },
  },
  'staff.caseloadMax': {
    value: 25,
    unit: 'count',
    direction: 'tightenLower',
    citation: null,
    title: { en: 'Open cases per caseworker at most', ar: 'الحد الأقصى للقضايا لكل باحث' },
  },
  'followUp.attemptsMin': {
    value: 3,
    unit: 'count',
    direction: 'tightenHigher',
    citation: null,
    title: { en: 'Follow-up attempts before giving up', ar: 'محاولات المتابعة قبل التوقف' },
  },
  'followUp.earliest': {
    value: 24,
    unit: 'hours',
    direction: 'tightenHigher',
    citation: null,
    title: { en: 'Follow-up not sooner than', ar: 'أقل مدة قبل المتابعة' },
  },
  'followUp.attemptsApart': {
    value: 4,
    unit: 'hours',
    direction: 'tightenHigher',
    citation: null,
    title: { en: 'Follow-up attempts lie apart', ar: 'الفاصل بين محاولات المتابعة' },
  },
  'caseType.protectionNeeded': {
    value: { harmFound: 3, harmFeared: 3, childConcerned: 2 },
    unit: 'table',
    direction: 'fixed',
    citation: null,
    title: { en: 'How protective a type must be at least', ar: 'أدنى درجة حماية مطلوبة' },
  },
  'caseType.protection': {
    value: {
      'commercial.dealing': 0,
      other: 0,
      'community.gathering': 0,
      'community.loitering': 0,
      'community.nuisance': 0,
      'community.parkingDispute': 0,
      'family.dispute': 1,
      'family.custodyVisitation': 1,
      'family.childAtRisk': 2,
      'family.domesticWorker': 2,
      'family.missingMember': 3,
      'family.selfHarmCrisis': 3,
      'family.domesticViolence': 3,
      'family.childMaltreatment': 4,
    },
    unit: 'table',
    direction: 'fixed',
    citation: null,
    title: { en: 'How protective a case type is', ar: 'درجة الحماية في نوع القضية' },
  },
};
