// Finds a place for everything in a drawing: ELK lays out states and arrows, regions stand side by side.
import {
  PADDING,
  textOfArrow,
  textOfBox,
  type ChartDrawing,
  type DrawnArrow,
  type DrawnBox,
  type Place,
  type PlacedArrow,
  type PlacedBox,
  type PlacedChart,
} from '@himaya/statechart';
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { rowsOfRegions } from './shelves.ts';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.randomSeed': '1',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '9',
  'elk.spacing.edgeLabel': '3',
  'elk.spacing.labelLabel': '6',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.edgeLabels.placement': 'CENTER',
  'elk.spacing.componentComponent': '18',
} as const;
const GROUP_ROWS_WIDTH = 320;

/** Gives a drawing its places, from the top left corner on and from left to right. */
export async function placeChart(drawing: ChartDrawing, elk: ELK): Promise<PlacedChart> {
  const { root, arrows } = drawing;
  if (root.kind !== 'parallel') return placeGroup(root, arrows, elk, false);
  const regions: PlacedChart[] = [];
  for (const region of root.children) {
    const keys = keysOf(region);
    const own = arrows.filter(({ from, to }) => keys.has(from) && keys.has(to));
    regions.push(await placeGroup(region, own, elk, true));
  }
  return sideBySide(root, regions);
}

/** A state with everything in it, laid out by ELK, and its head above. */
async function placeGroup(
  box: DrawnBox,
  arrows: readonly DrawnArrow[],
  elk: ELK,
  isRegion: boolean,
): Promise<PlacedChart> {
  const graph: ElkNode = {
    id: box.key,
    layoutOptions: { ...OPTIONS, 'elk.padding': padding(PADDING) },
    children: box.children.map((child) => toElk(child)),
    edges: arrows.map(edgeOf),
  };
  const laid = await elk.layout(graph);
  const inner = { width: laid.width ?? 0, height: laid.height ?? 0 };
  const text = headOf(box, inner.width);
  const width = Math.ceil(Math.max(inner.width, text.width));
  const shift = { x: (width - inner.width) / 2, y: text.height };
  const children = box.children.map((child, index) =>
    fromElk(child, laid.children?.[index] ?? { id: child.key }, shift),
  );
  const height = Math.ceil(text.height + inner.height);
  const root = { box, text, x: 0, y: 0, width, height, children, isRegion };
  return { root, arrows: arrows.map((arrow, at) => arrowFrom(arrow, laid.edges?.[at], shift)) };
}

/** The head of a group is as wide as what stands below it, or wider where it says much. */
function headOf(box: DrawnBox, width: number): ReturnType<typeof textOfBox> {
  return textOfBox(box, Math.max(GROUP_ROWS_WIDTH, width - 2 * PADDING));
}

function padding(top: number): string {
  return `[top=${top},left=${2 * PADDING},bottom=${2 * PADDING},right=${2 * PADDING}]`;
}

function toElk(box: DrawnBox): ElkNode {
  const text = textOfBox(box, box.children.length > 0 ? GROUP_ROWS_WIDTH : undefined);
  const { width, height } = text;
  if (box.children.length === 0) return { id: box.key, width, height };
  return {
    id: box.key,
    layoutOptions: {
      'elk.padding': padding(height),
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width},${height})`,
    },
    children: box.children.map((child) => toElk(child)),
  };
}

function edgeOf(arrow: DrawnArrow): ElkExtendedEdge {
  const { width, height, lines } = textOfArrow(arrow);
  return {
    id: arrow.key,
    sources: [arrow.from],
    targets: [arrow.to],
    labels: lines.length === 0 ? [] : [{ id: `${arrow.key}-text`, text: '-', width, height }],
  };
}

function fromElk(box: DrawnBox, node: ElkNode, shift: Place): PlacedBox {
  const { x = 0, y = 0, width = 0, height = 0 } = node;
  const isGroup = box.children.length > 0;
  return {
    box,
    text: textOfBox(box, isGroup ? GROUP_ROWS_WIDTH : undefined),
    x: x + shift.x,
    y: y + shift.y,
    width,
    height,
    isRegion: false,
    children: box.children.map((child, index) => ({
      ...fromElk(child, node.children?.[index] ?? { id: child.key }, shift),
      isRegion: box.kind === 'parallel',
    })),
  };
}

function arrowFrom(
  arrow: DrawnArrow,
  edge: ElkExtendedEdge | undefined,
  shift: Place,
): PlacedArrow {
  const moved = ({ x = 0, y = 0 }: Partial<Place>): Place => ({ x: x + shift.x, y: y + shift.y });
  const points = (edge?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) =>
    [startPoint, ...bendPoints, endPoint].map(moved),
  );
  const [label] = edge?.labels ?? [];
  return { arrow, points, text: textOfArrow(arrow), label: label && moved(label) };
}

function keysOf(box: DrawnBox): ReadonlySet<string> {
  return new Set([box.key, ...box.children.flatMap((child) => [...keysOf(child)])]);
}

/** Regions in rows; those of one row are equally high, and each row fills the width. */
function sideBySide(box: DrawnBox, regions: readonly PlacedChart[]): PlacedChart {
  const { rows, width } = rowsOfRegions(regions.map(({ root }) => root));
  const text = headOf(box, width);
  const placed: PlacedChart[] = [];
  let y = text.height;
  for (const row of rows) {
    let x = 0;
    for (const [at, index] of row.indexes.entries()) {
      const region = regions[index];
      if (!region) continue;
      const roomy = { width: row.widths[at] ?? 0, height: row.height };
      placed.push(movedChart(grown(region, roomy), { x, y }));
      x += roomy.width;
    }
    y += row.height;
  }
  const children = placed.map(({ root }) => root);
  const root = { box, text, x: 0, y: 0, width, height: y, children, isRegion: false };
  return { root, arrows: placed.flatMap(({ arrows }) => arrows) };
}

/** A group with more room around what is in it. */
function grown(
  { root, arrows }: PlacedChart,
  { width, height }: Pick<PlacedBox, 'width' | 'height'>,
): PlacedChart {
  const text = headOf(root.box, width);
  const shift = { x: (width - root.width) / 2, y: text.height - root.text.height };
  const inner = movedChart({ root, arrows }, shift);
  return { root: { ...inner.root, text, x: 0, y: 0, width, height }, arrows: inner.arrows };
}

/** A chart at another place. */
export function movedChart({ root, arrows }: PlacedChart, by: Place): PlacedChart {
  return mapped({ root, arrows }, ({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

/** A chart from right to left: each rectangle's left side is where its right side was. */
export function mirroredChart({ root, arrows }: PlacedChart, width: number): PlacedChart {
  return mapped({ root, arrows }, ({ x, y }, own) => ({ x: width - x - own, y }));
}

type Map = (place: Place, width: number) => Place;

function mapped({ root, arrows }: PlacedChart, map: Map): PlacedChart {
  return {
    root: mappedBox(root, map),
    arrows: arrows.map(({ label, points, text, arrow }) => ({
      arrow,
      text,
      points: points.map((point) => map(point, 0)),
      label: label && map(label, text.width),
    })),
  };
}

function mappedBox(placed: PlacedBox, map: Map): PlacedBox {
  const children = placed.children.map((child) => mappedBox(child, map));
  return { ...placed, ...map(placed, placed.width), children };
}
