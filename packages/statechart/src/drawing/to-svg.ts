// Writing a picture that has its places as SVG: one file, without scripts, fonts or links.
import type { SizedText, TextStyle } from './text-size.ts';
import { LINE_HEIGHT } from './text-size.ts';
import { PADDING, STYLES } from './measure.ts';
import type { DrawnLine } from './drawing.ts';
import type { Area, Place, PlacedArrow, PlacedBox, PlacedChart } from './placed.ts';
import { attributes, escapeXml } from './xml.ts';

/** A block of text that stands by itself, below the charts or above them. */
export interface PlacedText extends Area {
  readonly heading: SizedText;
  readonly body: SizedText;
  readonly headingStyle: TextStyle;
}

/** A whole picture. */
export interface Picture {
  readonly title: string;
  /** For whoever cannot see it. */
  readonly description: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly width: number;
  readonly height: number;
  readonly charts: readonly PlacedChart[];
  readonly texts: readonly PlacedText[];
}

const FONTS =
  "'Noto Sans','Noto Sans Arabic','DejaVu Sans','Segoe UI',Tahoma,Arial,sans-serif";

// Dark on white, told apart by lines and not by colour alone: a grey print loses nothing.
const STYLE = `text{font-family:${FONTS};fill:#1a1a1a}
.chart{fill:#fff;stroke:#1f3a5f;stroke-width:2}
.region{fill:#fff;stroke:#1f3a5f;stroke-width:1.2;stroke-dasharray:7 4}
.group{fill:#f3f6fa;stroke:#1f3a5f;stroke-width:1.2}
.state{fill:#e3ecf7;stroke:#1f3a5f;stroke-width:1.2}
.final{fill:#eee;stroke:#1f3a5f;stroke-width:1.2}
.inner{fill:none;stroke:#1f3a5f;stroke-width:1}
.rule{stroke:#1f3a5f;stroke-width:.6}
.origin{fill:#fff;stroke:#666;stroke-width:1;stroke-dasharray:2 2}
.dot{fill:#1a1a1a}
.line{fill:none;stroke:#333;stroke-width:1.1}
.paper{fill:#fff}
.label{fill:#fff}`;

/** Writes a picture as SVG. Equal pictures give equal text. */
export function toSvg(picture: Picture): string {
  const { title, description, language, direction, width, height, charts, texts } = picture;
  const heads = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title desc',
    'xml:lang': language,
    direction,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg${attributes(heads)}>`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"' +
      ' markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#333"/></marker></defs>',
    `<rect class="paper"${attributes({ width, height })}/>`,
    ...charts.flatMap((chart) => chartLines(chart, direction)),
    ...texts.map((text) => textBlock(text, direction)),
    '</svg>',
    '',
  ].join('\n');
}

function chartLines({ root, arrows }: PlacedChart, direction: Picture['direction']): string[] {
  return [
    '<g class="of-chart">',
    ...boxLines(root, direction, true),
    ...arrows.map((arrow) => arrowLine(arrow)),
    // Above all lines, so that no line runs through a text.
    ...arrows.flatMap((arrow) => labelLines(arrow)),
    '</g>',
  ];
}

function boxLines(
  placed: PlacedBox,
  direction: Picture['direction'],
  isRoot: boolean,
): readonly string[] {
  const { box, x, y, width, height, children } = placed;
  const about = attributes({
    'data-key': box.key,
    'data-kind': box.kind,
    'data-path': box.path,
    'data-transitions': transitionsIn(box.rows),
  });
  if (box.kind === 'initial') {
    const radius = width / 2;
    const circle = attributes({ cx: x + radius, cy: y + radius, r: radius });
    return [`<g class="box"${about}><circle class="dot"${circle}/></g>`];
  }
  const isGroup = children.length > 0;
  const name = isRoot ? 'chart' : placed.isRegion ? 'region' : isGroup ? 'group' : classOf(placed);
  const rx = name === 'region' ? 0 : box.kind === 'origin' ? 12 : 8;
  return [
    `<g class="box"${about}>`,
    `<rect class="${name}"${attributes({ x, y, width, height, rx })}/>`,
    ...(box.kind === 'final' ? [innerBorder(placed)] : []),
    ...boxText(placed, direction),
    ...children.flatMap((child) => boxLines(child, direction, false)),
    '</g>',
  ];
}

function classOf({ box }: PlacedBox): string {
  return box.kind === 'origin' || box.kind === 'final' ? box.kind : 'state';
}

function innerBorder({ x, y, width, height }: Area): string {
  const inner = { x: x + 3, y: y + 3, width: width - 6, height: height - 6, rx: 6 };
  return `<rect class="inner"${attributes(inner)}/>`;
}

function boxText(placed: PlacedBox, direction: Picture['direction']): readonly string[] {
  const { box, text, x, y, width, children } = placed;
  const isGroup = children.length > 0;
  const kind = box.kind === 'origin' ? 'origin' : isGroup ? 'chart' : 'state';
  const middle = x + width / 2;
  const top = y + PADDING;
  const below = top + text.label.height + PADDING;
  const lines = [...linesOf(text.label, { x: middle, y: top }, STYLES[kind], 'middle')];
  if (text.rows.lines.length === 0) return lines;
  const at = below - PADDING / 2;
  const rule = attributes({ x1: x, x2: x + width, y1: at, y2: at });
  if (!isGroup) lines.push(`<line class="rule"${rule}/>`);
  const start = direction === 'ltr' ? x + PADDING : x + width - PADDING;
  const place = { x: isGroup ? middle : start, y: below };
  const anchor = isGroup ? 'middle' : 'start';
  return [...lines, ...linesOf(text.rows, place, STYLES.row, anchor)];
}

function linesOf(
  { lines }: SizedText,
  { x, y }: Place,
  { size, isBold }: TextStyle,
  anchor: 'start' | 'middle',
): readonly string[] {
  return lines.map((line, index) => {
    const baseline = y + size * (LINE_HEIGHT * index + 1);
    const look = {
      x: rounded(x),
      y: rounded(baseline),
      'font-size': size,
      'font-weight': isBold ? 'bold' : undefined,
      'text-anchor': anchor === 'middle' ? anchor : undefined,
    };
    return `<text${attributes(look)}>${escapeXml(line)}</text>`;
  });
}

function arrowLine({ arrow, points }: PlacedArrow): string {
  const [first, ...others] = points;
  const path = [
    ...(first ? [`M${rounded(first.x)} ${rounded(first.y)}`] : []),
    ...others.map(({ x, y }) => `L${rounded(x)} ${rounded(y)}`),
  ].join('');
  const about = {
    'data-key': arrow.key,
    'data-from': arrow.from,
    'data-to': arrow.to,
    'data-transitions': transitionsIn(arrow.lines),
  };
  const line = { d: path, 'marker-end': 'url(#head)' };
  return `<path class="line"${attributes({ ...line, ...about })}/>`;
}

/** Which transitions of the chart stand there, for whoever wants to point at one. */
function transitionsIn(lines: readonly DrawnLine[]): string | undefined {
  return lines.length === 0 ? undefined : lines.flatMap((line) => line.transitions).join(' ');
}

function labelLines({ arrow, text, label }: PlacedArrow): readonly string[] {
  if (!label) return [];
  const { width, height } = text;
  const middle = { x: label.x + width / 2, y: label.y };
  const area = { x: rounded(label.x), y: rounded(label.y), width, height };
  return [
    `<g class="arrow-label"${attributes({ 'data-key': arrow.key })}>`,
    `<rect class="label"${attributes(area)}/>`,
    ...linesOf(text, middle, STYLES.arrow, 'middle'),
    '</g>',
  ];
}

function textBlock(placed: PlacedText, direction: Picture['direction']): string {
  const { x, y, width, height, heading, body, headingStyle } = placed;
  const start = direction === 'ltr' ? x : x + width;
  const area = attributes({ x, y, width, height });
  return [
    '<g class="note">',
    `<rect class="label"${area}/>`,
    ...linesOf(heading, { x: start, y }, headingStyle, 'start'),
    ...linesOf(body, { x: start, y: y + heading.height }, STYLES.row, 'start'),
    '</g>',
  ].join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
