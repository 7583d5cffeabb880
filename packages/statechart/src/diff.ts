// What differs between two versions of a chart: states and transitions, as their structures say it.
import { transitionsOf, type PlacedTransition } from './placed-transitions.ts';
import type { ChartStructure, NodeStructure } from './structure.ts';

/** What may differ between two states of one path. */
export type StateAspect = 'kind' | 'initial' | 'tags' | 'entry' | 'exit' | 'output';
/** What may differ between two transitions of one state for one event. */
export type TransitionAspect = 'targets' | 'guard' | 'actions' | 'reenter';

/** One difference; states are named by their paths, `''` is the chart itself. */
export type ChartDifference =
  | { readonly kind: 'stateAdded' | 'stateRemoved'; readonly state: string }
  | {
      readonly kind: 'stateChanged';
      readonly state: string;
      readonly what: readonly StateAspect[];
    }
  | {
      readonly kind: 'transitionAdded' | 'transitionRemoved';
      readonly transition: PlacedTransition;
    }
  | {
      readonly kind: 'transitionChanged';
      readonly before: PlacedTransition;
      readonly after: PlacedTransition;
      readonly what: readonly TransitionAspect[];
    }
  /** The same transitions of a state are asked in another order. */
  | { readonly kind: 'transitionsReordered'; readonly state: string }
  /** The same states stand in another order, which is the order of actions in parallel regions. */
  | { readonly kind: 'statesReordered' };

/**
 * What was added to a chart, removed from it and changed, in the order of the document: of `after`,
 * and what was removed at the end. Empty exactly if the two structures are equal.
 *
 * A state that was renamed is one that was removed and one that was added. What a structure does not
 * hold is not seen: what a function computes, `meta` and descriptions.
 */
export function diffCharts(
  before: ChartStructure,
  after: ChartStructure,
): readonly ChartDifference[] {
  const [old, now] = [byPath(before), byPath(after)];
  const added = after.nodes.flatMap(({ path }): readonly ChartDifference[] =>
    old.states.has(path) ? [] : [{ kind: 'stateAdded', state: path }],
  );
  const removed = before.nodes.flatMap(({ path }): readonly ChartDifference[] =>
    now.states.has(path) ? [] : [{ kind: 'stateRemoved', state: path }],
  );
  const changed = after.nodes.flatMap((node) => {
    const state = node.path;
    const was = old.states.get(state);
    const own = (of: typeof now) => of.transitions.get(state) ?? [];
    return [...(was ? stateChanged(was, node) : []), ...ofTransitions(own(old), own(now), state)];
  });
  const left = before.nodes
    .filter(({ path }) => !now.states.has(path))
    .flatMap(({ path }) => ofTransitions(old.transitions.get(path) ?? [], [], path));
  return [...added, ...changed, ...removed, ...left, ...statesReordered(before, after)];
}

/** The states of a chart and their transitions, by path. */
function byPath(structure: ChartStructure) {
  const all = transitionsOf(structure);
  const states = new Map(structure.nodes.map((node) => [node.path, node]));
  const transitions = new Map(
    structure.nodes.map(({ path }) => [path, all.filter(({ source }) => source === path)]),
  );
  return { states, transitions };
}

const STATE_ASPECTS = ['kind', 'initial', 'tags', 'entry', 'exit', 'output'] as const;

function stateChanged(was: NodeStructure, is: NodeStructure): readonly ChartDifference[] {
  const what = STATE_ASPECTS.filter(
    (aspect) =>
      !isSame(was[aspect], is[aspect]) ||
      (aspect === 'initial' && !isSame(was.initialActions, is.initialActions)),
  );
  return what.length === 0 ? [] : [{ kind: 'stateChanged', state: is.path, what }];
}

const TRANSITION_ASPECTS = ['targets', 'guard', 'actions', 'reenter'] as const;

/** Transitions that are the same are put aside; what is left of one event is paired in its order. */
function ofTransitions(
  old: readonly PlacedTransition[],
  now: readonly PlacedTransition[],
  state: string,
): readonly ChartDifference[] {
  const [gone, come] = [without(old, now), without(now, old)];
  const events = [...new Set([...come, ...gone].map(({ event }) => event))];
  const differences = events.flatMap((event) => {
    const [was, is] = [gone, come].map((list) => list.filter((one) => one.event === event));
    return paired(was ?? [], is ?? []);
  });
  const kept = [without(old, gone), without(now, come)].map((list) => list.map(textOf));
  const isReordered = !isSame(kept[0], kept[1]);
  return isReordered ? [...differences, { kind: 'transitionsReordered', state }] : differences;
}

function paired(
  was: readonly PlacedTransition[],
  is: readonly PlacedTransition[],
): readonly ChartDifference[] {
  return Array.from({ length: Math.max(was.length, is.length) }, (_, place): ChartDifference => {
    const [before, after] = [was[place], is[place]];
    if (before && after) {
      const what = TRANSITION_ASPECTS.filter((aspect) => !isSame(before[aspect], after[aspect]));
      return { kind: 'transitionChanged', before, after, what };
    }
    return before
      ? { kind: 'transitionRemoved', transition: before }
      : { kind: 'transitionAdded', transition: after as PlacedTransition };
  });
}

/** A list without the members of another one, each as often as it stands there. */
function without(
  list: readonly PlacedTransition[],
  other: readonly PlacedTransition[],
): readonly PlacedTransition[] {
  const counts = new Map<string, number>();
  for (const one of other) counts.set(textOf(one), (counts.get(textOf(one)) ?? 0) + 1);
  return list.filter((one) => {
    const left = counts.get(textOf(one)) ?? 0;
    counts.set(textOf(one), left - 1);
    return left <= 0;
  });
}

function textOf({ event, targets, reenter, guard, actions }: PlacedTransition): string {
  return JSON.stringify([event, targets, reenter, guard, actions]);
}

function statesReordered(
  before: ChartStructure,
  after: ChartStructure,
): readonly ChartDifference[] {
  const [old, now] = [before, after].map(({ nodes }) => nodes.map(({ path }) => path));
  const common = (list: readonly string[] = [], other: readonly string[] = []) =>
    list.filter((path) => other.includes(path));
  return isSame(common(old, now), common(now, old)) ? [] : [{ kind: 'statesReordered' }];
}

/** Structures are plain JSON whose keys are always written in one order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
