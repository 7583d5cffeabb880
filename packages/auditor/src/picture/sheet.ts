// One sheet for a case type: its chart, the charts of its parts beside it, and its rules below.
import type { CaseType, CompiledPart } from '@himaya/engine';
import {
  PADDING,
  setText,
  stacked,
  STYLES,
  textWidth,
  drawChart,
  type Picture,
  type PlacedChart,
  type PlacedText,
} from '@himaya/statechart';
import type { Speech } from '../words.ts';
import { caseTypeWords } from './case-type-words.ts';
import { pictureWord } from './phrases.ts';
import { mirroredChart, movedChart, placeChart } from './place-chart.ts';
import { ruleNotes } from './rule-notes.ts';
import { spotsIn } from './shelves.ts';

const MARGIN = 24;
const NOTE_WIDTH = 380;
/** Room for three notes beside each other. */
const SHEET_WIDTH_MIN = 3 * (NOTE_WIDTH + MARGIN);
/** Entries of a list in one block. */
const NOTE_LINES = 20;

/** Draws a case type on one sheet, or one kind of part of it. */
export async function pictureOf(
  caseType: CaseType,
  speech: Speech,
  only?: CompiledPart,
): Promise<Picture> {
  // Its 1.6 MB are read by this command only.
  const { default: elkjs } = await import('elkjs/lib/elk.bundled.js');
  const elk = new elkjs.default();
  const parts = only ? [] : Object.values(caseType.parts);
  const draw = (part?: CompiledPart): Promise<PlacedChart> => {
    const { structure } = (part ?? caseType).chart;
    return placeChart(drawChart(structure, caseTypeWords(caseType, part, speech)), elk);
  };
  const main = await draw(only);
  const beside: PlacedChart[] = [];
  for (const part of parts) beside.push(await draw(part));
  return sheetOf(caseType, main, beside, speech);
}

function sheetOf(
  caseType: CaseType,
  main: PlacedChart,
  beside: readonly PlacedChart[],
  speech: Speech,
): Picture {
  const { pick, language } = speech;
  const { name, version } = caseType;
  const heading = `${pick(caseType.title)} (${name}@${version})`;
  const top = MARGIN + STYLES.title.size * 2;
  const charts = [movedChart(main, { x: MARGIN, y: top }), ...besideCase(main, beside, top)];
  const right = Math.max(...charts.map(({ root }) => root.x + root.width));
  const bottom = Math.max(...charts.map(({ root }) => root.y + root.height));
  const widest = Math.max(right, MARGIN + textWidth(heading, STYLES.title), SHEET_WIDTH_MIN);
  const width = Math.ceil(widest + MARGIN);
  const notes = notesOf(caseType, speech, width, bottom + MARGIN);
  const title = {
    x: MARGIN,
    y: MARGIN,
    width: width - 2 * MARGIN,
    height: STYLES.title.size,
    heading: setText(heading, STYLES.title, width - 2 * MARGIN),
    headingStyle: STYLES.title,
    body: setText('', STYLES.row, 0),
  };
  const texts = [title, ...notes];
  const height = Math.ceil(Math.max(bottom, ...texts.map((text) => text.y + text.height)) + MARGIN);
  const isMirrored = language === 'ar';
  return {
    title: heading,
    description: [main, ...beside].map(({ root }) => root.box.label).join(speech.comma),
    language,
    direction: isMirrored ? 'rtl' : 'ltr',
    width,
    height,
    charts: isMirrored ? charts.map((chart) => mirroredChart(chart, width)) : charts,
    texts: isMirrored ? texts.map((one) => ({ ...one, x: width - one.x - one.width })) : texts,
  };
}

/** Parts beside the case: each where there is room nearest to it, none lower than it ends. */
function besideCase(main: PlacedChart, parts: readonly PlacedChart[], top: number): PlacedChart[] {
  const x = MARGIN + main.root.width + MARGIN;
  const places = spotsIn(
    parts.map(({ root }) => root),
    Math.max(main.root.height, ...parts.map(({ root }) => root.height)),
    MARGIN,
  );
  return parts.map((part, index) => {
    const spot = places[index] ?? { x: 0, y: 0 };
    return movedChart(part, { x: x + spot.x, y: top + spot.y });
  });
}

/** How to read the sheet, and what each event must satisfy, in columns. */
function notesOf(
  caseType: CaseType,
  speech: Speech,
  width: number,
  top: number,
): readonly PlacedText[] {
  const { language } = speech;
  const { events, rules } = ruleNotes(caseType, speech);
  const blocks = [
    block(pictureWord('key', language), [pictureWord('keyBody', language)]),
    ...paged(pictureWord('events', language), events),
    ...paged(pictureWord('rules', language), rules),
  ];
  const count = Math.max(1, Math.floor((width - MARGIN) / (NOTE_WIDTH + MARGIN)));
  const heights = Array.from({ length: count }, () => top);
  return blocks.map((one) => {
    const column = heights.indexOf(Math.min(...heights));
    const y = heights[column] ?? top;
    heights[column] = y + one.height + PADDING * 1.5;
    return { ...one, x: MARGIN + column * (NOTE_WIDTH + MARGIN), y };
  });
}

/** A long list in blocks, so that it can stand in several columns. */
function paged(title: string, lines: readonly string[]): readonly ReturnType<typeof block>[] {
  const pages = Math.ceil(lines.length / NOTE_LINES);
  return Array.from({ length: pages }, (_, page) => {
    const own = lines.slice(page * NOTE_LINES, (page + 1) * NOTE_LINES);
    return block(page === 0 ? title : `${title} (${page + 1})`, own);
  });
}

function block(title: string, lines: readonly string[]): Omit<PlacedText, 'x' | 'y'> {
  const heading = setText(title, STYLES.state, NOTE_WIDTH);
  const body = stacked(lines.map((line) => setText(line, STYLES.row, NOTE_WIDTH)));
  const height = heading.height + body.height;
  return { heading, body, headingStyle: STYLES.state, width: NOTE_WIDTH, height };
}
