// Checking a chart by its structure: what is never reached, what is never left, and a suite that covers it.
import type { Chart } from '../chart.ts';
import { CompiledChart } from '../compiled-chart.ts';
import { isLeaf } from '../model.ts';
import type { Model, Transition } from '../model.ts';
import { CONFIGURATIONS_MAX, Exploration, type Place } from './explore.ts';
import { isWithin, viewsOf, wayTo } from './views.ts';

/** A transition by its place: of a state, for an event, and which of those there, from 0. */
export interface TransitionPlace {
  readonly source: string;
  /** `''` for an eventless one. */
  readonly event: string;
  readonly index: number;
}

/** One step of a test: an event, the transitions that are to be taken, and where that leads. */
export interface ChartTestStep {
  /** `''`: eventless transitions are taken. */
  readonly event: string;
  readonly taken: readonly TransitionPlace[];
  /** The leaf states afterwards, of the region that is checked. */
  readonly configuration: readonly string[];
}

/** A leaf state that is entered and never left, and the steps that lead to it. */
export interface DeadEnd {
  readonly state: string;
  readonly steps: readonly ChartTestStep[];
}

/** What a check of a chart found. Regions of a parallel chart are checked each by itself. */
export interface ChartReport {
  readonly configurations: number;
  /** No sequence of events leads there, whatever conditions answer. */
  readonly unreachable: {
    readonly states: readonly string[];
    readonly transitions: readonly TransitionPlace[];
  };
  /** Leaf states that no transition leaves, final ones and `rests` aside. */
  readonly deadEnds: readonly DeadEnd[];
  /** Sequences from the start that together take every transition that can be taken. */
  readonly suite: readonly (readonly ChartTestStep[])[];
}

/** How a chart is checked. */
export interface CheckChartOptions {
  /** States in which something is over: they need no way out. */
  readonly rests?: readonly string[];
  /** @default 200_000 */
  readonly configurationsMax?: number;
}

/**
 * Visits every configuration that the structure of a chart can reach: conditions are taken to answer
 * either way, and rules to hold. What is not reached then is never reached. That something is reached
 * says only that no structure forbids it.
 *
 * @throws {NotExplored} when there are more configurations than allowed, or an action raises an event
 *   that is not known; {NotLoosened} when a region does more to another than assign.
 */
export function checkChart<Context>(
  chart: Chart<Context>,
  { rests = [], configurationsMax = CONFIGURATIONS_MAX }: CheckChartOptions = {},
): ChartReport {
  const reports = viewsOf(chart).map(({ model, region }) =>
    report(model, region, rests, configurationsMax),
  );
  return {
    configurations: reports.reduce((sum, { configurations }) => sum + configurations, 0),
    unreachable: {
      states: reports.flatMap(({ unreachable }) => unreachable.states),
      transitions: reports.flatMap(({ unreachable }) => unreachable.transitions),
    },
    deadEnds: reports.flatMap(({ deadEnds }) => deadEnds),
    suite: reports.flatMap(({ suite }) => suite),
  };
}

/** How many configurations a chart can reach by its structure, all regions together. */
export function countConfigurations<Context>(
  chart: Chart<Context>,
  configurationsMax = CONFIGURATIONS_MAX,
): number {
  return new Exploration(CompiledChart.modelOf(chart), configurationsMax).run().configurations;
}

function report(
  model: Model,
  region: string,
  rests: readonly string[],
  max: number,
): ChartReport {
  const explored = new Exploration(model, max).run();
  const nodes = model.nodes.filter((node) => isWithin(node, region));
  const reached = new Set(explored.places.flatMap(({ configuration }) => configuration.nodes));
  const own = model.transitions.filter(({ source }) => isWithin(source, region));
  const taken = own.filter((transition) => explored.taken.has(transition));
  const leaves = nodes.filter((node) => isLeaf(node) && node.kind !== 'final' && reached.has(node));
  const dead = leaves.filter((leaf) => !explored.left.has(leaf.path) && !rests.includes(leaf.path));
  return {
    configurations: explored.configurations,
    unreachable: {
      states: nodes.filter((node) => !reached.has(node)).map(({ path }) => path),
      transitions: own.filter((one) => !explored.taken.has(one)).map(placeOf),
    },
    deadEnds: dead.map((leaf) => {
      const first = explored.places.find(({ configuration }) => configuration.nodes.includes(leaf));
      return { state: leaf.path, steps: stepsTo(first, region) };
    }),
    suite: suiteOf(explored, taken, region),
  };
}

/** The longest ways first: what they take on their way needs no test of its own. */
function suiteOf(
  { taken: first }: Exploration,
  wanted: readonly Transition[],
  region: string,
): readonly (readonly ChartTestStep[])[] {
  const ways = wanted
    .map((transition) => wayTo(first.get(transition) as Place))
    .sort((a, b) => b.length - a.length);
  const covered = new Set<Transition>();
  const suite: (readonly ChartTestStep[])[] = [];
  for (const way of ways) {
    const takes = way.flatMap(({ by }) => by?.taken ?? []);
    if (takes.every((transition) => covered.has(transition))) continue;
    for (const transition of takes) covered.add(transition);
    suite.push(stepsTo(way.at(-1), region));
  }
  return suite;
}

function stepsTo(place: Place | undefined, region: string): readonly ChartTestStep[] {
  if (!place) return [];
  return wayTo(place).map(({ by, configuration }) => ({
    event: by?.event ?? '',
    taken: (by?.taken ?? []).filter(({ source }) => isWithin(source, region)).map(placeOf),
    configuration: configuration.nodes
      .filter((node) => isLeaf(node) && isWithin(node, region))
      .map(({ path }) => path),
  }));
}

function placeOf(transition: Transition): TransitionPlace {
  const { source, descriptor } = transition;
  const alike = [...source.heard.values(), source.always, ...source.wildcards.map(([, all]) => all)]
    .flat()
    .filter((one) => one.descriptor === descriptor);
  return { source: source.path, event: descriptor, index: alike.indexOf(transition) };
}
