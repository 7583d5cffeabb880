// The rim of the lock: reads the lock file and the golden histories, and writes them when asked to.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MemoryEventStore } from '@himaya/event-store';
import type { Registered } from '../scenario/load.ts';
import { problemText } from '../scenario/problem.ts';
import type { ScenarioReport } from '../scenario/report.ts';
import { runScenario } from '../scenario/run.ts';
import {
  compareGolden,
  goldenOf,
  unarmedDeadlines,
  unrefusedRules,
  type Golden,
} from './golden.ts';
import { compareLock, extendLock, lockOf, type Lock, type LockProblem } from './lock.ts';

/** What is checked, and where the released truth is kept. */
export interface LockOptions extends Registered {
  /** The lock file, JSON. */
  readonly lockPath: string;
  /** A folder of scenarios `NAME.yaml`, each with its history `NAME.golden.json` beside it. */
  readonly goldenDir: string;
  /**
   * `'add'` records what is not recorded yet and changes nothing that is; `'replace'` records
   * everything anew, which is right only for versions that were never released. Default: nothing.
   */
  readonly update?: 'add' | 'replace';
  /** Codes, or `CODE: text` of one rule, that no scenario can meet, each with the reason. */
  readonly exempt?: Readonly<Record<string, string>>;
}

/** What a check found and wrote. */
export interface LockReport {
  readonly problems: readonly LockProblem[];
  /** Files written. */
  readonly written: readonly string[];
}

/**
 * Fails a build when behaviour changes without a version: compares definitions with the lock file,
 * and runs every scenario and compares it with its golden history.
 *
 * @throws whatever the file system throws, except for a missing file.
 */
export async function checkLock(options: LockOptions): Promise<LockReport> {
  const { caseTypes, policies, update } = options;
  const written: string[] = [];
  const write = async (path: string, value: unknown): Promise<void> => {
    await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
    written.push(path);
  };
  const now = lockOf(caseTypes, policies);
  const found = await readJson<Lock>(options.lockPath);
  const locked = found ?? { caseTypes: {}, policies: {} };
  const problems: LockProblem[] = [];
  if (locked === 'unreadable') {
    const message = `${options.lockPath} is not JSON; restore it from the last release`;
    problems.push({ code: 'lock-unreadable', subject: options.lockPath, message });
  } else {
    const next = update === 'replace' ? now : update === 'add' ? extendLock(locked, now) : locked;
    if (JSON.stringify(next) !== JSON.stringify(locked)) await write(options.lockPath, next);
    problems.push(...compareLock(next, now));
  }
  const reports: ScenarioReport[] = [];
  for (const file of await scenarioFiles(options.goldenDir)) {
    const judged = await judgeScenario(file, options);
    if (judged.report) reports.push(judged.report);
    if (judged.golden) await write(goldenPath(file), judged.golden);
    problems.push(...judged.problems);
  }
  problems.push(...(await goldensWithoutScenario(options.goldenDir)));
  // A rule that was loosened refuses nothing any more, and is named once, with its step.
  if (!problems.some(({ code }) => code === 'rule-loosened')) {
    problems.push(...unrefusedRules(caseTypes, reports, options.exempt ?? {}));
  }
  if (!problems.some(({ code }) => code === 'deadline-changed')) {
    problems.push(...unarmedDeadlines(caseTypes, reports, options.exempt ?? {}));
  }
  return { problems, written };
}

interface Judged {
  /** The run, unless it did not go as the scenario says. */
  readonly report?: ScenarioReport;
  /** The history to record. */
  readonly golden?: Golden;
  readonly problems: readonly LockProblem[];
}

async function judgeScenario(file: string, options: LockOptions): Promise<Judged> {
  const { caseTypes, policies, update } = options;
  const store = new MemoryEventStore();
  const report = await runScenario({ file }, { store, caseTypes, policies });
  const now = goldenOf(report);
  const recorded = await readJson<Golden>(goldenPath(file));
  if (recorded === 'unreadable') {
    const message = `${goldenPath(file)} is not JSON; restore it, or record it again`;
    const problem = { code: 'lock-unreadable' as const, subject: file, message };
    return { problems: [problem] };
  }
  const [first] = report.problems;
  const difference = recorded && compareGolden(file, recorded, now);
  // The history says more precisely what changed than the scenario's own expectations do.
  if (!report.passed && (difference === undefined || difference.code === 'scenario-changed')) {
    const message = first ? problemText(first) : `${file} did not pass`;
    return { problems: [{ code: 'scenario-failed', subject: file, message }] };
  }
  if (update === 'replace' && report.passed) {
    const isNew = JSON.stringify(recorded) !== JSON.stringify(now);
    return { report, ...(isNew ? { golden: now } : {}), problems: [] };
  }
  if (difference) return { report, problems: [difference] };
  if (recorded) return { report, problems: [] };
  if (update === 'add') return { report, golden: now, problems: [] };
  const message = `${file} has no golden history; record it`;
  return { report, problems: [{ code: 'golden-missing', subject: file, message }] };
}

function goldenPath(file: string): string {
  return file.replace(/\.ya?ml$/, '.golden.json');
}

async function scenarioFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

async function goldensWithoutScenario(folder: string): Promise<readonly LockProblem[]> {
  const names = await readdir(folder);
  const has = (name: string): boolean =>
    ['.yaml', '.yml'].some((end) => names.includes(name.replace(/\.golden\.json$/, end)));
  return names
    .filter((name) => name.endsWith('.golden.json') && !has(name))
    .map((name) => ({
      code: 'golden-gone' as const,
      subject: join(folder, name),
      message: `${join(folder, name)} has lost its scenario; restore the scenario`,
    }));
}

async function readJson<Value>(path: string): Promise<Value | 'unreadable' | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Value;
  } catch (error) {
    if ((error as { readonly code?: string }).code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}
