// Context as plain data that nobody can change: what JSON keeps, frozen through and through.
import { ChartError } from './chart-error.ts';

type Values = Readonly<Record<string, unknown>>;

const NOTHING: Values = Object.freeze({});

/** Items of a new list that are looked for among the old ones and not found, before giving up. */
const NOT_FOUND_MAX = 8;

/**
 * Makes `next`, an object of the caller's own, a context that nobody can change: its values are
 * checked and frozen, and it is frozen itself. Keys without a value are dropped, as JSON drops them:
 * a restored snapshot could not have them. The keys of every object within it stand in the order of
 * their UTF-16 code units (but for whole numbers, which JavaScript puts first): equal contexts are
 * walked alike, whatever led to them. An object for which that means another one is copied, every
 * other one is frozen where it stands.
 *
 * @throws {ChartError} `context-not-plain`, naming the key, for what JSON would lose or change.
 */
export function keepContext(next: Record<string, unknown>): object {
  for (const key of Object.keys(next)) {
    const value = next[key];
    if (value === undefined) delete next[key];
    else next[key] = keep(value, key);
  }
  return Object.freeze(next);
}

/** Freezes an event all through, so that no function of the machine changes what is recorded. */
export function protect(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if (!Array.isArray(value) && !isRecord(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) protect(inner);
}

/**
 * The same check for one value; `path` names it in the fault. `before` is a value that was kept:
 * what is the same object in both is not looked at again.
 */
export function keep(value: unknown, path: string, before?: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : notPlain(path, 'a string with a lone surrogate');
    case 'number':
      // JSON writes -0 as 0.
      return Number.isFinite(value) ? value + 0 : notPlain(path, `the number ${value}`);
    case 'boolean':
      return value;
    case 'object':
      if (value === null || value === before) return value;
      return Object.freeze(
        Array.isArray(value) ? keepArray(value, path, before) : keepRecord(value, path, before),
      );
    default:
      return notPlain(path, `a value of type ${typeof value}`);
  }
}

function keepArray(
  items: readonly unknown[],
  path: string,
  before: unknown,
): readonly unknown[] {
  const old: readonly unknown[] = Array.isArray(before) ? before : [];
  let plain: unknown[] | undefined;
  let from = 0;
  let notFound = 0;
  // By index, not by map: a hole is no value either, and must be named.
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (typeof item === 'object' && item !== null && notFound < NOT_FOUND_MAX) {
      // Lists grow at the end, lose items or change one: what stays keeps its order.
      const found = old.indexOf(item, from);
      if (found >= 0) {
        from = found + 1;
        plain?.push(item);
        continue;
      }
      notFound += 1;
    }
    const kept = keep(item, `${path}[${index}]`, old[index]);
    if (plain === undefined && !Object.is(kept, item)) plain = items.slice(0, index);
    plain?.push(kept);
  }
  return plain ?? items;
}

function keepRecord(record: object, path: string, before: unknown): object {
  if (!isRecord(record)) notPlain(path, `an object of class ${record.constructor.name}`);
  const old = isObject(before) ? before : NOTHING;
  const values = record as Values;
  const keys = plainKeys(record, path);
  let changed: Map<string, unknown> | undefined;
  let isOrdered = true;
  let last = '';
  for (const key of keys) {
    if (key < last) isOrdered = false;
    last = key;
    const value = values[key];
    const kept = value === undefined ? undefined : keep(value, `${path}.${key}`, old[key]);
    if (Object.is(kept, value) && kept !== undefined) continue;
    (changed ??= new Map()).set(key, kept);
  }
  return isOrdered && changed === undefined ? record : orderedCopy(values, keys, changed);
}

/** A copy with its keys in order; what `changed` has for a key stands in place of its value. */
function orderedCopy(
  values: Values,
  keys: string[],
  changed: ReadonlyMap<string, unknown> | undefined,
): object {
  const copy: Record<string, unknown> = {};
  for (const key of keys.sort()) {
    const value = changed?.has(key) === true ? changed.get(key) : values[key];
    if (value !== undefined) put(copy, key, value);
  }
  return copy;
}

/** Sets a value of an object, also under the key that would otherwise make it the prototype. */
export function put(values: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') values[key] = value;
  else Object.defineProperty(values, key, { value, enumerable: true, configurable: true });
}

/**
 * The keys of a new object, each of which has a value that stays as it is. A getter could answer
 * otherwise each time, and a symbol or a property that is not enumerable would be gone from JSON.
 *
 * @throws {ChartError} `context-not-plain`.
 */
export function plainKeys(record: object, path: string): string[] {
  const keys = Object.keys(record);
  // Reflect.ownKeys or the descriptors of all at once cost ten times as much as these.
  if (Object.getOwnPropertySymbols(record).length > 0) {
    notPlain(path, 'an object with a symbol for a key');
  }
  if (Object.getOwnPropertyNames(record).length > keys.length) {
    notPlain(path, 'an object with a property that is not enumerable');
  }
  for (const key of keys) {
    const { get, set } = Object.getOwnPropertyDescriptor(record, key) as PropertyDescriptor;
    if (get !== undefined || set !== undefined) notPlain(`${path}.${key}`, 'a getter or setter');
  }
  return keys;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function notPlain(path: string, found: string): never {
  throw new ChartError(
    'context-not-plain',
    `Cannot keep "${path}" in a snapshot: it is ${found}. ` +
      'Assign JSON values only: instants as text, sets as lists, no answer of an async function.',
  );
}
