// The command's own words, in English and Arabic.
import type { Text } from '@himaya/engine';

/** The languages of the command. */
export type Language = 'en' | 'ar';

const words = {
  accepted: ['accepted', 'مقبول'],
  armed: ['armed', 'مهلة جديدة'],
  at: ['at', 'في'],
  blocked: ['blocked', 'ممنوع'],
  by: ['by', 'بواسطة'],
  case: ['Case', 'القضية'],
  caseType: ['Type', 'النوع'],
  chainIntact: ['the record is intact', 'السجل سليم'],
  changedNothing: ['changes nothing in the states', 'لا يغير الحالات'],
  command: ['command', 'الأمر'],
  deadlines: ['Deadlines', 'المهل'],
  depends: ['depends', 'بحسب المدخلات'],
  digests: ['digests compared', 'بصمة قورنت'],
  divergence: ['DIVERGENCE', 'اختلاف'],
  divergences: ['divergences', 'اختلافات'],
  due: ['due', 'تستحق'],
  engine: ['engine', 'النظام'],
  entries: ['entries', 'قيد'],
  events: ['events', 'حدث'],
  failed: ['FAILED', 'فشل'],
  firstBad: ['first bad entry', 'أول قيد معطوب'],
  happened: ['happened', 'وقع'],
  holds: ['holds', 'متحقق'],
  intact: ['intact', 'سليم'],
  lastEvent: ['Last event', 'آخر حدث'],
  moreCases: ['More cases follow; raise --limit.', 'توجد قضايا أخرى؛ ارفع --limit.'],
  nextDeadline: ['Next deadline', 'المهلة التالية'],
  noCases: ['No cases.', 'لا توجد قضايا.'],
  none: ['none', 'لا يوجد'],
  noRules: ['No rule bears on it.', 'لا تنطبق عليه قاعدة.'],
  notRun: ['steps not run', 'خطوات لم تُنفذ'],
  open: ['open', 'متاح'],
  opened: ['Opened', 'فُتحت'],
  parts: ['Parts', 'العناصر'],
  passed: ['passed', 'نجح'],
  policy: ['policy', 'السياسة'],
  position: ['position', 'الموضع'],
  procedureUnknown: ['its procedure is not at hand', 'إجراؤها غير متوفر'],
  reached: ['reached', 'حلّت'],
  readOnly: ['read-only', 'للقراءة فقط'],
  recorded: ['recorded', 'سُجّل'],
  refused: ['refused', 'مرفوض'],
  replayAgrees: ['the replay agrees with the record', 'إعادة التشغيل تطابق السجل'],
  rules: ['Rules', 'القواعد'],
  states: ['States', 'الحالات'],
  steps: ['steps', 'خطوات'],
  streams: ['streams', 'سلسلة'],
  timePasses: ['time passes', 'يمضي الوقت'],
  looks: ['look', 'معاينة'],
  violated: ['does not hold', 'غير متحقق'],
  cases: ['cases', 'قضايا'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** A word of the command. */
export type Word = keyof typeof words;

/** Says the command's own words, and picks from texts that have both languages. */
export interface Speech {
  readonly language: Language;
  say(word: Word): string;
  pick(text: Text): string;
}

/** Speech in one language. */
export function speech(language: Language): Speech {
  return {
    language,
    say: (word) => words[word][language === 'en' ? 0 : 1],
    pick: (text) => text[language],
  };
}
