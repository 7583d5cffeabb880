// The stories that the demo tells, and what it says between them, in both languages.
import type { Language } from '@himaya/auditor';

/** The scenarios that are shown, in this order; each is a file of `test/scenarios`. */
export const STORIES = ['sc-07', 'sc-01', 'sc-02', 'sc-03'] as const;
/** One of them. */
export type Story = (typeof STORIES)[number];

/** What the demo is asked for. */
export interface Asked {
  readonly stories: readonly Story[];
  readonly language: Language;
  /** Where the files are made; absent: beside the repository's own files. */
  readonly folder?: string;
}

/** Reads `[sc-01 …] [--lang ar] [FOLDER]`. @throws Error for a story or an option that is not. */
export function asked(argv: readonly string[]): Asked {
  const at = argv.indexOf('--lang');
  const language = at >= 0 && argv[at + 1] === 'ar' ? 'ar' : 'en';
  const others = at < 0 ? argv : [...argv.slice(0, at), ...argv.slice(at + 2)];
  const words = others.filter((word) => word !== '--');
  const named = STORIES.filter((story) => words.includes(story));
  const [folder, ...more] = words.filter((word) => !(STORIES as readonly string[]).includes(word));
  const unknown = [folder, ...more].find((word) => /^(-|sc-?\d)/.test(word ?? '')) ?? more[0];
  if (unknown !== undefined) {
    throw new Error(`"${unknown}" is not known; [${STORIES.join('|')}] [--lang ar|en] [FOLDER]`);
  }
  return {
    stories: named.length > 0 ? named : STORIES,
    language,
    ...(folder === undefined ? {} : { folder }),
  };
}

const sentences = {
  begin: {
    en: 'Himaya: cases of the office, each on a file of its own, replayed and verified.',
    ar: 'حماية: قضايا من عمل المكتب، تسجل كل منها في ملف مستقل ثم يعاد بناؤها ويتحقق منها.',
  },
  recorded: {
    en: 'Every step is recorded as it happens in',
    ar: 'تسجل كل خطوة عند وقوعها في',
  },
  fromFile: { en: 'Now from the file alone:', ar: 'والآن من الملف وحده:' },
  wentWrong: {
    en: 'The scenario did not go as it is written: see above.',
    ar: 'لم يسر السيناريو كما كتب، كما هو مبين أعلاه.',
  },
  tryNext: { en: 'The files are in', ar: 'الملفات محفوظة في' },
  tryThese: { en: 'Try next:', ar: 'جرب بعد ذلك:' },
  oneAlone: { en: 'One story alone, or all in Arabic:', ar: 'قصة واحدة، أو جميعها بالإنجليزية:' },
} as const;

/** A sentence of the demo. */
export function say(sentence: keyof typeof sentences, language: Language): string {
  return sentences[sentence][language];
}
