// What a call can be told it got wrong, in both languages: each with its exit code.
import type { Text } from '@himaya/engine';
import { Ending, EXIT } from './exit-codes.ts';

function usage(en: string, ar: string): Ending {
  return new Ending(EXIT.usage, { en, ar });
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

/** A store is not given in one of these forms. What was found is shown without a password. */
export function noStore(
  option: string,
  forms: readonly string[],
  found: string | undefined,
): Ending {
  const shown = quoted((found ?? '').replace(/\/\/[^/]*@/, '//…@'));
  const en = found === undefined ? 'none was given' : `found ${shown}`;
  const ar = found === undefined ? 'لم يذكر شيء' : `وجد ${shown}`;
  return usage(
    `${option} needs the form ${orList(forms, ', ', ' or ')}; ${en}.`,
    `${option} يحتاج إلى الصيغة ${orList(forms, '، ', ' أو ')}؛ ${ar}.`,
  );
}

function orList(forms: readonly string[], comma: string, or: string): string {
  return [forms.slice(0, -1).join(comma), ...forms.slice(-1)].filter((part) => part).join(or);
}

/** A store is to be copied to itself. */
export function sameStore(): Ending {
  return usage('--from and --to name the same store.', '--from و --to يسميان المخزن نفسه.');
}

/** The store holds no such case. */
export function noCase(caseId: string, place: string): Ending {
  return usage(
    `no case ${quoted(caseId)} in ${place}; "himaya cases" lists them, and an id is given whole.`,
    `لا قضية ${quoted(caseId)} في ${place}؛ "himaya cases" يسردها، والرقم يكتب كاملا.`,
  );
}

/** The case can be read and not folded. */
export function procedureMissing(caseId: string): Ending {
  return new Ending(EXIT.wrong, {
    en: `case ${caseId} was recorded under a procedure that is not at hand.`,
    ar: `سجلت القضية ${caseId} بإجراء غير متوفر هنا.`,
  });
}

/** The case has no such position. */
export function noPosition(caseId: string, last: number, position: number): Ending {
  return usage(
    `case ${caseId} has positions 0 to ${last}; there is no ${position}.`,
    `مواضع القضية ${caseId} من 0 إلى ${last}؛ لا يوجد الموضع ${position}.`,
  );
}

/** The engine does not say what may be done. */
export function optionsRefused(codes: readonly string[]): Ending {
  return new Ending(EXIT.wrong, {
    en: `the engine refuses to say: ${codes.join(', ')}.`,
    ar: `لا يجيب النظام: ${codes.join('، ')}.`,
  });
}

/** `--at` is no instant. */
export function noInstant(found: string): Ending {
  const example = '2027-05-09T09:00:00+03:00';
  return usage(
    `--at needs an instant with a zone, as ${example}; found ${quoted(found)}.`,
    `--at يحتاج إلى وقت مع منطقته الزمنية، مثل ${example}؛ وجد ${quoted(found)}.`,
  );
}

/** No case type knows the role. */
export function noRole(role: string, known: readonly string[]): Ending {
  return usage(
    `no role ${quoted(role)}; there are ${known.join(', ')}.`,
    `لا دور باسم ${quoted(role)}؛ الأدوار هي ${known.join('، ')}.`,
  );
}

/** Neither a case nor all of them are asked for, or both. */
export function caseOrAll(): Ending {
  return usage(
    'replay takes a CASE, or --all for every case.',
    'يحتاج replay إلى رقم قضية، أو إلى --all لجميع القضايا.',
  );
}

/** A past is asked of all cases. */
export function allHasNoPast(): Ending {
  return usage(
    '--all replays whole cases; leave out --at and --position.',
    '--all يعيد القضايا كاملة؛ اترك --at و --position.',
  );
}

/** Two pasts are asked for. */
export function onePast(): Ending {
  return usage('--at and --position exclude each other.', '--at و --position لا يجتمعان.');
}

/** The case is younger than the past that is asked for. */
export function nothingYet(caseId: string): Ending {
  return usage(
    `nothing of case ${caseId} had been recorded by then.`,
    `لم يكن قد سجل شيء من القضية ${caseId} حتى ذلك الوقت.`,
  );
}

/** `--since` is no log root. */
export function noLogRoot(found: string): Ending {
  return usage(
    `--since needs a log root as verify prints it, ENTRIES:HASH; found ${quoted(found)}.`,
    `--since يحتاج إلى جذر سجل كما يطبعه verify، بالصيغة ENTRIES:HASH؛ وجد ${quoted(found)}.`,
  );
}

/** Several scenarios are to share a store. */
export function oneScenario(): Ending {
  return usage(
    '--store takes one scenario: cases of several would share their deadlines.',
    '--store لسيناريو واحد: قضايا عدة سيناريوهات تتشارك المهل.',
  );
}

/** A scenario file cannot be read at all. */
export function noScenario(file: string, code: string | undefined): Ending {
  const isMissing = code === 'ENOENT';
  const en = isMissing ? 'there is no such file' : `it cannot be read (${code})`;
  const ar = isMissing ? 'لا يوجد ملف بهذا الاسم' : `تعذرت قراءته (${code})`;
  return usage(`no scenario ${quoted(file)}: ${en}.`, `لا سيناريو في ${quoted(file)}: ${ar}.`);
}

/** A scenario file has mistakes. */
export function wrongScenario(file: string, { en, ar }: Text): Ending {
  return usage(
    `${quoted(file)} cannot be used: ${en}; "himaya scenario run" tells all of it.`,
    `تعذر استخدام ${quoted(file)}: ${ar}؛ "himaya scenario run" يبين كل ما فيه.`,
  );
}

/** No case type is called so. */
export function noCaseType(name: string, known: readonly string[]): Ending {
  return usage(
    `no case type ${quoted(name)}; there are ${known.join(', ')}.`,
    `لا نوع قضية باسم ${quoted(name)}؛ الأنواع هي ${known.join('، ')}.`,
  );
}

/** Nothing is claimed of a case type, so that nothing can be proved of it. */
export function noClaims(caseType: string): Ending {
  return usage(
    `nothing is claimed of ${caseType}: there is nothing to prove.`,
    `لا ادعاء بشأن ${caseType}: لا يوجد ما يثبت.`,
  );
}

/** No policy has this version, or none is in force. */
export function noPolicy(
  caseType: string,
  version: string | undefined,
  known: readonly string[],
): Ending {
  const there = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  const these = known.length === 0 ? 'لا توجد سياسات' : `الإصدارات هي ${known.join('، ')}`;
  if (version === undefined) {
    return usage(
      `no policy of ${caseType} is in force; name one with --policy: ${there}.`,
      `لا سياسة سارية لـ ${caseType}؛ اذكر واحدة مع --policy: ${these}.`,
    );
  }
  return usage(
    `no policy ${quoted(version)} of ${caseType}; ${there}.`,
    `لا سياسة بالإصدار ${quoted(version)} لـ ${caseType}؛ ${these}.`,
  );
}

/** Not two versions are compared. */
export function twoVersions(found: readonly string[]): Ending {
  return usage(
    `--diff takes two versions, as 1.0.0 1.1.0; found ${found.map(quoted).join(', ')}.`,
    `--diff يحتاج إلى إصدارين، مثل 1.0.0 1.1.0؛ وجد ${found.map(quoted).join('، ')}.`,
  );
}

/** The case type has no parts of this kind. */
export function noPart(kind: string, caseType: string, known: readonly string[]): Ending {
  const en = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  const ar = known.length === 0 ? 'ليست له عناصر' : `عناصره هي ${known.join('، ')}`;
  return usage(
    `${caseType} has no part ${quoted(kind)}; ${en}.`,
    `لا عنصر باسم ${quoted(kind)} في ${caseType}؛ ${ar}.`,
  );
}

/** A file cannot be written. */
export function cannotWrite(path: string, code: string | undefined): Ending {
  if (code === 'EEXIST') {
    return usage(
      `cannot write ${quoted(path)}: it is there already; remove it, or name another one.`,
      `تعذرت كتابة ${quoted(path)}: الملف موجود؛ احذفه أو اذكر ملفا آخر.`,
    );
  }
  return usage(
    `cannot write ${quoted(path)}: ${code ?? 'it failed'}.`,
    `تعذرت كتابة ${quoted(path)}: ${code ?? 'لسبب غير معروف'}.`,
  );
}

/** No version of a projection is named. */
export function noVersion(found: string): Ending {
  return usage(
    `a version of a projection is written NAME@VERSION, as work@1; found ${quoted(found)}.`,
    `يكتب إصدار القائمة بالصيغة NAME@VERSION، مثل work@1؛ وجد ${quoted(found)}.`,
  );
}

/** The read store has no such version. */
export function noProjection(found: string, known: readonly string[]): Ending {
  const en = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  const ar = known.length === 0 ? 'لا توجد قوائم' : `القوائم هي ${known.join('، ')}`;
  return usage(`no projection ${quoted(found)}; ${en}.`, `لا قائمة باسم ${quoted(found)}؛ ${ar}.`);
}

/** The version that is read cannot be removed. */
export function liveStays(version: string): Ending {
  return usage(
    `${version} is read at present; make another version live before you drop it.`,
    `${version} مقروءة الآن؛ اجعل إصدارا آخر مقروءا قبل حذفها.`,
  );
}
