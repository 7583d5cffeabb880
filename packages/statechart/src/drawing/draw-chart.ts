// From a chart's structure to its drawing: what stands in each box, and which arrows there are.
import { transitionsOf, type PlacedTransition } from '../placed-transitions.ts';
import type { ChartStructure, NodeStructure } from '../structure.ts';
import type { ChartDrawing, DrawnArrow, DrawnBox, DrawnLine } from './drawing.ts';
import { endOf, leadsOf, parentOf, type Lead, type Nodes, type Origin } from './origins.ts';
import { sayTransition } from './say.ts';
import type { ChartWords } from './words.ts';

/**
 * Draws a chart in words. Every state is a box and every transition is told once: in the box of its
 * state when it stays there, else on an arrow. States that have an arrow in common share one.
 */
export function drawChart(structure: ChartStructure, words: ChartWords): ChartDrawing {
  const nodes: Nodes = new Map(structure.nodes.map((node) => [node.path, node]));
  const transitions = transitionsOf(structure);
  const leads = leadsOf(transitions.filter((one) => !stays(one, nodes)), nodes, words);
  const keys = new Map(structure.nodes.map(({ path }, index) => [path, `s${index}`]));
  const origins = originsOf(leads);
  const rows = rowsOf(transitions.filter((one) => stays(one, nodes)), words);
  const boxOf = (node: NodeStructure): DrawnBox => ({
    key: keys.get(node.path) ?? '',
    path: node.path,
    kind: node.kind,
    label: node.path === '' ? words.title : words.state(node.path),
    rows: rows.get(node.path) ?? [],
    children: [
      ...(node.initial === null ? [] : [dotIn(node, keys)]),
      ...[...origins.values()]
        .filter(({ origin }) => origin.parent === node.path)
        .map(({ origin, key }) => originBox(origin, key)),
      ...structure.nodes
        .filter(({ path }) => path !== '' && parentOf(path) === node.path)
        .map(boxOf),
    ],
  });
  const { id, nodes: [root] } = structure;
  if (!root) throw new RangeError(`The chart "${id}" has no states.`);
  const { title, language, direction } = words;
  const arrows = arrowsOf(structure, leads, keys, origins);
  return { id, title, language, direction, root: boxOf(root), arrows };
}

/** Whether no arrow shows it: there is no target, or only its own state begins again. */
function stays(transition: PlacedTransition, nodes: Nodes): boolean {
  return transition.targets.every((target) => endOf(target, transition, nodes) === undefined);
}

function rowsOf(
  transitions: readonly PlacedTransition[],
  words: ChartWords,
): ReadonlyMap<string, readonly DrawnLine[]> {
  const rows = new Map<string, DrawnLine[]>();
  for (const transition of transitions) {
    const own = rows.get(transition.source) ?? [];
    const text = sayTransition(transition, words);
    addLine(own, { text, transitions: [transition.index] });
    rows.set(transition.source, own);
  }
  return rows;
}

/** What reads the same is written once. */
function addLine(lines: DrawnLine[], { text, transitions }: DrawnLine): void {
  const at = lines.findIndex((line) => line.text === text);
  const same = lines[at];
  if (same) lines[at] = { text, transitions: [...same.transitions, ...transitions] };
  else lines.push({ text, transitions });
}

type Keyed = ReadonlyMap<string, { readonly origin: Origin; readonly key: string }>;

function originsOf(leads: readonly Lead[]): Keyed {
  const origins = new Map<string, { origin: Origin; key: string }>();
  for (const { from } of leads) {
    if (!('origin' in from) || origins.has(from.origin.key)) continue;
    origins.set(from.origin.key, { origin: from.origin, key: `o${origins.size}` });
  }
  return origins;
}

function originBox({ label }: Origin, key: string): DrawnBox {
  return { key, path: undefined, kind: 'origin', label, rows: [], children: [] };
}

function dotIn({ path }: NodeStructure, keys: ReadonlyMap<string, string>): DrawnBox {
  const key = `i${keys.get(path)}`;
  return { key, path: undefined, kind: 'initial', label: '', rows: [], children: [] };
}

function arrowsOf(
  { nodes }: ChartStructure,
  leads: readonly Lead[],
  keys: ReadonlyMap<string, string>,
  origins: Keyed,
): readonly DrawnArrow[] {
  const between = new Map<string, { from: string; to: string; lines: DrawnLine[] }>();
  const add = (from: string, to: string, line?: DrawnLine): void => {
    const key = `${from} ${to}`;
    const found = between.get(key) ?? { from, to, lines: [] };
    if (line) addLine(found.lines, line);
    between.set(key, found);
  };
  for (const { path, initial } of nodes) {
    if (initial !== null) add(`i${keys.get(path)}`, keys.get(initial) ?? '');
  }
  for (const { from, to, text, transitions } of leads) {
    const start = 'origin' in from ? origins.get(from.origin.key)?.key : keys.get(from.path);
    add(start ?? '', keys.get(to) ?? '', { text, transitions });
  }
  return [...between.values()].map((arrow, index) => ({ key: `a${index}`, ...arrow }));
}
