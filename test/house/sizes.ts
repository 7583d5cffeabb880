// Sizes: how long files, functions and lines may be; exceptions are listed and only shrink.
import ts from 'typescript';
import { lineOf, parse, walk } from './syntax.ts';
import { isCode, type Problem, type Tree } from './tree.ts';

/** A length that is over its limit: of a file, of a function, or of a line. */
interface Excess {
  /** `<path>`, `<path> › <function>`, or `<path> › width`: the key of an exception. */
  readonly key: string;
  readonly path: string;
  readonly line: number;
  readonly size: number;
  readonly limit: number;
  readonly what: string;
  readonly cure: string;
}

/** What sizes.json holds: for each key the size it may have, and the decision that allows it. */
export type Exceptions = Readonly<Record<string, Exception>>;
interface Exception {
  readonly size: number;
  readonly decision: string;
}

const SOURCE_LINES_MAX = 300;
const TEST_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 60;
const LINE_COLUMNS_MAX = 100;

/** Where the exceptions stand. */
export const SIZES = 'test/house/sizes.json';

/** Sizes over their limit, less the exceptions; and exceptions that are no longer what they say. */
export function oversized(tree: Tree, exceptions: Exceptions): Problem[] {
  const code = [...tree].filter(([path]) => isCode(path));
  const excesses = code.flatMap(([path, text]) => [
    ...longFile(path, text),
    ...longFunctions(path, text),
    ...wide(path, text),
  ]);
  const largest = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { key, path, line, size, limit, what, cure } of excesses) {
    largest.set(key, Math.max(size, largest.get(key) ?? 0));
    const allowed = exceptions[key]?.size ?? limit;
    if (size > allowed) problems.push({ path, line, what: `${what}, at most ${allowed}`, cure });
  }
  return [...problems, ...looseExceptions(tree, exceptions, largest)];
}

// The ratchet: an exception says exactly how large its subject is, and which decision allows it.
function looseExceptions(
  tree: Tree,
  exceptions: Exceptions,
  largest: ReadonlyMap<string, number>,
): Problem[] {
  return Object.entries(exceptions).flatMap(([key, { size, decision }]) => {
    const found = largest.get(key);
    const at = { path: SIZES, line: 1 };
    if (found === undefined) {
      return [{ ...at, what: `"${key}" is within its limit`, cure: 'remove its exception' }];
    }
    if (found < size) {
      const what = `"${key}" shrank to ${found}, its exception still says ${size}`;
      return [{ ...at, what, cure: `lower it to ${found}` }];
    }
    if (![...tree.keys()].some((path) => path.startsWith(`docs/decisions/${decision}-`))) {
      const what = `the exception of "${key}" names no decision record`;
      return [{ ...at, what, cure: 'write docs/decisions/NNNN-title.md and name NNNN here' }];
    }
    return [];
  });
}

/** Whether a file is judged as a test: longer, because a suite is a list. */
export function isTest(path: string): boolean {
  return /^test\/|^packages\/[^/]+\/test\/|\.test\.ts$/.test(path);
}

function longFile(path: string, text: string): Excess[] {
  const size = text.replace(/\n$/, '').split('\n').length;
  const limit = isTest(path) ? TEST_LINES_MAX : SOURCE_LINES_MAX;
  if (size <= limit) return [];
  const cure = 'split it: one file, one idea';
  return [{ key: path, path, line: limit + 1, size, limit, what: `${size} lines`, cure }];
}

function longFunctions(path: string, text: string): Excess[] {
  const found: Excess[] = [];
  const file = parse(text);
  walk(file, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body || isSuite(node)) return;
    const line = lineOf(node);
    const size = file.getLineAndCharacterOfPosition(node.end).line + 1 - line + 1;
    if (size <= FUNCTION_LINES_MAX) return;
    const name = nameOf(node);
    const what = `function ${name} has ${size} lines`;
    const cure = 'keep the control flow here and move pure steps into functions of their own';
    const key = `${path} › ${name}`;
    found.push({ key, path, line, size, limit: FUNCTION_LINES_MAX, what, cure });
  });
  return found;
}

// A function that declares tests is a list of them; each test in it is measured by itself.
function isSuite(node: ts.SignatureDeclaration & { readonly body?: ts.Node | undefined }): boolean {
  const { body } = node;
  return (
    body !== undefined &&
    ts.isBlock(body) &&
    body.statements.some(
      (statement) =>
        ts.isExpressionStatement(statement) &&
        /^(describe|test|it|suite)\b/.test(statement.expression.getText()),
    )
  );
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) {
    return parent.name.getText();
  }
  if (ts.isCallExpression(parent)) return `given to ${parent.expression.getText().slice(0, 40)}`;
  return ts.isConstructorDeclaration(node) ? 'constructor' : 'without a name';
}

function wide(path: string, text: string): Excess[] {
  return text.split('\n').flatMap((content, index) => {
    if (content.length <= LINE_COLUMNS_MAX) return []; // code points are never more than units
    const size = [...content].length;
    if (size <= LINE_COLUMNS_MAX || isProse(content)) return [];
    const cure = 'break it; a long text may stand alone on its line';
    const key = `${path} › width`;
    const what = `${size} columns`;
    return [{ key, path, line: index + 1, size, limit: LINE_COLUMNS_MAX, what, cure }];
  });
}

// Comments, a text alone on its line, and the title that opens a test are not code: breaking them
// helps no reader.
function isProse(content: string): boolean {
  const line = content.trim();
  if (/^(it|describe)\((['"`]).*\2, (async )?\(.*\) => \{$/.test(line)) return true;
  return /^(\/\/|\/?\*)/.test(line) || /^([\w'"-]+: ?)?(['"`]).*\2[,;)]*$/.test(line);
}
