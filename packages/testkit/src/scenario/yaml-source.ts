// A YAML text that remembers where each of its values stands.
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import type { Text } from '@himaya/engine';
import { both, mistake } from './mistake.ts';
import { pathText, type Path, type Place, type Problem } from './problem.ts';
import { formProblems, textProblem } from './yaml-form.ts';

/** Largest scenario file in characters: a scenario is read by people. */
export const SCENARIO_CHARS_MAX = 1_000_000;
/** Values that aliases may stand for in one file: more is a mistake, or an attack on memory. */
export const ALIASED_VALUES_MAX = 1_000;

/** A YAML text that could be read. */
export interface YamlSource {
  readonly file: string;
  /** Plain data; timestamps are text. */
  readonly value: unknown;
  /** The problem `message` at `path`: at the key when `at` is `'key'`, at the value otherwise. */
  problem(path: Path, message: Text, at?: 'key' | 'value'): Problem;
  /** The line of the value at `path`. */
  lineOf(path: Path): number;
}

/** Reads a YAML text. Every problem of its form is answered at once. */
export function readYaml(
  file: string,
  text: string,
): YamlSource | { problems: readonly Problem[] } {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const placeOf = (offset: number): Place => {
    const line = Math.max(lineStarts.findLastIndex((start) => start <= offset), 0);
    return { line: line + 1, column: offset - (lineStarts[line] as number) + 1 };
  };
  const whole = (message: Text, offset = 0): Problem => ({
    file,
    ...placeOf(offset),
    path: '',
    message,
  });
  if (text.length > SCENARIO_CHARS_MAX) {
    const what = both(
      `at most ${SCENARIO_CHARS_MAX} characters`,
      `عدد حروف لا يزيد على ${SCENARIO_CHARS_MAX}`,
    );
    return { problems: [whole(mistake(what, String(text.length), both('split it', 'قسمه')))] };
  }
  const unreadable = textProblem(text);
  if (unreadable) return { problems: [whole(unreadable.message, unreadable.offset)] };
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    uniqueKeys: true,
  });
  const problems = formProblems(text, document);
  if (problems.length > 0) {
    return { problems: problems.map(({ offset, message }) => whole(message, offset)) };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: ALIASED_VALUES_MAX });
    const problem: YamlSource['problem'] = (path, message, at = 'value') => {
      const place = placeOf(offsetOf(document, path, at));
      return { file, ...place, path: pathText(path), message };
    };
    const lineOf: YamlSource['lineOf'] = (path) => placeOf(offsetOf(document, path, 'value')).line;
    return { file, value, problem, lineOf };
  } catch {
    const what = both(
      `aliases (*name) for at most ${ALIASED_VALUES_MAX} values`,
      `أسماء بديلة (*name) عن قيم لا يزيد عددها على ${ALIASED_VALUES_MAX}`,
    );
    const todo = both('write the values out', 'اكتب القيم كاملة');
    return { problems: [whole(mistake(what, both('more', 'أكثر'), todo), lastAlias(document))] };
  }
}

function lastAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias: (_key, node) => {
      offset = node.range?.[0] ?? offset;
    },
  });
  return offset;
}

/** Where the value (or its key) at `path` begins; its nearest parent where it is missing. */
function offsetOf(document: Document, path: Path, at: 'key' | 'value'): number {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const known: unknown = isAlias(node) ? node.resolve(document) : node;
    const found = childOf(known, step);
    if (found === undefined) return offset;
    const isLast = index === path.length - 1;
    const key = isPair(found) ? (found.key as Node | null) : null;
    const value = (isPair(found) ? found.value : found) as Node | null;
    const valueOffset = value?.range?.[0] ?? key?.range?.[0] ?? offset;
    offset = isLast && at === 'key' ? (key?.range?.[0] ?? valueOffset) : valueOffset;
    // A block under a key is named by its key: its first line would be the first entry's.
    if (isLast && at === 'value' && key && (isMap(value) || isSeq(value)) && value.flow !== true) {
      offset = key.range?.[0] ?? offset;
    }
    node = value;
  }
  return offset;
}

function childOf(node: unknown, step: string | number): Pair | Node | undefined {
  if (isSeq(node)) return node.items[Number(step)] as Node | undefined;
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
}
