// What is read of XState's own objects, and nothing else; checked against xstate 5.33.
import { and, not, or, stateIn } from 'xstate';
import type { Model } from './model.ts';

/** A transition as XState formats it. */
export interface SourceTransition {
  readonly target: readonly SourceNode[] | undefined;
  readonly reenter: boolean;
  readonly guard: unknown;
  readonly actions: readonly unknown[];
  /** Present on transitions that come from `after`. */
  readonly delay?: unknown;
}

/** A StateNode. */
export interface SourceNode {
  readonly id: string;
  readonly key: string;
  readonly path: readonly string[];
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly states: Readonly<Record<string, SourceNode>>;
  readonly initial: {
    readonly target: readonly SourceNode[];
    readonly actions: readonly unknown[];
  };
  readonly entry: readonly unknown[];
  readonly exit: readonly unknown[];
  readonly always: readonly SourceTransition[] | undefined;
  readonly transitions: ReadonlyMap<string, readonly SourceTransition[]>;
  readonly tags: readonly string[];
  readonly invoke: readonly unknown[];
  readonly output: unknown;
  readonly config: {
    readonly route?: unknown;
    readonly initial?: string | { readonly target: string };
    readonly on?: Readonly<Record<string, unknown>>;
  };
}

/** A StateMachine. */
export interface SourceMachine {
  readonly id: string;
  readonly root: SourceNode;
  readonly config: { readonly context?: Model['context'] };
  readonly implementations: {
    readonly guards: Readonly<Record<string, unknown>>;
    readonly actions: Readonly<Record<string, unknown>>;
    readonly delays: Readonly<Record<string, unknown>>;
  };
  getStateNodeById(id: string): SourceNode;
}

/** A guard made by `and`, `or`, `not` or `stateIn`. */
export interface BuiltinGuard {
  readonly check: unknown;
  readonly guards?: readonly unknown[];
  readonly stateValue?: unknown;
}

/** An action made by `assign`, `raise` and so on; `type` says which. */
export interface BuiltinAction {
  readonly type: string;
  readonly assignment?: unknown;
  readonly event?: unknown;
  readonly delay?: unknown;
  readonly sendId?: unknown;
}

const checkOf = (guard: unknown): unknown => (guard as BuiltinGuard).check;

// Compared by identity: bundlers rename functions, so their names say nothing.
const guardKinds = new Map<unknown, 'and' | 'or' | 'not' | 'in'>([
  [checkOf(and([])), 'and'],
  [checkOf(or([])), 'or'],
  [checkOf(not(() => true)), 'not'],
  [checkOf(stateIn('')), 'in'],
]);

/** Which of XState's own guards this is, or `undefined` for any other function. */
export function builtinGuardKind(guard: object): 'and' | 'or' | 'not' | 'in' | undefined {
  return 'check' in guard ? guardKinds.get(guard.check) : undefined;
}

/** Whether this is one of XState's own actions and not a function of the author. */
export function isBuiltinAction(action: unknown): action is BuiltinAction {
  return typeof action === 'function' && 'resolve' in action;
}
