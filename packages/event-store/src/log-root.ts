// The root of a log: one hash that fixes its entries and their order, as RFC 6962 builds it.
import { Buffer } from 'node:buffer';
import { hash as digest } from 'node:crypto';
import type { Hash } from './entry.ts';

/** RFC 6962 prefix of an inner node; an entry's own hash is its leaf. */
const NODE_PREFIX = Buffer.of(0x01);

/** What a log of so many entries comes to. Whoever keeps it can tell later that they are the same. */
export interface LogRoot {
  readonly entries: number;
  readonly hash: Hash;
}

/** A root as people write it down: `57:<hash>`. */
export function logRootText({ entries, hash }: LogRoot): string {
  return `${entries}:${hash}`;
}

/** The root in such a text, or `undefined` if it is none. */
export function parseLogRoot(text: string): LogRoot | undefined {
  const [, entries, hash] = /^(\d{1,15}):([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  if (entries === undefined || hash === undefined) return undefined;
  return { entries: Number(entries), hash };
}

/** Takes the entries of a log in their order. Holds one hash for each level of the tree. */
export class LogTree {
  /** Roots of the complete subtrees, the largest first: one for each bit of `#entries`. */
  readonly #peaks: Buffer[] = [];
  #entries = 0;

  /** How many entries were taken. */
  get entries(): number {
    return this.#entries;
  }

  /** Takes the hash of the next entry. */
  add(hash: Hash): void {
    let node: Buffer = Buffer.from(hash, 'base64url');
    for (let left = this.#entries; left % 2 === 1; left = (left - 1) / 2) {
      node = nodeOf(this.#peaks.pop() as Buffer, node);
    }
    this.#peaks.push(node);
    this.#entries += 1;
  }

  /** The root of what was taken so far. */
  root(): LogRoot {
    const root = this.#peaks.reduceRight<Buffer | undefined>(
      (right, left) => (right === undefined ? left : nodeOf(left, right)),
      undefined,
    );
    const hash = root?.toString('base64url') ?? digest('sha256', '', 'base64url');
    return { entries: this.#entries, hash };
  }
}

function nodeOf(left: Buffer, right: Buffer): Buffer {
  return digest('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer');
}
