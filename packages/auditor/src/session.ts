// One call of the command: what the subcommands are handed.
import type { Definitions } from './definitions.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';
import type { Speech } from './words.ts';

/** Options that every subcommand has. */
export interface CommonOptions {
  readonly store?: string;
  readonly lang: 'en' | 'ar';
  readonly json?: true;
  readonly unredacted?: true;
}

/** What a subcommand works with. */
export interface Session {
  readonly out: Output;
  /** Told of all that is read; messages of failure are written by the caller. */
  readonly progress: Progress;
  readonly speech: Speech;
  readonly definitions: Definitions;
  readonly options: CommonOptions;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}
