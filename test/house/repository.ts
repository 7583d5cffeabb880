// The repository as a whole: its top level, what it says of itself, and what it must not name.
import { posix } from 'node:path';
import { lineWith, manifestsOf } from './arrows.ts';
import { SCOPE, TOP_LEVEL } from './rooms.ts';
import type { Problem, Tree } from './tree.ts';

interface RootManifest {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly packageManager: string;
  readonly license: string;
}

/** Files and folders at the top that the design does not name. */
export function strayTop(tree: Tree): Problem[] {
  const tops = new Set([...tree.keys()].map((path) => path.split('/', 1)[0] ?? path));
  return [...tops]
    .filter((top) => !top.startsWith('.') && !TOP_LEVEL.includes(top))
    .map((path) => ({
      path,
      line: 1,
      what: 'does not belong at the top level',
      cure: `move it into one of ${TOP_LEVEL.slice(0, 4).join(', ')}`,
    }));
}

// Written in parts, so that this file does not name what it looks for.
const PLACES = ['work', 'root', 'tmp'].join('|');
const AFTER = '(?:/[\\w.]|(?=["\'`\\s)\\]]|$))';
const MACHINE_PATH = new RegExp(`(?<![\\w.~$})/-])/(?:${PLACES})${AFTER}`, 'm');
const REGISTRY_HOST = new RegExp(`//[\\w.-]*${['regis', 'try'].join('')}[\\w-]*\\.|npm${'mirror'}`);

/** Lines that name a folder of the machine they were written on, or a package registry. */
export function machineWords(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    for (const pattern of [MACHINE_PATH, REGISTRY_HOST]) {
      const match = pattern.exec(text);
      if (!match) continue;
      const line = text.slice(0, match.index).split('\n').length;
      const what = `names "${match[0]}", which is only on one machine`;
      problems.push({ path, line, what, cure: 'use a relative path or os.tmpdir()' });
    }
  }
  return problems;
}

/** Claims of README.md and docs that package.json and the tree do not bear out. */
export function falseClaims(tree: Tree): Problem[] {
  const root = JSON.parse(tree.get('package.json') ?? '{}') as RootManifest;
  const readme = tree.get('README.md');
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    if (!/^(README\.md|docs\/.*\.md)$/.test(path)) continue;
    problems.push(...unknownCommands(path, text, root), ...deadLinks(tree, path, text));
  }
  if (readme !== undefined) {
    problems.push(...wrongVersions(readme, root), ...wrongPackages(tree, readme));
  }
  return problems;
}

function unknownCommands(path: string, text: string, root: RootManifest): Problem[] {
  const cure = `package.json has: ${Object.keys(root.scripts).join(', ')}`;
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)]
    .filter(([, ran, short]) => !Object.hasOwn(root.scripts, ran ?? short ?? ''))
    .map((match) => ({ path, line: lineAt(text, match.index), what: `names "${match[0]}"`, cure }));
}

function deadLinks(tree: Tree, path: string, text: string): Problem[] {
  const paths = [...tree.keys()];
  return [...text.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)[^)]*\)/g)].flatMap((match) => {
    const target = posix.join(posix.dirname(path), match[1] ?? '').replace(/\/$/, '');
    if (paths.some((one) => one === target || one.startsWith(`${target}/`))) return [];
    const what = `links to "${match[1]}", which is not in the repository`;
    return [{ path, line: lineAt(text, match.index), what, cure: 'correct or remove the link' }];
  });
}

function wrongVersions(text: string, root: RootManifest): Problem[] {
  const path = 'README.md';
  const least = root.engines.node.replace(/^>=/, '').replace(/\.0$/, '');
  const problems: Problem[] = [];
  if (!text.includes(least)) {
    const what = `does not say that it needs Node ${least}`;
    problems.push({ path, line: 1, what, cure: 'say it: package.json does' });
  }
  for (const match of text.matchAll(/\bNode(?:\.js)? (?:>= ?|≥ ?)?(\d+(?:\.\d+)*)/g)) {
    const found = match[1] ?? '';
    const isWrong = found.includes('.')
      ? found !== least && found !== `${least}.0`
      : Number(found) < Number(least.split('.')[0]);
    if (!isWrong) continue;
    const cure = `package.json says ${root.engines.node}`;
    problems.push({ path, line: lineAt(text, match.index), what: `claims Node ${found}`, cure });
  }
  for (const match of text.matchAll(/\bpnpm[ @](\d+\.\d+\.\d+)/g)) {
    if (root.packageManager.startsWith(`pnpm@${match[1]}`)) continue;
    const cure = `package.json says ${root.packageManager.replace(/\+.*/, '')}`;
    problems.push({ path, line: lineAt(text, match.index), what: `claims ${match[0]}`, cure });
  }
  if (/\blicen[cs]e/i.test(text) && !text.includes(root.license)) {
    const line = lineWith(text.toLowerCase(), 'licen');
    const what = 'speaks of a licence other than that of package.json';
    problems.push({ path, line, what, cure: `write ${root.license}` });
  }
  return problems;
}

function wrongPackages(tree: Tree, text: string): Problem[] {
  const path = 'README.md';
  const names = new Set([...manifestsOf(tree).values()].map((manifest) => manifest.name));
  const named = [...text.matchAll(/@himaya\/([a-z-]+)/g)];
  const unknown = named
    .filter((match) => !names.has(match[0]))
    .map((match) => ({
      path,
      line: lineAt(text, match.index),
      what: `names "${match[0]}", which is no package here`,
      cure: `there are: ${[...names].join(', ')}`,
    }));
  const said = text.replaceAll(SCOPE, '');
  const missing = [...names]
    .filter((name) => !new RegExp(`\\b${name.slice(SCOPE.length)}\\b`).test(said))
    .map((name) => `does not name "${name}"`)
    .map((what) => ({ path, line: 1, what, cure: 'list every package' }));
  return [...unknown, ...missing];
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
