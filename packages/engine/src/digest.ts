// The digest `after`: 128 bits over a case's configuration, context and parts.
import { hash } from 'node:crypto';
import type { ChartSnapshot } from '@himaya/statechart';
import { canonicalize } from '@himaya/event-store';
import type { PartState, ReadonlyParts } from './part.ts';
import { write, writtenText, type Written } from './written-text.ts';

type Snapshot = ChartSnapshot<Record<string, unknown>>;

const LEAF_BYTES = 32;
const DIGEST_BYTES = 16;

/** One snapshot, its leaf, and the texts from which the next leaf is made. */
interface Leaf {
  readonly snapshot: Snapshot;
  readonly bytes: Buffer;
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
  const keys = keysOf(parts, before?.keys ?? []);
  const known = keys === before?.keys ? before.leaves : undefined;
  const own = leafOf(chart, '', before?.chart);
  const leaves = keys.map((key, index) =>
    leafOf((parts.get(key) as PartState).snapshot, key, known?.[index]),
  );
  const same = own === before?.chart && known?.length === leaves.length;
  if (same && leaves.every((leaf, index) => leaf === known[index])) return before;
  const all = Buffer.allocUnsafe((leaves.length + 1) * LEAF_BYTES);
  all.set(own.bytes, 0);
  for (const [index, { bytes }] of leaves.entries()) all.set(bytes, (index + 1) * LEAF_BYTES);
  const root = hash('sha256', all, 'buffer');
  const digest = root.toString('base64url', 0, DIGEST_BYTES);
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
  const bytes = hash('sha256', `[${place},${writtenText(context)}]`, 'buffer');
  return { snapshot, bytes, place, context };
}
