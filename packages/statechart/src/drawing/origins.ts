// Where arrows begin: at their state, or at one place for all states that have the arrow in common.
import type { PlacedTransition } from '../placed-transitions.ts';
import type { NodeStructure } from '../structure.ts';
import { sayTransition } from './say.ts';
import type { ChartWords } from './words.ts';

/** So many states with one arrow in common share its beginning: fewer arrows cross. */
const SHARED_MIN = 3;

/** A place that stands for several states. */
export interface Origin {
  readonly key: string;
  readonly label: string;
  /** Path of the box that it stands in. */
  readonly parent: string;
}

/** An arrow between a state or an origin, and a state. */
export interface Lead {
  readonly from: { readonly path: string } | { readonly origin: Origin };
  readonly to: string;
  readonly text: string;
  readonly transitions: readonly number[];
}

/** The states of a chart by path. */
export type Nodes = ReadonlyMap<string, NodeStructure>;

/** Path of the state around another; the root, `''`, is around the topmost ones. */
export function parentOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? '' : path.slice(0, dot);
}

/** Whether `path` lies strictly inside `outer`. */
export function isWithin(path: string, outer: string): boolean {
  return path !== outer && (outer === '' || path.startsWith(`${outer}.`));
}

/** The arrows of transitions that lead somewhere. */
export function leadsOf(
  transitions: readonly PlacedTransition[],
  nodes: Nodes,
  words: ChartWords,
): readonly Lead[] {
  const alike = new Map<string, { to: string; text: string; by: PlacedTransition[] }>();
  for (const transition of transitions) {
    const text = sayTransition(transition, words);
    for (const target of transition.targets) {
      const to = endOf(target, transition, nodes);
      if (to === undefined) continue;
      // From inside and from around a target are two different arrows.
      const key = JSON.stringify([to, text, isWithin(to, transition.source)]);
      const found = alike.get(key) ?? { to, text, by: [] };
      found.by.push(transition);
      alike.set(key, found);
    }
  }
  return [...alike.values()].flatMap(({ to, text, by }) => {
    const shared = sharedOrigin(by, to, nodes, words);
    const all = by.map(({ index }) => index);
    if (shared) return [{ from: { origin: shared }, to, text, transitions: all }];
    return by.map(({ source, index }) => {
      const from = beginningOf(source, to, nodes, words);
      return { from, to, text, transitions: [index] };
    });
  });
}

/**
 * Where the arrow of a transition ends; `undefined` when it is told in the box of its state instead.
 * What lies around its beginning, and a region, has no border to end at: it ends where that begins.
 */
export function endOf(
  target: string,
  { source }: Pick<PlacedTransition, 'source'>,
  nodes: Nodes,
): string | undefined {
  const isBorderless = (path: string): boolean =>
    path === source || isWithin(source, path) || path === '' || path === regionOf(path, nodes);
  if (!isBorderless(target)) return target;
  const initial = nodes.get(target)?.initial ?? target;
  return isBorderless(initial) ? undefined : initial;
}

function sharedOrigin(
  by: readonly PlacedTransition[],
  to: string,
  nodes: Nodes,
  words: ChartWords,
): Origin | undefined {
  const sources = [...new Set(by.map(({ source }) => source))];
  const parent = parentOf(sources[0] ?? '');
  if (sources.length < SHARED_MIN || sources.includes('')) return undefined;
  if (sources.some((source) => parentOf(source) !== parent || isWithin(to, source))) {
    return undefined;
  }
  if (regionOf(to, nodes) !== regionOf(sources[0] ?? '', nodes)) return undefined;
  const siblings = [...nodes.keys()].filter((path) => path !== '' && parentOf(path) === parent);
  const missing = siblings.filter((path) => !sources.includes(path));
  const { anyState, anyOtherState, fromStates } = words.phrases;
  if (missing.length === 0) return { key: `any ${parent}`, label: anyState, parent };
  if (missing.length === 1 && missing[0] === to) {
    return { key: `other ${parent}`, label: anyOtherState, parent };
  }
  const names = sources.map((path) => words.state(path)).join(' · ');
  return { key: `from ${sources.join(' ')}`, label: `${fromStates} ${names}`, parent };
}

/** Where the arrow of one state begins: a state around the target has no border to start from. */
function beginningOf(source: string, to: string, nodes: Nodes, words: ChartWords): Lead['from'] {
  const region = regionOf(to, nodes);
  if (isWithin(to, source)) {
    // Parallel states hold regions only: there the place is in the region that is entered.
    const parent = nodes.get(source)?.kind === 'parallel' ? childTowards(source, to) : source;
    const isRegion = parent !== source;
    const around = source === '' ? words.title : words.state(source);
    const label = isRegion ? around : words.phrases.anyState;
    const key = isRegion ? `around ${parent}` : `any ${parent}`;
    return { origin: { key, label, parent } };
  }
  if (region === '' || isWithin(source, region) || source === region) return { path: source };
  return { origin: { key: `far ${source} ${region}`, label: words.state(source), parent: region } };
}

/** The topmost region that a state lies in, where regions stand side by side; else `''`. */
function regionOf(path: string, nodes: Nodes): string {
  return nodes.get('')?.kind === 'parallel' ? childTowards('', path) : '';
}

function childTowards(outer: string, path: string): string {
  const start = outer === '' ? 0 : outer.length + 1;
  const end = path.indexOf('.', start);
  return end < 0 ? path : path.slice(0, end);
}
