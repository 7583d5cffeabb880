// A slow walk through the log: what is kept beside it is believed at once, and not for ever.
import {
  LOG_START,
  type EventStore,
  type GlobalPosition,
  type StreamName,
} from '@himaya/event-store';

/** Entries scanned per read. */
const PAGE_ENTRIES = 1_000;
/** How many streams are looked at in one go; folding them takes a twentieth of the pause. */
const STREAMS_PER_STEP = 10;
/** Milliseconds between two goes. */
const PAUSE_MS = 1_000;

/** Names each stream that began before a place in the log once, a few at a time. */
export class DueWalk {
  readonly #store: EventStore;
  readonly #until: GlobalPosition;
  #position: GlobalPosition = LOG_START;
  #found: StreamName[] = [];
  #stepMs = -Infinity;

  constructor(store: EventStore, until: GlobalPosition) {
    this.#store = store;
    this.#until = until;
  }

  /** The streams of the next step; none before it is time for one, nor after the last. */
  async step(nowMs: number): Promise<readonly StreamName[]> {
    if (nowMs - this.#stepMs < PAUSE_MS) return [];
    this.#stepMs = nowMs;
    // One page at most: whatever is due waits for it.
    if (this.#found.length < STREAMS_PER_STEP && this.#position < this.#until) {
      const page = await this.#store.readAll(this.#position, PAGE_ENTRIES);
      for (const { stream, position, globalPosition } of page.entries) {
        if (position === 0 && globalPosition <= this.#until) this.#found.push(stream);
      }
      this.#position = page.entries.length > 0 ? page.next : this.#until;
    }
    return this.#found.splice(0, STREAMS_PER_STEP);
  }
}
