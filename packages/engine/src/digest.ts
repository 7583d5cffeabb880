// The digest `after`: 128 bits over a case's configuration, context and parts.
import { hash } from 'node:crypto';
import type { ChartSnapshot } from '@himaya/statechart';
import { canonicalize } from '@himaya/event-store';
import type { PartState, ReadonlyParts } from './part.ts';

type Snapshot = ChartSnapshot<Record<string, unknown>>;

const DIGEST_BYTES = 16;

/** One snapshot, its leaf, and the texts from which the next leaf is made. */
interface Leaf {
  readonly snapshot: Snapshot;
  /** Its 32 bytes as 32 characters: a text takes a quarter of what a buffer takes. */
  readonly hash: string;
  /** The key and the configuration as they stand in the text. */
  readonly place: string;
  /** Keys of the context, sorted. */
  readonly keys: readonly string[];
  /** Of each key, in the same order, the key and its value as they stand in the text. */
  readonly members: readonly string[];
}

/** A digest with all that went into it: the digest of the next state writes only what is new. */
export interface Digested {
  /** 22 characters of base64url. */
  readonly digest: string;
  readonly chart: Leaf;
  /** Keys of the parts, sorted, and their leaves in the same order. */
  readonly keys: readonly string[];
  readonly leaves: readonly Leaf[];
}

const NOTHING: Pick<Digested, 'keys' | 'leaves'> = { keys: [], leaves: [] };

/**
 * Digest of a state: SHA-256 over the leaf of the case and the leaves of its parts, sorted by key,
 * cut to 128 bits. A leaf is SHA-256 over the canonical JSON of `[key, configuration, context]`; the
 * key of the case is `''`. `before`, the digest of any other state, only saves work. Command ids,
 * deadlines and trails follow from the record and are not part of it.
 */
export function digestOf(
  chart: Snapshot,
  parts: ReadonlyParts,
  before?: Digested,
): Digested {
  const { keys: oldKeys, leaves: oldLeaves } = before ?? NOTHING;
  const keys = inOrder([...parts.keys()], oldKeys, (key) => parts.has(key));
  const own = leafOf(chart, '', before?.chart);
  let at = 0;
  // Both are sorted: a part that is new moves those behind it, and none of them is written again.
  const leaves = keys.map((key) => {
    while (at < oldKeys.length && (oldKeys[at] as string) < key) at += 1;
    const known = oldKeys[at] === key ? oldLeaves[at] : undefined;
    return leafOf((parts.get(key) as PartState).snapshot, key, known);
  });
  const same = own === before?.chart && keys === oldKeys;
  if (same && leaves.every((leaf, index) => leaf === oldLeaves[index])) return before;
  const hashes = leaves.reduce((text, leaf) => text + leaf.hash, own.hash);
  const root = hash('sha256', Buffer.from(hashes, 'latin1'), 'binary');
  const digest = Buffer.from(root.slice(0, DIGEST_BYTES), 'latin1').toString('base64url');
  return { digest, chart: own, keys, leaves };
}

/** Keys in order: `known` itself if it has just these. */
function inOrder(
  keys: readonly string[],
  known: readonly string[],
  has: (key: string) => boolean,
): readonly string[] {
  const same = known.length === keys.length && known.every(has);
  return same ? known : keys.toSorted();
}

function leafOf(snapshot: Snapshot, key: string, before: Leaf | undefined): Leaf {
  if (before?.snapshot === snapshot) return before;
  const { configuration, context } = snapshot;
  const stays = configuration === before?.snapshot.configuration;
  const place = stays ? before.place : `${canonicalize(key)},${canonicalize(configuration)}`;
  const keys = inOrder(Object.keys(context), before?.keys ?? [], (own) =>
    Object.hasOwn(context, own),
  );
  const members = membersOf(context, keys, before);
  const text = `[${place},{${members.join(',')}}]`;
  return { snapshot, hash: hash('sha256', text, 'binary'), place, keys, members };
}

/** An assign makes new only what it changes: all other members are as they were written before. */
function membersOf(
  context: Snapshot['context'],
  keys: readonly string[],
  before: Leaf | undefined,
): readonly string[] {
  const old = before?.snapshot.context;
  const members: string[] = [];
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    const value = context[key];
    const at = before?.keys === keys ? index : (before?.keys.indexOf(key) ?? -1);
    const isOld = at >= 0 && old?.[key] === value;
    members.push(
      isOld
        ? (before?.members[at] as string)
        : `${JSON.stringify(key)}:${textOf(value)}`,
    );
  }
  return members;
}

/** Canonical JSON of what a snapshot keeps: plain, and in order but for keys that are numbers. */
function textOf(value: unknown): string {
  return isInOrder(value) ? JSON.stringify(value) : canonicalize(value);
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let last = '';
  for (const key in value) {
    if (key < last || !isInOrder((value as Readonly<Record<string, unknown>>)[key])) return false;
    last = key;
  }
  return true;
}
