// The canonical description of a chart, as plain JSON, from which structure hashes are made.

/** A guard by name; functions appear by the name they were registered under, never by source. */
export type GuardStructure =
  | { readonly kind: 'test'; readonly name: string | null; readonly params?: unknown }
  | { readonly kind: 'rules'; readonly codes: readonly string[] }
  | { readonly kind: 'in'; readonly states: readonly string[] }
  | { readonly kind: 'and' | 'or' | 'not'; readonly parts: readonly GuardStructure[] };

/** An action by what can be known of it without running it. `null` stands for "a function". */
export type ActionStructure =
  | {
      readonly kind: 'assign';
      readonly name?: string;
      readonly keys: readonly string[] | null;
      readonly params?: unknown;
    }
  | {
      readonly kind: 'raise';
      readonly name?: string;
      readonly event: string | null;
      readonly params?: unknown;
    }
  | { readonly kind: 'effect'; readonly name: string; readonly params?: unknown };

/** One transition; `event` is `@done` for `onDone` and `@always` for eventless ones. */
export interface TransitionStructure {
  readonly event: string;
  readonly targets: readonly string[];
  readonly reenter: boolean;
  readonly guard: GuardStructure | null;
  readonly actions: readonly ActionStructure[];
}

/** One state with what it declares, in the order in which it declares it. */
export interface NodeStructure {
  readonly path: string;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly initial: string | null;
  readonly initialActions: readonly ActionStructure[];
  readonly tags: readonly string[];
  readonly entry: readonly ActionStructure[];
  readonly exit: readonly ActionStructure[];
  readonly output: boolean;
  readonly transitions: readonly TransitionStructure[];
}

/**
 * Nodes in document order. Equal structures behave equally as far as the functions behind the
 * names do; `meta`, descriptions and the source text of functions are not part of it.
 */
export interface ChartStructure {
  readonly id: string;
  readonly nodes: readonly NodeStructure[];
}
