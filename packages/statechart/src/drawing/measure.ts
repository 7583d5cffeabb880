// The text in boxes and on arrows, broken into lines, with the room it needs.
import type { DrawnArrow, DrawnBox } from './drawing.ts';
import { setText, stacked, type SizedText, type TextStyle } from './text-size.ts';

/** How each kind of text is set; `toSvg` writes what is measured with these. */
export const STYLES = {
  title: { size: 20, isBold: true },
  chart: { size: 15, isBold: true },
  state: { size: 12, isBold: true },
  row: { size: 11, isBold: false },
  arrow: { size: 11, isBold: false },
  origin: { size: 11, isBold: false },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Room between the border of a box and what is in it. */
export const PADDING = 8;
const STATE_WIDTH_MAX = 170;
const ROW_WIDTH_MAX = 230;
const ARROW_WIDTH_MAX = 210;
/** More transitions on one arrow get wider lines: else they would stand very high. */
const MANY = 3;
const ORIGIN_WIDTH_MAX = 190;
const DOT = 12;
const WIDTH_MIN = 70;

/** What is written in a box, and the room that this takes with the padding around it. */
export interface BoxText {
  readonly label: SizedText;
  readonly rows: SizedText;
  readonly width: number;
  readonly height: number;
}

/** Sets the text of a box. Rows are at most `rowWidthMax` wide. */
export function textOfBox(box: DrawnBox, rowWidthMax: number = ROW_WIDTH_MAX): BoxText {
  if (box.kind === 'initial') {
    const none = setText('', STYLES.row, 0);
    return { label: none, rows: none, width: DOT, height: DOT };
  }
  const isGroup = box.children.length > 0;
  const style = box.kind === 'origin' ? STYLES.origin : isGroup ? STYLES.chart : STYLES.state;
  const widthMax = box.kind === 'origin' ? ORIGIN_WIDTH_MAX : STATE_WIDTH_MAX;
  const label = setText(box.label, style, isGroup ? Math.max(widthMax, rowWidthMax) : widthMax);
  const rows = isGroup
    ? setText(box.rows.map(({ text }) => text).join(' · '), STYLES.row, rowWidthMax)
    : stacked(box.rows.map(({ text }) => setText(`• ${text}`, STYLES.row, rowWidthMax)));
  const between = rows.lines.length > 0 ? PADDING : 0;
  return {
    label,
    rows,
    width: Math.max(WIDTH_MIN, Math.max(label.width, rows.width) + 2 * PADDING),
    height: label.height + between + rows.height + 2 * PADDING,
  };
}

/** Sets the text of an arrow; each of several transitions begins with a dot. */
export function textOfArrow({ lines }: DrawnArrow): SizedText {
  const widthMax = lines.length > MANY ? ARROW_WIDTH_MAX * 1.4 : ARROW_WIDTH_MAX;
  const dot = lines.length > 1 ? '• ' : '';
  return stacked(lines.map(({ text }) => setText(dot + text, STYLES.arrow, widthMax)));
}
