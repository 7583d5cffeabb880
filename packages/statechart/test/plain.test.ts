// Keeping contexts that share most of their values: what is new is found and judged, wherever it is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isChartError } from '../src/chart-error.ts';
import { withUpdate } from '../src/assigning.ts';
import { keepContext } from '../src/plain.ts';
import { runs, seed } from './seed.ts';

type Values = Readonly<Record<string, unknown>>;

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -0, 'حماية', undefined),
    fc.constantFrom<unknown>(null, new Date(0), NaN, '\ud800', Object, 1n),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), tie('value'), { maxKeys: 3 }),
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
          expect(JSON.stringify(context)).toBe(JSON.stringify(wanted));
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
