// The scenario runner: a file is loaded, each step run and compared, and the record proved at the end.
import { readFile } from 'node:fs/promises';
import { LOG_START, verifyStore, type EventStore } from '@himaya/event-store';
import { loadScenario, type LoadedScenario, type Registered } from './load.ts';
import type { Problem } from './problem.ts';
import type { CaseReport, ScenarioReport, StepReport } from './report.ts';
import { runStep } from './steps.ts';
import { World } from './world.ts';

/** A scenario: a file to be read, or its text already at hand. */
export interface ScenarioSource {
  /** Names the file in messages; read when there is no `text`. */
  readonly file: string;
  readonly text?: string;
}

/** What a scenario is run with. */
export interface RunOptions extends Registered {
  /** An empty store; left open. */
  readonly store: EventStore;
  /** Told of each step right after it; the next one waits. */
  readonly onStep?: (step: StepReport) => void | Promise<void>;
}

/**
 * Runs a scenario on a store. Never throws for what stands in the file or for what happens in the
 * run: everything that is wrong is in the report, each with file and line. At the end every case is
 * replayed and the whole store verified.
 *
 * Equal files give equal records: ids are drawn from the scenario's name, and time is simulated.
 */
export async function runScenario(
  source: ScenarioSource,
  options: RunOptions,
): Promise<ScenarioReport> {
  const { file } = source;
  const text = source.text ?? (await textOf(file));
  if (typeof text !== 'string') return unread(file, [text]);
  const loaded = loadScenario(file, text, options);
  if ('problems' in loaded) return unread(file, loaded.problems);
  const used = await firstEntryOf(options.store);
  if (used !== undefined) return unread(file, [loaded.source.problem([], used)]);
  return runLoaded(loaded, options);
}

async function textOf(file: string): Promise<string | Problem> {
  try {
    const bytes = await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const found =
      code === 'ENOENT' ? 'found no such file' : `found none that can be read (${code})`;
    const message =
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? 'found bytes that are no UTF-8; save it as UTF-8'
        : found;
    return { file, line: 1, column: 1, path: '', message: `expected a scenario, ${message}` };
  }
}

async function firstEntryOf(store: EventStore): Promise<string | undefined> {
  try {
    const { entries } = await store.readAll(LOG_START, 1);
    return entries.length === 0 ? undefined : 'expected an empty store, found entries in it';
  } catch (error) {
    return `expected a store that can be read: ${messageOf(error)}`;
  }
}

function unread(file: string, problems: readonly Problem[]): ScenarioReport {
  return {
    file,
    scenario: file,
    caseTypes: [],
    passed: false,
    problems,
    steps: [],
    notRun: 0,
    cases: [],
    verifiedEntries: 0,
  };
}

async function runLoaded(loaded: LoadedScenario, options: RunOptions): Promise<ScenarioReport> {
  const { scenario, source } = loaded;
  const steps: StepReport[] = [];
  let stop = false;
  const world = startWorld(loaded, options.store);
  if (typeof world === 'string') {
    const message = `expected definitions that an engine takes: ${world}`;
    return unread(source.file, [source.problem(['fixtures'], message)]);
  }
  for (const [index, entry] of scenario.steps.entries()) {
    if (stop) break;
    const path = ['steps', index];
    const run = await runStep(world, entry, path);
    const report: StepReport = {
      ...run.report,
      number: index + 1,
      of: scenario.steps.length,
      line: source.problem(path, '').line,
      problems: run.differences.map((one) => source.problem(one.path, one.message)),
    };
    steps.push(report);
    stop = run.stop;
    await options.onStep?.(report);
  }
  const end = await proveRecord(world, options.store, loaded);
  const problems = [...steps.flatMap((step) => step.problems), ...end.problems];
  return {
    file: source.file,
    scenario: scenario.scenario,
    title: scenario.title,
    caseTypes: scenario.fixtures.caseTypes,
    passed: problems.length === 0 && steps.length === scenario.steps.length,
    problems,
    steps,
    notRun: scenario.steps.length - steps.length,
    cases: end.cases,
    verifiedEntries: end.verifiedEntries,
  };
}

function startWorld(loaded: LoadedScenario, store: EventStore): World | string {
  try {
    return new World(loaded, store);
  } catch (error) {
    return messageOf(error);
  }
}

/** Replays every case, checks that no deadline is lost, and verifies the store. */
async function proveRecord(
  world: World,
  store: EventStore,
  { source }: LoadedScenario,
): Promise<Pick<ScenarioReport, 'cases' | 'problems' | 'verifiedEntries'>> {
  const problems: Problem[] = [];
  const wrong = (message: string): void => {
    problems.push(source.problem(['scenario'], message));
  };
  try {
    const cases: CaseReport[] = [];
    for (const [name, caseId] of world.cases) {
      const replayed = await world.engine.replay(caseId);
      for (const { position, reason, detail } of replayed?.divergences ?? []) {
        wrong(`expected a replay of "${name}" to agree, found ${reason} at ${position}: ${detail}`);
      }
      const view = replayed?.case;
      if (!replayed || !view) continue;
      const { armed, reached, disarmed, pending } = view.deadlineCounts;
      if (armed !== reached + disarmed + pending) {
        const became = `${reached} reached, ${disarmed} disarmed, ${pending} pending`;
        wrong(
          `expected every deadline of "${name}" accounted for, found ${armed} armed: ${became}`,
        );
      }
      const { events, digests } = replayed;
      const { caseType, version, states } = view;
      cases.push({ name, caseId, caseType: `${caseType}@${version}`, states, events, digests });
    }
    const verified = await verifyStore(store);
    if (verified.firstBad) {
      const { stream, position, reason } = verified.firstBad;
      wrong(`expected the store to verify, found ${stream} at ${position}: ${reason.sentence}`);
    }
    return { cases, problems, verifiedEntries: verified.entries };
  } catch (error) {
    wrong(`expected a record that can be replayed, found a fault: ${messageOf(error)}`);
    return { cases: [], problems, verifiedEntries: 0 };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
