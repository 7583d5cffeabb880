// Canonical JSON of values that share most of their parts with values written before.
import { canonicalize } from '@himaya/event-store';

/** What was written of an object, so that little is written of the next one like it. */
export interface Written {
  readonly value: object;
  /** Own keys that have a value, as they stand in the object; none of a list. */
  readonly keys: readonly string[];
  /** Their values, or the items of a list. */
  readonly values: readonly unknown[];
  /** Of each item its text, of each key the key and the text of its value. */
  readonly members: readonly string[];
  /** Of each key or item that is an object. */
  readonly inner: readonly (Written | undefined)[];
  /** The places of the keys in canonical order; none of a list. */
  readonly order: readonly number[];
}

type Values = Readonly<Record<string, unknown>>;

const NONE: readonly never[] = [];
/** So many new keys of a record are put in their places one by one, more are sorted with the others. */
const NEW_KEYS_MAX = 8;
/** Items of a list that are looked for among those before and not found, before giving up. */
const NOT_FOUND_MAX = 8;

/**
 * Writes `value` as `canonicalize` does; {@link writtenText} puts it together. An assign makes new
 * objects only along the path that it changes: what `before` holds at the same place is not written
 * again.
 *
 * @throws Fault `not-i-json` for what is not plain data.
 */
export function write(value: object, before?: Written): Written {
  if (value === before?.value) return before;
  return Array.isArray(value) ? writeList(value, before) : writeRecord(value as Values, before);
}

/** The canonical text of what was written. */
export function writtenText({ value, members, order }: Written): string {
  if (Array.isArray(value)) return `[${members.join(',')}]`;
  return `{${order.map((at) => members[at]).join(',')}}`;
}

function writeList(items: readonly unknown[], before: Written = NOTHING): Written {
  const old = before.inner;
  const members: string[] = [];
  const inner: (Written | undefined)[] = [];
  let from = 0;
  let notFound = 0;
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) {
      members.push(scalarText(item));
      inner.push(undefined);
      continue;
    }
    // Lists grow at the end, lose items or change one: what stays keeps its order.
    const at = notFound < NOT_FOUND_MAX ? placeOf(old, item, from) : -1;
    if (at >= 0) {
      from = at + 1;
      members.push(before.members[at] as string);
      inner.push(old[at]);
      continue;
    }
    notFound += 1;
    const written = write(item, old[index]);
    members.push(writtenText(written));
    inner.push(written);
  }
  return { value: items, keys: NONE, values: items, members, inner, order: NONE };
}

function placeOf(old: Written['inner'], item: object, from: number): number {
  for (let at = from; at < old.length; at += 1) if (old[at]?.value === item) return at;
  return -1;
}

function writeRecord(record: Values, before: Written = NOTHING): Written {
  const prototype: unknown = Object.getPrototypeOf(record);
  // What is no plain data is refused by the codec, which says where and why.
  if (prototype !== Object.prototype && prototype !== null) canonicalize(record);
  let keys: readonly string[] = Object.keys(record);
  let values: readonly unknown[] = Object.values(record);
  if (values.includes(undefined)) {
    keys = keys.filter((key) => record[key] !== undefined);
    values = keys.map((key) => record[key]);
  }
  const members: string[] = [];
  const inner: (Written | undefined)[] = [];
  // How many keys, from the first on, stand where they stood before.
  let same = 0;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    const value = values[index];
    // An assign leaves keys where they were, and adds its own at the end.
    const isThere = before.keys[index] === key;
    const at = isThere ? index : before.keys.indexOf(key);
    if (isThere && same === index) same += 1;
    if (at >= 0 && value === before.values[at]) {
      members.push(before.members[at] as string);
      inner.push(before.inner[at]);
      continue;
    }
    const written = isObject(value) ? write(value, before.inner[at]) : undefined;
    members.push(`${scalarText(key)}:${written ? writtenText(written) : scalarText(value)}`);
    inner.push(written);
  }
  const isGrown = same === before.keys.length;
  const isLike = isGrown && same === keys.length;
  if (isLike) keys = before.keys;
  const order = isLike ? before.order : orderOf(keys, isGrown ? before.order : NONE);
  return { value: record, keys, values, members, inner, order };
}

const NOTHING: Written = {
  value: {}, keys: NONE, values: NONE, members: NONE, inner: NONE, order: NONE,
};

/**
 * The places of `keys` in the order of their UTF-16 code units, which is the canonical one. `known`
 * is the order of the first of them.
 */
function orderOf(keys: readonly string[], known: readonly number[]): readonly number[] {
  const keyAt = (index: number): string => keys[index] as string;
  if (keys.length - known.length > NEW_KEYS_MAX) {
    return Array.from(keys.keys()).sort((one, other) => (keyAt(one) < keyAt(other) ? -1 : 1));
  }
  const order = [...known];
  for (let index = known.length; index < keys.length; index += 1) {
    const at = order.findLastIndex((other) => keyAt(other) < keyAt(index));
    order.splice(at + 1, 0, index);
  }
  return order;
}

function scalarText(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'string' && value.isWellFormed()
    ? JSON.stringify(value)
    : canonicalize(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
