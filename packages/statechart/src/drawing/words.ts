// How a chart is said to people: the names of what stands in it, in one language.
import type { ConditionPlace } from '../placed-transitions.ts';

/** What stands between names: one or two words each. */
export interface ChartPhrases {
  readonly and: string;
  readonly or: string;
  readonly not: string;
  /** Before the states that a guard asks for. */
  readonly inState: string;
  /** Stands for a condition that has neither words nor a name. */
  readonly condition: string;
  /** What remains when the guarded alternatives before it do not hold. */
  readonly otherwise: string;
  /** Event of a transition that waits for none. */
  readonly always: string;
  /** Event of a transition that is taken when all inside a state has ended. */
  readonly done: string;
  /** Before the name of a delay. */
  readonly after: string;
  /** Event of a transition that hears any event. */
  readonly anyEvent: string;
  /** Where an arrow begins that every state of a region has. */
  readonly anyState: string;
  /** The same, but for the state that it leads to. */
  readonly anyOtherState: string;
  /** Before the states that have one arrow in common. */
  readonly fromStates: string;
  /** Behind a transition that leaves its state and enters it again. */
  readonly again: string;
  /** Behind an event that a state keeps from those around it. */
  readonly ignored: string;
  /** Before events that the chart raises, and effects that it asks for. */
  readonly causes: string;
}

/** Says a chart in one language. Every function answers for every name that the chart has. */
export interface ChartWords {
  /** BCP 47, `ar`. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly phrases: ChartPhrases;
  /** The chart as a whole. */
  readonly title: string;
  state(path: string): string;
  event(type: string): string;
  /** A delay of `after`. */
  delay(name: string): string;
  rule(code: string): string;
  /** A condition, or nothing when there are no words for it. */
  condition(place: ConditionPlace): string | undefined;
}
