// Keeping contexts that share most of their values: what is new is found and judged, wherever it is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isChartError } from '../src/chart-error.ts';
import { withUpdate } from '../src/assigning.ts';
import { keepContext } from '../src/plain.ts';
import { runs, seed } from './seed.ts';

type Values = Readonly<Record<string, unknown>>;

const innerKey = fc.constantFrom('b', 'a', 'constructor', 'Z', 'ب', '10', '9', '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -0, 'حماية', undefined),
    fc.constantFrom<unknown>(null, new Date(0), NaN, '\ud800', Object, 1n),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(innerKey, tie('value'), { maxKeys: 3 }),
  ),
}));
const item = fc.oneof(fc.record({ n: fc.nat({ max: 2 }) }), fc.record({ n: value }));

/** How an assign makes the next list of its context from the one before. */
const change = fc.record({
  key: fc.constantFrom('list', 'other', 'constructor'),
  from: fc.nat(),
  count: fc.nat({ max: 12 }),
  added: fc.array(item, { maxLength: 11 }),
  turn: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

function next(context: Values, { key, from, count, added, turn }: Change): Values {
  const items = Object.hasOwn(context, key) ? (context[key] as readonly unknown[]) : [];
  const list = turn ? items.toReversed() : [...items];
  list.splice(list.length === 0 ? 0 : from % list.length, count, ...added);
  return { ...context, [key]: list };
}

function isPlain(given: unknown): boolean {
  if (typeof given === 'string') return given.isWellFormed();
  if (typeof given === 'number') return Number.isFinite(given);
  if (given === null || typeof given === 'boolean') return true;
  if (Array.isArray(given)) return given.every(isPlain);
  if (typeof given !== 'object' || given instanceof Date) return false;
  return Object.values(given).every((inner) => inner === undefined || isPlain(inner));
}

/** With the keys of every object in the order of their code units, as far as JavaScript keeps one. */
function inOrder(given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  if (Array.isArray(given)) return given.map(inOrder);
  const entries = Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, held]) => [key, inOrder(held)]));
}

function isFrozenThrough(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return true;
  return Object.isFrozen(given) && Object.values(given).every(isFrozenThrough);
}

it('contexts that share values › are judged and frozen as if each were new', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let context = keepContext({}) as Values;
      for (const one of changes) {
        const wanted = next(context, one);
        if (isPlain(wanted)) {
          context = withUpdate(context, wanted) as Values;
          const keys = Object.keys(wanted);
          const text = JSON.stringify(keys.map((key) => [key, inOrder(wanted[key])]));
          expect(JSON.stringify(Object.entries(context))).toBe(text);
          expect(JSON.parse(JSON.stringify(context))).toEqual(context);
          expect(isFrozenThrough(context)).toBe(true);
        } else {
          refused += 1;
          let thrown: unknown;
          try {
            withUpdate(context, wanted);
          } catch (error) {
            thrown = error;
          }
          expect(isChartError(thrown, 'context-not-plain')).toBe(true);
        }
      }
    }),
    { numRuns: runs(1_000), seed },
  );
  expect(refused).toBeGreaterThan(100);
});

it('a negative zero › where a zero was › is kept as JSON keeps it', () => {
  const context = withUpdate(keepContext({ count: 0 }), { count: -0 }) as Values;
  expect(Object.is(context['count'], 0)).toBe(true);
});

it('objects that came about in another order › are kept in the same one', () => {
  const many = Array.from({ length: 40 }, (_, index) => `k${(index * 17) % 40}`);
  const of = (keys: readonly string[]): object =>
    keepContext({ parties: Object.fromEntries(keys.map((key) => [key, { role: 'a', id: key }])) });
  expect(JSON.stringify(of(many))).toBe(JSON.stringify(of(many.toReversed())));
  expect(JSON.stringify(of(many.slice(0, 9)))).toBe(
    JSON.stringify(of(many.slice(0, 9).toReversed())),
  );
  const kept = keepContext({ party: { id: 'p', role: 'a' } }) as Values;
  const same = { id: 'p', role: 'a' };
  expect((withUpdate(kept, { other: same }) as Values)['other']).toBe(same);
});

it('a key named like the prototype › is a value of the context, and gives it nothing else', () => {
  const update = JSON.parse('{"__proto__": {"isAllowed": true}}') as Values;
  const context = withUpdate(keepContext({ n: 1 }), update) as Values;
  expect(context['isAllowed']).toBeUndefined();
  expect(JSON.stringify(context)).toBe('{"n":1,"__proto__":{"isAllowed":true}}');
});

it('a context that is given › loses keys without a value', () => {
  expect(keepContext({ gone: undefined, n: 1 })).toStrictEqual({ n: 1 });
});

it('an update of several keys › sets all of them', () => {
  const context = withUpdate(keepContext({ a: 1, b: 1, c: 1 }), { a: 2, b: 2, c: undefined });
  expect(context).toStrictEqual({ a: 2, b: 2 });
});
