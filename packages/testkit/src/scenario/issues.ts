// What a zod schema did not accept, in the words of the one who wrote the file.
import type { Text } from '@himaya/engine';
import type { z } from 'zod';
import { expectation, hintFor, thereAre } from './expectation.ts';
import { both, joined, mistake, type Said } from './mistake.ts';
import { didYouMean, nearest } from './nearest.ts';
import { pathText, shown, type Path, type PathStep } from './problem.ts';

/** A problem before it has a file and a line. */
export interface Finding {
  readonly path: Path;
  readonly message: Text;
  readonly at: 'key' | 'value';
  /** The field that was meant by a misspelt one. */
  readonly meant?: string;
  /** Whether a field is not there at all. */
  readonly isMissing?: true;
}

type Issue = z.core.$ZodIssue;

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
      const hint = meant === undefined ? thereAre(known) : didYouMean(key, known);
      const message = mistake(both('a known field', 'حقل معروف'), shown(key), hint);
      const at = { path: [...path, key], message, at: 'key' as const };
      return meant === undefined ? at : { ...at, meant };
    });
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    const wanted = joined(issue.issues.map((one) => expectation(one, key)), '; ', '؛ ');
    const [near] = issue.issues.flatMap((one) => hintFor(one, key) ?? []);
    return [{ path, message: mistake(wanted, shown(key), near), at: 'key' }];
  }
  if (issue.code === 'invalid_union') {
    const deeper = closestBranch(issue);
    if (deeper) return deeper.flatMap((one) => findingsOfIssue(one, root, path, schema));
  }
  if (found === undefined && !hasKey(root, path)) {
    const { en, ar } = mistake(expectation(issue, undefined));
    const message = both(`missing; ${en}`, `ناقص؛ ${ar}`);
    return [{ path, message, at: 'value', isMissing: true }];
  }
  const message = mistake(expectation(issue, found), shown(found), hintFor(issue, found));
  return [{ path, message, at: 'value' }];
}

/** The branch of a union into which the value goes deeper: its own issues say more. */
function closestBranch(issue: Extract<Issue, { code: 'invalid_union' }>) {
  const fits = issue.errors.filter((branch) =>
    branch.every(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

/** A word that nothing is called, with the nearest known one, or all of them if they are few. */
export function unknownWord(
  path: Path,
  what: Said,
  found: string,
  known: readonly string[],
): Finding {
  const hint = didYouMean(found, known) ?? thereAre(known);
  return { path, message: mistake(what, shown(found), hint), at: 'value' };
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
