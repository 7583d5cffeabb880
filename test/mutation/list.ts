// The mutations of every package: small faults that its tests must notice.
import ts from 'typescript';
import { lineWith } from '../house/arrows.ts';
import type { Problem, Tree } from '../house/tree.ts';

/** One fault: in `file`, `find` becomes `replace`, and the tests under `test` must then fail. */
export interface Mutation {
  /** From the root. */
  readonly file: string;
  /** Stands exactly once in `file`. */
  readonly find: string;
  readonly replace: string;
  /** A path filter for vitest, from the root. */
  readonly test: string;
  /** Why no test can notice it: the argument that it changes nothing. It is expected to survive. */
  readonly equivalent?: string;
  /** The list that holds it, from the root, and its line there. */
  readonly list: string;
  readonly line: number;
}

const LIST = /^(packages\/[^/]+)\/test\/mutations\.json$/;

/** Every mutation of every `packages/<name>/test/mutations.json`; paths may start at the package. */
export function readMutations(tree: Tree): Mutation[] {
  const paths = [...tree.keys()];
  return [...tree].flatMap(([list, text]) => {
    const home = LIST.exec(list)?.[1];
    if (!home) return [];
    const entries = JSON.parse(text) as Omit<Mutation, 'list' | 'line'>[];
    return entries.map(({ file, find, replace, test, equivalent }) => ({
      ...(equivalent !== undefined && { equivalent }),
      file: tree.has(`${home}/${file}`) ? `${home}/${file}` : file,
      find,
      replace,
      test: paths.some((path) => path.startsWith(`${home}/${test}`)) ? `${home}/${test}` : test,
      list,
      line: lineWith(text, JSON.stringify(find)),
    }));
  });
}

/** The text of a mutated file. Call only when `find` stands there once. */
export function mutate(text: string, { find, replace }: Mutation): string {
  const at = text.indexOf(find);
  return text.slice(0, at) + replace + text.slice(at + find.length);
}

/** Mutations that no longer fit the code: they would prove nothing. */
export function staleMutations(tree: Tree): Problem[] {
  return readMutations(tree).flatMap((mutation) => {
    const what = flawOf(tree, mutation);
    const cure = 'rewrite this mutation for the code as it is now';
    return what ? [{ path: mutation.list, line: mutation.line, what, cure }] : [];
  });
}

function flawOf(tree: Tree, mutation: Mutation): string | undefined {
  const { file, find, replace, test, equivalent } = mutation;
  const text = tree.get(file);
  if (text === undefined) return `its file "${file}" does not exist`;
  const count = find ? text.split(find).length - 1 : 0;
  if (count !== 1) return `its text stands ${count} times in ${file}, not once`;
  if (find === replace) return 'it changes nothing';
  if (equivalent?.trim() === '') return 'it does not say why it is equivalent';
  if (!parses(file, mutate(text, mutation))) return `with it, ${file} is no longer TypeScript`;
  const isTest = (path: string) => path.endsWith('.test.ts') && path.includes(test);
  if (!test || ![...tree.keys()].some(isTest)) return `no test file matches "${test}"`;
  return undefined;
}

function parses(file: string, text: string): boolean {
  if (!file.endsWith('.ts')) return true;
  // The compiler keeps what parsing finds here; to emit the file as well takes ten times as long.
  const source: object = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext);
  return (source as { readonly parseDiagnostics: readonly object[] }).parseDiagnostics.length === 0;
}
