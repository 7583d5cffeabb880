// What can become of an event whatever the guards say: the ground of `covers` and `enabled`.
import type { Configuration } from './configuration.ts';
import type { ChartNode, Model } from './model.ts';
import { candidatesOf } from './asked.ts';

/**
 * `reacts`: a transition is taken; `passes`: nothing is selected; `forbids`: a transition without
 * target and actions stops the search; `refuses`: a rule can fail, which refuses the whole step.
 */
export type EventOutcome = 'reacts' | 'passes' | 'forbids' | 'refuses';

/** The outcomes that some configuration and some verdicts bring about, each with its leaves. */
export type Outcomes = ReadonlyMap<EventOutcome, readonly string[]>;

/**
 * All outcomes below and at `node`, over all configurations, or in the given one only. Guards are
 * taken to answer anything; children of a compound state are taken to be reachable.
 */
export function outcomesOf(node: ChartNode, type: string, within?: Configuration): Outcomes {
  const children = node.children.filter(
    (child) => within === undefined || within.active[child.index] === 1,
  );
  const inner = children.map((child) => outcomesOf(child, type, within));
  const below = node.kind === 'parallel' ? combine(inner) : unite(inner, node.path);
  const passed = below.get('passes');
  if (passed === undefined) return below;
  const outcomes = new Map(below);
  outcomes.delete('passes');
  for (const outcome of ownOutcomes(node, type)) {
    if (!outcomes.has(outcome)) outcomes.set(outcome, passed);
  }
  return outcomes;
}

function ownOutcomes(node: ChartNode, type: string): ReadonlySet<EventOutcome> {
  const outcomes = new Set<EventOutcome>();
  for (const { rules, selectors, forbidden } of candidatesOf(node, type)) {
    if (rules.length > 0) outcomes.add('refuses');
    outcomes.add(forbidden ? 'forbids' : 'reacts');
    if (selectors.length === 0) return outcomes; // Later candidates are never reached.
  }
  return outcomes.add('passes');
}

function unite(children: readonly Outcomes[], path: string): Outcomes {
  if (children.length === 0) return new Map([['passes', [path]]]);
  const outcomes = new Map<EventOutcome, readonly string[]>();
  for (const child of children) {
    for (const [outcome, leaves] of child) {
      if (!outcomes.has(outcome)) outcomes.set(outcome, leaves);
    }
  }
  return outcomes;
}

// One region that reacts carries the others; one that can refuse can refuse for all.
function combine(regions: readonly Outcomes[]): Outcomes {
  const outcomes = new Map<EventOutcome, readonly string[]>();
  const choose = (preferred: readonly EventOutcome[], needed: EventOutcome): void => {
    const chosen = regions.map((region) => preferred.find((outcome) => region.has(outcome)));
    if (chosen.includes(undefined) || !chosen.includes(needed)) return;
    outcomes.set(
      needed,
      regions.flatMap((region, i) => region.get(chosen[i] ?? needed) ?? []),
    );
  };
  choose(['refuses', 'passes', 'forbids', 'reacts'], 'refuses');
  choose(['reacts', 'passes', 'forbids', 'refuses'], 'reacts');
  choose(['forbids', 'passes'], 'forbids');
  choose(['passes'], 'passes');
  return outcomes;
}

/**
 * The types of events that the chart raises and that a rule may refuse, each with leaves where it
 * does. A computed event may be of any type; done events are heard by wildcards.
 */
export function raisedAndRuled(model: Model): ReadonlyMap<string, readonly string[]> {
  const actions = [
    ...model.nodes.flatMap(({ entry, exit, initialActions }) => [entry, exit, initialActions]),
    ...model.transitions.map((transition) => transition.actions),
  ].flat();
  const raises = actions.flatMap((action) => (action.kind === 'raise' ? [action.event] : []));
  const ruled = model.transitions.filter(({ rules }) => rules.length > 0);
  const types = raises.flatMap((event) =>
    typeof event === 'function'
      ? ruled.map(({ descriptor }) => descriptor)
      : [(event as { readonly type: string }).type],
  );
  const done = model.nodes.map(({ id }) => `xstate.done.state.${id}`);
  const found = new Map<string, readonly string[]>();
  for (const type of [...types, ...done]) {
    const leaves = outcomesOf(model.root, type).get('refuses');
    if (leaves !== undefined) found.set(type, leaves);
  }
  return found;
}
