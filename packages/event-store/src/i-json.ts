// The slow pass of canonical JSON: names the first place in a value that is not I-JSON, and why.
import { Fault } from './fault.ts';
import { JSON_DEPTH_MAX } from './limits.ts';

interface Finding {
  readonly path: string;
  readonly reason: string;
}

/** The Fault `not-i-json` for a value that {@link findNotIJson} refuses. */
export function notIJson(value: unknown): Fault {
  const { path, reason } = findNotIJson(value) ?? { path: '$', reason: 'not plain data' };
  return new Fault({
    code: 'not-i-json',
    attempted: 'Cannot write canonical JSON',
    found: `${path} is ${reason}`,
    todo: 'Record plain data only: strings, finite numbers, booleans, null, arrays and objects.',
    data: { path, reason },
  });
}

/** The first place in document order that is not I-JSON (RFC 7493), or `undefined`. */
export function findNotIJson(value: unknown): Finding | undefined {
  return find(value, '$', []);
}

function find(value: unknown, path: string, above: readonly object[]): Finding | undefined {
  if (typeof value === 'string') {
    return isWellFormed(value) ? undefined : { path, reason: 'a string with a lone surrogate' };
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path, reason: `the number ${value}` };
  }
  if (typeof value === 'boolean' || value === null) return undefined;
  if (typeof value !== 'object') return { path, reason: nameOf(value) };
  if (above.includes(value)) return { path, reason: 'a cycle' };
  if (above.length >= JSON_DEPTH_MAX) {
    return { path, reason: `nested deeper than ${JSON_DEPTH_MAX} levels` };
  }
  const notPlain = plainness(value);
  if (notPlain !== undefined) return { path, reason: notPlain };
  const inside = [...above, value];
  if (Array.isArray(value)) return findInArray(value, path, inside);
  return findInObject(value, path, inside);
}

function findInArray(
  items: readonly unknown[],
  path: string,
  above: readonly object[],
): Finding | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const finding = find(items[index], `${path}[${index}]`, above);
    if (finding !== undefined) return finding;
  }
  const own = Reflect.ownKeys(items).length - 1;
  return own === items.length ? undefined : { path, reason: 'an array with other properties' };
}

function findInObject(
  source: object,
  path: string,
  above: readonly object[],
): Finding | undefined {
  for (const [key, child] of Object.entries(source)) {
    if (child === undefined) continue;
    const at = `${path}${step(key)}`;
    if (!isWellFormed(key)) return { path: at, reason: 'a key with a lone surrogate' };
    const finding = find(child, at, above);
    if (finding !== undefined) return finding;
  }
  if (Object.getOwnPropertySymbols(source).length > 0) {
    return { path, reason: 'an object with a symbol as key' };
  }
  if (Reflect.ownKeys(source).length !== Object.keys(source).length) {
    return { path, reason: 'an object with a hidden property' };
  }
  return undefined;
}

function plainness(value: object): string | undefined {
  const proto: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value) ? proto === Array.prototype : proto === null) return undefined;
  if (!Array.isArray(value) && proto === Object.prototype) return undefined;
  const made: unknown = (value as { constructor?: unknown }).constructor;
  const name = typeof made === 'function' && made.name !== '' ? made.name : 'unknown class';
  return `not a plain ${Array.isArray(value) ? 'array' : 'object'} (${name})`;
}

function nameOf(value: unknown): string {
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
