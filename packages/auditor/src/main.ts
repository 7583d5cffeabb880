// The command line of himaya: its subcommands, their options, and how each ends.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { listCases } from './commands/cases.ts';
import { checkCaseType } from './commands/check.ts';
import { CHART_FORMATS, showChart, showVersionDiff } from './commands/chart.ts';
import { copy } from './commands/copy.ts';
import { tryVersion } from './commands/dry-run.ts';
import { explainEvent } from './commands/explain.ts';
import { showHistory } from './commands/history.ts';
import { showOptions } from './commands/options.ts';
import { showProjections } from './commands/projections.ts';
import { replayCases } from './commands/replay.ts';
import { runScenarios, writeSchema } from './commands/scenario.ts';
import { printStoreSql } from './commands/store-sql.ts';
import { verify } from './commands/verify.ts';
import type { Definitions } from './definitions.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { failureOf, usageFailure, type Failure } from './failure.ts';
import { Output, type Sink } from './output.ts';
import { Progress } from './progress.ts';
import type { CommonOptions, Session } from './session.ts';
import { HELP, HELP_END, speakHelp } from './help.ts';
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

/** Runs the command. Never throws; a failure is one line on `stderr` and an exit code. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = programOf(surroundings, languageOf(argv), (code) => {
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

function programOf(
  surroundings: Surroundings,
  language: Language,
  done: (code: ExitCode) => void,
): Command {
  const { stdout, stderr, environment, definitions, nowMs } = surroundings;
  const program = speakHelp(new Command('himaya'), language)
    .description(HELP.himaya[language])
    .exitOverride()
    .enablePositionalOptions()
    .addOption(languageOption(language))
    .configureOutput({
      writeOut: (text) => stdout.write(eachLine(new Output(stdout, environment), text)),
      writeErr: (text) => stderr.write(eachLine(new Output(stderr, environment), text)),
      // Written once, by `end`.
      outputError: () => {},
    })
    .addHelpText('after', HELP_END[language]);
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
  addScenario(program, start, language);
  addLists(program, start, language);
  addQuestions(program, start, language);
  addChart(program, start, language);
  addCheck(program, start, language);
  addRecord(program, start, language);
  addProjections(program, start, language);
  return program;
}

/** A text of commander's, each line kept to its own direction on a terminal. */
function eachLine(out: Output, text: string): string {
  return text.split('\n').map((line) => out.isolate(line)).join('\n');
}

function addLists(program: Command, start: Start, language: Language): void {
  common(program.command('cases'), 'store', language)
    .description(HELP.cases[language])
    .addOption(
      new Option('--limit <count>', HELP.limit[language])
        .argParser(wholeNumber)
        .default(50),
    )
    .action((options) => start(options, (session) => listCases(session, options)));
  common(program.command('history'), 'store', language)
    .description(HELP.history[language])
    .argument('<case>', HELP.caseId[language])
    .option('--data', HELP.data[language])
    .action((id, options) => start(options, (session) => showHistory(session, id, options)));
}

function addQuestions(program: Command, start: Start, language: Language): void {
  common(program.command('replay'), 'store', language)
    .description(HELP.replay[language])
    .argument('[case]', HELP.caseId[language])
    .option('--at <instant>', HELP.at[language])
    .addOption(new Option('--position <number>', HELP.positionMax[language]).argParser(wholeNumber))
    .option('--all', HELP.all[language])
    .action((id, options) => start(options, (session) => replayCases(session, id, options)));
  common(program.command('dry-run'), 'store', language)
    .description(HELP.dryRun[language])
    .argument('<case-type>', HELP.caseType[language])
    .option('--to <version>', HELP.dryRunTo[language])
    .action((name, options) => start(options, (session) => tryVersion(session, name, options)));
  common(program.command('explain'), 'store', language)
    .description(HELP.explain[language])
    .argument('<case>', HELP.caseId[language])
    .argument('<position>', HELP.position[language], wholeNumber)
    .action((id, position, options) =>
      start(options, (session) => explainEvent(session, id, position)),
    );
  common(program.command('options'), 'store', language)
    .description(HELP.options[language])
    .argument('<case>', HELP.caseId[language])
    .requiredOption('--as <role>', HELP.as[language])
    .option('--staff <id>', HELP.staff[language])
    .option('--at <instant>', HELP.atOptions[language])
    .action((id, options) => start(options, (session) => showOptions(session, id, options)));
}

function addRecord(program: Command, start: Start, language: Language): void {
  common(program.command('verify'), 'store', language)
    .description(HELP.verify[language])
    .option('--since <root>', HELP.since[language])
    .action((options) => start(options, (session) => verify(session, options)));
  program
    .command('copy')
    .description(HELP.copy[language])
    .option('--from <store>', HELP.copyFrom[language])
    .option('--to <store>', HELP.copyTo[language])
    .addOption(languageOption(language))
    .option('--json', HELP.json[language])
    .action((options) => start(options, (session) => copy(session, options)));
  program
    .command('store-sql')
    .description(HELP.storeSql[language])
    .option('--schema <name>', HELP.schemaName[language])
    .option('--role <name>', HELP.roleName[language])
    .addOption(languageOption(language))
    .action((options) => start(options, (session) => printStoreSql(session, options)));
}

function addProjections(program: Command, start: Start, language: Language): void {
  program
    .command('projections')
    .description(HELP.projections[language])
    .addOption(new Option('--store <store>', HELP.store[language]))
    .option('--read <store>', HELP.read[language])
    .option('--retry <version>', HELP.projectionRetry[language])
    .option('--live <version>', HELP.projectionLive[language])
    .option('--drop <version>', HELP.projectionDrop[language])
    .addOption(languageOption(language))
    .option('--json', HELP.json[language])
    .action((options) => start(options, (session) => showProjections(session, options)));
}

function addScenario(program: Command, start: Start, language: Language): void {
  const scenario = speakHelp(program.command('scenario'), language)
    .description(HELP.scenario[language])
    .addOption(languageOption(language));
  common(scenario.command('run'), 'storeNew', language)
    .description(HELP.run[language])
    .argument('<file...>', HELP.files[language])
    .option('--steps', HELP.steps[language])
    .action((files, options) => start(options, (session) => runScenarios(session, files, options)));
  scenario
    .command('schema')
    .description(HELP.schema[language])
    .option('--out <file>', HELP.out[language])
    .action((options) => start({ lang: 'en' }, (session) => writeSchema(session, options)));
}

function addChart(program: Command, start: Start, language: Language): void {
  program
    .command('chart')
    .description(HELP.chart[language])
    .argument('<case-type>', HELP.caseType[language])
    .addOption(
      new Option('--format <format>', HELP.format[language])
        .choices(CHART_FORMATS)
        .default('svg'),
    )
    .addOption(languageOption(language))
    .option('--part <kind>', HELP.part[language])
    .option('--output <file>', HELP.output[language])
    .option('--diff <versions...>', HELP.diff[language])
    .action((name, options) =>
      start(options, (session) =>
        options.diff
          ? showVersionDiff(session, name, options.diff)
          : showChart(session, name, options),
      ),
    );
}

function addCheck(program: Command, start: Start, language: Language): void {
  program
    .command('check')
    .description(HELP.check[language])
    .argument('<case-type>', HELP.caseType[language])
    .argument('[scenario...]', HELP.checkScenarios[language])
    .option('--policy <version>', HELP.policy[language])
    .option('--save <folder>', HELP.checkSave[language])
    .addOption(languageOption(language))
    .action((name, files, options) =>
      start(options, (session) => checkCaseType(session, name, files, options)),
    );
}

function common(command: Command, store: 'store' | 'storeNew', language: Language): Command {
  // Not mandatory to commander, which would then say so instead of naming a misspelt option.
  return command
    .addOption(new Option('--store <store>', HELP[store][language]))
    .addOption(languageOption(language))
    .option('--json', HELP.json[language])
    .option('--unredacted', HELP.unredacted[language]);
}

/** It may stand before the subcommand, too: what was found anywhere is the default. */
function languageOption(language: Language): Option {
  return new Option('--lang <language>', HELP.language[language])
    .choices(['en', 'ar'])
    .default(language, 'en');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a whole number from 0.');
}
