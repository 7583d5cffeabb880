// How a failed call ends: its exit code, and one line in the language that was asked for.
import type { Text } from '@himaya/engine';
import { isFault } from '@himaya/event-store';
import type { CommanderError } from 'commander';
import { Ending, EXIT, type ExitCode } from './exit-codes.ts';
import type { Language } from './language.ts';

/** Fault of a reading command: what it has read is not what was recorded. */
export const RECORD_CHANGED = 'record-changed';

/** How a failed call ends, as `--json` shows it under `error`. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** `wrong`, `usage`, `internal`, or the code of the store's fault, as `store-missing`. */
  readonly code: string;
  /** One line, without a stack. */
  readonly message: string;
}

/** What any error ends the command with. */
export function failureOf(error: unknown, language: Language): Failure {
  if (error instanceof Ending) {
    const code = error.exitCode === EXIT.usage ? 'usage' : 'wrong';
    return { exitCode: error.exitCode, code, message: oneLine(error.line[language]) };
  }
  if (isFault(error)) {
    const { code, attempted, found, todo, data } = error;
    const line =
      language === 'en' ? `${attempted}: ${found}. ${todo}` : faultInArabic(code, data);
    return { exitCode: exitCodeOf(code), code, message: oneLine(line) };
  }
  const message = error instanceof Error ? error.message : String(error);
  const what = language === 'en' ? 'internal fault' : 'عطل داخلي';
  return { exitCode: EXIT.internal, code: 'internal', message: oneLine(`${what}: ${message}`) };
}

function exitCodeOf(faultCode: string): ExitCode {
  if (faultCode === RECORD_CHANGED) return EXIT.wrong;
  if (faultCode === 'option-invalid') return EXIT.usage;
  const ofStore = faultCode.startsWith('store-') || faultCode === 'entry-unreadable';
  return ofStore ? EXIT.store : EXIT.internal;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** What a fault of the store means, by its code; what it found stays behind in English. */
const STORE_FAULTS: Readonly<Record<string, string>> = {
  'option-invalid': 'لا يفتح مخزن بهذه القيمة؛ تحقق من عنوانه ومن اسم المخطط',
  'entry-unreadable': 'قيد في السجل لا يقرأ؛ "himaya verify" يسمي أول قيد معطوب',
  'record-changed': 'السجل تغير؛ "himaya verify" يسمي أول قيد معطوب',
  'store-busy': 'المخزن مشغول أو مقفل لدى عملية أخرى؛ أعد المحاولة',
  'store-client-missing': 'حزمة الاتصال بهذا الخادم غير مثبتة؛ ثبتها بجانب هذا الأمر',
  'store-client-mixed': 'لا تجتمع حزمتا الاتصال في أمر واحد؛ استخدم عنواني حزمة واحدة',
  'store-corrupt': 'المخزن معطوب؛ احتفظ به، واستعد نسخة احتياطية بجانبه، وتحقق من الاثنين',
  'store-denied': 'الخادم يرفض هذا المستخدم؛ تحقق من الاسم وكلمة المرور والصلاحيات',
  'store-failed': 'فشل الخادم؛ انظر في سجله ثم أعد المحاولة',
  'store-foreign': 'ما وجد ليس مخزنا؛ تحقق من المسار أو العنوان',
  'store-full': 'لا مساحة كافية؛ أفسح مساحة على القرص ثم أعد المحاولة',
  'store-missing': 'لا يوجد مخزن يمكن فتحه؛ تحقق من المسار أو العنوان، أو استعده من نسخة احتياطية',
  'store-not-durable': 'القرص أو الخادم قد يفقد ما سجل؛ ضع الملف على قرص محلي، أو شغل ما ينقص الخادم',
  'store-pooled': 'بين هذا الأمر والخادم وسيط يوزع الاتصالات؛ اتصل بالخادم نفسه',
  'store-read-only': 'لا يمكن إلا القراءة؛ افتح الملف بمستخدم يحق له ما يلزم',
  'store-schema-changed': 'تغير مخطط المخزن؛ ابحث عمن غيره، واستعد نسخة احتياطية بجانبه',
  'store-schema-unknown': 'كتب المخزن إصدار آخر من هذه الحزمة؛ استخدم ذلك الإصدار',
  'store-server-too-old': 'الخادم أقدم مما يلزم؛ استخدم الإصدار المذكور أو أحدث',
  'store-unreachable': 'الخادم لا يجيب؛ تحقق من العنوان والشبكة ومن أنه يعمل ثم أعد المحاولة',
  'store-untrusted': 'لا يمكن الوثوق باتصال الخادم المشفر؛ تحقق من شهادته ومن الجهة التي أصدرتها',
};

/** A fault in Arabic: what it means, where, and what differs. */
function faultInArabic(code: string, data: Readonly<Record<string, unknown>>): string {
  const meaning = Object.hasOwn(STORE_FAULTS, code) ? STORE_FAULTS[code] : 'عطل';
  const { path, store, stream, position, differences, least, client } = data;
  const details = [
    ...[path, store, least, client]
      .filter((one) => typeof one === 'string')
      .map((one) => JSON.stringify(one)),
    ...(typeof stream === 'string' ? [`${stream} الموضع ${String(position)}`] : []),
    ...(Array.isArray(differences) ? differences.map(String) : []),
  ];
  const where = details.length === 0 ? '' : ` (${details.join('، ')})`;
  return `${code}: ${meaning}${where}.`;
}

/** What a command line that cannot be parsed ends the command with. */
export function usageFailure(error: CommanderError, language: Language): Failure {
  const message = commandLineMistake(error)[language];
  return { exitCode: EXIT.usage, code: 'usage', message };
}

/** What is wrong with a command line, by commander's codes and with what it quotes. */
function commandLineMistake({ code, message }: CommanderError): Text {
  if (code === 'commander.help') {
    return {
      en: 'no subcommand was given; see "himaya --help".',
      ar: 'لم يذكر أمر فرعي؛ انظر "himaya --help".',
    };
  }
  const english = message.replace(/^error: /, '').replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  const named = /'([^']+)'/.exec(english)?.[1] ?? '';
  const meant = /\(Did you mean ([^?]+)\?\)/.exec(english)?.[1];
  const said = Object.hasOwn(COMMAND_LINE, code) ? COMMAND_LINE[code] : undefined;
  const hint = meant === undefined ? '' : `؛ هل تقصد ${meant}؟`;
  const about = code === 'commander.invalidArgument' ? wrongValue(english) : hint;
  const arabic = said === undefined ? english : `${said}${named && ` ${named}`}${about}`;
  return {
    en: `${english}; see "himaya --help".`,
    ar: `${arabic}؛ انظر "himaya --help".`,
  };
}

/** What was found in place of a value, and what may stand there. */
function wrongValue(english: string): string {
  const found = /argument '(.*)' is invalid/.exec(english)?.[1] ?? '';
  const choices = /Allowed choices are (.+)$/.exec(english)?.[1];
  const allowed =
    choices === undefined ? 'المطلوب عدد صحيح من 0' : `القيم هي ${choices.replaceAll(', ', '، ')}`;
  return `، وجد ${JSON.stringify(found)}؛ ${allowed}`;
}

const COMMAND_LINE: Readonly<Record<string, string>> = {
  'commander.excessArguments': 'وسائط زائدة',
  'commander.invalidArgument': 'قيمة غير صالحة للخيار أو الوسيط',
  'commander.missingArgument': 'وسيط ناقص',
  'commander.missingMandatoryOptionValue': 'خيار لازم ناقص',
  'commander.optionMissingArgument': 'خيار بلا قيمة',
  'commander.unknownCommand': 'أمر فرعي غير معروف',
  'commander.unknownOption': 'خيار غير معروف',
};
