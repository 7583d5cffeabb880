// The engine as an application holds it: every call, its promise and its outcomes.
import type { GlobalPosition, Instant, ReadStore } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { CaseView } from '../case-view.ts';
import type { Command } from '../command.ts';
import type { CaseDryRun } from '../dry-run.ts';
import type { EventExplanation } from '../explain.ts';
import type { CommandOption } from '../options.ts';
import type { RecordedEvent } from '../recorded-event.ts';
import type { ReplayReport } from '../replay.ts';
import type { Violation } from '../rule.ts';
import type { Text } from '../text.ts';
import type { CaseDeadline } from '../case-view.ts';
import type { ExecuteOptions, Outcome, Preview } from './ports.ts';
import type { Projection } from '../projection.ts';
import type { Projector, WorkerOptions } from './worker-options.ts';

/** Which past of a case is meant: what was recorded by an instant, or up to a position. */
export type CasePast = { readonly recordedBy: Instant } | { readonly position: number };

/** What someone may do in a case now, and by when things are due. */
export interface CaseOptions {
  /** Absent for someone who may give no command in this case: they learn nothing about it. */
  readonly case?: CaseView;
  readonly commands: readonly CommandOption[];
  readonly deadlines: readonly CaseDeadline[];
}

/** Narrows `options`. */
export interface OptionsFilter {
  readonly commands?: readonly string[];
  /** Only the commands about this part. */
  readonly part?: { readonly kind: string; readonly id: string };
}

/** What a run over due deadlines did. */
export type DeadlineRun =
  | { readonly kind: 'ran'; readonly cases: number; readonly reached: number }
  | Suspended;

/** A worker did nothing: the process clock disagrees with its second source; see `confirmClock`. */
export interface Suspended {
  readonly kind: 'suspended';
  readonly reason: string;
}

/** What a run over reactions did. */
export type ReactionRun =
  | {
      readonly kind: 'ran';
      readonly issued: number;
      readonly refused: number;
      /** Where the next run starts. Cases whose reactions failed are taken up besides. */
      readonly position: GlobalPosition;
    }
  | Suspended;

/** A target of a migration. */
export interface MigrationTarget {
  /** Version of the same case type. Default: unchanged. */
  readonly version?: string;
  /** Version of the same policy. Default: unchanged. */
  readonly policyVersion?: string;
  readonly reason: string;
}

/** The version that stored cases are tried on. */
export interface DryRunTarget {
  readonly caseType: string;
  readonly version: string;
}

/** A command that needs more of a store than it can do. */
export interface UnsupportedCommand {
  readonly caseType: string;
  readonly command: string;
  /** What people know it by; its name where it has no label. */
  readonly title: Text;
}

/** Runs cases over one store. All methods may be called concurrently. */
export interface Engine {
  /**
   * Gives a command. Promise: when this resolves with `accepted`, its events are recorded; a retry
   * with the same id answers the first outcome and records nothing. Refusals and conflicts change
   * nothing; a refusal is recorded in the audit stream.
   *
   * @param actor what `authenticate` identifies the sender by.
   * @throws Fault for broken definitions, stores and clocks; whether it was recorded is then
   * unknown: give the same command again.
   */
  execute(command: Command, actor: unknown, options?: ExecuteOptions): Promise<Outcome>;
  /**
   * The commands of the newest case types that this store refuses with `STORE_UNSUPPORTED` as soon
   * as their decision names another stream: it cannot check several streams in one append, and no
   * later re-check of theirs suffices. Empty where it can. Asks nothing of the store's records.
   */
  unsupportedCommands(): readonly UnsupportedCommand[];
  /** The same line as `execute`; writes nothing, neither events nor audit. */
  preview(command: Command, actor: unknown): Promise<Preview>;
  /** What this actor may do now, why not, or which input it depends on. Writes nothing. */
  options(
    caseId: string,
    actor: unknown,
    filter?: OptionsFilter,
  ): Promise<CaseOptions | { readonly refused: readonly Violation[] }>;
  /** The case now, or as it was known in the past; `undefined` if there was none. */
  caseAt(caseId: string, past?: CasePast): Promise<CaseView | undefined>;
  /** Who sends this, as `authenticate` says; `undefined`: nobody who is known. */
  identify(actor: unknown): Promise<Actor | undefined>;
  /** The case now as this actor is shown it; `undefined` if they are no reader of it. */
  caseFor(caseId: string, actor: unknown): Promise<CaseView | undefined>;
  /** Every recorded event of a case in the order of recording, also when the case is read-only. */
  history(caseId: string): Promise<readonly RecordedEvent[]>;
  /** The same as this actor is shown it: without what is kept from them; nothing, if all is. */
  historyFor(caseId: string, actor: unknown): Promise<readonly RecordedEvent[]>;
  /** The same events in the order in which they happened. */
  timeline(caseId: string): Promise<readonly RecordedEvent[]>;
  /** Why an event was possible: every rule with its verdict, the policy values, what it changed. */
  explain(caseId: string, position: number): Promise<EventExplanation | undefined>;
  /** Folds a case again from its first event, judging every rule and comparing every digest. */
  replay(caseId: string, past?: CasePast): Promise<ReplayReport | undefined>;
  /**
   * What another version would have made of a case's history, and whether the case could move to it
   * now. Writes nothing. `undefined` for no case, one of another type, or one whose own procedure is
   * not at hand. `DryRunSummary` groups many.
   *
   * @throws Fault `version-unknown` for a version that is not registered.
   */
  dryRun(caseId: string, target: DryRunTarget): Promise<CaseDryRun | undefined>;
  /** Reaches every deadline that is due in any case. Safe in any number of processes. */
  runDeadlines(): Promise<DeadlineRun>;
  /** Issues the commands that recorded events call for, from the last checkpoint on. */
  runReactions(): Promise<ReactionRun>;
  /** A projection and the place where its rows are kept; `catchUp` brings it up to the log. */
  project(projection: Projection, readStore: ReadStore): Projector;
  /**
   * Reaches deadlines, issues reactions and keeps projections up, until `signal` aborts; then it
   * resolves when what is in hand is finished. In any number of processes: with a read store one of
   * them does each thing at a time. What fails is told as an alert and tried again.
   *
   * @throws Fault `option-invalid`
   */
  runWorkers(options: WorkerOptions): Promise<void>;
  /** Moves a case to another version of its case type or policy. */
  migrateCase(caseId: string, target: MigrationTarget, actor: unknown): Promise<Outcome>;
  /** Records that a deadline was reached in error and arms it again. */
  correctDeadline(
    caseId: string,
    deadline: { readonly code: string; readonly part?: string; readonly reason: string },
    actor: unknown,
  ): Promise<Outcome>;
  /** Moves what was recorded apart in an emergency into the case, under the original command ids. */
  attachEmergencies(caseId: string): Promise<number>;
  /** An operator has checked this machine's clock: go on with deadlines. */
  confirmClock(): void;
}
