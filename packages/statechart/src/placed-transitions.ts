// The transitions of a structure in a list, each with its place, and the places of their conditions.
import type { ChartStructure, GuardStructure, TransitionStructure } from './structure.ts';

/** A transition with the state that declares it. */
export interface PlacedTransition extends TransitionStructure {
  /** Its place among all transitions of the chart, from 0, as `ChartStructure` lists them. */
  readonly index: number;
  readonly source: string;
  /** It comes after guarded ones for its event, and is taken when none of them is. */
  readonly isLast: boolean;
  /** Tests of those before it with the same source, event and targets. */
  readonly testsBefore: number;
}

/** Where a condition of a guard stands: its transition, and its place among the guard's own. */
export interface ConditionPlace {
  readonly source: string;
  /** As `TransitionStructure.event` has it: `@always`, `@done` and `@after.` ones included. */
  readonly event: string;
  readonly targets: readonly string[];
  /** The name that the condition was registered under, if it has one. */
  readonly name: string | null;
  /** From 0, counting all tests of this state's transitions for this event to these targets. */
  readonly place: number;
}

/** All transitions of a chart in the order in which its structure lists them. */
export function transitionsOf({ nodes }: ChartStructure): readonly PlacedTransition[] {
  let index = 0;
  return nodes.flatMap(({ path: source, transitions }) =>
    transitions.map((transition, place) => {
      const isLast =
        transition.guard === null &&
        transitions.slice(0, place).some(({ event }) => event === transition.event);
      const same = transitions.slice(0, place).filter((one) => isAlike(one, transition));
      const testsBefore = same.reduce((count, { guard }) => count + testsIn(guard).length, 0);
      const placed = { ...transition, source, index, isLast, testsBefore };
      index += 1;
      return placed;
    }),
  );
}

function isAlike(a: TransitionStructure, b: TransitionStructure): boolean {
  return a.event === b.event && a.targets.join(' ') === b.targets.join(' ');
}

/** Where each test of a transition's guard stands. */
export function placesOf(
  transition: PlacedTransition,
): ReadonlyMap<GuardStructure, ConditionPlace> {
  const { source, event, targets, guard, testsBefore } = transition;
  return new Map(
    testsIn(guard).map((test, index) => {
      const { name } = test;
      return [test, { source, event, targets, name, place: testsBefore + index }] as const;
    }),
  );
}

/** A condition of a guard. */
export type GuardTest = Extract<GuardStructure, { kind: 'test' }>;

/** The tests of a guard from its first to its last. */
export function testsIn(guard: GuardStructure | null): readonly GuardTest[] {
  if (guard === null) return [];
  if (guard.kind === 'test') return [guard];
  return 'parts' in guard ? guard.parts.flatMap((part) => testsIn(part)) : [];
}
