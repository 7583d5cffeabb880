// The digest `after`: 128 bits over a case's configuration, context and parts.
import { hash } from 'node:crypto';
import type { ChartSnapshot } from '@himaya/statechart';
import { canonicalize } from '@himaya/event-store';
import type { PartState, ReadonlyParts } from './part.ts';
import { write, writtenText, type Written } from './written-text.ts';

type Snapshot = ChartSnapshot<Record<string, unknown>>;

const DIGEST_BYTES = 16;

/** One snapshot, its leaf, and the texts from which the next leaf is made. */
interface Leaf {
  readonly snapshot: Snapshot;
  /** Its 32 bytes as 32 characters: a text takes a quarter of what a buffer takes. */
  readonly hash: string;
  /** The key and the configuration as they stand in the text. */
  readonly place: string;
  readonly context: Written;
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
 *
 * @throws Fault `not-i-json` for a context that is not plain data.
 */
export function digestOf(
  chart: Snapshot,
  parts: ReadonlyParts,
  before?: Digested,
): Digested {
  const { keys: oldKeys, leaves: oldLeaves } = before ?? NOTHING;
  const keys = keysOf(parts, oldKeys);
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

/** The keys of parts in order: `known` itself if it has just these. */
function keysOf(parts: ReadonlyParts, known: readonly string[]): readonly string[] {
  const same = known.length === parts.size && known.every((key) => parts.has(key));
  return same ? known : [...parts.keys()].sort();
}

function leafOf(snapshot: Snapshot, key: string, before: Leaf | undefined): Leaf {
  if (before?.snapshot === snapshot) return before;
  const { configuration } = snapshot;
  const stays = configuration === before?.snapshot.configuration;
  const place = stays ? before.place : `${canonicalize(key)},${canonicalize(configuration)}`;
  const context = write(snapshot.context, before?.context);
  const text = `[${place},${writtenText(context)}]`;
  return { snapshot, hash: hash('sha256', text, 'binary'), place, context };
}
