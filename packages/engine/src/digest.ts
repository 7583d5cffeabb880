// The digest `after`: 128 bits over a case's configuration, context and parts.
import { createHash, hash as digestOf } from 'node:crypto';
import type { ChartSnapshot } from '@himaya/statechart';
import { canonicalize } from '@himaya/event-store';
import type { PartState } from './part.ts';
import { Recent } from './recent.ts';

const leaves = new Recent<object, Buffer>();

/**
 * Digest of a state, 22 characters of base64url: SHA-256 over the leaf of the case and the sorted
 * leaves of its parts, cut to 128 bits. Leaves are kept per snapshot, so that only what an event
 * touched is computed again. Command ids, deadlines and trails follow from the record and are not
 * part of it.
 */
export function stateDigest(
  chart: ChartSnapshot<Record<string, unknown>>,
  parts: ReadonlyMap<string, PartState>,
): string {
  const root = createHash('sha256').update(leafOf(chart, ''));
  const keys = [...parts.keys()].sort();
  for (const key of keys) root.update(leafOf((parts.get(key) as PartState).snapshot, key));
  return root.digest().subarray(0, 16).toString('base64url');
}

function leafOf(snapshot: ChartSnapshot<Record<string, unknown>>, key: string): Buffer {
  const known = leaves.get(snapshot);
  if (known) return known;
  const { configuration, context } = snapshot;
  // The context itself is new after nearly every event: only what is inside it is worth keeping.
  const text = `[${textOf(key)},${textOf(configuration)},${objectText(context)}]`;
  const leaf = digestOf('sha256', text, 'buffer');
  leaves.set(snapshot, leaf);
  return leaf;
}

const texts = new Recent<object, string>();
const keyTexts = new Map<string, string>();
/** Names of context fields are few; a context that uses data as keys must not fill the memory. */
const KEY_TEXTS_MAX = 10_000;

/**
 * Canonical JSON of a value of which most parts are the same objects as before: an assign makes new
 * objects only along the path it changes, and the text of every other object is kept.
 */
function textOf(value: unknown): string {
  if (typeof value === 'string')
    return value.isWellFormed() ? JSON.stringify(value) : refuse(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : refuse(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value !== 'object') return refuse(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = Array.isArray(value)
    ? `[${value.map((item) => textOf(item)).join(',')}]`
    : objectText(value as Readonly<Record<string, unknown>>);
  texts.set(value, text);
  return text;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return refuse(value);
  let text = '{';
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) text += `${text === '{' ? '' : ','}${keyText(key)}:${textOf(item)}`;
  }
  return `${text}}`;
}

function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  if (keyTexts.size >= KEY_TEXTS_MAX) keyTexts.clear();
  const text = canonicalize(key);
  keyTexts.set(key, text);
  return text;
}

/** What is no plain data is refused by the codec, which says where and why. */
function refuse(value: unknown): string {
  return canonicalize(value);
}
