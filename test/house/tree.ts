// The repository as the house rules see it: every text file that is, or would be, committed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Path from the root, with `/`, to the file's text. A rule's self-test builds one by hand. */
export type Tree = ReadonlyMap<string, string>;

/** One breach of a rule. Printed as `path:line: what; cure`. */
export interface Problem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
  readonly cure: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const IGNORED = new Set(['node_modules', 'dist', 'coverage', '.git', '.demo', 'bench-results']);
const FILE_BYTES_MAX = 2_000_000; // longer ones are data; no rule reads them

/** Builds a tree from a literal, for self-tests. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return new Map(Object.entries(files));
}

/** Reads the repository; without git (an unpacked archive) it walks the folders instead. */
export function readTree(root: string = ROOT): Tree {
  const tree = new Map<string, string>();
  for (const path of listByGit(root) ?? listByWalk(root, '')) {
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size > FILE_BYTES_MAX) continue;
    const text = readFileSync(full, 'utf8');
    tree.set(path, text.includes('\0') ? '' : text);
  }
  return tree;
}

function listByGit(root: string): string[] | undefined {
  if (!existsSync(join(root, '.git'))) return undefined;
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  try {
    const out = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    return [...new Set(out.split('\0').filter(Boolean))].toSorted();
  } catch {
    return undefined; // no git on this machine
  }
}

function listByWalk(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (IGNORED.has(entry.name) || /\.(tsbuildinfo|db|db-wal|db-shm)$/.test(entry.name)) return [];
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listByWalk(root, path) : [path];
  });
}

/** Fails with one line for each problem; does nothing when there are none. */
export function assertNone(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ path, line, what, cure }) => `${path}:${line}: ${what}; ${cure}`);
  const failure = new Error(`${lines.length} found\n${lines.join('\n')}`);
  failure.stack = failure.message; // the place is in the message; ours would only distract
  throw failure;
}

/** Files that are code of this project: TypeScript and JavaScript, configuration left out. */
export function isCode(path: string): boolean {
  return /\.(ts|mts|mjs|js)$/.test(path) && !path.endsWith('.d.ts');
}

/** Files in `packages/<name>/src`, with that name. */
export function packageOf(path: string): { name: string; isSource: boolean } | undefined {
  const match = /^packages\/([^/]+)\/(src\/)?/.exec(path);
  return match?.[1] ? { name: match[1], isSource: match[2] !== undefined } : undefined;
}
