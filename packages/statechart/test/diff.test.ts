// Two versions of a chart: each difference is named, and nothing else is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, diffCharts, UnsupportedStatechart } from '../src/index.ts';
import type { ChartStructure, NodeStructure, TransitionStructure } from '../src/index.ts';
import { chartOf } from './machine.ts';
import { randomMachine } from './random-machine.ts';
import { runs, seed } from './seed.ts';

const first = { guard: ({ event }: { event: { n?: number } }) => event.n === 1 };
const V1 = {
  initial: 'a',
  states: {
    a: {
      on: { go: 'b', ask: [{ ...first, target: 'b' }, { target: 'c' }] },
      tags: ['open'],
    },
    b: { on: { go: 'a' }, type: 'atomic' },
    c: { type: 'final' },
  },
};
const structureOf = (config: object): ChartStructure => chartOf(config).structure;
const withA = (a: object): object => ({ ...V1, states: { ...V1.states, a } });

describe('diffCharts', () => {
  it('of a chart with itself › finds nothing', () => {
    expect(diffCharts(structureOf(V1), structureOf(V1))).toEqual([]);
  });

  it.each<[string, object, unknown]>([
    [
      'a state more',
      { ...V1, states: { ...V1.states, d: {} } },
      [{ kind: 'stateAdded', state: 'd' }],
    ],
    [
      'a state less',
      { ...V1, states: { a: { ...V1.states.a, on: { go: 'b' } }, b: V1.states.b } },
      [
        { kind: 'transitionRemoved', transition: { event: 'ask', targets: ['b'] } },
        { kind: 'transitionRemoved', transition: { event: 'ask', targets: ['c'] } },
        { kind: 'stateRemoved', state: 'c' },
      ],
    ],
    [
      'a state that does not end any more',
      { ...V1, states: { ...V1.states, c: {} } },
      [{ kind: 'stateChanged', state: 'c', what: ['kind'] }],
    ],
    ['another beginning', { ...V1, initial: 'b' }, [
      { kind: 'stateChanged', state: '', what: ['initial'] },
    ]],
    ['another tag', withA({ ...V1.states.a, tags: ['shut'] }), [
      { kind: 'stateChanged', state: 'a', what: ['tags'] },
    ]],
    [
      'another target',
      withA({ ...V1.states.a, on: { ...V1.states.a.on, go: 'c' } }),
      [
        {
          kind: 'transitionChanged',
          before: { event: 'go', targets: ['b'] },
          after: { event: 'go', targets: ['c'] },
          what: ['targets'],
        },
      ],
    ],
    [
      'a condition taken away',
      withA({ ...V1.states.a, on: { go: 'b', ask: ['b', { target: 'c' }] } }),
      [{ kind: 'transitionChanged', what: ['guard'] }],
    ],
    [
      'a transition more',
      withA({ ...V1.states.a, on: { ...V1.states.a.on, leave: 'c' } }),
      [{ kind: 'transitionAdded', transition: { source: 'a', event: 'leave' } }],
    ],
    [
      'alternatives asked the other way round',
      withA({ ...V1.states.a, on: { go: 'b', ask: [{ target: 'c' }, { ...first, target: 'b' }] } }),
      [{ kind: 'transitionsReordered', state: 'a' }],
    ],
    [
      'states in another order',
      { ...V1, states: { b: V1.states.b, a: V1.states.a, c: V1.states.c } },
      [{ kind: 'statesReordered' }],
    ],
  ])('%s › is named', (_name, config, expected) => {
    const found = diffCharts(structureOf(V1), structureOf(config));
    expect(found).toMatchObject(expected as object[]);
    expect(found).toHaveLength((expected as unknown[]).length);
  });

  it('a state that left › takes its transitions along', () => {
    const without = { initial: 'a', states: { a: { on: { go: '#m.c' }, tags: ['open'] }, c: {} } };
    const kinds = diffCharts(structureOf(V1), structureOf(without)).map(({ kind }) => kind);
    expect(kinds).toContain('stateRemoved');
    expect(kinds.filter((kind) => kind === 'transitionRemoved')).toHaveLength(3);
  });

  it('is empty exactly where the structures are equal', () => {
    const change = fc.record({
      tape: fc.array(fc.nat(), { minLength: 60, maxLength: 200 }),
      how: fc.nat(9),
      where: fc.nat(1_000),
    });
    let compared = 0;
    fc.assert(
      fc.property(change, ({ tape, how, where }) => {
        const structure = randomStructure(tape);
        if (!structure) return;
        const other = changed(structure, how, where);
        const isEqual = JSON.stringify(structure) === JSON.stringify(other);
        compared += isEqual ? 0 : 1;
        expect(diffCharts(structure, other).length === 0).toBe(isEqual);
        expect(diffCharts(other, structure).length === 0).toBe(isEqual);
        expect(diffCharts(other, other)).toEqual([]);
      }),
      { seed, numRuns: runs(400) },
    );
    expect(compared).toBeGreaterThan(200);
  });
});

function randomStructure(tape: readonly number[]): ChartStructure | undefined {
  try {
    return compile(randomMachine(tape)[0]).structure;
  } catch (error) {
    if (error instanceof UnsupportedStatechart) return undefined;
    throw error;
  }
}

/** The structure with one thing of it changed, where there is such a thing. */
function changed(structure: ChartStructure, how: number, where: number): ChartStructure {
  const { nodes } = structure;
  const at = where % nodes.length;
  const node = nodes[at] as NodeStructure;
  const list = node.transitions;
  const [some] = list.slice(where % Math.max(1, list.length));
  const withNode = (over: Partial<NodeStructure>): ChartStructure => ({
    ...structure,
    nodes: nodes.with(at, { ...node, ...over }),
  });
  const withSome = (over: Partial<TransitionStructure>): ChartStructure =>
    some
      ? withNode({ transitions: list.with(list.indexOf(some), { ...some, ...over }) })
      : structure;
  switch (how) {
    case 0:
      return { ...structure, nodes: nodes.filter((one) => one !== node) };
    case 1:
      return { ...structure, nodes: [...nodes, { ...node, path: `${node.path}.new` }] };
    case 2:
      return withNode({ tags: [...node.tags, 'new'] });
    case 3:
      return withNode({ transitions: list.filter((one) => one !== some) });
    case 4:
      return withNode({ transitions: some ? [...list, some] : list });
    case 5:
      return withNode({ transitions: list.toReversed() });
    case 6:
      return withSome({ reenter: !some?.reenter });
    case 7:
      return withSome({ actions: [] });
    case 8:
      return withNode({ initialActions: [{ kind: 'effect', name: 'new' }] });
    default:
      return { ...structure, nodes: nodes.toReversed() };
  }
}
