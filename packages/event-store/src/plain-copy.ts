// Plain data as it will be read back from its entry: a copy in canonical order that nobody can change.
import { canonicalize } from './canonical-json.ts';
import { JSON_DEPTH_MAX } from './limits.ts';

/** Thrown inside this file only: the slow way judges the value, and says where and why it fails. */
const UNUSUAL = Symbol('unusual');

/** Characters that JSON may need for one of a string: an escape like `\u0007`. */
const ESCAPED_CHARS = 6;
/** Characters that JSON needs at most for a number, `true`, `false`, `null` and what is around it. */
const SCALAR_CHARS_MAX = 28;

/** Up to so many keys are sorted here. */
const FEW_KEYS = 24;

interface Measure {
  chars: number;
}

/**
 * A frozen copy of `value`, equal to what `JSON.parse(canonicalize(value))` answers: own keys in
 * order, nothing that is `undefined`, no negative zero, and no object of the caller's.
 *
 * @param charsMax for a value whose text is longer `undefined` is answered.
 * @throws Fault `not-i-json` for everything that {@link canonicalize} refuses.
 */
export function plainCopy(value: unknown, charsMax = Number.POSITIVE_INFINITY): unknown {
  const measure: Measure = { chars: 0 };
  try {
    const copy = copyOf(value, 0, measure);
    // Only what may be too long is written to be measured.
    const fits = measure.chars <= charsMax || JSON.stringify(copy).length <= charsMax;
    return fits ? copy : undefined;
  } catch (error) {
    if (error !== UNUSUAL) throw error;
    const text = canonicalize(value);
    return text.length <= charsMax ? frozen(JSON.parse(text) as unknown) : undefined;
  }
}

function copyOf(value: unknown, depth: number, measure: Measure): unknown {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw UNUSUAL;
      measure.chars += value.length * ESCAPED_CHARS + SCALAR_CHARS_MAX;
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw UNUSUAL;
      measure.chars += SCALAR_CHARS_MAX;
      return value + 0;
    case 'boolean':
      measure.chars += SCALAR_CHARS_MAX;
      return value;
    case 'object':
      measure.chars += SCALAR_CHARS_MAX;
      if (value === null) return value;
      if (depth >= JSON_DEPTH_MAX) throw UNUSUAL;
      return Object.freeze(
        Array.isArray(value)
          ? copyOfList(value, depth + 1, measure)
          : copyOfRecord(value as Readonly<Record<string, unknown>>, depth + 1, measure),
      );
    default:
      throw UNUSUAL;
  }
}

function copyOfList(
  items: readonly unknown[],
  depth: number,
  measure: Measure,
): readonly unknown[] {
  if (Object.getPrototypeOf(items) !== Array.prototype) throw UNUSUAL;
  checkOwn(items, items.length + 1);
  // Array.from, not map: a hole is `undefined`, and JSON has none.
  return Array.from(items, (item) => copyOf(item, depth, measure));
}

function copyOfRecord(
  source: Readonly<Record<string, unknown>>,
  depth: number,
  measure: Measure,
): object {
  const prototype: unknown = Object.getPrototypeOf(source);
  if (prototype !== Object.prototype && prototype !== null) throw UNUSUAL;
  const keys = Object.keys(source);
  checkOwn(source, keys.length);
  const copy: Record<string, unknown> = {};
  for (const key of inOrder(keys)) {
    const value = source[key];
    if (value === undefined) continue;
    // Objects have no own order for integer keys, and take __proto__ for the prototype.
    if (key === '__proto__' || !key.isWellFormed()) throw UNUSUAL;
    measure.chars += key.length * ESCAPED_CHARS + SCALAR_CHARS_MAX;
    copy[key] = copyOf(value, depth, measure);
  }
  return copy;
}

/** Symbols and hidden properties: JSON would drop them, and obey a hidden `toJSON`. */
function checkOwn(value: object, names: number): void {
  if (Object.getOwnPropertyNames(value).length !== names) throw UNUSUAL;
  if (Object.getOwnPropertySymbols(value).length > 0) throw UNUSUAL;
}

/** Sorts `keys` in place. For a few keys `sort` allocates more than the copy of their object. */
function inOrder(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let index = 1; index < keys.length; index += 1) {
    const key = keys[index] as string;
    let at = index;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
