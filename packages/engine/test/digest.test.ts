// The digest: what is made from the digest before is what would be made from nothing.
import { createHash } from 'node:crypto';
import { canonicalize } from '@himaya/event-store';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, type Digested } from '../src/digest.ts';
import { ForkedMap } from '../src/forked-map.ts';
import type { PartState } from '../src/part.ts';

const RUNS = process.env['HIMAYA_NIGHTLY'] ? 10_000 : 800;
const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_113);

type Values = Readonly<Record<string, unknown>>;

const key = fc.constantFrom('a', 'b', 'constructor', 'حماية', '10', '9', 'toString');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1.5, '', '"\\', 'عائلة'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 4 }),
  ),
}));
const list = fc.array(fc.record({ n: fc.nat({ max: 3 }), more: value }), { maxLength: 14 });

/** How an assign makes the next context: each shares with the one before what it does not touch. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key, value }),
  fc.record({ kind: fc.constant('unset' as const), key }),
  fc.record({ kind: fc.constant('inside' as const), key, value }),
  fc.record({ kind: fc.constant('list' as const), list }),
  fc.record({
    kind: fc.constant('items' as const),
    from: fc.nat(),
    count: fc.nat({ max: 3 }),
    list,
  }),
  fc.record({ kind: fc.constant('turn' as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

function isRecord(given: unknown): given is Values {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function changed(context: Values, by: Change): Values {
  const items = (context['items'] ?? []) as readonly unknown[];
  switch (by.kind) {
    case 'set':
      return { ...context, [by.key]: by.value };
    case 'unset':
      return { ...context, [by.key]: undefined };
    case 'inside': {
      const old = context[by.key];
      return { ...context, [by.key]: isRecord(old) ? { ...old, x: by.value } : { x: by.value } };
    }
    case 'list':
      return { ...context, items: by.list };
    case 'items': {
      const next = [...items];
      const at = items.length === 0 ? 0 : by.from % items.length;
      next.splice(at, by.count, ...by.list.slice(0, 3));
      return { ...context, items: next };
    }
    case 'turn':
      return { ...context, items: items.toReversed() };
  }
}

/** Without keys that have no value, as a chart keeps a context. */
function kept(context: Values): Values {
  return JSON.parse(JSON.stringify(context)) as Values;
}

/** The digest by its definition. */
function plainDigest(chart: Values, parts: ReadonlyMap<string, Values>): string {
  const leaf = (name: string, { configuration, context }: Values): Buffer =>
    createHash('sha256').update(canonicalize([name, configuration, context])).digest();
  const root = createHash('sha256').update(leaf('', chart));
  for (const name of [...parts.keys()].sort()) root.update(leaf(name, parts.get(name) as Values));
  return root.digest().subarray(0, 16).toString('base64url');
}

describe('digestOf', () => {
  it('a member that stays as it was › is not written again', () => {
    const parts = new ForkedMap<string, PartState>();
    const of = (context: Values) => ({ configuration: ['a'], context }) as never;
    const one = { n: 1 };
    const before = digestOf(of({ b: one, list: [1, 2] }), parts);
    // What a member holds is changed where nothing may look: only then its old text shows.
    one.n = 2;
    const after = digestOf(of({ a: 0, b: one, list: [1] }), parts, before);
    expect(after.chart.members).toEqual(['"a":0', '"b":{"n":1}', '"list":[1]']);
    const others = digestOf(of({ a: 0, c: one, list: [1] }), parts, after);
    expect(others.chart.members).toEqual(['"a":0', '"c":{"n":2}', '"list":[1]']);
  });

  it('a part in place of another › is told apart from it', () => {
    const snapshot = { configuration: ['a'], context: {} };
    const with1 = new ForkedMap(new Map([['p/1', { snapshot } as unknown as PartState]]));
    const with2 = new ForkedMap(new Map([['p/2', { snapshot } as unknown as PartState]]));
    const before = digestOf(snapshot as never, with1);
    expect(digestOf(snapshot as never, with2, before)).toEqual(digestOf(snapshot as never, with2));
  });

  it('a part that is new among others › leaves theirs as they were written', () => {
    const made = (...ids: readonly string[]): ForkedMap<string, PartState> =>
      new ForkedMap(new Map(ids.map((id) => [id, snapshots.get(id) as unknown as PartState])));
    const snapshots = new Map(
      ['p/1', 'p/2', 'p/3'].map((id) => [id, { snapshot: { configuration: [id], context: {} } }]),
    );
    const chart = { configuration: ['a'], context: {} } as never;
    const before = digestOf(chart, made('p/1', 'p/3'));
    const after = digestOf(chart, made('p/3', 'p/1', 'p/2'), before);
    expect([after.leaves[0], after.leaves[2]]).toEqual(before.leaves);
    expect(after.leaves[0]).toBe(before.leaves[0]);
    expect(after.leaves[2]).toBe(before.leaves[1]);
  });

  const move = fc.record({
    part: fc.constantFrom('', 'p/1', 'p/10', 'p/2', 'order/1'),
    leave: fc.boolean(),
    states: fc.constantFrom(['a'], ['b.c', 'd']),
    change,
  });

  it('any changes of the case and its parts › follows its definition', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let chart: Values = { configuration: ['a'], context: {} };
        let parts = new ForkedMap<string, PartState>();
        const plain = new Map<string, Values>();
        let before: Digested | undefined;
        for (const { part, leave, states, change: by } of moves) {
          const old = part === '' ? chart : plain.get(part);
          const context = kept(changed((old?.['context'] ?? {}) as Values, by));
          const snapshot = { configuration: states, context };
          if (part === '') chart = snapshot;
          else {
            parts = parts.fork();
            if (leave) parts.delete(part);
            else parts.set(part, { snapshot } as unknown as PartState);
            if (leave) plain.delete(part);
            else plain.set(part, snapshot);
          }
          before = digestOf(chart as never, parts, before);
          expect(before.digest).toBe(plainDigest(chart, plain));
          expect(digestOf(chart as never, parts).digest).toBe(before.digest);
          expect(digestOf(chart as never, parts, before)).toBe(before);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
