// Runs one of the repository's tasks, and installs first what the lock file names and is missing:
// `npm run demo` and `npm test` work on a machine that has only Node and npm.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const cwd = fileURLToPath(root);
const onWindows = process.platform === 'win32';
const manifest = JSON.parse(readText('package.json'));
const PNPM = manifest.packageManager.replace(/^pnpm@/, '').replace(/\+.*$/, '');
const NODE_MIN = manifest.engines.node.replace(/^>=/, '');
const STILL_INSTALLING_MS = 10_000;
const INSTALL_LOG_LINES_MAX = 25;
const INSTALL = ['install', '--frozen-lockfile', '--reporter=append-only'];

const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts'];
const tsx = ['tsx', '--conditions=source'];
const SMALL_HEAP = ['--max-semi-space-size=4', '--max-old-space-size=1024'];
const CODE = ['packages', 'examples', 'test', '.scripts', '.ci'];
const packages = ['pnpm', '-r', '--filter', './packages/*'];
const TASKS = {
  demo: [...tsx, 'examples/demo/main.ts'],
  test: vitest,
  'test:nightly': vitest,
  bench: ['tsx', 'test/bench/main.ts'],
  // A heap that grows little, as the built command has it: a large archive takes 100 MB less.
  himaya: ['tsx', ...SMALL_HEAP, ...tsx.slice(1), 'packages/auditor/src/himaya.ts'],
  lint: ['oxlint', '--deny-warnings', '-c', '.oxlintrc.json', ...CODE],
  typecheck: ['typescript', '--pretty', 'false', '-p', 'test/tsconfig.json'],
  build: [...packages, 'run', 'build'],
  'check:packages': [...packages, 'exec', 'publint', '--strict'],
  'check:packed': ['tsx', 'test/packed/run.ts'],
  mutate: ['tsx', 'test/mutation/run.ts'],
  pnpm: ['pnpm'],
};

// npm sets lower-case npm_* variables for its children; pnpm would take them for its own settings.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
);
// Node 22 warns that its own SQLite is experimental; the tests hold it to the same contract.
if (process.allowedNodeEnvironmentFlags.has('--disable-warning')) {
  const quiet = '--disable-warning=ExperimentalWarning';
  env.NODE_OPTIONS = [process.env.NODE_OPTIONS, quiet].filter(Boolean).join(' ');
}

/** Ends this process with one line that says what is wrong and what to do. */
function giveUp(line, status = 1) {
  console.error(`himaya: ${line}`);
  process.exit(status);
}

/** A file of the repository, or undefined if there is none. */
function readText(path) {
  const url = new URL(path, root);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}

/** Whether version `found` is below version `wanted`, both `major.minor.patch`. */
function isOlder(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split('.').map(Number));
  const at = b.findIndex((part, index) => part !== a[index]);
  return at >= 0 && a[at] < b[at];
}

/** The start of a command line that runs the pnpm this repository names, installed here or not. */
function pnpm() {
  const found = spawnSync('pnpm', ['--version'], { cwd, env, encoding: 'utf8', shell: onWindows });
  if (found.status === 0 && found.stdout.trim() === PNPM) return ['pnpm'];
  return ['npm', 'exec', '--yes', `--package=pnpm@${PNPM}`, '--', 'pnpm'];
}

/** The start of a command line that runs an installed tool without a shell or a shim. */
function tool(name) {
  const text = readText(`node_modules/${name}/package.json`);
  if (!text) giveUp(`${name} is not installed; delete node_modules and run this again.`);
  const { bin } = JSON.parse(text);
  const file = typeof bin === 'string' ? bin : (bin[name] ?? bin.tsc);
  return [process.execPath, fileURLToPath(new URL(`node_modules/${name}/${file}`, root))];
}

/** Runs a command line to its end; a signal that ends this process ends the command first. */
function run([command, ...args], stdio) {
  return new Promise((resolve) => {
    const shell = onWindows && command !== process.execPath;
    const child = spawn(command, args, { cwd, env, stdio, shell });
    const log = [];
    const keep = (chunk) => log.push(chunk);
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    // A terminal sends Ctrl-C to the whole group: the command has it already.
    const onInterrupt = () => process.stdin.isTTY || child.kill('SIGINT');
    const onTerminate = () => child.kill('SIGTERM');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    const end = (status, text) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve({ status, log: text ?? Buffer.concat(log).toString('utf8') });
    };
    child.on('error', (error) => end(127, `cannot start ${command}: ${error.message}`));
    child.on('close', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** Whether node_modules holds exactly what the lock file names. */
function isInstalled() {
  const installed = readText('node_modules/.pnpm/lock.yaml');
  return (
    installed !== undefined &&
    installed === readText('pnpm-lock.yaml')?.replaceAll('\r\n', '\n') &&
    readText('node_modules/.modules.yaml') !== undefined
  );
}

/** Builds the packages: what is measured is what is published, not what tsx makes of the sources. */
async function build() {
  console.error('himaya: building the packages …');
  const { status, log } = await run([...pnpm(), ...TASKS.build.slice(1)], 'pipe');
  if (status !== 0) giveUp(`the build failed:\n${log}`, status);
}

async function install() {
  console.error('himaya: installing what this needs (once, about a minute at most) …');
  const started = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    console.error(`himaya: still installing (${seconds} s) …`);
  }, STILL_INSTALLING_MS);
  const { status, log } = await run([...pnpm(), ...INSTALL], ['ignore', 'pipe', 'pipe']);
  clearInterval(timer);
  if (status === 0) return;
  const lines = log.split('\n').filter((line) => line.trim() && !/^(npm error)?\s+at /.test(line));
  console.error(lines.slice(-INSTALL_LOG_LINES_MAX).join('\n'));
  giveUp('the install failed (above). Check the network, then run this again.', status);
}

const [task, ...rest] = process.argv.slice(2);
if (isOlder(process.versions.node, NODE_MIN)) {
  giveUp(`Node ${process.versions.node} is too old; install Node ${NODE_MIN} or newer.`);
}
const steps = Object.hasOwn(TASKS, task ?? '') ? TASKS[task] : undefined;
if (!steps) giveUp(`no task "${task ?? ''}"; there are: ${Object.keys(TASKS).join(', ')}.`, 2);
if (task === 'test:nightly') env.HIMAYA_NIGHTLY = '1';
if (task !== 'pnpm' && !isInstalled()) await install();
if (task === 'bench') await build();

const [name, ...args] = steps;
const command = name === 'pnpm' ? pnpm() : tool(name);
const { status, log } = await run([...command, ...args, ...rest], 'inherit');
if (log) giveUp(log, status);
process.exitCode = status;
