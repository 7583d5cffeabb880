// Every set of transitions that an event may select from a configuration, whatever conditions answer.
import type { Configuration } from '../configuration.ts';
import type { ChartNode, Guard, Transition } from '../model.ts';
import { candidatesOf } from '../asked.ts';

/** Transitions that are taken together. */
export type Selection = readonly Transition[];

const NOTHING: readonly Selection[] = [[]];

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

/** The selections of eventless transitions. */
export function alwaysOf(configuration: Configuration): readonly Selection[] {
  return configuration.eventless.reduce(
    (chosen, asked) => together(chosen, oneOf(asked, configuration)),
    NOTHING,
  );
}

function together(
  some: readonly Selection[],
  others: readonly Selection[],
): readonly Selection[] {
  if (some === NOTHING) return others;
  return some.flatMap((one) => others.map((other) => [...one, ...other]));
}

/** The first that holds: each of them may be, up to one that surely is. */
export function oneOf(
  candidates: readonly Transition[],
  configuration: Configuration,
): readonly Selection[] {
  const options: Selection[] = [];
  for (const candidate of candidates) {
    const answers = candidate.selectors.map((guard) => answerOf(guard, configuration));
    if (answers.includes(false)) continue;
    options.push([candidate]);
    if (answers.every((answer) => answer === true)) return options;
  }
  return [...options, []];
}

/** What a condition answers in a configuration; `undefined` where it looks at anything else. */
function answerOf(guard: Guard, configuration: Configuration): boolean | undefined {
  const { active } = configuration;
  if (guard.kind === 'in') return guard.nodes.every(({ index }) => active[index] === 1);
  if (guard.kind === 'test' || guard.kind === 'rules') return undefined;
  const answers = guard.parts.map((part) => answerOf(part, configuration));
  if (guard.kind === 'not') return answers[0] === undefined ? undefined : !answers[0];
  const [deciding, other] = guard.kind === 'and' ? [false, true] : [true, false];
  if (answers.includes(deciding)) return deciding;
  return answers.every((answer) => answer === other) ? other : undefined;
}
