// Context as plain data that nobody can change: what JSON keeps, frozen through and through.
import { ChartError } from './chart-error.ts';

type Context = Readonly<Record<string, unknown>>;

/** Values known to be plain and frozen all through; a shallowly frozen one may not be. */
const kept = new WeakSet<object>();

/**
 * Makes `next`, an object of the caller's own, a context that nobody can change: its values are
 * checked and frozen, and it is frozen itself. Values that `previous` holds too are not looked at
 * again. Keys without a value are dropped, as JSON drops them: a restored snapshot could not have
 * them. An object that holds such a key is copied, every other one is frozen where it stands.
 *
 * @throws {ChartError} `context-not-plain`, naming the key, for what JSON would lose or change.
 */
export function keepContext(next: Record<string, unknown>, previous?: object): object {
  const before = previous !== undefined && kept.has(previous) ? (previous as Context) : {};
  for (const key of Object.keys(next)) {
    const value = next[key];
    if (value === undefined) delete next[key];
    else if (value !== before[key]) next[key] = keep(value, key);
  }
  kept.add(Object.freeze(next));
  return next;
}

/** The context of a snapshot that may come from anywhere, as {@link keepContext} keeps it. */
export function keptContext(context: unknown): object {
  const given = context as object;
  return kept.has(given) ? given : keepContext({ ...given });
}

/** Freezes an event all through, so that no function of the machine changes what is recorded. */
export function protect(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  if (!Array.isArray(value) && !isRecord(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) protect(inner);
}

/** The same check for one value; `path` names it in the fault. */
export function keep(value: unknown, path: string): unknown {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? value : notPlain(path, 'a string with a lone surrogate');
    case 'number':
      // JSON writes -0 as 0.
      return Number.isFinite(value) ? value + 0 : notPlain(path, `the number ${value}`);
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : keepObject(value, path);
    default:
      return notPlain(path, `a value of type ${typeof value}`);
  }
}

function keepObject(value: object, path: string): object {
  if (kept.has(value)) return value;
  const plain = Array.isArray(value) ? keepArray(value, path) : keepRecord(value, path);
  kept.add(Object.freeze(plain));
  return plain;
}

function keepArray(items: readonly unknown[], path: string): readonly unknown[] {
  // Array.from, not map: a hole is no value either, and must be named.
  const plain = Array.from(items, (item, index) => keep(item, `${path}[${index}]`));
  return plain.every((item, index) => Object.is(item, items[index])) ? items : plain;
}

function keepRecord(record: object, path: string): object {
  if (!isRecord(record)) notPlain(path, `an object of class ${record.constructor.name}`);
  const entries = Object.entries(record);
  const plain = entries.flatMap(([key, value]) =>
    value === undefined ? [] : [[key, keep(value, `${path}.${key}`)] as const],
  );
  const same =
    plain.length === entries.length &&
    plain.every(([, value], index) => Object.is(value, entries[index]?.[1]));
  return same ? record : Object.fromEntries(plain);
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
