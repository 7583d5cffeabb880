// A configuration and what transitions do from it: tables only, made elsewhere.
import type { StateValue } from 'xstate';
import type { Action, ChartNode, Transition } from './model.ts';

/** States that hear an event. Those inside are asked first; what they select goes before these. */
export interface Asked {
  readonly inside: readonly Asked[];
  /** Of one state, in the order in which they are tried. */
  readonly candidates: readonly Transition[];
}

/** A legal set of active states. */
export interface Configuration {
  /** Active states in document order. */
  readonly nodes: readonly ChartNode[];
  /** Of each leaf that has any: the `always` transitions that are asked, innermost first. */
  readonly eventless: readonly (readonly Transition[])[];
  /** Per node index: 1 when active. */
  readonly active: Uint8Array;
  readonly ids: readonly string[];
  readonly value: StateValue;
  readonly tags: readonly string[];
  readonly done: boolean;
  /** Who is asked about an event, by its type; filled on first use. */
  readonly asked: Map<string, Asked>;
  /** What transitions do from here, by their indices; filled on first use. */
  readonly plans: Map<string | number, Plan>;
  /** Event types that can be taken from here; filled on first use. */
  enabled: readonly string[] | undefined;
}

/** One thing to do, in order: an action, a done event, or the end of the chart. */
export type Instruction =
  | { readonly kind: 'act'; readonly action: Action; readonly node: ChartNode }
  /** `final` is the state whose output the event carries. */
  | { readonly kind: 'done'; readonly node: ChartNode; readonly final: ChartNode | undefined }
  | { readonly kind: 'complete'; readonly completion: ChartNode };

/** One microstep. */
export interface Plan {
  readonly instructions: readonly Instruction[];
  /** Whether an instruction assigns, whatever comes of it. */
  readonly assigns: boolean;
  readonly next: Configuration;
  readonly entered: readonly string[];
  readonly left: readonly string[];
}
