// The scenario runner: a file is loaded, each step run and compared, and the record proved at the end.
import { readFile } from 'node:fs/promises';
import type { Text } from '@himaya/engine';
import { LOG_START, verifyStore, type EventStore } from '@himaya/event-store';
import { loadScenario, type LoadedScenario, type Registered } from './load.ts';
import { both, mistake } from './mistake.ts';
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
  const text = source.text ?? (await contentOf(file));
  if (typeof text !== 'string') return unread(file, [text]);
  const loaded = loadScenario(file, text, options);
  if ('problems' in loaded) return unread(file, loaded.problems);
  const used = await firstEntryOf(options.store);
  if (used !== undefined) return unread(file, [loaded.source.problem([], used)]);
  return runLoaded(loaded, options);
}

async function contentOf(file: string): Promise<string | Problem> {
  try {
    const bytes = await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    return { file, line: 1, column: 1, path: '', message: unreadable(code) };
  }
}

function unreadable(code: string | undefined): Text {
  const scenario = both('a scenario', 'سيناريو');
  if (code === 'ENOENT') return mistake(scenario, both('no such file', 'لا ملف بهذا الاسم'));
  if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    const found = both(`none that can be read (${code})`, `ملف تتعذر قراءته (${code})`);
    return mistake(scenario, found);
  }
  const found = both('bytes that are no UTF-8', 'بايتات ليست UTF-8');
  return mistake(scenario, found, both('save it as UTF-8', 'احفظه بترميز UTF-8'));
}

async function firstEntryOf(store: EventStore): Promise<Text | undefined> {
  try {
    const { entries } = await store.readAll(LOG_START, 1);
    if (entries.length === 0) return undefined;
    return mistake(both('an empty store', 'مخزن فارغ'), both('entries in it', 'قيود فيه'));
  } catch (error) {
    const what = both('a store that can be read', 'مخزن يمكن أن يقرأ');
    return mistake(what, faultOf(error));
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
  const { scenario, source, paths } = loaded;
  const steps: StepReport[] = [];
  let stop = false;
  const world = startWorld(loaded, options.store);
  if (!(world instanceof World)) {
    const what = both('definitions that an engine takes', 'تعريفات يقبلها النظام');
    return unread(source.file, [source.problem(['fixtures'], mistake(what, world))]);
  }
  for (const [index, entry] of scenario.steps.entries()) {
    if (stop) break;
    const path = paths[index] ?? ['steps', index];
    const run = await runStep(world, entry, path);
    const report: StepReport = {
      ...run.report,
      number: index + 1,
      of: scenario.steps.length,
      line: source.lineOf(path),
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

function startWorld(loaded: LoadedScenario, store: EventStore): World | Text {
  try {
    return new World(loaded, store);
  } catch (error) {
    return faultOf(error);
  }
}

/** Replays every case, checks that no deadline is lost, and verifies the store. */
async function proveRecord(
  world: World,
  store: EventStore,
  { source }: LoadedScenario,
): Promise<Pick<ScenarioReport, 'cases' | 'problems' | 'verifiedEntries'>> {
  const problems: Problem[] = [];
  const wrong = (expected: Text, found: Text): void => {
    problems.push(source.problem(['scenario'], mistake(expected, found)));
  };
  try {
    const cases: CaseReport[] = [];
    for (const [name, caseId] of world.cases) {
      const replayed = await world.engine.replay(caseId);
      for (const { position, reason, detail } of replayed?.divergences ?? []) {
        const what = both(`a replay of "${name}" to agree`, `إعادة تشغيل "${name}" مطابقة`);
        // The detail has one language; the code and the place say what to look at.
        const found = `${reason} at ${position}: ${detail}`;
        wrong(what, both(found, `${reason} في الموضع ${position}`));
      }
      const view = replayed?.case;
      if (!replayed || !view) continue;
      const { armed, reached, disarmed, pending } = view.deadlineCounts;
      if (armed !== reached + disarmed + pending) {
        const what = both(
          `every deadline of "${name}" accounted for`,
          `معرفة مصير كل مهلة من "${name}"`,
        );
        const became = `${reached} reached, ${disarmed} disarmed, ${pending} pending`;
        const inArabic = `حلت ${reached}، ألغيت ${disarmed}، جارية ${pending}`;
        wrong(what, both(`${armed} armed: ${became}`, `نشأت ${armed}: ${inArabic}`));
      }
      const { events, digests } = replayed;
      const { caseType, version, states } = view;
      cases.push({ name, caseId, caseType: `${caseType}@${version}`, states, events, digests });
    }
    const verified = await verifyStore(store);
    if (verified.firstBad) {
      const { stream, position, reason } = verified.firstBad;
      const what = both('the store to verify', 'سلامة المخزن');
      const found = `${stream} at ${position}: ${reason.sentence}`;
      wrong(what, both(found, `${stream} في الموضع ${position}: ${reason.code}`));
    }
    return { cases, problems, verifiedEntries: verified.entries };
  } catch (error) {
    wrong(both('a record that can be replayed', 'سجل يمكن أن يعاد تشغيله'), faultOf(error));
    return { cases: [], problems, verifiedEntries: 0 };
  }
}

function faultOf(error: unknown): Text {
  const message = error instanceof Error ? error.message : String(error);
  return both(`a fault: ${message}`, `عطل: ${message}`);
}
