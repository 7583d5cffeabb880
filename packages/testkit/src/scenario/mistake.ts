// What is wrong with a scenario, as one sentence in English and one in Arabic.
import type { Text } from '@himaya/engine';

/** A text in both languages, or what reads the same in both: a name, a value, a number. */
export type Said = Text | string;

/** A text in both languages. */
export function both(en: string, ar: string): Text {
  return { en, ar };
}

/** The same in both languages becomes a text. */
export function textOf(said: Said): Text {
  return typeof said === 'string' ? both(said, said) : said;
}

/** `expected X, found Y; do Z`, in both languages. */
export function mistake(expected: Said, found?: Said, todo?: Said): Text {
  const [wanted, is, cure] = [expected, found ?? '', todo ?? ''].map(textOf) as [Text, Text, Text];
  const en = found === undefined ? '' : `, found ${is.en}`;
  const ar = found === undefined ? '' : `، والموجود ${is.ar}`;
  return both(
    `expected ${wanted.en}${en}${todo === undefined ? '' : `; ${cure.en}`}`,
    `المتوقع ${wanted.ar}${ar}${todo === undefined ? '' : `؛ ${cure.ar}`}`,
  );
}

/** Several texts as one, each language with its own sign between them. */
export function joined(texts: readonly Said[], en: string, ar: string): Text {
  const all = texts.map(textOf);
  return both(all.map((one) => one.en).join(en), all.map((one) => one.ar).join(ar));
}

/** Names one after the other: `a, b`. */
export function listOf(names: readonly string[]): Text {
  return joined(names, ', ', '، ');
}
