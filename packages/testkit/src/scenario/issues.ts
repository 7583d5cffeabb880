// What a zod schema did not accept, in the words of the one who wrote the file.
import type { z } from 'zod';
import { didYouMean, nearest } from './nearest.ts';
import { pathText, shown, type Path, type PathStep } from './problem.ts';

/** A problem before it has a file and a line. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly at: 'key' | 'value';
  /** The field that was meant by a misspelt one. */
  readonly meant?: string;
  /** Whether a field is not there at all. */
  readonly isMissing?: true;
}

type Issue = z.core.$ZodIssue;

/** Words listed in a message at most, and letters in all; beyond that only the nearest is named. */
const LISTED_MAX = 24;
const LISTED_LETTERS_MAX = 200;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields (key: value)',
  record: 'fields (key: value)',
  null: 'null',
};

/** The findings of a failed parse: `value` is what `schema` did not accept. */
export function findingsOf(
  error: z.ZodError,
  value: unknown,
  schema: z.ZodType,
): readonly Finding[] {
  const findings = error.issues.flatMap((issue) => findingsOfIssue(issue, value, [], schema));
  // A misspelt field is missing under its right name, too: that is one mistake.
  const misspelt = findings.flatMap(({ path, meant }) =>
    meant === undefined ? [] : [pathText([...path.slice(0, -1), meant])],
  );
  return findings.filter(({ path, isMissing }) => !isMissing || !misspelt.includes(pathText(path)));
}

function findingsOfIssue(
  issue: Issue,
  root: unknown,
  parent: Path,
  schema: z.ZodType,
): readonly Finding[] {
  const path = [...parent, ...issue.path.map((step) => step as PathStep)];
  const found = valueAt(root, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const known = fieldsAt(schema, path);
      const meant = nearest(key, known);
      const list = isListed(known) ? `; there are ${known.join(', ')}` : '';
      const hint = meant === undefined ? list : didYouMean(key, known);
      const message = `expected a known field, found ${shown(key)}${hint}`;
      const at = { path: [...path, key], message, at: 'key' as const };
      return meant === undefined ? at : { ...at, meant };
    });
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    const message = issue.issues.map((one) => expectation(one, key)).join('; ');
    const near = issue.issues.map((one) => hintFor(one, key)).join('');
    return [{ path, message: `${message}, found ${shown(key)}${near}`, at: 'key' }];
  }
  if (issue.code === 'invalid_union') {
    const deeper = closestBranch(issue);
    if (deeper) return deeper.flatMap((one) => findingsOfIssue(one, root, path, schema));
  }
  if (found === undefined && !hasKey(root, path)) {
    const message = `missing; ${expectation(issue, undefined)}`;
    return [{ path, message, at: 'value', isMissing: true }];
  }
  const message = `${expectation(issue, found)}, found ${shown(found)}${hintFor(issue, found)}`;
  return [{ path, message, at: 'value' }];
}

/** The branch of a union into which the value goes deeper: its own issues say more. */
function closestBranch(issue: Extract<Issue, { code: 'invalid_union' }>) {
  const fits = issue.errors.filter((branch) =>
    branch.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

function expectation(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${listed(issue.values.map(String))}`;
    case 'invalid_union':
      return `expected ${unionText(issue, found)}`;
    case 'too_small':
      return `expected at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_format':
    case 'custom':
      return /^(expected|missing)\b/.test(issue.message)
        ? issue.message
        : `expected another value (${issue.message})`;
    default:
      return `expected something else (${issue.message})`;
  }
}

function unionText(issue: Extract<Issue, { code: 'invalid_union' }>, found: unknown): string {
  const words = discriminated(issue);
  if (words.length > 0) return listed(words);
  const near = typeof found === 'string' && didYouMean(found, wordsOfIssue(issue)) !== '';
  // Next to a word that was meant, other kinds of value only distract.
  const branches = issue.errors.filter(([first]) => !near || first?.code === 'invalid_value');
  const kinds = branches.map(([first]) =>
    first ? expectation(first, found).replace(/^expected /, '') : 'something else',
  );
  return [...new Set(kinds)].join(', or ');
}

/** The words that the deciding field of a union may hold. */
function discriminated(issue: Extract<Issue, { code: 'invalid_union' }>): readonly string[] {
  const { options } = issue as { readonly options?: readonly unknown[] };
  return (options ?? []).map(String);
}

function hintFor(issue: Issue, found: unknown): string {
  if (typeof found === 'string') {
    const near = didYouMean(found, wordsOfIssue(issue));
    return near === '' && issue.code !== 'invalid_union' ? kindHint(issue, found) : near;
  }
  return kindHint(issue, found);
}

const NO_ENTRIES = '; write its entries under it, each after "- "';

/** What to write when it is the kind of the value that is wrong. */
function kindHint(issue: Issue, found: unknown): string {
  if (issue.code !== 'invalid_type') return '';
  const isSingle = found !== null && typeof found !== 'object';
  switch (issue.expected) {
    case 'string':
      return isSingle ? '; put it in quotes' : '';
    case 'array':
      return isSingle ? `; write [${String(found)}]` : found === null ? NO_ENTRIES : '';
    case 'object':
    case 'record':
      return found === null ? '; indent its fields under it, or write {}' : '';
    case 'boolean':
      return found === 'yes' ? '; write true' : found === 'no' ? '; write false' : '';
    default:
      return '';
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

/** Whether some words are few and short enough to be read in a message. */
function isListed(words: readonly string[]): boolean {
  const letters = words.join(', ').length;
  return words.length > 0 && words.length <= LISTED_MAX && letters <= LISTED_LETTERS_MAX;
}

function listed(words: readonly string[]): string {
  if (words.length === 1) return `"${words[0]}"`;
  if (!isListed(words)) return `one of ${words.length} known words`;
  return `one of ${words.join(', ')}`;
}

/** A word that nothing is called, with the nearest known one, or all of them if they are few. */
export function unknownWord(
  path: Path,
  what: string,
  found: string,
  known: readonly string[],
): Finding {
  const near = didYouMean(found, known);
  const list = near === '' && isListed(known) ? `; there are ${known.join(', ')}` : near;
  return { path, message: `expected ${what}, found ${shown(found)}${list}`, at: 'value' };
}

function amount(count: number | bigint, origin: string): string {
  const one = count === 1 || count === 1n;
  if (origin === 'string') return `${count} ${one ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${count} ${one ? 'entry' : 'entries'}`;
  return `${count}`;
}

/** Fields that a schema knows at a path: for "did you mean". */
export function fieldsAt(schema: z.ZodType, path: Path): readonly string[] {
  const def = schema.def as unknown as {
    readonly shape?: Record<string, z.ZodType>;
    readonly element?: z.ZodType;
    readonly innerType?: z.ZodType;
    readonly options?: readonly z.ZodType[];
    readonly valueType?: z.ZodType;
    readonly in?: z.ZodType;
  };
  const through = def.innerType ?? def.in;
  if (through) return fieldsAt(through, path);
  if (def.options) return def.options.flatMap((option) => fieldsAt(option, path));
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(def.shape ?? {});
  const next = def.shape?.[String(step)] ?? def.element ?? def.valueType;
  return next ? fieldsAt(next, rest) : [];
}

/** The value at a path of plain data. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PathStep, unknown>)[step]
        : undefined,
    root,
  );
}

function hasKey(root: unknown, path: Path): boolean {
  if (path.length === 0) return true;
  const parent = valueAt(root, path.slice(0, -1));
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, path.at(-1) ?? '');
}
