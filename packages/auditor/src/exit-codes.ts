// How the command ends: one number for each kind of ending, and the error that carries it.
import type { Text } from '@himaya/engine';

/** Exit codes of `himaya`, as its help states them. */
export const EXIT = {
  /** Everything asked for was done, and nothing is wrong. */
  ok: 0,
  /** Something is wrong with what was looked at: a scenario, a replay, a record. */
  wrong: 1,
  /** The command line asks for something that there is not: an option, a case, a file. */
  usage: 2,
  /** The store cannot be opened or read. */
  store: 3,
  /** A fault of the command itself. */
  internal: 4,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with one line for people. */
export class Ending extends Error {
  readonly exitCode: ExitCode;
  readonly line: Text;

  constructor(exitCode: ExitCode, line: Text) {
    super(line.en);
    this.name = 'Ending';
    this.exitCode = exitCode;
    this.line = line;
  }
}
