// What a zod schema did not accept, in the words of the one who wrote the file.
import type { z } from 'zod';
import { didYouMean } from './nearest.ts';
import { shown, type Path, type PathStep } from './problem.ts';

/** A problem before it has a file and a line. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly at: 'key' | 'value';
}

type Issue = z.core.$ZodIssue;

/** Words listed in a message at most; beyond that only the nearest one is named. */
const LISTED_MAX = 12;

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

/**
 * The findings of a failed parse. `value` is what was parsed; `keysOf` names the fields that are
 * possible at a path, for "did you mean".
 */
export function findingsOf(
  error: z.ZodError,
  value: unknown,
  keysOf: (path: Path) => readonly string[],
): readonly Finding[] {
  return error.issues.flatMap((issue) => findingsOfIssue(issue, value, [], keysOf));
}

function findingsOfIssue(
  issue: Issue,
  root: unknown,
  parent: Path,
  keysOf: (path: Path) => readonly string[],
): readonly Finding[] {
  const path = [...parent, ...issue.path.map((step) => step as PathStep)];
  const found = valueAt(root, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const known = keysOf(path);
      const near = didYouMean(key, known);
      const list = near === '' && known.length > 0 ? `; there are ${known.join(', ')}` : near;
      const message = `expected a known field, found "${key}"${list}`;
      return { path: [...path, key], message, at: 'key' as const };
    });
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    const message = issue.issues.map((one) => expectation(one, key)).join('; ');
    const near = issue.issues.map((one) => hintFor(one, key)).join('');
    return [{ path, message: `${message}, found "${key}"${near}`, at: 'key' }];
  }
  if (issue.code === 'invalid_union') {
    const deeper = closestBranch(issue, found);
    if (deeper) return deeper.flatMap((one) => findingsOfIssue(one, root, path, keysOf));
  }
  if (found === undefined && !hasKey(root, path)) {
    return [{ path, message: `missing; ${expectation(issue, undefined)}`, at: 'value' }];
  }
  const message = `${expectation(issue, found)}, found ${shown(found)}${hintFor(issue, found)}`;
  return [{ path, message, at: 'value' }];
}

/** The branch of a union whose kind of value was written: its own issues say more. */
function closestBranch(issue: Extract<Issue, { code: 'invalid_union' }>, found: unknown) {
  const fits = issue.errors.filter((branch) =>
    branch.every((one) => one.path.length > 0 || !isKindMismatch(one, found)),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

function isKindMismatch(issue: Issue, found: unknown): boolean {
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_value' && typeof found !== 'string';
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
      return `expected at least ${issue.minimum} ${unitOf(issue.origin)}`.trimEnd();
    case 'too_big':
      return `expected at most ${issue.maximum} ${unitOf(issue.origin)}`.trimEnd();
    case 'invalid_format':
    case 'custom':
      return /^(expected|missing)\b/.test(issue.message)
        ? issue.message
        : `expected what the rule of this field says (${issue.message})`;
    default:
      return `expected something else (${issue.message})`;
  }
}

function unionText(issue: Extract<Issue, { code: 'invalid_union' }>, found: unknown): string {
  const kinds = issue.errors.map(([first]) =>
    first ? expectation(first, found).replace(/^expected /, '') : 'something else',
  );
  return [...new Set(kinds)].join(', or ');
}

function hintFor(issue: Issue, found: unknown): string {
  if (typeof found !== 'string') {
    const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
    return wantsText && found !== null && typeof found !== 'object' ? '; put it in quotes' : '';
  }
  if (issue.code === 'invalid_value') return didYouMean(found, issue.values.map(String));
  if (issue.code !== 'invalid_union') return '';
  const words = issue.errors.flatMap((branch) =>
    branch.flatMap((one) => (one.code === 'invalid_value' ? one.values.map(String) : [])),
  );
  return didYouMean(found, words);
}

function listed(words: readonly string[]): string {
  if (words.length === 1) return `"${words[0]}"`;
  if (words.length > LISTED_MAX) return `one of ${words.length} known words`;
  return `one of ${words.join(', ')}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' || origin === 'set' ? 'entries' : '';
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
