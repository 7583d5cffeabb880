// Canonical JSON: the RFC 8785 vectors, equality with npm `canonicalize`, and what is refused.
import { readFileSync, readdirSync } from 'node:fs';
import reference from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from '../src/canonical-json.ts';
import { isFault } from '../src/fault.ts';
import { findNotIJson } from '../src/i-json.ts';
import { JSON_DEPTH_MAX } from '../src/limits.ts';
import { value } from './plain-values.ts';

const vectors = new URL('./vectors/jcs/', import.meta.url);
const runs = process.env.HIMAYA_NIGHTLY === '1' ? 20_000 : 1500;

function hidden(target: object, name: string | symbol, held: unknown): object {
  return Object.defineProperty(target, name, { value: held, enumerable: false });
}

function nested(depth: number): unknown {
  let made: unknown = [];
  for (let level = 1; level < depth; level += 1) made = [made];
  return made;
}

describe('canonicalize', () => {
  test.each(readdirSync(new URL('input', vectors)))('RFC 8785 › vector %s › is exact', (file) => {
    const input: unknown = JSON.parse(readFileSync(new URL(`input/${file}`, vectors), 'utf8'));
    const output = readFileSync(new URL(`output/${file}`, vectors), 'utf8');
    expect(canonicalize(input)).toBe(output);
  });

  test('any I-JSON value › equals npm canonicalize byte for byte', () => {
    fc.assert(
      fc.property(value, (made) => {
        if (made === undefined) return;
        expect(canonicalize(made)).toBe(reference(made));
      }),
      { numRuns: runs },
    );
  });

  test('any I-JSON value › parses back and canonicalises to itself', () => {
    fc.assert(
      fc.property(value, (made) => {
        const text = canonicalize(made);
        expect(canonicalize(JSON.parse(text))).toBe(text);
      }),
      { numRuns: runs },
    );
  });

  test('a value in order › is not changed, nor is one out of order', () => {
    const unordered = { b: [{ d: 1, c: 2 }], a: 1 };
    const before = JSON.stringify(unordered);
    canonicalize(Object.freeze(unordered));
    expect(JSON.stringify(unordered)).toBe(before);
  });

  test('integer-like keys › are ordered as text, also below other keys', () => {
    expect(canonicalize({ 9: 1, 10: 2, b: { a: 1, '!': 2, 1: 3 } })).toBe(
      '{"10":2,"9":1,"b":{"!":2,"1":3,"a":1}}',
    );
  });

  test('a __proto__ key › is data, in order and out of order', () => {
    const text = '{"__proto__":{"a":1},"a":[2],"z":{"y":1}}';
    expect(canonicalize(JSON.parse(text))).toBe(text);
    expect(canonicalize(JSON.parse('{"a":[2],"z":{"y":1},"__proto__":{"a":1}}'))).toBe(text);
  });

  test('an undefined property › is left out', () => {
    expect(canonicalize({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
  });

  test('the same object twice › is no cycle', () => {
    const shared = { a: 1 };
    expect(canonicalize([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = [cycle];
  class Point {
    readonly x = 1;
  }
  class List extends Array<number> {}
  test.each([
    ['NaN', { a: [1, Number.NaN] }, '$.a[1]', 'the number NaN'],
    ['Infinity', -Infinity, '$', 'the number -Infinity'],
    ['a bigint', { 'odd key': 1n }, '$["odd key"]', 'a bigint'],
    ['a function', { toJSON: () => 1 }, '$.toJSON', 'a function'],
    ['a symbol', [Symbol('s')], '$[0]', 'a symbol'],
    ['a symbol as key', { a: { [Symbol('s')]: 1 } }, '$.a', 'an object with a symbol as key'],
    ['a hidden toJSON', { a: hidden({ b: 1 }, 'toJSON', () => 2) }, '$.a',
      'an object with a hidden property'],
    ['a hidden symbol', [hidden({}, Symbol('s'), 1)], '$[0]', 'an object with a symbol as key'],
    ['an array that has toJSON', { a: hidden([1], 'toJSON', () => 2) }, '$.a',
      'an array with other properties'],
    ['an array with a name', { a: Object.assign([1], { name: 'n' }) }, '$.a',
      'an array with other properties'],
    ['undefined in an array', [1, undefined], '$[1]', 'undefined'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in an array', [1, , 2], '$[1]', 'undefined'],
    ['undefined', undefined, '$', 'undefined'],
    ['a Date', { at: new Date(0) }, '$.at', 'not a plain object (Date)'],
    ['a Map', new Map(), '$', 'not a plain object (Map)'],
    ['a class instance', [new Point()], '$[0]', 'not a plain object (Point)'],
    ['an array subclass', new List(), '$', 'not a plain array (List)'],
    ['bytes', new Uint8Array(1), '$', 'not a plain object (Uint8Array)'],
    ['a lone surrogate', { a: 'x\ud800' }, '$.a', 'a string with a lone surrogate'],
    ['a lone surrogate alone', '\udfff', '$', 'a string with a lone surrogate'],
    ['a lone surrogate in a key', { '\udc00': 1 }, '$["\\udc00"]', 'a key with a lone surrogate'],
    ['a lone surrogate beside odd keys', { 9: 1, 10: '\ud800' }, '$["10"]',
      'a string with a lone surrogate'],
    ['a cycle', cycle, '$.self[0]', 'a cycle'],
    ['too deep nesting', nested(JSON_DEPTH_MAX + 1), `$${'[0]'.repeat(JSON_DEPTH_MAX)}`,
      `nested deeper than ${JSON_DEPTH_MAX} levels`],
  ])('%s › is refused with its path and reason', (_name, refused, path, reason) => {
    const error = thrownBy(() => canonicalize(refused));
    expect(isFault(error, 'not-i-json')).toBe(true);
    expect(error).toMatchObject({ data: { path, reason } });
  });

  test('a NaN beside integer-like keys › is refused', () => {
    expect(() => canonicalize({ 9: 1, 10: 2, b: Number.NaN })).toThrow('$.b is the number NaN');
    expect(() => canonicalize([{ 9: 1, 10: 2 }, undefined])).toThrow('$[1] is undefined');
  });

  test('nesting at the limit › is accepted', () => {
    expect(canonicalize(nested(JSON_DEPTH_MAX))).toHaveLength(2 * JSON_DEPTH_MAX);
  });

  test('anything at all › is refused exactly when the slow pass finds a reason', () => {
    const anything = fc.anything({
      withBigInt: true, withDate: true, withMap: true, withNullPrototype: true,
      withSparseArray: true, withBoxedValues: true, withTypedArray: true,
      key: fc.string({ unit: 'binary', maxLength: 3 }), values: [fc.string({ unit: 'binary' }),
        fc.double(), fc.constant(undefined), fc.constantFrom('\ud800', '\\ud800', 'ok')],
    });
    fc.assert(
      fc.property(anything, (made) => {
        const finding = findNotIJson(made);
        if (finding === undefined) expect(typeof canonicalize(made)).toBe('string');
        else expect(() => canonicalize(made)).toThrow(finding.reason);
      }),
      { numRuns: runs },
    );
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
