// Applies each listed mutation to a copy of the repository and expects the tests to notice.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SCOPE } from '../house/rooms.ts';
import { readTree } from '../house/tree.ts';
import { mutate, readMutations, staleMutations, type Mutation } from './list.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUN_MS_MAX = 180_000; // a mutation may loop for ever; that too is noticed

type Verdict = 'caught' | 'survived' | 'equivalent' | 'stale';

let running: ChildProcess | undefined;
// The working tree is never touched: whatever happens here, there is nothing to restore in it.
const copy = mkdtempSync(join(tmpdir(), 'himaya-mutation-'));
process.on('exit', () => {
  stop();
  rmSync(copy, { recursive: true, force: true });
});
process.on('SIGINT', () => process.exit(130)).on('SIGTERM', () => process.exit(143));

/** Ends vitest and its workers, which a looping mutation would keep alive without it. */
function stop(): void {
  if (running?.pid === undefined) return;
  try {
    if (process.platform === 'win32') running.kill('SIGKILL');
    else process.kill(-running.pid, 'SIGKILL'); // a group of its own: see `detached` below
  } catch {
    // It has just ended by itself.
  }
}

/** Copies every file of the repository, and links what is installed. */
function makeCopy(paths: Iterable<string>): void {
  for (const path of paths) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(ROOT, path), join(copy, path));
  }
  linkInstalled('');
  for (const group of ['packages', 'examples']) {
    if (!existsSync(join(ROOT, group))) continue;
    for (const name of readdirSync(join(ROOT, group))) linkInstalled(join(group, name));
  }
}

// Vendors are linked to where they are installed; our own packages to the copy, so that a
// mutation is seen by the other packages that import it.
function linkInstalled(folder: string): void {
  const from = join(ROOT, folder, 'node_modules');
  if (!existsSync(from)) return;
  for (const entry of readdirSync(from)) {
    if (entry.startsWith('.')) continue;
    const names = entry.startsWith('@')
      ? readdirSync(join(from, entry)).map((name) => `${entry}/${name}`)
      : [entry];
    for (const name of names) {
      const own = name.startsWith(SCOPE) && join(copy, 'packages', name.slice(SCOPE.length));
      const target = own || realpathSync(join(from, name));
      const link = join(copy, folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(target, link, 'junction');
    }
  }
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests under `filter` in the copy; answers the first failure, or that all passed. */
async function firstFailure(filter: string): Promise<string | undefined> {
  const out = join(copy, 'report.json');
  rmSync(out, { force: true });
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const config = ['--config', 'test/vitest.config.ts', '--bail=1'];
  const report = ['--reporter=json', `--outputFile.json=${out}`];
  const args = [vitest, 'run', ...config, ...report, filter];
  const isDone = await new Promise<boolean>((resolve) => {
    running = spawn(process.execPath, args, { cwd: copy, stdio: 'ignore', detached: true });
    const timer = setTimeout(stop, RUN_MS_MAX);
    running.on('close', (code) => {
      clearTimeout(timer);
      running = undefined;
      resolve(code !== null);
    });
  });
  if (!isDone) return `no end after ${RUN_MS_MAX / 1000} s`;
  if (!existsSync(out)) return 'vitest itself failed';
  const { testResults, numPassedTests } = JSON.parse(readFileSync(out, 'utf8')) as Report;
  const failed = testResults.find((file) => file.status === 'failed');
  if (failed) {
    const test = failed.assertionResults.find(({ status }) => status === 'failed');
    return test?.fullName ?? `the file does not load: ${failed.message.split('\n', 1)[0]}`;
  }
  return numPassedTests > 0 ? undefined : 'no test ran';
}

const tree = readTree();
const chosen = process.argv[2] ?? ''; // a part of a path: only mutations of files that match
const mutations = readMutations(tree).filter(({ file }) => file.includes(chosen));
const placeOf = (path: string, line: number) => `${path}:${line}`;
const stale = new Map(staleMutations(tree).map((one) => [placeOf(one.path, one.line), one]));
const baseline = new Map<string, string | undefined>();

/** What became of one mutation, and why. */
async function judge(mutation: Mutation): Promise<{ verdict: Verdict; why: string }> {
  const unfit = stale.get(placeOf(mutation.list, mutation.line));
  if (unfit) return { verdict: 'stale', why: unfit.what };
  if (!baseline.has(mutation.test)) {
    baseline.set(mutation.test, await firstFailure(mutation.test));
  }
  const before = baseline.get(mutation.test);
  if (before) return { verdict: 'stale', why: `fails without it: ${before}` };
  const path = join(copy, mutation.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, mutate(text, mutation));
  const failure = await firstFailure(mutation.test);
  writeFileSync(path, text);
  const { equivalent } = mutation;
  if (failure && equivalent) return { verdict: 'stale', why: `not equivalent: ${failure}` };
  if (failure) return { verdict: 'caught', why: failure };
  if (equivalent) return { verdict: 'equivalent', why: equivalent };
  return { verdict: 'survived', why: `every test under ${mutation.test} passes` };
}

makeCopy(tree.keys());
const counts: Record<Verdict, number> = {
  caught: 0,
  survived: 0,
  equivalent: 0,
  stale: 0,
};
for (const mutation of mutations) {
  const { verdict, why } = await judge(mutation);
  counts[verdict] += 1;
  const change = `${mutation.find} → ${mutation.replace}`.replaceAll(/\s+/g, ' ').slice(0, 60);
  console.log(`${verdict.padEnd(10)}  ${mutation.list}:${mutation.line}  ${mutation.file}`);
  console.log(`            ${change}\n            ${why}`);
}
if (counts.stale > 0) console.log(`${counts.stale} stale`);
console.log(
  `${counts.caught} caught, ${counts.survived} survived, ${counts.equivalent} equivalent as argued`,
);
process.exitCode = counts.survived + counts.stale > 0 ? 1 : 0;
