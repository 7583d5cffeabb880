// Whether a message is really said in Arabic: what of it is still plain English.
import type { Problem } from '../src/index.ts';

/** What may stand in Arabic as it is: what was typed, lists of names, and how YAML writes fields. */
const AS_IT_IS = /"[^"]*"|\[[^\]]*\]|\([^)]*\)|\{[^}]*\}/g;
const ENGLISH = new RegExp(
  `\\b(?:${[
    'expected found missing nothing none the of or and it this that with for to not two again',
    'did you mean there are write put text list number fault armed active before already exactly',
    'a an at least most entries character one step instant name empty store',
  ].join(' ').replaceAll(' ', '|')})\\b|[,;] `,
  'gi',
);

/** English that is left in the Arabic messages of these problems. */
export function englishLeft(problems: readonly Pick<Problem, 'message'>[]): readonly string[] {
  return problems.flatMap(({ message: { ar } }) => {
    const words = ar.replaceAll(AS_IT_IS, '').match(ENGLISH) ?? [];
    const isArabic = /^(?:المتوقع|ناقص) ?/.test(ar) && !/[\u064b-\u0652\u0670]/.test(ar);
    return words.length > 0 || !isArabic ? [`${words.join(' ')}: ${ar}`] : [];
  });
}
