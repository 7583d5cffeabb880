// What a run of a scenario tells: each step as it happened, and everything that was not as expected.
import type { Actor, CaseDeadline, CaseView, RecordedEvent, Text, Violation } from '@himaya/engine';
import type { Problem } from './problem.ts';

/** What became of a step. */
export type StepOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }
  | { readonly kind: 'advanced'; readonly reached: number }
  | { readonly kind: 'observed' }
  /** The engine or the store failed; the message says how. */
  | { readonly kind: 'failed'; readonly message: Text };

/** One step of a scenario as it happened. */
export interface StepReport {
  /** From 1, as people count. */
  readonly number: number;
  /** How many steps the scenario has. */
  readonly of: number;
  /** Where the step stands in the file. */
  readonly line: number;
  readonly note?: string | Text | undefined;
  /** The clock after the step. */
  readonly at: string;
  /** The name that the scenario gives to the one who acts, and who that is. */
  readonly by?: string;
  readonly actor?: Actor;
  readonly command?: string;
  readonly input?: unknown;
  /** The case it was about: its name in the scenario and its id. */
  readonly caseName?: string;
  readonly caseId?: string;
  /** Whether the command was only asked about: then nothing was recorded. */
  readonly preview?: true;
  readonly outcome: StepOutcome;
  /** What the command recorded, consequences included. */
  readonly events: readonly RecordedEvent[];
  /** What the engine recorded by itself meanwhile: deadlines reached, migrations, reactions. */
  readonly recorded: readonly RecordedEvent[];
  /** Deadlines of that case that are new or have moved. */
  readonly armed: readonly CaseDeadline[];
  /** The case after the step. */
  readonly case?: CaseView;
  /** What was not as the scenario expects; empty when all was. */
  readonly problems: readonly Problem[];
}

/** One case at the end of a scenario. */
export interface CaseReport {
  readonly name: string;
  readonly caseId: string;
  readonly caseType: string;
  readonly states: readonly string[];
  readonly events: number;
  /** Digests that a replay compared. */
  readonly digests: number;
}

/** What a run of a scenario found. */
export interface ScenarioReport {
  readonly file: string;
  /** The scenario's own line; the file when it could not be read. */
  readonly scenario: string;
  readonly title?: Text | undefined;
  /** `name@version` of the case types in its fixtures. */
  readonly caseTypes: readonly string[];
  readonly passed: boolean;
  /** Everything that is wrong: with the file, or with what happened. */
  readonly problems: readonly Problem[];
  readonly steps: readonly StepReport[];
  /** Steps that were not run, because one before them went another way. */
  readonly notRun: number;
  readonly cases: readonly CaseReport[];
  /** Entries whose hash chain was verified at the end. */
  readonly verifiedEntries: number;
}
