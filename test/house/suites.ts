// Suites: no test is left out in silence, and each name states a fact.
import ts from 'typescript';
import { isTest } from './sizes.ts';
import { lineOf, parse, walk } from './syntax.ts';
import { isCode, type Problem, type Tree } from './tree.ts';

// `test`, `describe.each(…)`, `it.skipIf(slow)`, but not `pattern.test(…)`.
const RUNNER = /^(test|it|describe|suite|bench)\b/;
const WITH_REASON = /\(.*\b(only|needs|without|nightly)\b.*\)/;

/** Tests that are focused, left out or only planned; and names that wish instead of stating. */
export function weakTests(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path) || !(isTest(path) || /\/src\/contract\//.test(path))) continue;
    walk(parse(text), (node) => {
      const found = ts.isCallExpression(node) ? weaknessOf(node) : undefined;
      if (found) problems.push({ path, line: lineOf(node), ...found });
    });
  }
  return problems;
}

function weaknessOf(call: ts.CallExpression) {
  const callee = chainOf(call.expression);
  const [first] = call.arguments;
  const title = first && titleOf(first);
  if (!RUNNER.test(callee)) {
    const isBare = callee.endsWith('.skip') && call.arguments.length === 0;
    return isBare ? { what: 'skips without a reason', cure: 'pass it: skip("why")' } : undefined;
  }
  const flaw = /\.(only|skip|todo|fails)\b/.exec(callee)?.[1];
  if (flaw) {
    return { what: `uses .${flaw}`, cure: 'run it, or remove it and open an issue' };
  }
  if (/\.(skipIf|runIf)$/.test(callee) && title !== undefined && !WITH_REASON.test(title)) {
    const cure = 'end its name with the reason, as in "(nightly only)" or "(needs Node 22)"';
    return { what: `leaves "${title}" out without a printed reason`, cure };
  }
  if (title !== undefined && /\bshould\b/i.test(title)) {
    const cure = 'state the fact: subject › when › what is true';
    return { what: `test name "${title}" says "should"`, cure };
  }
  return undefined;
}

/** A test's name as far as it is written down: a literal, a template, or a sum of both. */
function titleOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
  if (!ts.isBinaryExpression(node)) return undefined;
  return `${titleOf(node.left) ?? ''}${titleOf(node.right) ?? ''}`;
}

/** `test.each` of `test.each([…])`: the names of a call without what is handed to it. */
function chainOf(node: ts.Expression): string {
  if (ts.isPropertyAccessExpression(node)) return `${chainOf(node.expression)}.${node.name.text}`;
  if (ts.isCallExpression(node)) return chainOf(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return chainOf(node.tag);
  return ts.isIdentifier(node) ? node.text : '?';
}
