// Plain copies: the same data as it is read back from its text, frozen, and nothing of the caller's.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../src/canonical-json.ts';
import { isFault } from '../src/fault.ts';
import { JSON_DEPTH_MAX } from '../src/limits.ts';
import { plainCopy } from '../src/plain-copy.ts';
import { value } from './plain-values.ts';

const numRuns = process.env.HIMAYA_NIGHTLY === '1' ? 20_000 : 1500;
const seed = Number(process.env.HIMAYA_SEED ?? 20_270_111);

function objectsIn(held: unknown): readonly object[] {
  if (typeof held !== 'object' || held === null) return [];
  return [held, ...Object.values(held).flatMap(objectsIn)];
}

function nested(depth: number): unknown {
  let made: unknown = 1;
  for (let level = 0; level < depth; level += 1) made = { made };
  return made;
}

describe('plainCopy', () => {
  test('any plain data › is what its canonical text reads back as, keys in the same order', () => {
    fc.assert(
      fc.property(value, (given) => {
        const read: unknown = JSON.parse(canonicalize(given));
        const copy = plainCopy(given);
        expect(copy).toEqual(read);
        expect(JSON.stringify(copy)).toBe(JSON.stringify(read));
        expect(canonicalize(copy)).toBe(canonicalize(given));
      }),
      { numRuns, seed },
    );
  });

  test('any plain data › is frozen all through and shares nothing with the original', () => {
    fc.assert(
      fc.property(value, (given) => {
        const theirs = new Set(objectsIn(given));
        for (const mine of objectsIn(plainCopy(given))) {
          expect(Object.isFrozen(mine)).toBe(true);
          expect(theirs.has(mine)).toBe(false);
        }
      }),
      { numRuns, seed },
    );
  });

  test('a limit › leaves out just what has a longer text', () => {
    fc.assert(
      fc.property(value, fc.nat({ max: 60 }), (given, charsMax) => {
        const fits = canonicalize(given).length <= charsMax;
        expect(plainCopy(given, charsMax) !== undefined).toBe(fits);
      }),
      { numRuns, seed },
    );
    const escaped = '\u0001'.repeat(100);
    expect(plainCopy(escaped, 602)).toBe(escaped);
    expect(plainCopy(escaped, 601)).toBeUndefined();
  });

  test('negative zero and a key taken for the prototype › are kept as JSON keeps them', () => {
    const given: unknown = JSON.parse('{"b":-0,"__proto__":{"x":1},"10":1,"9":2}');
    const copy = plainCopy(given) as object;
    expect(Object.is((copy as { b: number }).b, 0)).toBe(true);
    expect(Object.is((plainCopy([-0]) as number[])[0], 0)).toBe(true);
    expect(Object.keys(copy)).toEqual(['9', '10', '__proto__', 'b']);
    expect((copy as { x?: number }).x).toBeUndefined();
  });

  const cycle: { self?: object } = {};
  cycle.self = cycle;
  test.each([
    ['nothing', undefined, '$'],
    ['a date', { at: new Date(0) }, '$.at'],
    ['a number that is none', { list: [1, Number.NaN] }, '$.list[1]'],
    ['half a surrogate pair', ['\ud800'], '$[0]'],
    ['a key that is half a surrogate pair', { '\ud800': 1 }, '$["\\ud800"]'],
    ['a hole', Array<unknown>(1), '$[0]'],
    ['a symbol as key', { [Symbol('s')]: 1 }, '$'],
    ['a hidden property', Object.defineProperty({}, 'toJSON', { value: () => 1 }), '$'],
    ['a list with a property', Object.assign([1], { more: 2 }), '$'],
    ['a list of another class', new (class extends Array<unknown> {})(), '$'],
    ['a function', { f: () => 1 }, '$.f'],
    ['a cycle', cycle, '$.self'],
  ])('%s › is refused with its path', (_, given, path) => {
    let fault: unknown;
    try {
      plainCopy(given);
    } catch (error) {
      fault = error;
    }
    expect(isFault(fault, 'not-i-json')).toBe(true);
    expect((fault as { data: unknown }).data).toMatchObject({ path });
  });

  test('depth › is limited as canonical JSON limits it', () => {
    expect(() => plainCopy(nested(JSON_DEPTH_MAX))).not.toThrow();
    expect(() => plainCopy(nested(JSON_DEPTH_MAX + 1))).toThrow('nested deeper');
  });
});
