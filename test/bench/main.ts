// `npm run bench`: ratios to floors of the same run, as a table and as JSON.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { chartSubjects } from './charts.ts';
import { configurationSubjects } from './configurations.ts';
import { longCase } from './long-case.ts';
import { measure, type Result } from './measure.ts';
import { subjects } from './subjects.ts';

const rounds = Number(process.env['HIMAYA_BENCH_ROUNDS'] ?? 9);
const seed = Number(process.env['HIMAYA_SEED'] ?? 1);
/** A single insert faster than this did not wait for a disk: its ratio would mean nothing. */
const FSYNC_PER_SECOND_MAX = 15_000;

const folder = mkdtempSync(join(process.env['HIMAYA_BENCH_FOLDER'] ?? tmpdir(), 'himaya-bench-'));
try {
  const made = await subjects(folder, seed);
  const charts = [...chartSubjects(seed), ...configurationSubjects()];
  const all = [...made.list, ...(await longCase()), ...charts];
  const results = await measure(all, rounds, (round) =>
    process.stderr.write(`round ${round + 1} of ${rounds}\n`),
  );
  await made.close();
  const single = results.find(({ name }) => name === 'raw insert, 1 row')?.perSecond ?? 0;
  const fsync = single <= FSYNC_PER_SECOND_MAX;
  print(results, fsync);
  const file = save(results, fsync);
  console.log(`\nWritten to ${file}`);
  const missed = results.filter(
    (one) => (fsync || !waits(one)) && one.due !== undefined && (one.ratio ?? 0) < one.due,
  );
  const failed = results.filter(({ failures }) => failures > 0);
  for (const { name, ratio, due } of missed) {
    console.log(`Due and not reached: ${name}, ${ratio?.toFixed(2)} of ${due}.`);
  }
  for (const { name, failures } of failed) console.log(`Failures: ${name}, ${failures}.`);
  process.exitCode = missed.length + failed.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Whether a ratio compares waits for a disk: those of parsing, and of a case in memory, do not. */
function waits({ floor = '' }: { readonly floor?: string | undefined }): boolean {
  return !/^(JSON|case of|transition|one reused|configurations)/.test(floor);
}

function print(results: readonly Result[], fsync: boolean): void {
  console.log(
    `${'what'.padEnd(34)}${'per second'.padStart(14)}  ${'ratio (least–most)'.padEnd(24)}due`,
  );
  for (const { name, unit, perSecond, ratio, ratioLeast, ratioMost, due, floor } of results) {
    const rate = `${Math.round(perSecond).toLocaleString('en')} ${unit}`;
    const shown =
      ratio === undefined
        ? ''
        : fsync || !waits({ floor })
          ? `${ratio.toFixed(2)} (${ratioLeast?.toFixed(2)}–${ratioMost?.toFixed(2)})`
          : 'not applicable: no fsync';
    console.log(`${name.padEnd(34)}${rate.padStart(14)}  ${shown.padEnd(24)}${due ?? ''}`);
    if (floor) console.log(`${''.padEnd(34)}${''.padStart(14)}  of ${floor}`);
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
