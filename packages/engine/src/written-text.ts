// Canonical JSON of values that share most of their parts with values written before.
import { canonicalize } from '@himaya/event-store';

/** An object with its canonical text and what was written of what is in it. */
export interface Written {
  readonly value: object;
  readonly text: string;
  /** Own keys in order; none of a list. */
  readonly keys: readonly string[];
  /** Of each key: the key and its value; none of a list. */
  readonly members: readonly string[];
  /** Of each key or item that is an object; empty when none is. */
  readonly inner: readonly (Written | undefined)[];
}

type Values = Readonly<Record<string, unknown>>;

const NONE: readonly never[] = [];
/** Items of a list that are looked for among those before and not found, before giving up. */
const NOT_FOUND_MAX = 8;

/**
 * Writes `value` as `canonicalize` does. An assign makes new objects only along the path that it
 * changes: what `before` holds at the same place is not written again.
 *
 * @throws Fault `not-i-json` for what is not plain data.
 */
export function writtenText(value: object, before?: Written): Written {
  if (value === before?.value) return before;
  return Array.isArray(value) ? writtenList(value, before) : writtenRecord(value as Values, before);
}

function writtenList(items: readonly unknown[], before: Written | undefined): Written {
  const old = before?.inner ?? NONE;
  const texts: string[] = [];
  const inner: (Written | undefined)[] = [];
  let from = 0;
  let notFound = 0;
  for (const [index, item] of items.entries()) {
    if (!isObject(item)) {
      texts.push(scalarText(item));
      inner.push(undefined);
      continue;
    }
    // Lists grow at the end, lose items or change one: what stays keeps its order.
    const at = notFound < NOT_FOUND_MAX ? placeOf(old, item, from) : -1;
    if (at < 0) notFound += 1;
    else from = at + 1;
    const written = writtenText(item, old[at < 0 ? index : at]);
    texts.push(written.text);
    inner.push(written);
  }
  const text = `[${texts.join(',')}]`;
  return { value: items, text, keys: NONE, members: NONE, inner };
}

function placeOf(old: Written['inner'], item: object, from: number): number {
  for (let at = from; at < old.length; at += 1) if (old[at]?.value === item) return at;
  return -1;
}

function writtenRecord(record: Values, before: Written | undefined): Written {
  const prototype: unknown = Object.getPrototypeOf(record);
  // What is no plain data is refused by the codec, which says where and why.
  if (prototype !== Object.prototype && prototype !== null) canonicalize(record);
  const { keys: oldKeys, value: oldValue } = before ?? NOTHING;
  const keys = keysOf(record, before ?? NOTHING);
  const members: string[] = [];
  const inner: (Written | undefined)[] = [];
  let objects = false;
  let at = 0;
  for (const key of keys) {
    while (at < oldKeys.length && (oldKeys[at] as string) < key) at += 1;
    const known = oldKeys[at] === key ? before : undefined;
    const value = record[key];
    if (known && value === (oldValue as Values)[key]) {
      members.push(known.members[at] as string);
      inner.push(known.inner[at]);
      objects ||= known.inner[at] !== undefined;
      continue;
    }
    const written = isObject(value) ? writtenText(value, known?.inner[at]) : undefined;
    members.push(`${keyText(key)}:${written ? written.text : scalarText(value)}`);
    inner.push(written);
    objects ||= written !== undefined;
  }
  const text = `{${members.join(',')}}`;
  return { value: record, text, keys, members, inner: objects ? inner : NONE };
}

type Before = Pick<Written, 'keys' | 'value'>;

const NOTHING: Before = { keys: NONE, value: {} };

/** Keys with a value in canonical order: those of `before` itself if they are the same. */
function keysOf(record: Values, { keys: known, value: old }: Before): readonly string[] {
  let count = 0;
  let added: string | undefined;
  for (const key in record) {
    if (record[key] === undefined) continue;
    count += 1;
    if (!has(old as Values, key)) added = key;
  }
  if (count === known.length && added === undefined) return known;
  // Things that are kept by their ids become one more at a time.
  const one = added !== undefined && count === known.length + 1;
  if (one && known.every((key) => has(record, key))) return withKey(known, added);
  return Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort();
}

/** Whether a key of its own has a value: `constructor` must not be found in every object. */
function has(record: Values, key: string): boolean {
  return Object.hasOwn(record, key) && record[key] !== undefined;
}

function withKey(keys: readonly string[], added: string | undefined): readonly string[] {
  const key = added as string;
  const at = keys.findIndex((known) => known > key);
  return at < 0 ? [...keys, key] : [...keys.slice(0, at), key, ...keys.slice(at)];
}

const keyTexts = new Map<string, string>();
/** Names of context fields are few; a context that uses data as keys must not fill the memory. */
const KEY_TEXTS_MAX = 10_000;

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  if (keyTexts.size >= KEY_TEXTS_MAX) keyTexts.clear();
  const text = canonicalize(key);
  keyTexts.set(key, text);
  return text;
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
