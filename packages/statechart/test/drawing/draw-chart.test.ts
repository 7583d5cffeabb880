// What a drawing holds: every state and transition, told once, with its conditions in full.
import { and, assign, not, or, raise, stateIn } from 'xstate';
import { describe, expect, test } from 'vitest';
import {
  drawChart,
  placesOf,
  ruleGuard,
  transitionsOf,
  type ChartDrawing,
  type ChartWords,
  type DrawnBox,
} from '../../src/index.ts';
import { chartOf } from '../machine.ts';
import { plainWords } from './plain-words.ts';

function drawn(config: object, words: ChartWords = plainWords(), given: object = {}): ChartDrawing {
  return drawChart(chartOf(config, given).structure, words);
}

function boxes(box: DrawnBox): readonly DrawnBox[] {
  return [box, ...box.children.flatMap(boxes)];
}

/** Each arrow by the labels of its ends; the dot is `●`. */
function arrowsOf({ root, arrows }: ChartDrawing): readonly string[] {
  const labels = new Map(boxes(root).map(({ key, kind, label }) => [
    key,
    kind === 'initial' ? '●' : label,
  ]));
  return arrows.map(({ from, to, lines }) =>
    [labels.get(from), '→', labels.get(to), ...lines.map(({ text }) => `: ${text}`)].join(' '),
  );
}

function rowsIn({ root }: ChartDrawing, label: string): readonly string[] {
  const found = boxes(root).find((box) => box.label === label);
  return found?.rows.map(({ text }) => text) ?? [];
}

const yes = (): boolean => true;

describe('a drawing', () => {
  test('of transitions of the root › has them in the root, and as arrows from any state', () => {
    const drawing = drawn({
      initial: 'a',
      on: { Note: { actions: assign({}) }, Stop: '.b' },
      states: { a: {}, b: {} },
    });
    expect(rowsIn(drawing, 'The chart')).toEqual(['Note']);
    expect(arrowsOf(drawing)).toEqual(['● → a', 'any state → b : Stop']);
  });

  test('of transitions of a parallel root › begins them in the region that they enter', () => {
    const drawing = drawn({
      type: 'parallel',
      on: { Stop: ['.x.b'] },
      states: {
        x: { initial: 'a', states: { a: {}, b: {} } },
        y: { initial: 'c', states: { c: {} } },
      },
    });
    expect(arrowsOf(drawing)).toContain('The chart → x.b : Stop');
    const region = boxes(drawing.root).find(({ path }) => path === 'x');
    expect(region?.children.map(({ kind }) => kind)).toContain('origin');
  });

  test('of a transition into another region › begins it there, at a place with its name', () => {
    const drawing = drawn({
      type: 'parallel',
      states: {
        x: { initial: 'a', states: { a: { on: { Go: '#far' } } } },
        y: { initial: 'c', states: { c: {}, d: { id: 'far' } } },
      },
    });
    expect(arrowsOf(drawing)).toContain('x.a → y.d : Go');
    const region = boxes(drawing.root).find(({ path }) => path === 'y');
    expect(region?.children.filter(({ kind }) => kind === 'origin')).toHaveLength(1);
  });

  test('of compound guards › says them in full', () => {
    const guard = and(['first', or([not('second'), stateIn('b')]), yes]);
    const rule = ruleGuard([{ code: 'R1', holds: yes }]);
    const drawing = drawn(
      {
        initial: 'a',
        states: {
          a: {
            on: {
              One: { guard, target: 'b' },
              Two: { guard: and([rule, 'first']), target: 'b' },
              Three: { guard: { type: 'first', params: { least: 3 } }, target: 'b' },
            },
          },
          b: {},
        },
      },
      plainWords(),
      { guards: { first: yes, second: yes } },
    );
    expect(drawing.arrows[1]?.lines.map(({ text }) => text)).toEqual([
      'One [first and (not second or in b) and condition]',
      'Two [rule R1 and first]',
      'Three [first({"least":3})]',
    ]);
  });

  test('of conditions without names › asks for words by their place', () => {
    const asked: unknown[] = [];
    const config = {
      initial: 'a',
      states: {
        a: {
          on: {
            Go: [
              { guard: yes, target: 'b' },
              { guard: and([yes, yes]), target: 'b' },
              { guard: yes, target: 'c' },
            ],
          },
        },
        b: {},
        c: {},
      },
    };
    const condition: ChartWords['condition'] = ({ targets, place }) => {
      asked.push(`${targets.join()} ${place}`);
      return `it is ${place}`;
    };
    const drawing = drawn(config, plainWords({ condition }));
    expect(asked).toEqual(['b 0', 'b 1', 'b 2', 'c 0']);
    expect(drawing.arrows[1]?.lines[1]?.text).toBe('Go [it is 1 and it is 2]');
    const all = transitionsOf(chartOf(config).structure);
    expect(all.map((one) => placesOf(one).size)).toEqual([1, 2, 1]);
  });

  test('of the last alternative › says otherwise, and of a lone one nothing', () => {
    const drawing = drawn({
      initial: 'a',
      states: {
        a: { on: { Go: [{ guard: yes, target: 'b' }, { target: 'c' }], End: 'c' } },
        b: {},
        c: {},
      },
    });
    expect(arrowsOf(drawing).slice(1)).toEqual([
      'a → b : Go [condition]',
      'a → c : Go [otherwise] : End',
    ]);
  });

  test('of what stays › is in the box; of what begins again, is marked', () => {
    const drawing = drawn({
      initial: 'a',
      states: {
        a: {
          on: {
            Same: 'a',
            Anew: { target: 'a', reenter: true },
            Never: undefined,
            Kept: {},
            Told: { actions: ['tell', raise({ type: 'More' })] },
          },
        },
      },
    }, plainWords(), { actions: { tell: () => undefined } });
    expect(rowsIn(drawing, 'a')).toEqual([
      'Same',
      'Anew (again)',
      'Never (ignored)',
      'Kept (ignored)',
      'Told / causes tell, More',
    ]);
    expect(drawing.arrows).toHaveLength(1);
  });

  test('of what reads the same › is written once, and stands for all of it', () => {
    const note = { guard: yes, actions: assign({}) };
    const { root } = drawn({ initial: 'a', states: { a: { on: { Go: [note, note] } } } });
    expect(boxes(root).flatMap(({ rows }) => rows)).toEqual([
      { text: 'Go [condition]', transitions: [0, 1] },
    ]);
  });

  test('of what begins a state around others anew › leads to where that begins', () => {
    const inner = { initial: 'b', states: { b: {}, c: { on: { Back: '#around' } } } };
    const a = { id: 'around', ...inner, on: { Anew: { target: 'a', reenter: true } } };
    expect(arrowsOf(drawn({ initial: 'a', states: { a } }))).toEqual([
      '● → a',
      '● → a.b',
      'any state → a.b : Anew (again)',
      'a.c → a.b : Back',
    ]);
  });

  test('of deadlines, always and done › says which', () => {
    const drawing = drawn(
      {
        initial: 'a',
        states: {
          a: { after: { term: 'b' }, on: { '*': 'b' } },
          b: { initial: 'c', onDone: 'd', states: { c: { type: 'final' } } },
          d: { always: { guard: yes, target: 'a' } },
        },
      },
      plainWords(),
      { delays: { term: 0 } },
    );
    const lines = drawing.arrows.flatMap((arrow) => arrow.lines.map(({ text }) => text));
    expect(lines).toEqual(['any event', 'after term', 'when done', 'at once [condition]']);
  });

  test('of an arrow that three states share › begins it once', () => {
    const on = { End: 'd' };
    const config = (d: object) => ({
      initial: 'a',
      states: { a: { on }, b: { on }, c: { on }, d, e: {} },
    });
    const [first] = arrowsOf(drawn(config({}))).slice(1);
    expect(first).toBe('from a · b · c → d : End');
    const { e: _e, ...four } = config({}).states;
    expect(arrowsOf(drawn({ initial: 'a', states: four }))[1]).toBe('any other state → d : End');
    const deeper = { End: 'd.e' };
    const around = { a: { on: deeper }, b: { on: deeper }, c: { on: deeper } };
    const nested = { ...around, d: { initial: 'f', states: { e: {}, f: {} } } };
    const inside = arrowsOf(drawn({ initial: 'a', states: nested }));
    expect(inside).toContain('from a · b · c → d.e : End');
    const two = { a: { on }, b: { on }, d: {} };
    expect(arrowsOf(drawn({ initial: 'a', states: two })).slice(1)).toEqual([
      'a → d : End',
      'b → d : End',
    ]);
  });

  test('of any chart › tells each transition', () => {
    const { structure } = chartOf({
      type: 'parallel',
      on: { Stop: ['.x.b'], Note: { actions: assign({}) } },
      states: {
        x: { initial: 'a', states: { a: { on: { Go: 'b', Stay: 'a' } }, b: { on: { Go: 'a' } } } },
        y: { initial: 'c', states: { c: { on: { Go: 'd' } }, d: {} }, on: { Back: '.c' } },
      },
    });
    const { root, arrows } = drawChart(structure, plainWords());
    const lines = [...boxes(root).flatMap(({ rows }) => rows), ...arrows.flatMap((a) => a.lines)];
    const told = lines.flatMap(({ transitions }) => transitions).sort((a, b) => a - b);
    expect(told).toEqual(transitionsOf(structure).map(({ index }) => index));
  });
});
