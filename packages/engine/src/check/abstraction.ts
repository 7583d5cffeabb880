// What a check keeps of a case type, and why that is enough: the reduction that every verdict states.
import type { RuleView } from '../rule.ts';
import type { Text } from '../text.ts';

/** Makes a kept value of a whole one: the same shape, with `UNKNOWN` where something is not kept. */
export type Kept = true | ((value: never) => unknown);

/** What is kept of parts of one kind. */
export interface KeptParts {
  /** Fields of their context. */
  readonly fields: Readonly<Record<string, Kept>>;
  /** How many are told apart at once; all others are one, which stands for any number of them. */
  readonly max: number;
  /**
   * What the others are, each by its states and by values of kept fields. With it every part that is
   * none of these is told apart, so that more than `max` of them end the check. Without it the others
   * may be in any state.
   */
  readonly others?: readonly Others[];
}

/** Parts that are not told apart: leaf states they can be in, and values that fields can have. */
export interface Others {
  readonly states: readonly string[];
  readonly fields?: Readonly<Record<string, readonly unknown[]>>;
}

/** Values of a field that follow from the context before the event. */
export type FromState = (context: Readonly<Record<string, unknown>>) => readonly unknown[];

/** A state as it is written down. */
export interface WrittenState {
  readonly context: Readonly<Record<string, unknown>>;
  readonly parts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly configuration: readonly string[];
    readonly context: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * An abstraction of a case type. Whatever it does not keep may have any value at any time: a rule
 * that looks there counts as holding, a condition as holding and as not holding. Every run of the
 * case type is therefore a run of its abstraction, and what no run of that reaches is never reached.
 */
export interface Abstraction {
  /** Regions of the case chart. */
  readonly regions: readonly string[];
  readonly context: Readonly<Record<string, Kept>>;
  readonly parts: Readonly<Record<string, KeptParts>>;
  /** Deadlines by name, kept with their due instants. Any other may be reached at any time. */
  readonly deadlines: readonly string[];
  /**
   * What is decided of events, by `Event.field`, `Event.actor.role`, or the field's name alone: `any`
   * value that the schema allows, or one of a list, where no schema lists them or where the others
   * are alike; or what a decision takes from the state before it. Of any other field nothing is
   * known. Ids of kept parts are decided without being named.
   */
  readonly values: Readonly<Record<string, readonly unknown[] | 'any' | FromState>>;
  /** Writes states that differ only in names, numbers or what is past as one. */
  readonly same?: (state: WrittenState) => WrittenState;
  /**
   * Keys of the context that have one value from the start on, in place of whatever they are. Where
   * that is less than they may be, {@link because} says why it is enough.
   */
  readonly given: Readonly<Record<string, unknown>>;
  /**
   * Kinds of parts of which rules and conditions ask only whether there is one that is so, part by
   * part: they are shown those that are told apart and one that may be anything its `others` may be.
   */
  readonly whether?: readonly string[];
  /**
   * Rules, by name, that look at all parts of a kind and that further parts can only make refuse.
   * Any other rule that does so counts as holding where it refuses: one of the others may be what it
   * asks for.
   */
  readonly refusedMore: readonly string[];
  /** Why these values, and these numbers of parts, stand for all others. */
  readonly because: Text;
}

/** What a claim about states looks at. */
export interface StateView extends Pick<RuleView, 'context' | 'in' | 'parts'> {
  /** Deadlines that are still to be reached: of those that are kept, and of a record all. */
  readonly deadlines: readonly { readonly name: string; readonly part: string }[];
}

/** What a claim about steps looks at: what was recorded in one decision, and the state around it. */
export interface StepView {
  readonly before: StateView;
  readonly after: StateView;
  /** The event that was decided on. */
  readonly event: DecidedEvent;
  /** What followed from it, in order. */
  readonly followed: readonly DecidedEvent[];
}

/** As much of an event as a claim looks at. */
export type DecidedEvent = Pick<RuleView['event'], 'type' | 'data' | 'actor'>;

/** A claim that something is never so, always possible, or reached at all. */
export interface Claim {
  /** `INV-01`, `law 5`. */
  readonly id: string;
  readonly text: Text;
  /** Whether a state is as it never should be. */
  readonly never?: (state: StateView) => boolean;
  /** Whether a decision does what none should do. */
  readonly neverBy?: (step: StepView) => boolean;
  /**
   * Events of protective and emergency commands that are accepted in every state: rules and conditions
   * that look at what is not kept count as failing.
   */
  readonly accepts?: readonly string[];
  /**
   * Whether a state is one that a case has to be able to come to. No abstraction can prove it, because it
   * can do more than the case type: it is refuted where no state is so, and else shown by a run.
   */
  readonly reachable?: (state: StateView) => boolean;
  /** The events whose decisions `neverBy` is about, as far as it is not about any. */
  readonly decisions?: readonly string[];
}

/** Claims that are looked at together, over one abstraction. */
export interface Check {
  readonly abstraction: Abstraction;
  readonly claims: readonly Claim[];
}
