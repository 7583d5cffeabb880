// What the demo does: runs the scenario step by step, replays and verifies the file, says what next.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EXIT, main, Output, showStep, type Sink } from '@himaya/auditor';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { problemText, runScenario, type ScenarioReport } from '@himaya/testkit';

/** The scenario that is shown. */
const SCENARIO = fileURLToPath(new URL('../../test/scenarios/sc-07.yaml', import.meta.url));
/** Commands are named as they are typed here. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where the files of demos are kept; the repository ignores it. */
const FOLDER = join(ROOT, '.demo');
/** Between steps, on a terminal only: long enough to follow, short enough to wait for. */
const PAUSE_MS = 150;

const definitions = { caseTypes, policies };

/** Runs the demo. Ends with 0 when everything went as the scenario says. */
export async function runDemo(
  stdout: Sink,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string = FOLDER,
): Promise<number> {
  const out = new Output(stdout, environment);
  mkdirSync(folder, { recursive: true });
  // A new folder each time: a record is never written over.
  const path = join(mkdtempSync(join(folder, 'run-')), 'cases.db');
  const shown = relative(ROOT, path).startsWith('..') ? path : relative(ROOT, path);
  await out.line(`Every step is recorded in ${shown} as it happens.`);
  await out.line();
  const report = await play(out, path);
  const [first] = report.cases;
  if (!report.passed || !first) {
    for (const problem of report.problems) await out.line(problemText(problem));
    await out.line('The scenario did not go as it is written: see above.');
    return EXIT.wrong;
  }
  const called = async (...argv: readonly string[]): Promise<number> => {
    await out.raw(`${out.colours.dim(`$ ${asked(argv.join(' '), shown)}`)}\n`);
    const line = [...argv, '--store', `sqlite:${path}`];
    const code = await main(line, { stdout, stderr: stdout, environment, definitions, nowMs: 0 });
    await out.line();
    return code;
  };
  await out.line(out.colours.bold('Now from the file alone:'));
  await out.line();
  const codes = [await called('replay', first.caseId), await called('verify')];
  await sayWhatNext(out, shown, first.caseId, strivenFor(report));
  return codes.every((code) => code === EXIT.ok) ? EXIT.ok : EXIT.wrong;
}

async function play(out: Output, path: string): Promise<ScenarioReport> {
  const store = openSqliteStore({ path });
  try {
    return await runScenario(
      { file: SCENARIO },
      {
        store,
        ...definitions,
        onStep: async (step) => {
          // Everyone in the scenario is invented: what they say may be shown.
          await showStep(out, step, { definitions, languages: ['en', 'ar'], inputs: true });
          await out.line();
          if (out.isTerminal && !out.isClosed) await pause(PAUSE_MS);
        },
      },
    );
  } finally {
    await store.close();
  }
}

/** The position of an event that was refused before it was recorded: the one to ask why of. */
function strivenFor({ steps }: ScenarioReport): number {
  const refused = new Set<string | undefined>();
  let found = 0;
  for (const { command, outcome, events } of steps) {
    if (outcome.kind === 'refused') refused.add(command);
    if (outcome.kind === 'accepted' && refused.has(command)) found = events[0]?.position ?? found;
  }
  return found;
}

async function sayWhatNext(
  out: Output,
  path: string,
  caseId: string,
  position: number,
): Promise<void> {
  const { bold } = out.colours;
  await out.line(bold(`The record is in ${path}. Try next:`));
  const tries = [
    `history ${caseId} --data`,
    `explain ${caseId} ${position} --lang ar`,
    `options ${caseId} --as SUP`,
    `replay ${caseId} --at 2027-06-01T12:00:00+03:00`,
    'cases',
  ];
  for (const one of tries) await out.raw(`  ${asked(one, path)}\n`);
  await out.raw('  npm run himaya -- scenario run test/scenarios/sc-07.yaml\n');
}

/** A question as it is typed at the root of the repository. It is copied whole, so never broken. */
function asked(question: string, path: string): string {
  const store = /^[\w./~-]+$/.test(path) ? `sqlite:${path}` : `'sqlite:${path}'`;
  return `npm run himaya -- ${question} --store ${store}`;
}
