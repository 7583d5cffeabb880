// `npm run bench`: ratios to floors of the same run, as a table and as JSON.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { chartSubjects } from './charts.ts';
import { configurationSubjects } from './configurations.ts';
import { longCase } from './long-case.ts';
import { measure, type Ratio, type Result, type Subject } from './measure.ts';
import { peerSubjects } from './peers/subjects.ts';
import { subjects } from './subjects.ts';

const rounds = Number(process.env['HIMAYA_BENCH_ROUNDS'] ?? 9);
const seed = Number(process.env['HIMAYA_SEED'] ?? 1);
/** A single insert faster than this did not wait for a disk: its ratio would mean nothing. */
const FSYNC_PER_SECOND_MAX = 15_000;
let told = '';

const folder = mkdtempSync(join(process.env['HIMAYA_BENCH_FOLDER'] ?? tmpdir(), 'himaya-bench-'));
try {
  const made = await asked(process.argv.slice(2));
  const results = await measure(made.list, rounds, tell);
  const single = results.find(({ name }) => name === 'raw insert, 1 row')?.perSecond ?? 0;
  const fsync = single <= FSYNC_PER_SECOND_MAX;
  print(results, fsync);
  const file = save(results, fsync);
  console.log(`\nWritten to ${file}`);
  const missed = results.flatMap(({ name, ratios }) =>
    ratios
      .filter((ratio) => (fsync || !waits(ratio)) && ratio.median < (ratio.due ?? 0))
      .map(({ median, due, floor }) => `${name}, ${median.toFixed(2)} of ${due} × ${floor}.`),
  );
  const failed = results.filter(({ failures }) => failures > 0);
  for (const line of missed) console.log(`Due and not reached: ${line}`);
  for (const { name, failures } of failed) console.log(`Failures: ${name}, ${failures}.`);
  const ours = failed.filter(({ isOthers }) => !isOthers);
  process.exitCode = missed.length + ours.length > 0 ? 1 : 0;
  await made.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Which round it is, and on a terminal what is measured now. */
function tell(round: number, name: string): void {
  const which = round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`;
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${which}: ${name}`);
  else if (which !== told) process.stderr.write(`${which}\n`);
  told = which;
}

interface Subjects {
  readonly list: readonly Subject[];
  close(): Promise<void>;
}

/** What is measured: this repository against floors, or with `peers` beside other libraries. */
async function asked([what, ...more]: readonly string[]): Promise<Subjects> {
  if (what === 'peers' && more.length === 0) return peerSubjects(folder, seed);
  if (what !== undefined) throw new Error(`npm run bench [-- peers]: what is ${what}?`);
  const { list, close } = await subjects(folder, seed);
  const charts = [...chartSubjects(seed), ...configurationSubjects()];
  return { list: [...list, ...(await longCase()), ...charts], close };
}

/** Whether a ratio compares waits for a disk: those of parsing, and of a case in memory, do not. */
function waits({ floor }: Ratio): boolean {
  return !/^(JSON|case of|transition|one reused|configurations)/.test(floor);
}

function print(results: readonly Result[], fsync: boolean): void {
  console.log(`${'what'.padEnd(44)}${'per second'.padStart(16)}  ratio (least–most), due`);
  for (const { name, unit, perSecond, ratios, failures } of results) {
    const rate = `${Math.round(perSecond).toLocaleString('en')} ${unit}`;
    const failed = failures > 0 ? `${failures.toLocaleString('en')} failed` : '';
    console.log(`${name.padEnd(44)}${rate.padStart(16)}  ${failed}`.trimEnd());
    for (const ratio of ratios) {
      const { floor, median, least, most, due } = ratio;
      const shown =
        fsync || !waits(ratio)
          ? Number.isFinite(median)
            ? `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
            : 'the other did nothing'
          : 'not applicable: no fsync';
      const wanted = due === undefined ? '' : `, due ${due}`;
      console.log(`  of ${floor}`.padEnd(62) + shown + wanted);
    }
  }
}

function save(results: readonly Result[], fsync: boolean): string {
  mkdirSync('bench-results', { recursive: true });
  const at = new Date().toISOString();
  const file = join('bench-results', `${at.replaceAll(':', '-')}.json`);
  const report = {
    at,
    node: process.version,
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryBytes: totalmem() },
    fileSystem: statfsSync(folder).type,
    commit: commit(),
    seed,
    rounds,
    fsync,
    results,
  };
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
