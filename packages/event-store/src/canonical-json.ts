// Canonical JSON (RFC 8785): one text per value, the same on every machine and in every decade.
import { findNotIJson, notIJson } from './i-json.ts';
import { JSON_DEPTH_MAX } from './limits.ts';

/** Thrown inside this file only: the value is not I-JSON, the slow pass says where and why. */
const REFUSED = Symbol('refused');
/** Thrown inside this file only: JavaScript cannot hold these keys in the canonical order. */
const UNORDERABLE = Symbol('unorderable');

/**
 * The RFC 8785 text of `value`. Properties whose value is `undefined` are left out.
 *
 * Fast for objects whose keys are already in order: those are checked once and handed to one
 * `JSON.stringify`. `value` must be plain data; getters may be read twice.
 *
 * @throws Fault `not-i-json`, with the JSON path and the reason, for everything that JSON cannot
 * hold without loss: NaN and infinities, bigint, functions, symbols, `undefined` in arrays, objects
 * that are not plain, arrays with properties of their own, hidden properties, lone surrogates in
 * strings or keys, cycles, and depth over {@link JSON_DEPTH_MAX}.
 */
export function canonicalize(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(sortedForm(value, 0));
  } catch (error) {
    if (error === REFUSED) throw notIJson(value);
    if (error !== UNORDERABLE) throw error;
    // The quick pass ended early: what follows the odd keys has not been judged yet.
    if (findNotIJson(value) !== undefined) throw notIJson(value);
    text = writeOrdered(value);
  }
  if (mayHoldLoneSurrogate(text) && holdsLoneSurrogate(value)) throw notIJson(value);
  return text;
}

/**
 * `value` for a place at `depth` of a larger value whose own keys are in order: itself if all its
 * keys are in order too, else a copy; `undefined` when only {@link canonicalize} can tell.
 */
export function inCanonicalOrder(value: object, depth: number): object | undefined {
  try {
    return sortedForm(value, depth) as object;
  } catch (error) {
    if (error === REFUSED || error === UNORDERABLE) return undefined;
    throw error;
  }
}

/**
 * Whether `text`, written by `JSON.stringify`, may stem from a lone surrogate: those alone are
 * escaped as `\ud8xx`. A string that spells the escape out looks the same, so `true` is a maybe.
 */
export function mayHoldLoneSurrogate(text: string): boolean {
  return text.includes('\\ud');
}

function holdsLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  for (const [key, child] of Object.entries(value)) {
    if (child !== undefined && (holdsLoneSurrogate(key) || holdsLoneSurrogate(child))) return true;
  }
  return false;
}

/** `value` itself if every object in it has its keys in order, else a copy that has. */
function sortedForm(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw REFUSED;
      return value;
    case 'object':
      if (value === null) return value;
      if (depth >= JSON_DEPTH_MAX) throw REFUSED;
      return Array.isArray(value) ? sortedArray(value, depth) : sortedObject(value, depth);
    default:
      throw REFUSED;
  }
}

function sortedArray(source: readonly unknown[], depth: number): readonly unknown[] {
  if (Object.getPrototypeOf(source) !== Array.prototype) throw REFUSED;
  let copy: unknown[] | undefined;
  for (let index = 0; index < source.length; index += 1) {
    const item = source[index];
    const form = typeof item === 'string' ? item : sortedForm(item, depth + 1);
    if (copy !== undefined) copy.push(form);
    else if (form !== item) copy = [...source.slice(0, index), form];
  }
  // Items and `length`, nothing else: JSON would drop other properties, and obey a `toJSON`.
  if (Object.getOwnPropertyNames(source).length !== source.length + 1) throw REFUSED;
  if (Object.getOwnPropertySymbols(source).length > 0) throw REFUSED;
  return copy ?? source;
}

function sortedObject(source: object, depth: number): object {
  const proto: unknown = Object.getPrototypeOf(source);
  if (proto !== Object.prototype && proto !== null) throw REFUSED;
  const record = source as Record<string, unknown>;
  const keys = Object.keys(source);
  let ordered = true;
  let changed: Map<string, unknown> | undefined;
  let last = '';
  for (const key of keys) {
    if (key < last) ordered = false;
    last = key;
    const child = record[key];
    if (typeof child === 'string' || child === undefined) continue;
    const form = sortedForm(child, depth + 1);
    if (form !== child) (changed ??= new Map()).set(key, form);
  }
  // Symbols and hidden properties: JSON would drop them, and obey a hidden `toJSON`.
  if (Object.getOwnPropertyNames(source).length !== keys.length) throw REFUSED;
  if (Object.getOwnPropertySymbols(source).length > 0) throw REFUSED;
  if (ordered && changed === undefined) return source;
  return orderedCopy(record, ordered ? keys : keys.sort(), changed);
}

function orderedCopy(
  source: Record<string, unknown>,
  keys: readonly string[],
  changed: ReadonlyMap<string, unknown> | undefined,
): object {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    // Objects list integer keys first whatever their place, and take __proto__ for the prototype.
    if (isIntegerLike(key) || key === '__proto__') throw UNORDERABLE;
    copy[key] = changed?.has(key) === true ? changed.get(key) : source[key];
  }
  return copy;
}

function isIntegerLike(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

/** The slow way for the rare keys that only text can hold in order. */
function writeOrdered(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => writeOrdered(item)).join(',')}]`;
  const record = value as Record<string, unknown>;
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${writeOrdered(record[key])}`);
  return `{${members.join(',')}}`;
}
