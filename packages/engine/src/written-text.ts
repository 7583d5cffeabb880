// Canonical JSON of values that share most of their parts with values written before.
import { canonicalize } from '@himaya/event-store';

/** What was written of an object, so that little is written of the next one like it. */
export interface Written {
  readonly value: object;
  /** Own keys with a value, in order; none of a list. */
  readonly keys: readonly string[];
  /** Of each item its text, of each key the key and the text of its value. */
  readonly members: readonly string[];
  /** Of each key or item that is an object. */
  readonly inner: readonly (Written | undefined)[];
}

type Values = Readonly<Record<string, unknown>>;

const NONE: readonly never[] = [];
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
export function writtenText({ value, members }: Written): string {
  const inside = members.join(',');
  return Array.isArray(value) ? `[${inside}]` : `{${inside}}`;
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
  return { value: items, keys: NONE, members, inner };
}

function placeOf(old: Written['inner'], item: object, from: number): number {
  for (let at = from; at < old.length; at += 1) if (old[at]?.value === item) return at;
  return -1;
}

function writeRecord(record: Values, before: Written = NOTHING): Written {
  const prototype: unknown = Object.getPrototypeOf(record);
  // What is no plain data is refused by the codec, which says where and why.
  if (prototype !== Object.prototype && prototype !== null) canonicalize(record);
  const { keys: oldKeys, value: old, members: oldMembers, inner: oldInner } = before;
  const keys = keysOf(record, before);
  const members: string[] = [];
  const inner: (Written | undefined)[] = [];
  let at = 0;
  for (const key of keys) {
    while (at < oldKeys.length && (oldKeys[at] as string) < key) at += 1;
    const isKnown = oldKeys[at] === key;
    const value = record[key];
    if (isKnown && value === (old as Values)[key]) {
      members.push(oldMembers[at] as string);
      inner.push(oldInner[at]);
      continue;
    }
    const written = isObject(value) ? write(value, isKnown ? oldInner[at] : undefined) : undefined;
    members.push(`${scalarText(key)}:${written ? writtenText(written) : scalarText(value)}`);
    inner.push(written);
  }
  return { value: record, keys, members, inner };
}

const NOTHING: Written = { value: {}, keys: NONE, members: NONE, inner: NONE };

/** Keys with a value in canonical order: those of `before` itself if they are the same. */
function keysOf(record: Values, { keys: known, value: old }: Written): readonly string[] {
  const keys = Object.keys(record).filter((key) => record[key] !== undefined);
  const same = keys.length === known.length && keys.every((key) => has(old as Values, key));
  return same ? known : keys.sort();
}

/** Whether a key of its own has a value: `constructor` must not be found in every object. */
function has(record: Values, key: string): boolean {
  return Object.hasOwn(record, key) && record[key] !== undefined;
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
