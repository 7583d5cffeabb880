// Heads that this process has seen recorded, so that an append need not ask for the one it extends.
import type { Head, StreamName } from '@himaya/event-store';
import { KNOWN_HEADS_MAX } from './limits.ts';

/**
 * The newest head that was seen of each stream used last. An entry that was recorded stays where it
 * is, so that what is known here stays true; that a stream is still there the server checks.
 */
export class KnownHeads {
  readonly #heads = new Map<StreamName, Head>();

  /** Takes note of a head that was read, or that the server has acknowledged. */
  put(stream: StreamName, head: Head): void {
    const known = this.#heads.get(stream);
    // Two calls may answer in another order than they were made in.
    if (known !== undefined && known.position > head.position) return;
    this.#heads.delete(stream);
    this.#heads.set(stream, head);
    if (this.#heads.size <= KNOWN_HEADS_MAX) return;
    for (const oldest of this.#heads.keys()) return void this.#heads.delete(oldest);
  }

  /** Knows nothing more of a stream. */
  forget(stream: StreamName): void {
    this.#heads.delete(stream);
  }

  /** The newest head that was seen; the stream may have grown since. */
  get(stream: StreamName): Head | undefined {
    return this.#heads.get(stream);
  }
}
