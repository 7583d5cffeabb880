// Counts of things in words: one case, two cases, and the six ways in which Arabic counts.
import type { Language } from './language.ts';

type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** `#` is the number; a form without it says the number by itself. */
interface Noun {
  readonly en: Forms;
  readonly ar: Forms;
}

const nouns = {
  case: {
    en: { one: '# case', other: '# cases' },
    ar: { zero: 'لا قضايا', one: 'قضية واحدة', two: 'قضيتان', few: '# قضايا', other: '# قضية' },
  },
  entry: {
    en: { one: '# entry', other: '# entries' },
    ar: {
      zero: 'لا قيود',
      one: 'قيد واحد',
      two: 'قيدان',
      few: '# قيود',
      many: '# قيدا',
      other: '# قيد',
    },
  },
  entryRead: {
    en: { one: '# entry read', other: '# entries read' },
    ar: {
      zero: 'لا قيود مقروءة',
      one: 'قيد واحد مقروء',
      two: 'قيدان مقروءان',
      few: '# قيود مقروءة',
      many: '# قيدا مقروءا',
      other: '# قيد مقروء',
    },
  },
  chart: {
    en: { one: '# chart', other: '# charts' },
    ar: {
      zero: 'لا رسوم',
      one: 'رسم واحد',
      two: 'رسمان',
      few: '# رسوم',
      many: '# رسما',
      other: '# رسم',
    },
  },
  state: {
    en: { one: '# state', other: '# states' },
    ar: { zero: 'لا حالات', one: 'حالة واحدة', two: 'حالتان', few: '# حالات', other: '# حالة' },
  },
  stateSeen: {
    en: { one: '# state visited', other: '# states visited' },
    ar: {
      zero: 'لا حالات مفحوصة',
      one: 'حالة واحدة مفحوصة',
      two: 'حالتان مفحوصتان',
      few: '# حالات مفحوصة',
      other: '# حالة مفحوصة',
    },
  },
  step: {
    en: { one: '# step', other: '# steps' },
    ar: { zero: 'لا خطوات', one: 'خطوة واحدة', two: 'خطوتان', few: '# خطوات', other: '# خطوة' },
  },
  stepNotRun: {
    en: { one: '# step not run', other: '# steps not run' },
    ar: {
      zero: 'لا خطوات لم تنفذ',
      one: 'خطوة واحدة لم تنفذ',
      two: 'خطوتان لم تنفذا',
      few: '# خطوات لم تنفذ',
      other: '# خطوة لم تنفذ',
    },
  },
  run: {
    en: { one: '# run', other: '# runs' },
    ar: {
      zero: 'لا تشغيلات',
      one: 'تشغيل واحد',
      two: 'تشغيلان',
      few: '# تشغيلات',
      many: '# تشغيلا',
      other: '# تشغيل',
    },
  },
  stream: {
    en: { one: '# stream', other: '# streams' },
    ar: { zero: 'لا سلاسل', one: 'سلسلة واحدة', two: 'سلسلتان', few: '# سلاسل', other: '# سلسلة' },
  },
} as const satisfies Readonly<Record<string, Noun>>;

/** Units of policy values; `list`, `table` and `count` say no more than the value does. */
const units: Readonly<Record<string, Noun>> = {
  days: {
    en: { one: '# day', other: '# days' },
    ar: { one: 'يوم واحد', two: 'يومان', few: '# أيام', many: '# يوما', other: '# يوم' },
  },
  hours: {
    en: { one: '# hour', other: '# hours' },
    ar: { one: 'ساعة واحدة', two: 'ساعتان', few: '# ساعات', other: '# ساعة' },
  },
  minutes: {
    en: { one: '# minute', other: '# minutes' },
    ar: { one: 'دقيقة واحدة', two: 'دقيقتان', few: '# دقائق', other: '# دقيقة' },
  },
  weeks: {
    en: { one: '# week', other: '# weeks' },
    ar: { one: 'أسبوع واحد', two: 'أسبوعان', few: '# أسابيع', many: '# أسبوعا', other: '# أسبوع' },
  },
  workingDays: {
    en: { one: '# working day', other: '# working days' },
    ar: {
      one: 'يوم عمل واحد',
      two: 'يوما عمل',
      few: '# أيام عمل',
      other: '# يوم عمل',
    },
  },
  years: {
    en: { one: '# year', other: '# years' },
    ar: { one: 'سنة واحدة', two: 'سنتان', few: '# سنوات', other: '# سنة' },
  },
};

/** What the command counts. */
export type Counted = keyof typeof nouns;

const RULES = { en: new Intl.PluralRules('en'), ar: new Intl.PluralRules('ar') } as const;

/** So many of these, in words. */
export function counted(language: Language, count: number, what: Counted): string {
  return inWords(language, count, nouns[what]);
}

/** A value of a policy with its unit. */
export function quantity(language: Language, value: unknown, unit: string): string {
  const noun = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (noun && typeof value === 'number') return inWords(language, value, noun);
  return JSON.stringify(value);
}

function inWords(language: Language, count: number, noun: Noun): string {
  const forms: Forms = noun[language];
  return (forms[RULES[language].select(count)] ?? forms.other).replace('#', String(count));
}
