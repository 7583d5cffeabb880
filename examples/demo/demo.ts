// What the demo does: runs each story step by step, replays and verifies its file, says what next.
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EXIT, main, Output, showStep, type Language, type Sink } from '@himaya/auditor';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { loadScenario, problemText, runScenario, type ScenarioReport } from '@himaya/testkit';
import { say, type Asked, type Story } from './stories.ts';

/** Commands are named as they are typed here. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where the files of demos are kept; the repository ignores it. */
const FOLDER = join(ROOT, '.demo');
/** Between steps, on a terminal only: long enough to follow, short enough to wait for. */
const PAUSE_MS = 150;

const definitions = { caseTypes, policies };

/** Where the demo writes. */
interface Stage {
  readonly out: Output;
  readonly stdout: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
}
/** A story that was told, on its file. */
interface Told {
  readonly story: Story;
  readonly path: string;
  readonly caseId: string;
  /** The position of an event that was refused before it was recorded: the one to ask why of. */
  readonly striven: number;
}

/** Runs the demo. Ends with 0 when everything went as the scenarios say. */
export async function runDemo(
  stdout: Sink,
  environment: Readonly<Record<string, string | undefined>>,
  { stories, language, folder = FOLDER }: Asked,
): Promise<number> {
  const out = new Output(stdout, environment);
  const stage = { out, stdout, environment, language };
  mkdirSync(folder, { recursive: true });
  // A new folder each time: a record is never written over.
  const run = mkdtempSync(join(folder, 'run-'));
  await out.line(`${say('recorded', language)} ${shownPath(run)}`);
  const told: Told[] = [];
  for (const story of stories) {
    await heading(stage, story);
    const done = await tell(stage, story, join(run, `${story}.db`));
    if (!done) return EXIT.wrong;
    told.push(done);
  }
  await sayWhatNext(stage, run, told);
  return EXIT.ok;
}

/** The title of a story, which says where it begins. */
async function heading({ out, language }: Stage, story: Story): Promise<void> {
  const file = fileOf(story);
  const loaded = loadScenario(file, readFileSync(file, 'utf8'), definitions);
  const title = 'problems' in loaded ? undefined : loaded.scenario.title?.[language];
  await out.line();
  await out.line(out.colours.bold(`━━ ${story.toUpperCase()} · ${title ?? story}`));
  await out.line();
}

/** Tells one story and asks its file; `undefined` when it did not go as it is written. */
async function tell(stage: Stage, story: Story, path: string): Promise<Told | undefined> {
  const { out, stdout, environment, language } = stage;
  const report = await play(stage, story, path);
  const [first] = report.cases;
  if (!report.passed || !first) {
    for (const problem of report.problems) await out.line(problemText(problem));
    await out.line(say('wentWrong', language));
    return undefined;
  }
  await out.line(out.colours.bold(say('fromFile', language)));
  await out.line();
  for (const question of [`replay ${first.caseId}`, 'verify']) {
    const said = language === 'en' ? question : `${question} --lang ${language}`;
    await out.raw(`${out.colours.dim(`$ ${command(said, path)}`)}\n`);
    const line = [...said.split(' '), '--store', `sqlite:${path}`];
    const code = await main(line, { stdout, stderr: stdout, environment, definitions, nowMs: 0 });
    await out.line();
    if (code !== EXIT.ok) return undefined;
  }
  return { story, path, caseId: first.caseId, striven: strivenFor(report) };
}

async function play(
  { out, language }: Stage,
  story: Story,
  path: string,
): Promise<ScenarioReport> {
  const store = openSqliteStore({ path });
  try {
    return await runScenario(
      { file: fileOf(story) },
      {
        store,
        ...definitions,
        onStep: async (step) => {
          // Everyone in the scenario is invented: what they say may be shown.
          const languages = language === 'en' ? (['en', 'ar'] as const) : (['ar'] as const);
          await showStep(out, step, { definitions, languages, inputs: true });
          await out.line();
          if (out.isTerminal && !out.isClosed) await pause(PAUSE_MS);
        },
      },
    );
  } finally {
    await store.close();
  }
}

function strivenFor({ steps }: ScenarioReport): number {
  const refused = new Set<string | undefined>();
  let found = 0;
  for (const { command: name, outcome, events } of steps) {
    if (outcome.kind === 'refused') refused.add(name);
    if (outcome.kind === 'accepted' && refused.has(name)) found = events[0]?.position ?? found;
  }
  return found;
}

async function sayWhatNext(stage: Stage, run: string, told: readonly Told[]): Promise<void> {
  const { out, language } = stage;
  const { bold } = out.colours;
  const ask = (question: string, path: string) => out.raw(`  ${command(question, path)}\n`);
  const other = language === 'en' ? 'ar' : 'en';
  await out.line(bold(`${say('tryNext', language)} ${shownPath(run)}`));
  await out.line(bold(say('tryThese', language)));
  const [first] = told;
  if (first) {
    await ask(`history ${first.caseId} --data`, first.path);
    await ask(`options ${first.caseId} --as SUP`, first.path);
    await ask('cases', first.path);
  }
  for (const { caseId, path, striven } of told) {
    await ask(`explain ${caseId} ${striven} --lang ${other}`, path);
  }
  await out.raw(`  npm run himaya -- scenario run test/scenarios/${first?.story ?? ''}.yaml\n`);
  await out.line(bold(say('oneAlone', language)));
  await out.raw(`  npm run demo -- ${told.at(-1)?.story ?? ''}\n`);
  await out.raw(`  npm run demo${language === 'en' ? ' -- --lang ar' : ''}\n`);
}

function fileOf(story: Story): string {
  return join(ROOT, 'test/scenarios', `${story}.yaml`);
}

/** A path as it is typed at the root of the repository, where it lies below it. */
function shownPath(path: string): string {
  return relative(ROOT, path).startsWith('..') ? path : relative(ROOT, path);
}

/** A question as it is typed there. It is copied whole, so never broken. */
function command(question: string, path: string): string {
  const shown = shownPath(path);
  const store = /^[\w./~-]+$/.test(shown) ? `sqlite:${shown}` : `'sqlite:${shown}'`;
  return `npm run himaya -- ${question} --store ${store}`;
}
