// The compiled chart: the tables that stepping reads, in document order, without history.
import type { GuardRule } from './rules.ts';

/** A function of the machine's author, called with the arguments of a step and resolved params. */
export type AuthorFunction = (args: unknown, params?: unknown) => unknown;

/** A guard as a tree; `test` is a leaf function, named or (`null`) inline. */
export type Guard =
  | {
      readonly kind: 'test';
      readonly name: string | null;
      readonly test: AuthorFunction;
      readonly params: unknown;
    }
  | { readonly kind: 'rules'; readonly rules: readonly GuardRule[] }
  | { readonly kind: 'in'; readonly nodes: readonly ChartNode[] }
  | { readonly kind: 'and' | 'or' | 'not'; readonly parts: readonly Guard[] };

/** One key of an assign, and its value or what makes that. */
export interface AssignedKey {
  readonly key: string;
  readonly value: unknown;
}

/** An action; `keys` is `null` when an assign is a function whose keys cannot be known. */
export type Action =
  | {
      readonly kind: 'assign';
      readonly name: string | undefined;
      readonly assignment: AuthorFunction | readonly AssignedKey[];
      readonly keys: readonly string[] | null;
      readonly params: unknown;
    }
  | {
      readonly kind: 'raise';
      readonly name: string | undefined;
      readonly event: unknown;
      readonly params: unknown;
    }
  | {
      readonly kind: 'cancel';
      readonly name: string | undefined;
      readonly sendId: unknown;
      readonly params: unknown;
    }
  | { readonly kind: 'effect'; readonly name: string; readonly params: unknown };

/** What makes a transition be considered. */
export type Trigger = 'event' | 'after' | 'done' | 'always';

/** One transition of one state. */
export interface Transition {
  /** Unique in the chart, ascending in document order. */
  readonly index: number;
  readonly source: ChartNode;
  readonly trigger: Trigger;
  /** Event type or wildcard; `''` for `always`. */
  readonly descriptor: string;
  readonly targets: readonly ChartNode[];
  readonly reenter: boolean;
  /** The guard as declared, for description. */
  readonly guard: Guard | undefined;
  /** All must hold for the transition to be chosen. */
  readonly selectors: readonly Guard[];
  /** All are judged once it is chosen; one that fails refuses the whole step. */
  readonly rules: readonly GuardRule[];
  readonly actions: readonly Action[];
  /** Neither target nor actions: stops the search and enables nothing. */
  readonly forbidden: boolean;
  /** The state that stays active around it; `undefined` when even the root is left. */
  readonly domain: ChartNode | undefined;
}

/** One state. Lists are filled while the machine is read and never changed afterwards. */
export interface ChartNode {
  /** Place in document order. */
  readonly index: number;
  /** Index of the last descendant: descendants are exactly `index + 1 … lastIndex`. */
  lastIndex: number;
  readonly key: string;
  readonly path: string;
  /** XState's id, which names done events. */
  readonly id: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly parent: ChartNode | undefined;
  readonly children: ChartNode[];
  initial: ChartNode | undefined;
  initialActions: readonly Action[];
  entry: readonly Action[];
  exit: readonly Action[];
  readonly tags: readonly string[];
  /** Value or mapper of a final state or the root; `undefined` when there is none. */
  readonly output: unknown;
  /** By exact event type, in order of declaration. */
  readonly heard: Map<string, Transition[]>;
  /** Wildcards, longest first. */
  wildcards: readonly (readonly [string, readonly Transition[]])[];
  always: readonly Transition[];
}

/** Everything compiled from one machine. */
export interface Model {
  readonly id: string;
  readonly root: ChartNode;
  /** In document order: `nodes[i].index === i`. */
  readonly nodes: readonly ChartNode[];
  readonly transitions: readonly Transition[];
  /** Value or factory. */
  readonly context: AuthorFunction | Readonly<Record<string, unknown>> | undefined;
}

/** Whether `node` lies strictly inside `ancestor`. */
export function isInside(node: ChartNode, ancestor: ChartNode): boolean {
  return node.index > ancestor.index && node.index <= ancestor.lastIndex;
}

/** A state without children. */
export function isLeaf(node: ChartNode): boolean {
  return node.kind === 'atomic' || node.kind === 'final';
}

/** Ancestors of `node` from its parent up to, and without, `end` (the root included if absent). */
export function ancestorsOf(node: ChartNode, end?: ChartNode): ChartNode[] {
  const ancestors: ChartNode[] = [];
  if (node === end) return ancestors;
  for (let at = node.parent; at !== undefined && at !== end; at = at.parent) ancestors.push(at);
  return ancestors;
}

/** Whether both can be active without one containing the other: they meet in a parallel state. */
export function areOrthogonal(a: ChartNode, b: ChartNode): boolean {
  if (a === b || isInside(a, b) || isInside(b, a)) return false;
  return ancestorsOf(a).find((ancestor) => isInside(b, ancestor))?.kind === 'parallel';
}
