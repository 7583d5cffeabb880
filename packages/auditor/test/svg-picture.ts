// What stands where in an SVG of a chart, read from the file alone: rectangles of boxes, texts and lines.
import { DOMParser, type Element } from '@xmldom/xmldom';
import { textWidth } from '@himaya/statechart';

/** A rectangle, and what it is of. */
export interface Spot {
  readonly what: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box of the picture. */
export interface Box extends Spot {
  readonly key: string;
  readonly kind: string;
  readonly path: string | null;
  readonly look: string;
  readonly texts: readonly string[];
  readonly transitions: readonly number[];
  readonly children: readonly Box[];
}

/** An arrow of the picture. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly transitions: readonly number[];
  readonly label: Spot | undefined;
  readonly text: string;
}

/** One chart of the picture. */
export interface ChartSeen {
  readonly root: Box;
  readonly arrows: readonly Arrow[];
}

/** All of a picture. */
export interface PictureSeen extends Spot {
  readonly direction: string;
  readonly title: string;
  readonly description: string;
  readonly charts: readonly ChartSeen[];
  /** Every line of text, where it stands by the widths that `textWidth` gives. */
  readonly texts: readonly Spot[];
  readonly notes: readonly Spot[];
  readonly noteText: string;
}

/** Reads an SVG. One that is not well-formed throws. */
export function seenIn(svg: string): PictureSeen {
  const onError = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message);
  };
  const root = new DOMParser({ onError }).parseFromString(svg, 'text/xml').documentElement;
  if (!root) throw new Error('The picture is empty.');
  const direction = root.getAttribute('direction') ?? '';
  const notes = childrenOf(root, 'g').filter((one) => one.getAttribute('class') === 'note');
  return {
    what: 'picture',
    x: 0,
    y: 0,
    width: numberOf(root, 'width'),
    height: numberOf(root, 'height'),
    direction,
    title: childrenOf(root, 'title').map(textOf).join(),
    description: childrenOf(root, 'desc').map(textOf).join(),
    charts: childrenOf(root, 'g')
      .filter((one) => one.getAttribute('class') === 'of-chart')
      .map(chartIn),
    texts: [...root.getElementsByTagName('text')].map((one) => placeOf(one, direction)),
    notes: notes.map((one) => spotOf(childrenOf(one, 'rect')[0], 'note')),
    noteText: notes.flatMap((one) => childrenOf(one, 'text')).map(textOf).join(' '),
  };
}

/** A box with all that is in it. */
export function boxesIn(box: Box): readonly Box[] {
  return [box, ...box.children.flatMap(boxesIn)];
}

/** Whether two rectangles have a point inside in common. */
export function overlap(a: Spot, b: Spot): boolean {
  const slack = 0.5;
  return (
    a.x + slack < b.x + b.width &&
    b.x + slack < a.x + a.width &&
    a.y + slack < b.y + b.height &&
    b.y + slack < a.y + a.height
  );
}

/** Whether a rectangle lies in another. */
export function contains(outer: Spot, inner: Spot): boolean {
  const slack = 1;
  return (
    inner.x >= outer.x - slack &&
    inner.y >= outer.y - slack &&
    inner.x + inner.width <= outer.x + outer.width + slack &&
    inner.y + inner.height <= outer.y + outer.height + slack
  );
}

function chartIn(group: Element): ChartSeen {
  const [root] = childrenOf(group, 'g').map(boxOf);
  if (!root) throw new Error('A chart has no box.');
  const labels = childrenOf(group, 'g').filter((one) => isOf(one, 'arrow-label'));
  const arrows = childrenOf(group, 'path').map((path) => {
    const key = path.getAttribute('data-key');
    const label = labels.find((one) => one.getAttribute('data-key') === key);
    return {
      from: path.getAttribute('data-from') ?? '',
      to: path.getAttribute('data-to') ?? '',
      points: [...(path.getAttribute('d') ?? '').matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(
        (match) => [Number(match[1]), Number(match[2])] as const,
      ),
      transitions: numbersOf(path),
      label: label && spotOf(childrenOf(label, 'rect')[0], `label of ${key}`),
      text: label ? childrenOf(label, 'text').map(textOf).join(' ') : '',
    };
  });
  return { root, arrows };
}

function boxOf(group: Element): Box {
  const [rect] = childrenOf(group, 'rect');
  const [dot] = childrenOf(group, 'circle');
  const what = `${group.getAttribute('data-kind')} ${group.getAttribute('data-path')}`;
  return {
    ...(rect ? spotOf(rect, what) : circleOf(dot)),
    key: group.getAttribute('data-key') ?? '',
    kind: group.getAttribute('data-kind') ?? '',
    path: group.getAttribute('data-path'),
    look: rect?.getAttribute('class') ?? '',
    texts: childrenOf(group, 'text').map(textOf),
    transitions: numbersOf(group),
    children: childrenOf(group, 'g').map(boxOf),
  };
}

function circleOf(circle: Element | undefined): Spot {
  const [x, y, r] = ['cx', 'cy', 'r'].map((name) => numberOf(circle, name));
  const radius = r ?? 0;
  const side = 2 * radius;
  return { what: 'dot', x: (x ?? 0) - radius, y: (y ?? 0) - radius, width: side, height: side };
}

function placeOf(element: Element, direction: string): Spot {
  const size = numberOf(element, 'font-size');
  const isBold = element.getAttribute('font-weight') === 'bold';
  const width = textWidth(textOf(element), { size, isBold });
  const anchor = numberOf(element, 'x');
  const isMiddle = element.getAttribute('text-anchor') === 'middle';
  const x = isMiddle ? anchor - width / 2 : direction === 'rtl' ? anchor - width : anchor;
  // From the baseline up to the top of a capital, and down to the end of a tail.
  return { what: textOf(element), x, y: numberOf(element, 'y') - size, width, height: size * 1.3 };
}

function spotOf(rect: Element | undefined, what: string): Spot {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(rect, name));
  return { what, x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
}

function isOf(element: Element, name: string): boolean {
  return element.getAttribute('class') === name;
}

function childrenOf(element: Element, name: string): readonly Element[] {
  return [...element.childNodes].filter((one): one is Element => one.nodeName === name);
}

function textOf(element: Element): string {
  return element.textContent ?? '';
}

function numberOf(element: Element | undefined, name: string): number {
  const value = Number(element?.getAttribute(name) ?? Number.NaN);
  if (Number.isNaN(value)) throw new Error(`An element has no number ${name}.`);
  return value;
}

function numbersOf(element: Element): readonly number[] {
  const text = element.getAttribute('data-transitions');
  return text ? text.split(' ').map(Number) : [];
}
