// Packs every package, installs the archives in an empty project and uses them as a stranger would.
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsOf } from '../house/arrows.ts';
import { readTree } from '../house/tree.ts';

/** What a published package.json shows of itself. */
interface Published {
  readonly name: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');
const NOT_FOR_READERS = /^package\/(src|test|node_modules)\/|\.test\.|tsbuildinfo|tsup\.config/;
const REQUIRED = ['package/package.json', 'package/LICENSE', 'package/dist/index.js'];

const scratch = mkdtempSync(join(tmpdir(), 'himaya-packed-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130)).on('SIGTERM', () => process.exit(143));

const problems: string[] = [];
const isWindows = process.platform === 'win32';

/** Runs a command and answers its output; a failure shows the output and becomes a problem. */
function run(what: string, command: string, args: string[], options: ExecFileSyncOptions = {}) {
  try {
    const shell = isWindows && command === 'npm';
    const settings = { cwd: scratch, stdio: 'pipe', shell, ...options } as const;
    return execFileSync(command, args, { ...settings, encoding: 'utf8' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    problems.push(`${what} fails\n${`${stdout}${stderr}`.trim()}`);
    return undefined;
  }
}

/** Packs every package into `folder`; answers the archives. */
function pack(folder: string): string[] {
  const script = join(ROOT, '.scripts/run.mjs');
  const each = ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder];
  const args = [script, 'pnpm', ...each];
  run('pnpm pack', process.execPath, args, { cwd: ROOT });
  return readdirSync(folder).map((file) => join(folder, file));
}

/** What an archive holds that no reader needs, or lacks that every reader expects. */
function checkContents(archive: string): void {
  const listed = run(`listing ${archive}`, 'tar', ['-tzf', archive]);
  if (listed === undefined) return;
  const files = listed.split('\n').map((line) => line.trim());
  const label = archive.slice(scratch.length + 1);
  for (const file of REQUIRED) {
    if (!files.includes(file)) problems.push(`${label} lacks ${file}; run the build first`);
  }
  for (const file of files.filter((one) => NOT_FOR_READERS.test(one))) {
    problems.push(`${label} carries ${file}; narrow "files" in its package.json`);
  }
}

function readPublished(project: string, name: string): Published {
  const path = join(project, 'node_modules', name, 'package.json');
  const text = readFileSync(path, 'utf8');
  if (/"(workspace|catalog):/.test(text)) {
    problems.push(`${name} still depends on "workspace:" or "catalog:"; pack it with pnpm`);
  }
  return JSON.parse(text) as Published;
}

/** Specifiers that a reader may import, the package's own face first. */
function entriesOf({ name, exports }: Published): string[] {
  const keys = Object.keys(exports).filter((key) => key !== './package.json');
  return keys.map((key) => name + key.slice(1)).toSorted();
}

/** Imports every entry in a fresh Node and compiles a file that names each with strict TypeScript. */
function checkEntries(project: string, entries: readonly string[]): void {
  for (const entry of entries) {
    const code = `const all = Object.keys(await import('${entry}'));
      console.log('${entry}: ' + all.length + ' names');
      if (all.length === 0) process.exitCode = 1;`;
    const out = run(`import "${entry}"`, process.execPath, ['--input-type=module', '-e', code], {
      cwd: project,
    });
    if (out) console.log(out.trim());
  }
  const uses = entries.map((entry, index) => `import * as e${index} from '${entry}';`);
  const names = entries.map((_, index) => `e${index}`);
  const file = [...uses, `export const all: readonly object[] = [${names.join(', ')}];`, ''];
  writeFileSync(join(project, 'uses.ts'), file.join('\n'));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    lib: ['ES2023', 'ESNext.Disposable'],
    module: 'NodeNext',
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
    skipLibCheck: false,
  };
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['uses.ts'] }),
  );
  run('tsc on the published types', process.execPath, [TSC, '--pretty', 'false'], { cwd: project });
}

/** Imports entries that need optional peers from inside a test, with the peers at hand. */
function checkInTest(project: string, entries: readonly string[], peers: readonly string[]): void {
  if (entries.length === 0) return;
  for (const peer of peers) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(project, 'node_modules', peer), 'junction');
  }
  const test = `import { expect, test } from 'vitest';
    test.each(${JSON.stringify(entries)})('%s › when imported › has names', async (entry) => {
      expect(Object.keys(await import(/* @vite-ignore */ entry))).not.toEqual([]);
    });`;
  writeFileSync(join(project, 'peers.test.ts'), test);
  const args = [VITEST, 'run', '--root', project];
  const out = run(`importing ${entries.join(', ')}`, process.execPath, args, { cwd: project });
  if (out !== undefined) console.log(`${entries.join(', ')}: in a test`);
}

function checkCommands(project: string, published: readonly Published[]): void {
  for (const name of published.flatMap(({ bin }) => Object.keys(bin ?? {}))) {
    const path = join(project, 'node_modules/.bin', isWindows ? `${name}.cmd` : name);
    const out = run(`${name} --help`, path, ['--help'], { cwd: project, shell: isWindows });
    if (out !== undefined) console.log(`${name} --help: ${out.split('\n').length - 1} lines`);
  }
}

const archives = join(scratch, 'archives');
const project = join(scratch, 'project');
mkdirSync(archives);
mkdirSync(project);
const packed = pack(archives);
for (const archive of packed) checkContents(archive);
const manifest = { name: 'a-stranger', private: true, type: 'module' };
writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
const installed = run('npm install', 'npm', ['install', ...quiet, ...packed], { cwd: project });
if (installed !== undefined) {
  const names = [...manifestsOf(readTree()).values()].map(({ name }) => name);
  const published = names.map((name) => readPublished(project, name));
  // Beside its own face, a package with peers has entries that only a test can import.
  const isForTests = (one: Published, entry: string) => one.peerDependencies && entry !== one.name;
  const all = published.flatMap((one) => entriesOf(one).map((entry) => ({ one, entry })));
  const inTests = all.filter(({ one, entry }) => isForTests(one, entry));
  const plain = all.filter(({ one, entry }) => !isForTests(one, entry));
  checkEntries(project, plain.map(({ entry }) => entry));
  checkCommands(project, published);
  // Other peers are loaded only where a reader asks for them.
  const peers = new Set(inTests.flatMap(({ one }) => Object.keys(one.peerDependencies ?? {})));
  checkInTest(project, inTests.map(({ entry }) => entry), [...peers]);
}
for (const problem of problems) console.error(`packed: ${problem}`);
console.log(`packed: ${packed.length} archives, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
