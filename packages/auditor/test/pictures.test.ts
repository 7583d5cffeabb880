// Pictures of every released procedure: whole, in both languages, and with nothing over anything else.
import { caseTypes } from '@himaya/family-protection';
import { conditionKey, rulesOf, type CaseType, type Text } from '@himaya/engine';
import { placesOf, toSvg, transitionsOf } from '@himaya/statechart';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Language } from '../src/language.ts';
import { pictureOf } from '../src/picture/sheet.ts';
import { speech } from '../src/words.ts';
import {
  boxesIn,
  contains,
  overlap,
  seenIn,
  type Arrow,
  type Box,
  type ChartSeen,
  type PictureSeen,
  type Spot,
} from './svg-picture.ts';

const LANGUAGES: readonly Language[] = ['en', 'ar'];
const each = caseTypes.flatMap((caseType) =>
  LANGUAGES.map((language) => ({ name: caseType.name, caseType, language })),
);

/** A text as far as its lines do not matter. */
const bare = (text: string): string => text.replaceAll(/\s+/g, '');

describe.each(each)('the picture of $name in $language', ({ caseType, language }) => {
  let svg = '';
  let seen: PictureSeen;
  beforeAll(async () => {
    svg = toSvg(await pictureOf(caseType, speech(language)));
    seen = seenIn(svg);
  });
  const charts = [undefined, ...Object.values(caseType.parts)];

  test('has a box for each state, in the box of the state around it', () => {
    expect(seen.charts).toHaveLength(charts.length);
    for (const [index, part] of charts.entries()) {
      const { structure } = (part ?? caseType).chart;
      const boxes = boxesIn(rootOf(seen.charts[index]));
      const paths = boxes.flatMap(({ path }) => (path === null ? [] : [path]));
      expect(paths.sort()).toEqual(structure.nodes.map(({ path }) => path).sort());
      const kinds = new Map(boxes.map(({ path, kind }) => [path, kind]));
      for (const { path, kind } of structure.nodes) {
        expect([path, kinds.get(path)]).toEqual([path, kind]);
      }
      for (const { path, children } of boxes) {
        for (const child of children) {
          if (child.path !== null) expect(parentOf(child.path)).toBe(path);
        }
      }
      const dots = boxes.filter(({ kind }) => kind === 'initial');
      expect(dots).toHaveLength(structure.nodes.filter(({ initial }) => initial !== null).length);
    }
  });

  test('tells every transition, and says its event and condition', () => {
    for (const [index, part] of charts.entries()) {
      const chart = seen.charts[index];
      const transitions = transitionsOf((part ?? caseType).chart.structure);
      const told = tellings(chart);
      for (const one of transitions) {
        const text = told
          .filter(({ of }) => of.includes(one.index))
          .map((found) => bare(found.text));
        expect(text.length, `${one.source} ${one.event}`).toBeGreaterThan(0);
        const { conditions: texts = {} } = caseType.labels;
        const conditions = [...placesOf(one).values()].map(
          (place) => texts[conditionKey(place, part?.kind)]?.[language] ?? '?',
        );
        for (const said of [...wordsOf(caseType, one.event, language), ...conditions]) {
          expect(text.join(), `${one.source} ${one.event}`).toContain(bare(said));
        }
      }
    }
    expect(svg).not.toContain(language === 'en' ? '[condition]' : '[بشرط]');
  });

  test('names every state in the language asked for', () => {
    for (const [index, part] of charts.entries()) {
      for (const { path, texts } of boxesIn(rootOf(seen.charts[index]))) {
        if (path === null || path === '') continue;
        const label = caseType.labels.states[part ? `${part.kind}.${path}` : path];
        if (label) expect(bare(texts.join(' '))).toContain(bare(label[language]));
        // A state without a label keeps its own name, in either language.
        else expect(bare(texts.join(' '))).toContain(path.split('.').at(-1));
      }
    }
  });

  test('lists each rule and each event that has rules', () => {
    const note = bare(seen.noteText);
    for (const [type, guard] of Object.entries(caseType.requires)) {
      for (const { text, code } of rulesOf(guard)) {
        expect(note).toContain(bare(`${text[language]} (${code})`));
      }
      if (rulesOf(guard).length > 0) {
        expect(note).toContain(bare(caseType.labels.events[type]?.[language] ?? type));
      }
    }
  });

  test('has no text over another, and no box or label over another', () => {
    expect(overlapping(seen.texts)).toEqual([]);
    const boxes = seen.charts.flatMap(({ root }) => boxesIn(root));
    const leaves = boxes.filter(({ children }) => children.length === 0);
    const labels = seen.charts.flatMap(({ arrows }) => arrows).flatMap(({ label }) => label ?? []);
    expect(overlapping([...leaves, ...labels, ...seen.notes])).toEqual([]);
    expect(overlapping(seen.charts.map(({ root }) => root))).toEqual([]);
    for (const { children } of boxes) expect(overlapping(children)).toEqual([]);
  });

  test('keeps everything inside what is around it', () => {
    const boxes = seen.charts.flatMap(({ root }) => boxesIn(root));
    for (const box of boxes) {
      expect(box.children.filter((child) => !contains(box, child))).toEqual([]);
    }
    const all = [...seen.texts, ...boxes, ...seen.notes];
    expect(all.filter((spot) => !contains(seen, spot))).toEqual([]);
    for (const { root, arrows } of seen.charts) {
      const labels = arrows.flatMap(({ label }) => label ?? []);
      expect(labels.filter((label) => !contains(root, label))).toEqual([]);
    }
  });

  test('leads each arrow from its box to its box, and through no other', () => {
    for (const { root, arrows } of seen.charts) {
      const boxes = new Map(boxesIn(root).map((box) => [box.key, box]));
      for (const arrow of arrows) {
        const [from, to] = [boxes.get(arrow.from), boxes.get(arrow.to)];
        expect(touches(from, arrow.points[0])).toBe(true);
        expect(touches(to, arrow.points.at(-1))).toBe(true);
        expect(crossed(arrow, [...boxes.values()])).toEqual([]);
      }
    }
  });

  test('sets regions side by side, with dashed borders', () => {
    const { structure } = caseType.chart;
    const isParallel = structure.nodes[0]?.kind === 'parallel';
    const regions = boxesIn(rootOf(seen.charts[0])).filter(({ look }) => look === 'region');
    const expected = structure.nodes.filter(({ path }) => path !== '' && !path.includes('.'));
    expect(regions).toHaveLength(isParallel ? expected.length : 0);
    expect(svg).toMatch(/\.region\{[^}]*stroke-dasharray/);
    for (const region of regions) {
      const beside = regions.filter((other) => areBeside(region, other));
      const isWhole = Math.abs(region.width - rootOf(seen.charts[0]).width) < 1;
      expect([region.path, beside.length > 0 || isWhole]).toEqual([region.path, true]);
    }
    const pairs = regions.filter((one) => regions.some((other) => areBeside(one, other)));
    expect(pairs.length > 0).toBe(isParallel);
  });

  test('says what it is, in which direction, and needs nothing from elsewhere', () => {
    expect(seen.title).toBe(`${caseType.title[language]} (${caseType.name}@${caseType.version})`);
    expect(seen.description).toContain(caseType.title[language]);
    expect(seen.direction).toBe(language === 'ar' ? 'rtl' : 'ltr');
    const outside = /https?:|<script|<image|@import/;
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(outside);
    // The dot where the case begins is on the side that reading begins on.
    const [root] = seen.charts;
    const dot = boxesIn(rootOf(root)).find(({ kind }) => kind === 'initial');
    const begun = root?.arrows.find(({ from }) => from === dot?.key)?.points ?? [];
    const step = (begun.at(-1)?.[0] ?? 0) - (begun[0]?.[0] ?? 0);
    expect(Math.sign(step)).toBe(language === 'ar' ? -1 : 1);
  });

  test('is the same each time', async () => {
    expect(toSvg(await pictureOf(caseType, speech(language)))).toBe(svg);
  });
});

function rootOf(chart: ChartSeen | undefined): Box {
  if (!chart) throw new Error('A chart is missing.');
  return chart.root;
}

function parentOf(path: string): string {
  return path.split('.').slice(0, -1).join('.');
}

interface Telling {
  readonly of: readonly number[];
  readonly text: string;
}

/** What is said of which transitions: in boxes and on arrows. */
function tellings(chart: ChartSeen | undefined): readonly Telling[] {
  return [
    ...boxesIn(rootOf(chart)).map(({ transitions, texts }) => ({
      of: transitions,
      text: texts.join(' '),
    })),
    ...(chart?.arrows ?? []).map(({ transitions, text }) => ({ of: transitions, text })),
  ];
}

/** What must be said of an event: its label, and the deadline where it is one. */
function wordsOf(
  { labels, deadlines }: CaseType,
  event: string,
  language: Language,
): readonly string[] {
  const label = (texts: Readonly<Record<string, Text>>, name: string): string =>
    texts[name]?.[language] ?? name;
  if (event.startsWith('@after.')) {
    const code = deadlines[event.slice('@after.'.length)]?.code ?? '';
    return ['⏱', code, label(labels.deadlines, code)];
  }
  if (event.startsWith('@')) return [];
  return [label(labels.events, event)];
}

function overlapping(spots: readonly Spot[]): readonly string[] {
  return spots.flatMap((one, index) =>
    spots
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `${one.what} / ${other.what}`),
  );
}

function touches(box: Box | undefined, point: readonly [number, number] | undefined): boolean {
  if (!box || !point) return false;
  return contains(box, { what: '', x: point[0], y: point[1], width: 0, height: 0 });
}

/** Leaf boxes other than its ends that an arrow runs through. */
function crossed({ points, from, to }: Arrow, boxes: readonly Box[]): readonly string[] {
  const others = boxes.filter(
    ({ key, children }) => children.length === 0 && key !== from && key !== to,
  );
  return points.slice(1).flatMap(([x, y], index) => {
    const [startX, startY] = points[index] ?? [x, y];
    const line = {
      what: '',
      x: Math.min(x, startX) - 0.4,
      y: Math.min(y, startY) - 0.4,
      width: Math.abs(x - startX) + 0.8,
      height: Math.abs(y - startY) + 0.8,
    };
    return others.filter((box) => overlap(box, line)).map(({ what }) => what);
  });
}

/** Whether two regions share a border from top to bottom. */
function areBeside(a: Spot, b: Spot): boolean {
  const meet = Math.abs(a.x + a.width - b.x) < 1 || Math.abs(b.x + b.width - a.x) < 1;
  return meet && Math.abs(a.y - b.y) < 1 && Math.abs(a.height - b.height) < 1;
}
