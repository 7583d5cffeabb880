// himaya scenario: runs scenario files, and writes the schema by which an editor completes them.
import { readFile, writeFile } from 'node:fs/promises';
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import {
  loadScenario,
  problemPlace,
  runScenario,
  scenarioJsonSchema,
  type Problem,
  type ScenarioReport,
  type StepReport,
} from '@himaya/testkit';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Definitions } from '../definitions.ts';
import { cannotWrite, noScenario, oneScenario } from '../mistakes.ts';
import type { Session } from '../session.ts';
import { showStep } from '../show-step.ts';
import { sqlitePath } from '../stores.ts';

/** Options of `himaya scenario run`. */
export interface ScenarioOptions {
  /** Shows every step as it happens. */
  readonly steps?: true;
}

/** Runs scenarios, each on a store of its own. Ends with `wrong` when one does not pass. */
export async function runScenarios(
  session: Session,
  files: readonly string[],
  { steps }: ScenarioOptions,
): Promise<ExitCode> {
  const { options, out, definitions } = session;
  if (options.store !== undefined && files.length > 1) {
    throw oneScenario();
  }
  for (const file of files) await requireFile(file);
  const reports: ScenarioReport[] = [];
  for (const file of files) {
    const store = await storeFor(session, file);
    try {
      const style = { definitions, languages: [options.lang] } as const;
      const onStep =
        steps && !options.json ? (step: StepReport) => showStep(out, step, style) : undefined;
      const report = await runScenario(
        { file },
        { store, ...definitions, ...(onStep ? { onStep } : {}) },
      );
      reports.push(report);
      if (!options.json) await showReport(session, report);
    } finally {
      await store.close();
    }
  }
  const passed = reports.every((report) => report.passed);
  if (options.json) {
    await out.json({ passed, scenarios: reports.map((one) => reportJson(session, one)) });
  }
  return passed ? EXIT.ok : EXIT.wrong;
}

/** Nothing, if the file can be read. @throws Ending */
async function requireFile(file: string): Promise<void> {
  try {
    await readFile(file);
  } catch (error) {
    throw noScenario(file, (error as { readonly code?: string }).code);
  }
}

/** The store to run in. A file is made only for a scenario that can run at all. */
async function storeFor({ options, definitions }: Session, file: string): Promise<EventStore> {
  if (options.store === undefined) return new MemoryEventStore();
  const path = sqlitePath('--store', options.store);
  return (await canRun(file, definitions)) ? openSqliteStore({ path }) : new MemoryEventStore();
}

async function canRun(file: string, definitions: Definitions): Promise<boolean> {
  try {
    return !('problems' in loadScenario(file, await readFile(file, 'utf8'), definitions));
  } catch {
    // The run says what is wrong with the file.
    return false;
  }
}

async function showReport({ out, speech }: Session, report: ScenarioReport): Promise<void> {
  const { say, pick, count, comma } = speech;
  const { green, red } = out.colours;
  // Places are for editors and programs too: these lines are never broken.
  for (const problem of report.problems) {
    const message = out.isolate(pick(problem.message));
    await out.raw(`${problemPlace(problem)} ${message}\n`);
  }
  const title = report.title ? pick(report.title) : report.scenario;
  const { steps, cases } = report;
  const ran = `${count(steps.length, 'step')}${comma}${count(cases.length, 'case')}`;
  const rest = report.notRun > 0 ? `${comma}${count(report.notRun, 'stepNotRun')}` : '';
  const proved = count(report.verifiedEntries, 'entry');
  await out.line(
    report.passed
      ? green(`✓ ${title}: ${say('passed')}: ${ran}${comma}${proved}`)
      : red(`✗ ${title}: ${say('failed')}: ${ran}${rest}`),
  );
}

function reportJson(session: Session, report: ScenarioReport): unknown {
  const { problems, steps } = report;
  return {
    ...report,
    problems: problems.map((one) => problemJson(session, one)),
    steps: steps.map((one) => stepJson(session, one)),
  };
}

/** A problem as `--json` shows it: its message is in the language that was asked for. */
function problemJson({ speech }: Session, problem: Problem): unknown {
  return { ...problem, message: speech.pick(problem.message) };
}

/** A step as `--json` shows it: names and codes, and no data of people. */
function stepJson(session: Session, { outcome, ...step }: StepReport): unknown {
  const { number, line, at, by, actor, command, caseName, caseId, problems } = step;
  return {
    number,
    line,
    at,
    ...(by === undefined ? {} : { by, role: actor?.role }),
    ...(command === undefined ? {} : { command }),
    ...(caseName === undefined ? {} : { case: caseName, caseId: caseId ?? null }),
    outcome: outcome.kind,
    ...(outcome.kind === 'refused' ? { codes: outcome.violations.map(({ code }) => code) } : {}),
    ...(outcome.kind === 'failed' ? { message: session.speech.pick(outcome.message) } : {}),
    events: step.events.map(({ type }) => type),
    recorded: step.recorded.map(({ type }) => type),
    armed: step.armed.map(({ code, part, dueAt }) => ({ code, part, dueAt })),
    problems: problems.map((one) => problemJson(session, one)),
  };
}

/** Writes the JSON Schema of scenario files. */
export async function writeSchema(
  { out, definitions }: Session,
  { out: path }: { readonly out?: string },
): Promise<ExitCode> {
  const text = `${JSON.stringify(scenarioJsonSchema(definitions), null, 2)}\n`;
  if (path === undefined) {
    await out.raw(text);
    return EXIT.ok;
  }
  try {
    await writeFile(path, text);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    throw cannotWrite(path, code);
  }
  return EXIT.ok;
}
