// Terms, thresholds and tables of the procedure for domestic violence as policy values.
import type { Citation, PolicyValue } from '@himaya/engine';

const value = (
  given: PolicyValue['value'],
  unit: string,
  direction: PolicyValue['direction'],
  en: string,
  ar: string,
  citation: Citation | null = null,
): PolicyValue => ({ value: given, unit, direction, citation, title: { en, ar } });
const atMost = (given: number, unit: string, en: string, ar: string): PolicyValue =>
  value(given, unit, 'tightenLower', en, ar);
const atLeast = (given: number, unit: string, en: string, ar: string): PolicyValue =>
  value(given, unit, 'tightenHigher', en, ar);

/** S12: articles 10 to 14 of the law as they are reported. */
const law: Citation = {
  source: 'Law 17/2015, Articles 12 to 14 as reported (S12, Baker McKenzie Bahrain topic 5)',
  text: {
    en: 'Hour, date and place of the complaint, the reporter, the inquiry, the violence, the child.',
    ar: 'ساعة البلاغ وتاريخه ومكانه ومقدمه والتحري ونوع العنف وبيان تعرض الطفل.',
  },
};
/** S13: who issues a protection order. */
const issuing: Citation = {
  source: 'Law 17/2015 as reported (S13, Baker McKenzie topic 4): order of the Public Prosecution',
  text: {
    en: 'The Public Prosecution issues it on request or of its own motion.',
    ar: 'تصدره النيابة العامة بناء على طلب أو من تلقاء نفسها.',
  },
};
/** S64, S66, S68: bands that the authors of the instruments publish. */
const bands: Citation = {
  source: 'Published bands: DASH RIC (S64), Danger Assessment (S66, S67), Lethality Screen (S68)',
  text: {
    en: 'Bands only; no question and no weight of any instrument is part of this procedure.',
    ar: 'الفئات المنشورة فقط، ولا تتضمن هذه السياسة أي سؤال أو وزن من أدوات التقييم.',
  },
};

/** Terms; those without a citation are defaults of the office's model, to be confirmed. */
export const protectionTerms: Readonly<Record<string, PolicyValue>> = {
  'T-RESP-DV': atMost(24, 'hours', 'First risk assessment', 'أول تقييم للخطورة'),
  'T-RESP-DV.emergency': atMost(
    1,
    'hours',
    'First risk assessment in an emergency',
    'أول تقييم للخطورة في الحالات الطارئة',
  ),
  'T-REASSESS': atMost(24, 'hours', 'Reassessment', 'إعادة التقييم'),
  'T-SAFEPLAN': atMost(24, 'hours', 'Safety plan', 'خطة السلامة'),
  'T-PLAN-REV': atMost(14, 'days', 'Review of a safety plan', 'مراجعة خطة السلامة'),
  'T-CONF': atMost(7, 'days', 'Case conference', 'مؤتمر الحالة'),
  'T-PO-DECIDE': atMost(
    24,
    'hours',
    'Protection order requested, or why not',
    'طلب أمر الحماية أو بيان سبب عدم طلبه',
  ),
  'T-PO-SERVE': atMost(24, 'hours', 'Order served', 'إعلان أمر الحماية'),
  'T-PO-EXP-7': atLeast(7, 'days', 'First look at an ending', 'المراجعة الأولى قبل الانتهاء'),
  'T-PO-EXP-3': atLeast(3, 'days', 'Second look at an ending', 'المراجعة الثانية قبل الانتهاء'),
  'T-PO-EXP-1': atLeast(1, 'days', 'Last look at an ending', 'المراجعة الأخيرة قبل الانتهاء'),
  'T-PO-LINK': atMost(2, 'hours', 'Its people are in a household', 'قيد أطراف الأمر في منزل'),
  'T-RECORDING': atMost(24, 'hours', 'Recording sealed', 'ختم التسجيل'),
  'T-NOTICE': atMost(24, 'hours', 'Told another way', 'الإبلاغ بوسيلة أخرى'),
  'T-BREACH': atMost(24, 'hours', 'Breach referred', 'إحالة مخالفة أمر الحماية'),
  'T-ART14': atMost(24, 'hours', 'Statutory record complete', 'استكمال المحضر القانوني'),
  'T-RELEASE': atMost(2, 'hours', 'Victim told of a release', 'إخطار الضحية بالإفراج'),
  'T-REFER-PP': atMost(48, 'hours', 'Referred to the prosecution', 'الإحالة إلى النيابة'),
  'T-CHILD': atMost(24, 'hours', 'Children screened', 'فرز وضع الأطفال'),
  'T-CARER-14D': value(
    14,
    'days',
    'fixed',
    'Somebody cares for the child',
    'تحديد من يرعى الطفل',
    law,
  ),
  'T-CARER-14D.supervisor': atMost(7, 'days', 'Carer: supervisor', 'الرعاية: إبلاغ المشرف'),
  'T-CARER-14D.head': atMost(12, 'days', 'Carer: office head', 'الرعاية: إبلاغ رئيس المكتب'),
  'T-REOFFER': atMost(7, 'days', 'Support offered again', 'إعادة عرض الدعم'),
  'consent.validity': atMost(30, 'days', 'Validity of a consent', 'مدة صلاحية الموافقة'),
  'T-WELFARE': atMost(4, 'hours', 'Welfare check', 'زيارة الاطمئنان'),
  'T-REVIEW.imminent': atMost(7, 'days', 'Review: imminent', 'المراجعة: خطورة وشيكة'),
  'T-REVIEW.high': atMost(14, 'days', 'Review: high', 'المراجعة: خطورة مرتفعة'),
  'T-REVIEW.medium': atMost(30, 'days', 'Review: medium', 'المراجعة: خطورة متوسطة'),
  'T-REVIEW.standard': atMost(60, 'days', 'Review: standard', 'المراجعة: خطورة عادية'),
  'po.initialMax': value(30, 'days', 'fixed', 'An order at most', 'الحد الأقصى لأمر الحماية'),
  'po.extensionMax': value(90, 'days', 'fixed', 'Extensions at most', 'الحد الأقصى للتمديد'),
  'risk.lookBack': atLeast(90, 'days', 'Look-back on the risk', 'مدة الرجوع إلى الخطورة السابقة'),
  'risk.downgradeFresh': atMost(
    72,
    'hours',
    'Age of the assessment behind a lower level',
    'حداثة التقييم اللازم لخفض الخطورة',
  ),
  'risk.quiet': atLeast(
    14,
    'days',
    'Time without an incident before a lower level',
    'المدة الخالية من الوقائع قبل خفض الخطورة',
  ),
  'closure.fresh': atMost(
    14,
    'days',
    'Age of the assessment behind a closure',
    'حداثة التقييم اللازم للإغلاق',
  ),
};

/** Hours from the beginning of a level to each contact, and the interval after the last one. */
const CADENCE = {
  imminent: { hours: [24, 48, 72, 96, 120, 144, 168], every: 336 },
  high: { hours: [24, 72, 168, 336, 504, 672], every: 336 },
  medium: { hours: [72, 336, 672, 1344], every: null },
  standard: { hours: [168, 672, 2016], every: null },
};

/** Lists and tables; those without a citation are defaults to be confirmed. */
export const protectionValues: Readonly<Record<string, PolicyValue>> = {
  'po.issuers': value(
    ['publicProsecution'],
    'list',
    'subsetOnly',
    'Authorities that issue an order',
    'الجهات التي تصدر أمر الحماية',
    issuing,
  ),
  'po.extensionAuthorities': value(
    ['court'],
    'list',
    'subsetOnly',
    'Authorities that extend an order',
    'الجهات التي تمدد أمر الحماية',
  ),
  'po.revocationBases': value(
    ['courtDecision', 'prosecutionDecision'],
    'list',
    'subsetOnly',
    'Decisions that end an order early',
    'القرارات التي تنهي أمر الحماية قبل موعده',
  ),
  'art14.fields': value(
    [
      'receivedAt',
      'receivedPlace',
      'reporterRef',
      'investigationStart',
      'violenceType',
      'childExposureStatement',
      'circumstances',
    ],
    'list',
    'supersetOnly',
    'Fields of the statutory record',
    'بيانات المحضر القانوني',
    law,
  ),
  'report.legalBases': value(
    { familyViolenceLaw: 'familyOnly', generalCriminalLaw: 'anyone', childLaw: 'anyone' },
    'table',
    'fixed',
    'Legal bases of a report that was a complaint',
    'الأسس القانونية لتحويل الشكوى إلى بلاغ',
  ),
  'family.statutory': value(
    ['spouse', 'parent', 'child', 'sibling', 'inLaw', 'fosterFamily'],
    'list',
    'fixed',
    'Relations that the law on family violence counts as family',
    'الصلات التي يعدها قانون العنف الأسري من الأسرة',
    law,
  ),
  'sharing.legalBases': value(
    ['mandatoryReporting', 'imminentDanger', 'courtOrder', 'prosecutionOrder'],
    'list',
    'subsetOnly',
    'Legal bases of sharing without consent',
    'الأسس القانونية للتبادل دون موافقة',
  ),
  'recording.legalBases': value(
    ['courtOrder', 'prosecutionOrder'],
    'list',
    'subsetOnly',
    'Legal bases of recording an interview without consent',
    'الأسس القانونية لتسجيل المقابلة دون موافقة',
  ),
  'sharing.fields': value(
    {
      hospital: ['name', 'contact', 'needs'],
      shelter: ['name', 'contact', 'needs', 'riskLevel', 'children'],
      legalAid: ['name', 'contact', 'needs', 'incident', 'orders'],
      psychologicalCentre: ['name', 'contact', 'needs'],
      socialWelfare: ['name', 'contact', 'needs', 'children'],
      guidanceCentre: ['name', 'contact', 'needs'],
      childProtectionCentre: ['name', 'contact', 'needs', 'riskLevel', 'incident', 'children'],
      familyChildProsecution: [
        'name',
        'contact',
        'riskLevel',
        'incident',
        'children',
        'orders',
        'statement',
      ],
      policeDirectorate: ['name', 'riskLevel', 'orders'],
      school: ['name', 'orders'],
    },
    'table',
    'free',
    'Fields that an agency may be given',
    'البيانات التي يجوز إعطاؤها لكل جهة',
  ),
  'risk.instruments': value(
    ['DASH-RIC@1', 'DA@1', 'LAP@1', 'ODARA@1', 'OFFICE@1'],
    'list',
    'subsetOnly',
    'Instruments that the office may use',
    'أدوات التقييم المعتمدة في المكتب',
  ),
  'risk.bands': value(
    {
      'DASH-RIC': { medium: 10, high: 14 },
      DA: { medium: 8, high: 14, imminent: 18 },
      LAP: { high: 1 },
    },
    'table',
    'fixed',
    'Lowest score of each band',
    'أدنى درجة في كل فئة',
    bands,
  ),
  'followUp.cadence': value(
    CADENCE,
    'table',
    'free',
    'When the victim is contacted, by risk',
    'مواعيد التواصل مع الضحية بحسب الخطورة',
  ),
};
