// The seam: what the engine sees of a compiled statechart.
import type { StateValue } from 'xstate';
import type { GuardRule, RuleVerdict } from './rules.ts';
import type { ChartStructure } from './structure.ts';

/** An event as a chart sees it. The engine passes type, data, occurredAt, recordedAt and actor. */
export interface ChartEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/**
 * Where a case or part stands. `configuration`, `value` and `tags` are shared between all snapshots
 * of one configuration and frozen. A snapshot read back from JSON steps like the original.
 */
export interface ChartSnapshot<Context = Record<string, unknown>> {
  /** Paths of the active leaf states in document order; `['']` for a machine without states. */
  readonly configuration: readonly string[];
  /** The same as XState writes it. */
  readonly value: StateValue;
  readonly context: Context;
  /** Tags of all active states, sorted, each once. */
  readonly tags: readonly string[];
  /** `done` when a top-level final state is reached: no event is enabled any more. */
  readonly status: 'active' | 'done';
  /** What the machine's `output` answered when it was done. */
  readonly output?: unknown;
}

/** A named action that the chart asks for and never executes. */
export interface ChartEffect {
  readonly type: string;
  readonly params?: unknown;
}

/** What a step or a start changed. */
export interface ChartChange<Context = Record<string, unknown>> {
  readonly snapshot: ChartSnapshot<Context>;
  /** Named actions in canonical order: per microstep exits (innermost first), then entries. */
  readonly effects: readonly ChartEffect[];
  /** Paths of states entered, in the order of entry; a re-entered state is here and in `left`. */
  readonly entered: readonly string[];
  /** Paths of states left, in the order of leaving. */
  readonly left: readonly string[];
}

/** The outcome of one event. Only `stepped` changes anything. */
export type StepResult<Context = Record<string, unknown>> =
  | ({ readonly kind: 'stepped' } & ChartChange<Context>)
  | { readonly kind: 'not-enabled' }
  /** Rules failed in at least one region that would otherwise react; each code once. */
  | { readonly kind: 'refused'; readonly failed: readonly RuleVerdict[] };

/** A selector and whether it holds; `and`, `or` and `not` are named with their parts. */
export interface SelectorVerdict {
  readonly selector: string;
  readonly holds: boolean;
  /** What it threw where the step never asks it; it then holds for nothing. */
  readonly threw?: string;
}

/** One transition that the event could take, and why it is or is not taken. */
export interface CandidateExplanation {
  /** Path of the state that declares it. */
  readonly source: string;
  /** The descriptor that hears the event: the type itself, or a wildcard. */
  readonly descriptor: string;
  /** Paths of the targets; empty when the transition stays. */
  readonly targets: readonly string[];
  /** `rules` when at least one rule guards it, besides any selectors. */
  readonly guard: 'none' | 'selector' | 'rules';
  readonly selectors: readonly SelectorVerdict[];
  readonly rules: readonly RuleVerdict[];
  /** Its region chose it: reached, and its selectors hold. Its rules may still refuse the step. */
  readonly selected: boolean;
  /** Selected, but another selected transition leaves the same states and goes first. */
  readonly preempted: boolean;
  /** The type of the raised event that it hears, when it is not the explained event itself. */
  readonly raised?: string;
}

/**
 * What would become of an event, with every candidate transition from the leaves to the root. Where
 * rules guard events that the chart itself raises, their candidates follow in the order of raising.
 */
export interface Explanation {
  readonly eventType: string;
  /** What the step comes to, raised events included. */
  readonly outcome: StepResult['kind'];
  /** The rules that refuse the step, each code once. */
  readonly failed: readonly RuleVerdict[];
  readonly candidates: readonly CandidateExplanation[];
  /** When nothing is enabled: paths of the chart's states that have a transition for the event. */
  readonly reactsIn: readonly string[];
}

/** Whether an event is enabled in every configuration, whatever guards say. */
export type Coverage =
  | { readonly covered: true }
  | { readonly covered: false; readonly configurationExample: readonly string[] };

/** A rule at its place in the chart. */
export interface RuleSite {
  readonly rule: GuardRule;
  readonly eventType: string;
  /** Path of the state whose transition it guards. */
  readonly source: string;
}

/**
 * A compiled machine: immutable, and pure as far as the machine's own functions are. Equal
 * arguments give equal answers; no argument is changed; no clock, randomness or I/O is used.
 *
 * A transition without target and without actions is *forbidden*, as in XState: it stops the search
 * and enables nothing. `actions: assign({})` accepts an event that changes nothing.
 */
export interface Chart<Context = Record<string, unknown>> {
  readonly id: string;
  /** Canonical description for structure hashes; see {@link ChartStructure}. */
  readonly structure: ChartStructure;
  /** Every event type that a transition names, `@after.` ones included, wildcards not; sorted. */
  readonly eventTypes: readonly string[];
  /** Every rule that guards a transition, each object once, in document order. */
  readonly rules: readonly GuardRule[];
  /** The same with event type and state, once per transition. */
  readonly ruleSites: readonly RuleSite[];
  /** Whether the chart can be done: the root has a final child, or regions that can all finish. */
  readonly hasFinalRoot: boolean;

  /**
   * Enters the initial states.
   * @throws {ChartError} `start-refused` when a rule guards an event raised on entry and fails;
   *   `context-threw` when the context factory cannot do with this input; and as {@link step}.
   */
  start(input?: unknown, facts?: object): ChartChange<Context>;

  /**
   * Takes one event through a whole macrostep. A snapshot with status `done`, an event that no
   * transition hears, and a type beginning with `xstate.` answer `not-enabled`.
   *
   * Context and event are frozen, all through: a function of the machine that changes either is a
   * fault, and no snapshot is ever changed behind the back of those who keep it.
   *
   * @throws {ChartError} `microstep-limit`, `guard-threw`, `action-threw`, `context-not-plain` (an
   *   assigned value that JSON would lose), `event-reserved` (a raised event with a reserved name),
   *   `self-is-not-available`, `configuration-unknown` (a snapshot of another chart).
   */
  step(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): StepResult<Context>;

  /**
   * Takes only the eventless transitions that are enabled, with all that follows: for an event that
   * this chart does not hear, but that changed the facts which its `always` guards look at. Answers
   * `not-enabled` when nothing changed.
   *
   * @throws {ChartError} as `step` does.
   */
  settle(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): StepResult<Context>;

  /**
   * Judges every candidate without taking any. Actions are run only when a rule guards an event
   * that the chart raises, to learn whether it would refuse.
   *
   * @throws {ChartError} as {@link step} does.
   */
  explain(snapshot: ChartSnapshot<Context>, event: ChartEvent, facts?: object): Explanation;

  /**
   * Event types that some transition could take from here if guards allowed it, sorted. Wildcards
   * stand for themselves (`*`, `order.*`). Empty when done.
   */
  enabled(snapshot: ChartSnapshot<Context>): readonly string[];

  /**
   * The snapshot of a persisted configuration and context; `output` too, if it was kept. Nothing is
   * entered, no default is filled in, and the context is taken as it is, and frozen.
   *
   * @throws {ChartError} `configuration-unknown`, naming the state, when a path does not exist or
   *   the paths are not one legal configuration.
   */
  restore(persisted: PersistedSnapshot<Context>): ChartSnapshot<Context>;

  /**
   * Whether the state with this path, leaf or ancestor, is active.
   * @throws {ChartError} `state-unknown` for a path that no state has: misspelt, it would never be
   *   active, and a rule that asks for its absence would always hold.
   */
  matches(snapshot: ChartSnapshot<Context>, statePath: string): boolean;

  /**
   * Whether the event is enabled in every configuration that the structure permits. It is not where
   * a rule guards an event that the chart itself raises, because that rule could refuse the step.
   */
  covers(eventType: string): Coverage;
}

/** What needs to be kept of a snapshot. */
export interface PersistedSnapshot<Context = Record<string, unknown>> {
  readonly configuration: readonly string[];
  readonly context: Context;
  readonly output?: unknown;
}
