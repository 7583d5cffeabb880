// What a zod issue expected, what was meant instead, and how to write it: in both languages.
import type { Text } from '@himaya/engine';
import type { z } from 'zod';
import { both, joined, listOf, textOf, type Said } from './mistake.ts';
import { didYouMean } from './nearest.ts';
import { wantedBy } from './wanted.ts';

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/** Words listed in a message at most, and letters in all; beyond that only the nearest is named. */
const LISTED_MAX = 24;
const LISTED_LETTERS_MAX = 200;

const FIELDS = both('fields (key: value)', 'حقول (key: value)');
const KINDS: Readonly<Record<string, Said>> = {
  string: both('text', 'نص'),
  number: both('a number', 'عدد'),
  int: both('a whole number', 'عدد صحيح'),
  boolean: both('true or false', 'true أو false'),
  array: both('a list', 'قائمة'),
  object: FIELDS,
  record: FIELDS,
  null: 'null',
};

/** What an issue says was expected. */
export function expectation(issue: Issue, found: unknown): Text {
  switch (issue.code) {
    case 'invalid_type':
      return textOf(KINDS[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return listed(issue.values.map(String));
    case 'invalid_union':
      return unionText(issue, found);
    case 'too_small':
      return atLeast(issue.minimum, issue.origin);
    case 'too_big':
      return atMost(issue.maximum, issue.origin);
    case 'invalid_format':
    case 'custom':
      // A schema of a case type has one language.
      return (
        wantedBy(issue.message) ?? both(`another value (${issue.message})`, 'قيمة أخرى صالحة')
      );
    default:
      return both(`something else (${issue.message})`, 'شيء آخر');
  }
}

function unionText(issue: UnionIssue, found: unknown): Text {
  const words = discriminated(issue);
  if (words.length > 0) return listed(words);
  const near = typeof found === 'string' && didYouMean(found, wordsOfIssue(issue)) !== undefined;
  // Next to a word that was meant, other kinds of value only distract.
  const branches = issue.errors.filter(([first]) => !near || first?.code === 'invalid_value');
  const kinds = branches.map(([first]) =>
    first ? expectation(first, found) : both('something else', 'شيء آخر'),
  );
  const apart = kinds.filter(({ en }, index) => kinds.findIndex((one) => one.en === en) === index);
  return joined(apart, ', or ', '، أو ');
}

/** The words that the deciding field of a union may hold. */
function discriminated(issue: UnionIssue): readonly string[] {
  const { options } = issue as { readonly options?: readonly unknown[] };
  return (options ?? []).map(String);
}

/** What to write instead, where that can be told. */
export function hintFor(issue: Issue, found: unknown): Text | undefined {
  if (typeof found === 'string') {
    const near = didYouMean(found, wordsOfIssue(issue));
    return near === undefined && issue.code !== 'invalid_union' ? kindHint(issue, found) : near;
  }
  return kindHint(issue, found);
}

/** What to write when it is the kind of the value that is wrong. */
function kindHint(issue: Issue, found: unknown): Text | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  const isSingle = found !== null && typeof found !== 'object';
  switch (issue.expected) {
    case 'string':
      return isSingle ? both('put it in quotes', 'ضعه بين علامتي تنصيص') : undefined;
    case 'array':
      if (isSingle) return both(`write [${String(found)}]`, `اكتب [${String(found)}]`);
      return found === null
        ? both('write its entries under it, each after "- "', 'اكتب عناصره تحته، كل منها بعد "- "')
        : undefined;
    case 'object':
    case 'record':
      return found === null
        ? both('indent its fields under it, or write {}', 'اكتب حقوله تحته بإزاحة، أو اكتب {}')
        : undefined;
    case 'boolean':
      if (found === 'yes') return both('write true', 'اكتب true');
      return found === 'no' ? both('write false', 'اكتب false') : undefined;
    default:
      return undefined;
  }
}

function wordsOfIssue(issue: Issue): readonly string[] {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String);
    case 'custom':
      return (issue.params as { readonly words?: readonly string[] } | undefined)?.words ?? [];
    case 'invalid_union':
      return [...discriminated(issue), ...issue.errors.flat().flatMap(wordsOfIssue)];
    default:
      return [];
  }
}

/** `there are a, b`, where the words are few and short enough to be read in a message. */
export function thereAre(words: readonly string[]): Text | undefined {
  if (!isListed(words)) return undefined;
  const { en, ar } = listOf(words);
  return both(`there are ${en}`, `يوجد ${ar}`);
}

function isListed(words: readonly string[]): boolean {
  const letters = words.join(', ').length;
  return words.length > 0 && words.length <= LISTED_MAX && letters <= LISTED_LETTERS_MAX;
}

function listed(words: readonly string[]): Text {
  if (words.length === 1) return textOf(`"${words[0]}"`);
  if (!isListed(words)) {
    const ar = `واحدة من الكلمات المعروفة (عددها ${words.length})`;
    return both(`one of ${words.length} known words`, ar);
  }
  const { en, ar } = listOf(words);
  return both(`one of ${en}`, `واحدة من: ${ar}`);
}

function atLeast(count: number | bigint, origin: string): Text {
  return both(`at least ${amount(count, origin)}`, `${ofWhat(origin)}${count} على الأقل`);
}

function atMost(count: number | bigint, origin: string): Text {
  return both(`at most ${amount(count, origin)}`, `${ofWhat(origin)}${count} على الأكثر`);
}

function amount(count: number | bigint, origin: string): string {
  const one = count === 1 || count === 1n;
  if (origin === 'string') return `${count} ${one ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${count} ${one ? 'entry' : 'entries'}`;
  return `${count}`;
}

/** The count stands after what is counted: so Arabic needs no plural of it. */
function ofWhat(origin: string): string {
  if (origin === 'string') return 'نص عدد حروفه ';
  return origin === 'array' || origin === 'set' ? 'قائمة عدد عناصرها ' : '';
}
