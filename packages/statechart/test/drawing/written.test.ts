// Charts written down: SCXML that parses and has everything, Mermaid by its grammar, text that stays text.
import { DOMParser } from '@xmldom/xmldom';
import { and, assign, not, or, raise, stateIn } from 'xstate';
import { describe, expect, test } from 'vitest';
import {
  drawChart,
  ruleGuard,
  setText,
  STYLES,
  textOfBox,
  toMermaid,
  toScxml,
  toSvg,
  type DrawnBox,
  type PlacedBox,
} from '../../src/index.ts';
import { chartOf } from '../machine.ts';
import { plainWords } from './plain-words.ts';

const yes = (): boolean => true;
const rule = ruleGuard([{ code: 'R1', holds: yes }]);
const config = {
  id: 'sample',
  initial: 'a',
  on: { Note: { actions: assign({ seen: 1 }) } },
  states: {
    a: {
      tags: ['early'],
      entry: 'tell',
      exit: raise({ type: 'Left' }),
      after: { term: 'b' },
      on: {
        Go: { guard: and([rule, or(['first', not('second')]), stateIn('a')]), target: 'b' },
        Same: 'a',
        Anew: { target: 'a', reenter: true },
        'order.*': { guard: { type: 'first', params: { least: 3 } }, target: 'b.d' },
      },
    },
    b: {
      initial: 'c',
      onDone: 'a',
      on: { Deeper: '.d' },
      states: { c: { always: { guard: yes, target: 'd' } }, d: { type: 'final' } },
    },
  },
};
const given = {
  guards: { first: yes, second: yes },
  actions: { tell: () => undefined },
  delays: { term: 0 },
};
const { structure } = chartOf({ context: { seen: 0 }, ...config }, given);

/** Attributes of every element with a name, in order; a document that is not well-formed throws. */
function elements(xml: string, name: string): readonly Record<string, string>[] {
  const onError = (level: string, message: string): void => {
    if (level !== 'warning') throw new Error(message);
  };
  const document = new DOMParser({ onError }).parseFromString(xml, 'text/xml');
  return [...document.getElementsByTagName(name)].map((element) =>
    Object.fromEntries([...element.attributes].map((one) => [one.name, one.value])),
  );
}

describe('toScxml', () => {
  const xml = toScxml(structure, plainWords({ condition: () => 'it ends' }));

  test('of a chart › has each state under its path, with its kind and its beginning', () => {
    expect(elements(xml, 'scxml')[0]).toMatchObject({ name: 'sample', initial: 'sample' });
    expect(elements(xml, 'state').map(({ id, initial }) => [id, initial])).toEqual([
      ['sample', 'a'],
      ['a', undefined],
      ['b', 'b.c'],
      ['b.c', undefined],
    ]);
    expect(elements(xml, 'final').map(({ id }) => id)).toEqual(['b.d']);
    expect(elements(xml, 'state')[1]).toMatchObject({ 'h:label': 'a', 'h:tags': 'early' });
  });

  test('of a chart › has each transition, with its condition written out', () => {
    const found = elements(xml, 'transition');
    const compound = "(rule('R1')) && ((test('first')) || (!(test('second')))) && (In('a'))";
    expect(found.map(({ event, cond, target, type }) => [event, cond, target, type])).toEqual([
      ['Note', undefined, undefined, undefined],
      ['Go', compound, 'b', undefined],
      ['Same', undefined, undefined, undefined],
      ['Anew', undefined, 'a', undefined],
      ['order.*', 'test(\'first\', {"least":3})', 'b.d', undefined],
      ['after.term', undefined, 'b', undefined],
      ['Deeper', undefined, 'b.d', 'internal'],
      ['done.state.b', undefined, 'a', undefined],
      [undefined, "test('it ends')", 'b.d', undefined],
    ]);
    expect(found).toHaveLength(structure.nodes.flatMap(({ transitions }) => transitions).length);
  });

  test('of a chart › has what it does, by name', () => {
    expect(elements(xml, 'h:assign')).toEqual([{ keys: 'seen' }]);
    expect(elements(xml, 'h:effect')).toEqual([{ name: 'tell' }]);
    expect(elements(xml, 'raise')).toEqual([{ event: 'Left' }]);
  });

  test('of names that are no XML names, or those of the chart › gives each its own', () => {
    const odd = chartOf({ id: 'x', initial: 'x', states: { x: {}, '1 <b>': {} } });
    const ids = elements(toScxml(odd.structure, plainWords()), 'state').map(({ id }) => id);
    expect(ids).toEqual(['x.', 'x', '_1__b_']);
  });
});

/** Lines that a state diagram may have; what stands in texts has no sign that means something. */
const TEXT = String.raw`(?:[^"#;:{}<>[\]%\n-]|#\d+;|<br/>)+`;
const GRAMMAR = [
  /^stateDiagram-v2$/,
  /^direction (LR|RL)$/,
  new RegExp(`^ *state "${TEXT}" as \\w+( \\{)?$`),
  new RegExp(`^ *\\w+ : ${TEXT}$`),
  new RegExp(`^ *(\\[\\*\\]|\\w+) --> (\\[\\*\\]|\\w+)( : ${TEXT})?$`),
  /^ *(\}|--)$/,
  /^%% [^{}%]*$/,
];

function unknownLines(mermaid: string): readonly string[] {
  return mermaid
    .trimEnd()
    .split('\n')
    .filter((line) => !GRAMMAR.some((pattern) => pattern.test(line)));
}

describe('toMermaid', () => {
  test('of a chart › is a state diagram with nested states and every transition', () => {
    const text = toMermaid([drawChart(structure, plainWords())], ['1. A rule {of} %%two%%\nlines']);
    expect(unknownLines(text)).toEqual([]);
    expect(text).toContain('  state "b" as c0s2 {\n');
    expect(text).toContain('    [*] --> c0s3\n');
    expect(text).toContain('    c0s4 --> [*]\n');
    expect(text).toContain('  [*] --> c0s1\n');
    expect(text).toContain(' : when done\n');
    expect(text).toContain('%% 1. A rule of two lines\n');
    expect(text.match(/\{\n/g)).toHaveLength(text.match(/\}\n/g)?.length ?? 0);
  });

  test('of regions › sets them apart; of Arabic › runs from right to left', () => {
    const { structure: regions } = chartOf({
      type: 'parallel',
      states: { x: { initial: 'a', states: { a: {} } }, y: {} },
    });
    const words = plainWords({ direction: 'rtl' });
    const text = toMermaid([drawChart(regions, words)]);
    expect(text).toContain('direction RL\n');
    expect(text.split('\n')).toContain('  --');
    expect(unknownLines(text)).toEqual([]);
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '"]]></text><svg onload="x">',
  "a' b & c; %% d --> e {f} : g #35;",
  '\u202eturned\u202c \u0000\u0007 \ud800',
  'كلمة "عربية" <ب>',
  'very long '.repeat(200),
  '',
];

/** A box and what is in it, one below the other: where it stands does not matter here. */
function placed(box: DrawnBox): PlacedBox {
  const place = { x: 0, y: 0, width: 100, height: 50, isRegion: false };
  return { box, text: textOfBox(box), ...place, children: box.children.map(placed) };
}

describe.each(HOSTILE)('a chart whose names are all %j', (name) => {
  const words = plainWords({
    title: name,
    state: () => name,
    event: () => name,
    rule: () => name,
    condition: () => name,
    language: name,
  });
  const drawing = drawChart(structure, words);

  test('is SVG that parses, has no script, and shows it as text', () => {
    const heading = setText(name, STYLES.title, 500);
    const place = { x: 0, y: 0, width: 1, height: 1 };
    const note = { ...place, heading, body: heading, headingStyle: STYLES.title };
    const svg = toSvg({
      title: name,
      description: name,
      language: name,
      direction: 'rtl',
      width: 100,
      height: 100,
      charts: [{ root: placed(drawing.root), arrows: [] }],
      texts: [note],
    });
    expect(elements(svg, 'script')).toEqual([]);
    expect(elements(svg, 'svg')).toHaveLength(1);
    const names = elements(svg, '*').flatMap((one) => Object.keys(one));
    expect(names.filter((one) => one.startsWith('on'))).toEqual([]);
    const left = ['\0', '\u0007', '\u202e', '\u202c', '\ud800'].filter((one) => svg.includes(one));
    expect(left).toEqual([]);
  });

  test('is SCXML that parses, and Mermaid that keeps to its grammar', () => {
    expect(elements(toScxml(structure, words), 'transition')).toHaveLength(9);
    expect(unknownLines(toMermaid([drawing], [name])).filter((line) => line !== '%%')).toEqual([]);
  });
});
