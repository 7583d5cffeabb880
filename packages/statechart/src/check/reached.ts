// Where a chart can come to rest, region by region, and a shortest way to each of these places.
import type { Chart } from '../chart.ts';
import { isLeaf } from '../model.ts';
import { CONFIGURATIONS_MAX, Exploration } from './explore.ts';
import { besideEachOther } from './selections.ts';
import { isWithin, viewsOf, wayTo } from './views.ts';

/** Leaf states of one region that can be active together, and the events of a shortest way there. */
export interface ReachedPlace {
  readonly configuration: readonly string[];
  /** `''` where eventless transitions lead on. */
  readonly events: readonly string[];
}

/**
 * For each region of a chart every configuration that its structure can reach and in which a step can
 * end, the others in any state; of a chart without regions one list. Conditions may answer either way:
 * more is told than can happen, and never less.
 *
 * @throws {NotExplored} when there are more than allowed; {NotLoosened} when a region does more to
 *   another than assign.
 */
export function reachedIn<Context>(
  chart: Chart<Context>,
  configurationsMax = CONFIGURATIONS_MAX,
): readonly (readonly ReachedPlace[])[] {
  return viewsOf(chart).map(({ model, region }) => {
    const reached = new Map<string, ReachedPlace>();
    for (const place of new Exploration(model, configurationsMax).run().places) {
      const { configuration: whole, queue } = place;
      const always = besideEachOther(whole.eventless, whole);
      const mayRest = always.some(({ length }) => length === 0);
      if (queue.length > 0 || !mayRest) continue;
      const leaves = whole.nodes.filter((node) => isLeaf(node) && isWithin(node, region));
      const configuration = leaves.map(({ path }) => path);
      if (reached.has(configuration.join())) continue;
      const events = wayTo(place).map(({ by }) => by?.event ?? '');
      reached.set(configuration.join(), { configuration, events });
    }
    return [...reached.values()];
  });
}
