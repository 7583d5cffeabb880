// Whether every configuration that a migration can make is one of the new version, region by region.
import { isChartError, reachedIn, type ReachedPlace } from '@himaya/statechart';
import type { AnyChart } from '../../compiled.ts';
import { TooManyWays } from '../choices.ts';
import type { Region, Row } from './any-configuration.ts';

/** Places of regions, and what they lead to together: no configuration. */
export interface Illegal {
  readonly from: readonly ReachedPlace[];
  readonly leads: readonly string[];
}

/** Combinations of one group of rows at most. */
const COMBINATIONS_MAX = 10_000;

/** Configurations of one chart. */
export class LegalConfigurations {
  readonly #chart: AnyChart;
  readonly #isSplit: boolean;
  /** Where each region begins, by its name. */
  readonly #fillers = new Map<string, readonly string[]>();

  constructor(chart: AnyChart) {
    this.#chart = chart;
    this.#isSplit = chart.structure.nodes[0]?.kind === 'parallel';
    for (const [first] of reachedIn(chart)) {
      const leaves = first?.configuration ?? [];
      this.#fillers.set(this.#regionOf(leaves[0] ?? ''), leaves);
    }
  }

  /** Whether these states are a configuration. */
  has(configuration: readonly string[]): boolean {
    try {
      this.#chart.restore({ configuration, context: {} });
      return true;
    } catch (error) {
      if (!isChartError(error, 'configuration-unknown')) throw error;
      return false;
    }
  }

  /**
   * What of that which rows can make is no configuration, and regions that none of them leads to. Rows
   * that lead to different regions cannot disturb one another: only those that share one are combined.
   */
  problemsOf(rows: readonly Row[]): {
    readonly regions: readonly string[];
    readonly illegal: readonly Illegal[];
  } {
    const groups = this.#grouped(rows);
    const held = new Set(groups.flatMap(({ regions }) => [...regions]));
    return {
      regions: [...this.#fillers.keys()].filter((region) => !held.has(region)),
      illegal: groups.flatMap((group) => this.#illegalOf(group)),
    };
  }

  #illegalOf({ rows, regions }: Group): readonly Illegal[] {
    if (regions.size === 0) return [];
    const others = [...this.#fillers].flatMap(([region, leaves]) =>
      regions.has(region) ? [] : leaves,
    );
    return combined(rows).filter(({ leads }) => !this.has([...others, ...leads]));
  }

  #grouped(rows: readonly Row[]): readonly Group[] {
    let groups: readonly Group[] = [];
    for (const row of rows) {
      const leads = placesOf(row).flatMap(([, paths]) => paths);
      const own = new Set(leads.map((path) => this.#regionOf(path)));
      const isApart = ({ regions }: Group): boolean =>
        ![...own].some((region) => regions.has(region));
      const joined = groups.filter((group) => !isApart(group));
      groups = [
        ...groups.filter(isApart),
        {
          rows: [...joined.flatMap((group) => group.rows), row],
          regions: new Set([...own, ...joined.flatMap(({ regions }) => [...regions])]),
        },
      ];
    }
    return groups;
  }

  #regionOf(path: string): string {
    return this.#isSplit ? (path.split('.', 1)[0] ?? '') : '';
  }
}

/** Rows that lead to the same regions. */
interface Group {
  readonly rows: readonly Row[];
  readonly regions: ReadonlySet<string>;
}

function combined(rows: readonly Row[]): readonly Illegal[] {
  // Rows of one region are in one place of it together.
  const byRegion = new Map<Region | Row, Row[]>();
  for (const row of rows) {
    const key = row.region ?? row;
    byRegion.set(key, [...(byRegion.get(key) ?? []), row]);
  }
  let all: readonly Illegal[] = [{ from: [], leads: [] }];
  for (const own of byRegion.values()) {
    const [first] = own;
    const places = first ? placesOf(first).map(([place]) => place) : [];
    all = all.flatMap((made) =>
      places.map((place) => ({
        from: place ? [...made.from, place] : made.from,
        leads: [...made.leads, ...own.flatMap(({ leads }) => leads.get(place) ?? [])],
      })),
    );
    if (all.length > COMBINATIONS_MAX) {
      throw new TooManyWays(`more than ${COMBINATIONS_MAX} combinations of states`);
    }
  }
  return all;
}

/** The places that a row's region may still be in, and where they lead. */
function placesOf({
  region,
  leads,
}: Row): readonly (readonly [ReachedPlace | undefined, readonly string[]])[] {
  const places: readonly (ReachedPlace | undefined)[] = region ? region.places : [undefined];
  return places.map((place) => [place, leads.get(place) ?? []] as const);
}
