// What the help of the command says, in both languages.
import type { Text } from '@himaya/engine';
import type { Command, HelpConfiguration, Option } from 'commander';
import type { Language } from './language.ts';

const text = (en: string, ar: string): Text => ({ en, ar });

/** Descriptions of subcommands, arguments and options. */
export const HELP = {
  all: text('every case of the store', 'جميع قضايا المخزن'),
  as: text('the role that asks', 'الدور الذي يسأل'),
  at: text('as it was known at this instant', 'كما كان معروفا في هذا الوقت'),
  atOptions: text('when; default: now', 'متى؛ الافتراضي: الآن'),
  cases: text('lists the cases of a store', 'يسرد قضايا المخزن'),
  caseId: text('whole id of the case', 'رقم القضية كاملا'),
  caseType: text(
    'case type, as community.parkingDispute',
    'نوع القضية، مثل community.parkingDispute',
  ),
  chart: text(
    'draws the procedure of a case type: states, events, conditions, rules',
    'يرسم إجراء نوع من القضايا: الحالات والأحداث والشروط والقواعد',
  ),
  check: text(
    'proves of a case type what no sequence of commands can lead to',
    'يثبت ما لا يمكن أن يؤدي إليه أي تسلسل أوامر في نوع من القضايا',
  ),
  checkScenarios: text(
    'scenario files (YAML) of whose commands a run is made where a claim is found broken',
    'ملفات سيناريو (YAML) يؤلف من أوامرها تشغيل عندما يوجد ادعاء مخالف',
  ),
  checkSave: text(
    'write each such run into this folder, as a scenario',
    'كتابة كل تشغيل كهذا في هذا المجلد على هيئة سيناريو',
  ),
  copy: text(
    'copies a store to another one, verifying every entry on both sides',
    'ينسخ مخزنا إلى آخر، ويتحقق من كل قيد في الجانبين',
  ),
  copyFrom: text('the store to copy (required)', 'المخزن المنسوخ (لازم)'),
  copyTo: text(
    'where to; created if it is not there; called again, it goes on (required)',
    'إلى أين؛ ينشأ إن لم يوجد؛ وإذا أعيد النداء تابع (لازم)',
  ),
  data: text('show the data of each event', 'إظهار بيانات كل حدث'),
  diff: text(
    'instead: what differs between two versions, as 1.0.0 1.1.0',
    'بدلا من ذلك: ما يختلف بين إصدارين، مثل 1.0.0 1.1.0',
  ),
  dryRun: text(
    'tries another version of a case type on the stored cases, and writes nothing',
    'يجرب إصدارا آخر من نوع قضية على القضايا المخزنة، ولا يكتب شيئا',
  ),
  dryRunTo: text(
    'the version to try; default: the newest one',
    'الإصدار المجرب؛ الافتراضي: الأحدث',
  ),
  explain: text('shows why an event was possible', 'يبين لماذا أمكن حدث'),
  format: text('what it is written as', 'الصيغة التي يكتب بها'),
  files: text('scenario files (YAML)', 'ملفات سيناريو (YAML)'),
  help: text('display help for command', 'عرض المساعدة'),
  himaya: text(
    'Lists, explains, replays and verifies recorded cases, and runs scenarios.',
    'يسرد القضايا المسجلة ويفسرها ويعيد تشغيلها ويتحقق منها، ويشغل السيناريوهات.',
  ),
  history: text('shows every event of a case', 'يعرض جميع أحداث القضية'),
  json: text(
    'one JSON document (history: one per line); instants in UTC',
    'مستند JSON واحد (history: مستند في كل سطر)؛ الأوقات بتوقيت UTC',
  ),
  language: text('language of texts', 'لغة النصوص'),
  limit: text('cases shown at most, 0 for all', 'أقصى عدد من القضايا، و 0 لجميعها'),
  options: text(
    'shows what a role may do in a case now, and why not',
    'يبين ما يجوز لدور في القضية الآن، ولماذا لا يجوز غيره',
  ),
  out: text('write it there; default: standard output', 'اكتبه هناك؛ الافتراضي: المخرج القياسي'),
  output: text(
    'write it into this new file; default: standard output',
    'اكتبه في هذا الملف الجديد؛ الافتراضي: المخرج القياسي',
  ),
  part: text('one kind of part alone', 'نوع واحد من العناصر وحده'),
  policy: text(
    'the version of its policy; default: the one in force',
    'إصدار سياستها؛ الافتراضي: السارية الآن',
  ),
  position: text('position of the event', 'موضع الحدث'),
  positionMax: text('up to this position', 'حتى هذا الموضع'),
  projections: text(
    'shows how far read models are, and what they could not take',
    'يبين إلى أين وصلت القوائم، وما تعذر عليها أخذه',
  ),
  projectionDrop: text('remove this version, NAME@VERSION', 'حذف هذا الإصدار، NAME@VERSION'),
  projectionLive: text(
    'let everybody read this version, NAME@VERSION',
    'جعل هذا الإصدار هو المقروء، NAME@VERSION',
  ),
  projectionRetry: text(
    'try again what it could not take, NAME@VERSION',
    'إعادة محاولة ما تعذر أخذه، NAME@VERSION',
  ),
  read: text(
    'the read store (required): sqlite:PATH, or postgres://HOST/DATABASE?schema=NAME',
    'مخزن القوائم (لازم): sqlite:PATH أو postgres://HOST/DATABASE?schema=NAME',
  ),
  replay: text(
    'folds a case again, judging every rule and every digest',
    'يعيد تشغيل القضية، ويحكم على كل قاعدة وكل بصمة',
  ),
  roleName: text(
    'a role that may append and read afterwards, and nothing else',
    'دور يجوز له بعد ذلك الإضافة والقراءة فقط',
  ),
  run: text(
    'runs scenarios, each on a store of its own',
    'يشغل السيناريوهات، كلا منها على مخزن خاص به',
  ),
  scenario: text('runs scenario files', 'يشغل ملفات السيناريو'),
  schema: text(
    'writes the JSON Schema by which an editor completes scenarios',
    'يكتب مخطط JSON الذي يكمل به المحرر السيناريوهات',
  ),
  schemaName: text('schema of the store; default: himaya', 'مخطط المخزن؛ الافتراضي: himaya'),
  since: text(
    'the log root that an earlier "verify" printed',
    'جذر السجل الذي طبعه "verify" من قبل',
  ),
  staff: text(
    'who it is; default: the last one in that role who acted',
    'من هو؛ الافتراضي: آخر من عمل بهذا الدور',
  ),
  steps: text('show every step as it happens', 'إظهار كل خطوة حين تقع'),
  store: text(
    'the store (required): sqlite:PATH, postgres://HOST/DATABASE?schema=NAME, or ' +
      'esdb://HOST?namespace=NAME',
    'المخزن (لازم): sqlite:PATH أو postgres://HOST/DATABASE?schema=NAME أو ' +
      'esdb://HOST?namespace=NAME',
  ),
  storeSql: text(
    'prints the SQL that creates a store on a PostgreSQL server',
    'يطبع أوامر SQL التي تنشئ مخزنا على خادم PostgreSQL',
  ),
  storeNew: text(
    'keep the run in a new store, sqlite:PATH; default: in memory',
    'حفظ التشغيل في مخزن جديد، sqlite:PATH؛ الافتراضي: في الذاكرة',
  ),
  unredacted: text('show sensitive values too', 'إظهار القيم الحساسة أيضا'),
  verify: text('checks every byte of the record', 'يتحقق من كل بايت في السجل'),
} as const satisfies Readonly<Record<string, Text>>;

/** What stands below the help of the command as a whole. */
export const HELP_END = text(
  `
Exit codes:
  0  everything asked for was done, and nothing is wrong
  1  something is wrong: a scenario failed, a replay diverged, the record was changed
  2  wrong usage: an unknown option, case, role or position, a scenario file that is not there
  3  the store cannot be opened or read
  4  a fault of this command itself
A reader that closes the pipe early changes none of them.

With --json, standard output holds one document and nothing else ("history": one per line); when
a call fails, {"error":{"exitCode","code","message"}}. Through npm: npm run --silent himaya -- …
Progress and messages go to standard error. Colours only on a terminal; NO_COLOR, FORCE_COLOR.

Stores are only read (except by "scenario run", "copy --to" and what changes "projections").
Sensitive values are shown as «class». A password of a server is better kept in PGPASSWORD or a
password file than in the call.`,
  `
رموز الخروج:
  0  تم كل ما طلب، ولا خلل
  1  يوجد خلل: فشل سيناريو، أو اختلفت إعادة التشغيل، أو تغير السجل
  2  استخدام خاطئ: خيار أو قضية أو دور أو موضع غير معروف، أو ملف سيناريو غير موجود
  3  تعذر فتح المخزن أو قراءته
  4  عطل في هذا الأمر نفسه
إغلاق القارئ للمخرج مبكرا لا يغير شيئا منها.

مع --json لا يحمل المخرج القياسي إلا مستندا واحدا ("history": مستند في كل سطر)؛ وعند الفشل
{"error":{"exitCode","code","message"}}. عن طريق npm: npm run --silent himaya -- …
التقدم والرسائل على مخرج الأخطاء. الألوان على الطرفية فقط؛ NO_COLOR و FORCE_COLOR.

المخازن تقرأ فقط (إلا في "scenario run" و "copy --to" وما يغير "projections").
القيم الحساسة تظهر على هيئة «class».
حفظ كلمة مرور الخادم في PGPASSWORD أو في ملف كلمات المرور أولى من كتابتها في النداء.`,
);

const TITLES: Readonly<Record<string, string>> = {
  'Arguments:': 'الوسائط:',
  'Commands:': 'الأوامر:',
  'Options:': 'الخيارات:',
  'Usage:': 'الاستخدام:',
};

/** Lets a command and those below it say their help in a language. */
export function speakHelp(command: Command, language: Language): Command {
  const configured: HelpConfiguration =
    language === 'en'
      ? {}
      : {
          styleTitle: (title) => TITLES[title] ?? title,
          optionDescription: optionInArabic,
        };
  return command
    .configureHelp(configured)
    .helpOption('-h, --help', HELP.help[language])
    .helpCommand('help [command]', HELP.help[language]);
}

function optionInArabic(option: Option): string {
  const { description, argChoices, defaultValue, defaultValueDescription } = option;
  const usual = defaultValueDescription ?? String(defaultValue);
  const extra = [
    ...(argChoices ? [`القيم: ${argChoices.join('، ')}`] : []),
    ...(defaultValue === undefined ? [] : [`الافتراضي: ${usual}`]),
  ];
  return extra.length === 0 ? description : `${description} (${extra.join('؛ ')})`;
}
