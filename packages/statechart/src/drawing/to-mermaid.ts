// Writing drawings as one Mermaid state diagram, for pages that render it.
import type { ChartDrawing, DrawnBox } from './drawing.ts';

/** What may stand in a label as it is; all else is written by its number. */
const PLAIN = /[\p{L}\p{N}\p{M} .,·•()/+§]/u;
const LINE = '<br/>';

/**
 * Writes charts side by side as a `stateDiagram-v2`. `comments` stand at its end, where readers of the
 * text find them and renderers pass over them.
 */
export function toMermaid(
  drawings: readonly ChartDrawing[],
  comments: readonly string[] = [],
): string {
  const isRightToLeft = drawings[0]?.direction === 'rtl';
  return [
    'stateDiagram-v2',
    `direction ${isRightToLeft ? 'RL' : 'LR'}`,
    ...drawings.flatMap((drawing, index) => chartLines(drawing, `c${index}`)),
    ...comments.map((comment) => `%% ${comment.replaceAll(/[\s{}%]+/g, ' ')}`),
    '',
  ].join('\n');
}

function chartLines({ root, arrows }: ChartDrawing, prefix: string): readonly string[] {
  const initial = boxesIn(root).filter(({ kind }) => kind === 'initial');
  const dots = new Set(initial.map(({ key }) => key));
  const leading = new Map<string, string[]>();
  const owner = ownersOf(root);
  for (const { from, to, lines } of arrows) {
    const start = dots.has(from) ? '[*]' : prefix + from;
    const text = lines.map((line) => label(line.text)).join(LINE);
    const line = `${start} --> ${prefix}${to}${text === '' ? '' : ` : ${text}`}`;
    const parent = owner.get(from) ?? root.key;
    leading.set(parent, [...(leading.get(parent) ?? []), line]);
  }
  return boxLines(root, prefix, leading, '');
}

function boxLines(
  box: DrawnBox,
  prefix: string,
  leading: ReadonlyMap<string, readonly string[]>,
  margin: string,
): readonly string[] {
  const key = prefix + box.key;
  if (box.kind === 'initial') return [];
  const head = `${margin}state "${label(box.label)}" as ${key}`;
  if (box.children.length === 0) {
    const rows = box.rows.map(({ text }) => `${margin}${key} : ${label(text)}`);
    return [head, ...rows, ...(box.kind === 'final' ? [`${margin}${key} --> [*]`] : [])];
  }
  const inner = `${margin}  `;
  const inside = box.children.map((child) => boxLines(child, prefix, leading, inner));
  const text = box.rows.map((row) => label(row.text)).join(LINE);
  const rows = text === '' ? [] : [`${inner}state "${text}" as ${key}rows`];
  const between = box.kind === 'parallel' ? [`${inner}--`] : [];
  return [
    `${head} {`,
    ...rows,
    ...(rows.length > 0 ? between : []),
    ...inside.flatMap((lines, at) => (at === 0 ? lines : [...between, ...lines])),
    ...(leading.get(box.key) ?? []).map((line) => inner + line),
    `${margin}}`,
  ];
}

function boxesIn(box: DrawnBox): readonly DrawnBox[] {
  return [box, ...box.children.flatMap((child) => boxesIn(child))];
}

/** The box that each box stands in. */
function ownersOf(box: DrawnBox): ReadonlyMap<string, string> {
  return new Map(
    boxesIn(box).flatMap(({ key, children }) => children.map((child) => [child.key, key] as const)),
  );
}

function label(text: string): string {
  // A text of nothing would be no text to its grammar.
  const line = text.replaceAll(/\s+/g, ' ').trim() || '·';
  return [...line]
    .map((one) => (PLAIN.test(one) ? one : `#${one.codePointAt(0)};`))
    .join('');
}
