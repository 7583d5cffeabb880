// The command line of himaya: its subcommands, their options, and how each ends.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { listCases } from './commands/cases.ts';
import { explainEvent } from './commands/explain.ts';
import { showHistory } from './commands/history.ts';
import { showOptions } from './commands/options.ts';
import { replayCases } from './commands/replay.ts';
import { runScenarios, writeSchema } from './commands/scenario.ts';
import { verify } from './commands/verify.ts';
import type { Definitions } from './definitions.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { failureOf, usageFailure, type Failure } from './failure.ts';
import { Output, type Sink } from './output.ts';
import { Progress } from './progress.ts';
import type { CommonOptions, Session } from './session.ts';
import type { Language } from './language.ts';
import { speech } from './words.ts';

/** What surrounds a call of the command. */
export interface Surroundings {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly definitions: Definitions;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

const HELP_END = `
Exit codes:
  0  everything asked for was done, and nothing is wrong
  1  something is wrong: a scenario failed, a replay diverged, the record was changed
  2  wrong usage: an unknown option, case, role or position, a scenario file that is not there
  3  the store cannot be opened or read
  4  a fault of this command itself
A reader that closes the pipe early changes none of them.

With --json, standard output holds one document and nothing else ("history": one per line); when
a call fails, {"error":{"exitCode","code","message"}}. Through npm: npm run --silent himaya -- …
Progress and messages go to standard error. Colours only on a terminal; NO_COLOR, FORCE_COLOR.

Stores are only read (except by "scenario run"). Sensitive values are shown as «class».`;

/** Runs the command. Never throws; a failure is one line on `stderr` and an exit code. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = programOf(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      if (error.code === 'commander.help' && !argv.includes('--json')) return EXIT.usage;
      return end(argv, surroundings, usageFailure(error, languageOf(argv)));
    }
    return end(argv, surroundings, failureOf(error, languageOf(argv)));
  }
}

/** The language of what went wrong: also of a command line that could not be parsed. */
function languageOf(argv: readonly string[]): Language {
  const isArabic = argv.some(
    (word, index) => word === '--lang=ar' || (word === '--lang' && argv[index + 1] === 'ar'),
  );
  return isArabic ? 'ar' : 'en';
}

async function end(
  argv: readonly string[],
  { stdout, stderr, environment }: Surroundings,
  failure: Failure,
): Promise<ExitCode> {
  // What could not be parsed may still have asked for JSON.
  if (argv.includes('--json')) await new Output(stdout, environment).json({ error: failure });
  const err = new Output(stderr, environment);
  await err.raw(`himaya: ${err.isolate(failure.message)}\n`);
  return failure.exitCode;
}

type Run = (session: Session) => Promise<ExitCode>;
type Start = (options: CommonOptions, run: Run) => Promise<void>;

function programOf(surroundings: Surroundings, done: (code: ExitCode) => void): Command {
  const { stdout, stderr, environment, definitions, nowMs } = surroundings;
  const program = new Command('himaya')
    .description('Lists, explains, replays and verifies recorded cases, and runs scenarios.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Written once, by `end`.
      outputError: () => {},
    })
    .addHelpText('after', HELP_END);
  const start: Start = async (options, run) => {
    const said = speech(options.lang);
    const progress = new Progress(new Output(stderr, environment), said);
    const out = new Output(stdout, environment, () => progress.clear());
    try {
      done(await run({ out, progress, speech: said, definitions, options, nowMs }));
    } finally {
      progress.clear();
    }
  };
  addScenario(program, start);
  addLists(program, start);
  addQuestions(program, start);
  common(program.command('verify'), 'required')
    .description('checks every byte of the record')
    .option('--since <root>', 'the log root that an earlier "verify" printed')
    .action((options) => start(options, (session) => verify(session, options)));
  return program;
}

function addLists(program: Command, start: Start): void {
  common(program.command('cases'), 'required')
    .description('lists the cases of a store')
    .addOption(
      new Option('--limit <count>', 'cases shown at most, 0 for all')
        .argParser(wholeNumber)
        .default(50),
    )
    .action((options) => start(options, (session) => listCases(session, options)));
  common(program.command('history'), 'required')
    .description('shows every event of a case')
    .argument('<case>', 'id of the case')
    .option('--data', 'show the data of each event')
    .action((id, options) => start(options, (session) => showHistory(session, id, options)));
}

function addQuestions(program: Command, start: Start): void {
  common(program.command('replay'), 'required')
    .description('folds a case again, judging every rule and every digest')
    .argument('[case]', 'whole id of the case')
    .option('--at <instant>', 'as it was known at this instant')
    .addOption(new Option('--position <number>', 'up to this position').argParser(wholeNumber))
    .option('--all', 'every case of the store')
    .action((id, options) => start(options, (session) => replayCases(session, id, options)));
  common(program.command('explain'), 'required')
    .description('shows why an event was possible')
    .argument('<case>', 'id of the case')
    .argument('<position>', 'position of the event', wholeNumber)
    .action((id, position, options) =>
      start(options, (session) => explainEvent(session, id, position)),
    );
  common(program.command('options'), 'required')
    .description('shows what a role may do in a case now, and why not')
    .argument('<case>', 'id of the case')
    .requiredOption('--as <role>', 'the role that asks')
    .option('--staff <id>', 'who it is; default: the last one in that role who acted')
    .option('--at <instant>', 'when; default: now')
    .action((id, options) => start(options, (session) => showOptions(session, id, options)));
}

function addScenario(program: Command, start: Start): void {
  const scenario = program.command('scenario').description('runs scenario files');
  common(scenario.command('run'), 'optional')
    .description('runs scenarios, each on a store of its own')
    .argument('<file...>', 'scenario files (YAML)')
    .option('--steps', 'show every step as it happens')
    .action((files, options) => start(options, (session) => runScenarios(session, files, options)));
  scenario
    .command('schema')
    .description('writes the JSON Schema by which an editor completes scenarios')
    .option('--out <file>', 'write it there; default: standard output')
    .action((options) => start({ lang: 'en' }, (session) => writeSchema(session, options)));
}

function common(command: Command, store: 'required' | 'optional'): Command {
  // Not mandatory to commander, which would then say so instead of naming a misspelt option.
  const said =
    store === 'required'
      ? 'the store, sqlite:PATH (required)'
      : 'keep the run in a new store, sqlite:PATH; default: in memory';
  return command
    .addOption(new Option('--store <store>', said))
    .addOption(
      new Option('--lang <language>', 'language of texts').choices(['en', 'ar']).default('en'),
    )
    .option('--json', 'one JSON document (history: one per line); instants in UTC')
    .option('--unredacted', 'show sensitive values too');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('it is not a whole number from 0.');
}
