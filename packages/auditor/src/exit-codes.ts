// How the command ends: one number for each kind of ending, and the error that carries it.
import { isFault } from '@himaya/event-store';

/** Exit codes of `himaya`, as its help states them. */
export const EXIT = {
  /** Everything asked for was done, and nothing is wrong. */
  ok: 0,
  /** Something is wrong with what was looked at: a scenario, a replay, a record. */
  wrong: 1,
  /** The command line asks for something that there is not. */
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

  constructor(exitCode: ExitCode, line: string) {
    super(line);
    this.name = 'Ending';
    this.exitCode = exitCode;
  }
}

/** A command line that asks for something that there is not. */
export function wrongUsage(line: string): Ending {
  return new Ending(EXIT.usage, line);
}

/** How a failed call ends, as `--json` shows it under `error`. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** `wrong`, `usage`, `internal`, or the code of the store's fault, as `store-missing`. */
  readonly code: string;
  /** One line, without a stack. */
  readonly message: string;
}

/** What any error ends the command with. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Ending) {
    const code = error.exitCode === EXIT.usage ? 'usage' : 'wrong';
    return { exitCode: error.exitCode, code, message: oneLine(error.message) };
  }
  if (isFault(error)) {
    const ofStore = error.code.startsWith('store-') || error.code === 'entry-unreadable';
    const exitCode = ofStore ? EXIT.store : EXIT.internal;
    const line = `${error.attempted}: ${error.found}. ${error.todo}`;
    return { exitCode, code: error.code, message: oneLine(line) };
  }
  const message = error instanceof Error ? error.message : String(error);
  const line = oneLine(`internal fault: ${message}`);
  return { exitCode: EXIT.internal, code: 'internal', message: line };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
