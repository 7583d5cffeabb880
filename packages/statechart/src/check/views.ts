// A chart as it is checked: region by region, the others in any state.
import type { Chart } from '../chart.ts';
import { CompiledChart } from '../compiled-chart.ts';
import type { ChartNode, Model } from '../model.ts';
import type { Place } from './explore.ts';
import { loosen } from './loosen.ts';

/** A chart of which one region keeps its states; of a chart without regions the whole, `''`. */
export interface RegionView {
  readonly model: Model;
  readonly region: string;
}

/** One view for each region of a chart, in document order. @throws {NotLoosened} */
export function viewsOf<Context>(chart: Chart<Context>): readonly RegionView[] {
  const model = CompiledChart.modelOf(chart);
  const { root } = model;
  if (root.kind !== 'parallel') return [{ model, region: '' }];
  return root.children.map(({ path }) => only(chart, path));
}

/** A chart of which one region keeps its states; the others may be in any. */
function only<Context>(chart: Chart<Context>, region: string): RegionView {
  const loosened = loosen(chart, {
    keepsRegion: (path) => path === region,
    keepsKey: () => false,
    asks: () => true,
    gives: () => undefined,
    perhaps: () => true,
    counts: () => false,
    isCertain: () => false,
    starts: () => ({}),
  });
  return { model: CompiledChart.modelOf(loosened), region };
}

/** Whether a state lies in a region. */
export function isWithin({ path }: ChartNode, region: string): boolean {
  return region === '' || path === region || path.startsWith(`${region}.`);
}

/** The places on a shortest way to a place, the start left out. */
export function wayTo(place: Place): readonly Place[] {
  const way: Place[] = [];
  for (let at: Place | undefined = place; at?.by; at = at.from) way.unshift(at);
  return way;
}
