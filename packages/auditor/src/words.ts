// The command's own words, in English and Arabic.
import type { Text } from '@himaya/engine';
import { counted, quantity, type Counted } from './counts.ts';
import type { Language } from './language.ts';

const words = {
  accepted: ['accepted', 'مقبول'],
  armed: ['armed', 'مهلة جديدة'],
  at: ['at', 'في'],
  behind: ['behind', 'المتأخر'],
  blocked: ['blocked', 'ممنوع'],
  by: ['by', 'بواسطة'],
  case: ['Case', 'القضية'],
  caseType: ['Type', 'النوع'],
  chainIntact: ['the record is intact', 'السجل سليم'],
  changedNothing: ['changes nothing in the states', 'لا يغير الحالات'],
  command: ['command', 'الأمر'],
  copied: ['copied', 'نسخ'],
  copyAgain: [
    'The same call brings what the source records later. Nobody else may write to the target ' +
      'before you work on it.',
    'ما يسجله المصدر بعد هذا يجلبه النداء نفسه؛ ولا يكتب أحد في الهدف قبل أن تعمل عليه.',
  ],
  couldMove: ['could move as they stand', 'يمكن نقلها كما هي'],
  couldNotMove: ['could not move', 'لا يمكن نقلها'],
  deadlines: ['Deadlines', 'المهل'],
  decidedAlike: ['decided alike', 'القرارات فيها واحدة'],
  depends: ['depends', 'بحسب المدخلات'],
  unjudged: ['cannot be judged', 'يتعذر البت فيه'],
  'differs.consequences': ['other events follow', 'تتبعه أحداث أخرى'],
  'differs.context': ['other values are kept', 'تحفظ قيم أخرى'],
  'differs.deadlines': ['other deadlines run', 'تسري مهل أخرى'],
  'differs.failed': ['the version fails', 'يتعطل الإصدار'],
  'differs.notEnabled': ['nothing reacts to it', 'لا شيء يستجيب له'],
  'differs.parts': ['other parts, or in other states', 'عناصر أخرى أو في حالات أخرى'],
  'differs.refused': ['it is refused', 'يرفض'],
  'differs.states': ['it leads to other states', 'يؤدي إلى حالات أخرى'],
  digests: ['digests compared', 'البصمات المقارنة'],
  divergence: ['DIVERGENCE', 'اختلاف'],
  divergences: ['divergences', 'الاختلافات'],
  due: ['due', 'تستحق'],
  engine: ['engine', 'النظام'],
  events: ['events', 'الأحداث'],
  failed: ['FAILED', 'فشل'],
  firstBad: ['first bad entry', 'أول قيد معطوب'],
  happened: ['happened', 'وقع'],
  holds: ['not violated', 'لم تخالف'],
  inHand: ['kept up by a process', 'تحدثها عملية'],
  intact: ['intact', 'سليم'],
  keepRoot: [
    'Keep the log root elsewhere: "verify --since" shows later whether entries before it were ' +
      'cut off, exchanged between streams or written anew, which this file alone cannot show.',
    'احفظ جذر السجل في مكان آخر: يبين "verify --since" لاحقا هل قطعت قيود قبله أو تبادلت أماكنها ' +
      'بين السلاسل أو أعيدت كتابتها، وهو ما لا يظهر من هذا الملف وحده.',
  ],
  'chart.deadEnd': ['DEAD END', 'طريق مسدود'],
  'chart.notTaken': ['NEVER TAKEN', 'لا يسلك أبدا'],
  'chart.sound': [
    'Every state is reached and left, and every transition is taken',
    'كل حالة تبلغ وتغادر، وكل انتقال يسلك',
  ],
  'chart.unreachable': ['NEVER REACHED', 'لا تبلغ أبدا'],
  'claim.found': ['FOUND', 'وجد'],
  'claim.notProved': ['NOT PROVED', 'لم يثبت'],
  'claim.notLooked': ['NOT LOOKED FOR', 'لم يبحث عنه'],
  'claim.proved': ['proved', 'ثبت'],
  'claim.shown': ['shown', 'أظهر'],
  'run.found': ['The case type goes there', 'نوع القضية يصل إلى ذلك'],
  'run.none': [
    'No run of the case type was found that goes there',
    'لم يوجد تشغيل لنوع القضية يصل إلى ذلك',
  ],
  'run.needed': [
    'The model goes there. Give scenarios: a run of the case type is looked for in their commands.',
    'النموذج يصل إلى ذلك. اذكر سيناريوهات: يبحث في أوامرها عن تشغيل لنوع القضية يصل إليه.',
  ],
  'run.noScenario': [
    'No scenario was given in which to look for a run of the case type that goes there.',
    'لم يذكر سيناريو يبحث فيه عن تشغيل لنوع القضية يصل إلى ذلك.',
  ],
  kept: ['Kept', 'المحتفظ به'],
  lastEvent: ['Last event', 'آخر حدث'],
  migration: ['migration from', 'النقل من'],
  'moves.absent': ['that version is not at hand', 'ذلك الإصدار غير متوفر'],
  'moves.all': [
    'every state that a case can reach has its place',
    'لكل حالة يمكن أن تبلغها قضية مكانها',
  ],
  'moves.anywhere': ['from every state', 'من كل حالة'],
  'moves.asked': [
    'Regions and parts in every state; of texts, numbers and lists of the context only whether ' +
      'they are empty.',
    'المناطق والعناصر في كل حالة، ومن نصوص السياق وأعداده وقوائمه كونها فارغة أو لا فقط.',
  ],
  'moves.context': [
    'lacks values of the context, or has wrong ones',
    'قيم في السياق ناقصة أو خاطئة',
  ],
  'moves.failed': ['it fails', 'يتعطل'],
  'moves.part': ['leaves parts of a kind that there is not', 'يترك عناصر من نوع غير موجود'],
  'moves.regions': ['leads to no state of', 'لا يؤدي إلى أي حالة في'],
  'moves.states': ['leads to what is no state there', 'يؤدي إلى ما ليس حالة هناك'],
  'moves.way': ['way there', 'الطريق إليها'],
  'moves.where': ['where', 'حيث'],
  moreCases: ['More cases follow; raise --limit.', 'توجد قضايا أخرى؛ ارفع --limit.'],
  moreThan: ['more than', 'أكثر من'],
  nextDeadline: ['Next deadline', 'المهلة التالية'],
  nobody: ['nobody', 'لا أحد'],
  noCases: ['No cases.', 'لا توجد قضايا.'],
  noProjections: ['No projections.', 'لا توجد قوائم.'],
  none: ['none', 'لا يوجد'],
  noRules: ['No rule bears on it.', 'لا تنطبق عليه قاعدة.'],
  'of.actions': ['what it changes', 'ما يغيره'],
  'of.entry': ['what entering it does', 'ما يجري عند دخولها'],
  'of.exit': ['what leaving it does', 'ما يجري عند مغادرتها'],
  'of.guard': ['its condition', 'شرطه'],
  'of.initial': ['where it begins', 'بدايتها'],
  'of.kind': ['its kind', 'نوعها'],
  'of.order': ['the order', 'الترتيب'],
  'of.output': ['what it hands over', 'ما تسلمه'],
  'of.reenter': ['whether the state begins again', 'هل تبدأ الحالة من جديد'],
  'of.tags': ['its tags', 'وسومها'],
  'of.targets': ['where it leads', 'وجهته'],
  event: ['event', 'حدث'],
  nothingNew: ['accepted; nothing new was recorded', 'مقبول، ولم يسجل شيء جديد'],
  open: ['open', 'متاح'],
  opened: ['Opened', 'فتحت'],
  otherLog: [
    'the target holds another log; it was left as it is',
    'في الهدف سجل آخر، وترك كما هو',
  ],
  parked: ['waiting behind an event it could not take', 'تنتظر خلف حدث تعذر أخذه'],
  parts: ['Parts', 'العناصر'],
  passed: ['passed', 'نجح'],
  policy: ['policy', 'السياسة'],
  position: ['position', 'الموضع'],
  problem: ['problem', 'خلل'],
  procedureUnknown: ['its procedure is not at hand', 'إجراؤها غير متوفر'],
  'projection.building': ['being built', 'قيد الإنشاء'],
  'projection.live': ['live', 'مقروءة'],
  'projection.replaced': ['replaced', 'حل محلها إصدار آخر'],
  reached: ['reached', 'حلت'],
  readOnly: ['read-only', 'للقراءة فقط'],
  recorded: ['recorded', 'سجل'],
  refused: ['refused', 'مرفوض'],
  replayAgrees: ['the replay agrees with the record', 'إعادة التشغيل تطابق السجل'],
  retryAsked: ['to be tried again', 'ستعاد محاولته'],
  rules: ['Rules', 'القواعد'],
  rulesOfEvents: ['Rules that events must satisfy', 'القواعد التي تستوفيها الأحداث'],
  sameProcedure: [
    'Both versions have the same charts and rules.',
    'للإصدارين الرسوم والقواعد نفسها.',
  ],
  sinceDiffers: [
    'the log before this root is another one: entries were exchanged, removed or written anew',
    'السجل قبل هذا الجذر سجل آخر: تبودلت قيود أو حذفت أو أعيدت كتابتها',
  ],
  sinceSame: ['the log continues the one of this root', 'السجل يتابع سجل هذا الجذر'],
  sinceShorter: [
    'the log ends before this root: its end was cut off',
    'السجل ينتهي قبل هذا الجذر: قطع آخره',
  ],
  state: ['state', 'الحالة'],
  theChart: ['the chart', 'الرسم'],
  toItself: ['it stays', 'تبقى'],
  wholePart: ['the whole part', 'العنصر كله'],
  states: ['States', 'الحالات'],
  stepBack: [
    'the time of the log goes back furthest here: a clock was wrong, or entries changed places',
    'وقت السجل يرجع هنا أكثر من غيره: ساعة غير صحيحة، أو قيود تبادلت أماكنها',
  ],
  thereBefore: ['there before', 'كان موجودا'],
  'timer.drop': ['deadlines dropped', 'مهل تسقط'],
  'timer.keep': ['deadlines kept', 'مهل تبقى'],
  'timer.restart': ['deadlines started again', 'مهل تبدأ من جديد'],
  timePasses: ['time passes', 'يمضي الوقت'],
  logRoot: ['log root', 'جذر السجل'],
  logsAgree: [
    'both logs are the same, entry by entry',
    'السجلان متطابقان قيدا بقيد',
  ],
  looks: ['look', 'معاينة'],
  upToDate: ['nothing', 'لا شيء'],
  violated: ['violated', 'خولفت'],
  wouldBeAccepted: ['would be accepted; nothing was recorded', 'سيقبل، ولم يسجل شيء'],
  wouldSay: ['refuses with', 'نص الرفض'],
  yes: ['yes', 'نعم'],
  noSource: ['no source yet', 'لا مصدر بعد'],
  cases: ['cases', 'القضايا'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** Events that the engine itself records; their names read as English. */
const engineEvents: Readonly<Record<string, string>> = {
  CaseOpened: 'فتحت القضية',
  CasePolicyMigrated: 'انتقلت إلى إصدارات أخرى',
  ConsequenceFailed: 'تعذر تسجيل أثر',
  DeadlineEscalated: 'صعدت المهلة',
  DeadlineMetLateEntry: 'استوفيت المهلة وسجل ذلك متأخرا',
  DeadlineReached: 'حلت المهلة',
  DeadlineReachedInError: 'سجل حلول المهلة خطأ',
  EmergencyRecordedApart: 'طارئ سجل على حدة',
};

/** What is wrong, by the codes of verification and replay. */
const reasons: Readonly<Record<string, string>> = {
  'bytes-changed': 'محتوى القيد لا يطابق بصمته المسجلة',
  'entry-unreadable': 'القيد لا يقرأ',
  'head-differs': 'آخر السلسلة كما يذكره المخزن ليس آخر قيد فيها',
  'index-differs': 'ما يذكره فهرس المخزن يخالف ما في القيد',
  'misplaced': 'فهرس المخزن يخفي قيدا أو يزيده',
  'not-canonical': 'صيغة القيد ليست الصيغة المعيارية',
  'order-wrong': 'ترتيب القيد في السجل خاطئ',
  'position-wrong': 'موضع القيد في سلسلته خاطئ',
  'prev-wrong': 'القيد لا يذكر بصمة القيد السابق',
  'read-unknown': 'القيد يستند إلى قيد غير موجود',
  'time-backwards': 'وقت تسجيل القيد أسبق من القيد السابق',
  DEFINITION_FAILED: 'التعريف الحالي يتعطل عند هذا الحدث',
  DIGEST_DIFFERS: 'الحالة الناتجة تخالف البصمة المسجلة',
  EVENT_NOT_ENABLED: 'الحدث لا يغير شيئا في هذه الحالة',
  PROCEDURE_UNKNOWN: 'الإجراء المثبت غير متوفر',
  RECORDED_APART: 'سجل على حدة',
  RULE_REFUSES: 'القواعد الحالية ترفض هذا الحدث',
  STRUCTURE_CHANGED: 'التعريف الحالي ليس التعريف المثبت',
};

/** A word of the command. */
export type Word = keyof typeof words;

/** Says the command's own words, and picks from texts that have both languages. */
export interface Speech {
  readonly language: Language;
  /** What stands between the members of a list. */
  readonly comma: string;
  say(word: Word): string;
  pick(text: Text): string;
  /** An event of the engine's own, with its label where its name does not speak for itself. */
  engineEvent(type: string): string | undefined;
  /** What a code of verification or replay means; `sentence` says it in English. */
  reason(code: string, sentence: string): string;
  /** So many of these: `1 case`. */
  count(count: number, what: Counted): string;
  /** A value of a policy with its unit: `3 working days`. */
  quantity(value: unknown, unit: string): string;
}

/** Speech in one language. */
export function speech(language: Language): Speech {
  const index = language === 'en' ? 0 : 1;
  return {
    language,
    comma: language === 'en' ? ', ' : '، ',
    say: (word) => words[word][index],
    pick: (text) => text[language],
    engineEvent: (type) => {
      const label = ownOf(engineEvents, type);
      return label === undefined || language === 'en' ? label && type : `${type} (${label})`;
    },
    reason: (code, sentence) =>
      language === 'en' ? sentence : (ownOf(reasons, code) ?? sentence),
    count: (count, what) => counted(language, count, what),
    quantity: (value, unit) => quantity(language, value, unit),
  };
}

function ownOf<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
