// Every set of transitions that an event may select from a configuration, whatever conditions answer.
import type { Configuration } from '../configuration.ts';
import type { ChartNode, Guard, Transition } from '../model.ts';
import { candidatesOf } from '../asked.ts';

/** Transitions that are taken together. */
export type Selection = readonly Transition[];

const NONE: Selection = [];
const NOTHING: readonly Selection[] = [NONE];

/** The selections of an event; one that takes nothing is among them where that may happen. */
export function selectionsOf(
  node: ChartNode,
  configuration: Configuration,
  type: string,
): readonly Selection[] {
  let inside = NOTHING;
  for (const child of node.children) {
    if (configuration.active[child.index] === 0) continue;
    inside = together(inside, selectionsOf(child, configuration, type));
  }
  const candidates = candidatesOf(node, type);
  if (candidates.length === 0) return inside;
  return inside.flatMap((chosen) =>
    chosen.length > 0 ? [chosen] : oneOf(candidates, configuration),
  );
}

/** The selections of those who are asked side by side: of each list the first that holds. */
export function besideEachOther(
  asked: readonly (readonly Transition[])[],
  configuration: Configuration,
): readonly Selection[] {
  let chosen = NOTHING;
  for (const candidates of asked) chosen = together(chosen, oneOf(candidates, configuration));
  return chosen;
}

function together(
  some: readonly Selection[],
  others: readonly Selection[],
): readonly Selection[] {
  if (some === NOTHING) return others;
  if (others === NOTHING) return some;
  const both: Selection[] = [];
  for (const one of some) for (const other of others) both.push(joined(one, other));
  return both;
}

function joined(one: Selection, other: Selection): Selection {
  if (one.length === 0) return other;
  return other.length === 0 ? one : [...one, ...other];
}

/** The first that holds: each of them may be, up to one that surely is. */
function oneOf(
  candidates: readonly Transition[],
  configuration: Configuration,
): readonly Selection[] {
  const options: Selection[] = [];
  for (const candidate of candidates) {
    const answer = decided(candidate.selectors, configuration, false);
    if (answer === false) continue;
    options.push([candidate]);
    if (answer === true) return options;
  }
  options.push(NONE);
  return options;
}

/** What a condition answers in a configuration; `undefined` where it looks at anything else. */
function answerOf(guard: Guard, configuration: Configuration): boolean | undefined {
  const { active } = configuration;
  if (guard.kind === 'in') return guard.nodes.every(({ index }) => active[index] === 1);
  if (guard.kind === 'test' || guard.kind === 'rules') return undefined;
  if (guard.kind !== 'not') return decided(guard.parts, configuration, guard.kind === 'or');
  const inner = decided(guard.parts, configuration, true);
  return inner === undefined ? undefined : !inner;
}

/** What conditions answer together: `deciding` as soon as one does, the other if all of them do. */
function decided(
  guards: readonly Guard[],
  configuration: Configuration,
  deciding: boolean,
): boolean | undefined {
  let isCertain = true;
  for (const guard of guards) {
    const answer = answerOf(guard, configuration);
    if (answer === deciding) return deciding;
    if (answer === undefined) isCertain = false;
  }
  return isCertain ? !deciding : undefined;
}
