// Reads: pages of a stream and of the log, each call with a bound, so that none is left open.
import { checkCount, checkFrom, isStreamName, LOG_START } from '@himaya/event-store';
import type {
  GlobalPosition,
  Head,
  LogPage,
  Position,
  RecordedEntry,
  StreamName,
  StreamPage,
} from '@himaya/event-store';
import { persist, within } from './calls.ts';
import type { ClientEvent, ClientPage, EventStoreDbClient, LogPlace } from './client.ts';
import { entryOf, globalPosition, headOfEntry, placeOf } from './events.ts';
import {
  isDeleted, isNoStream, placeUntold, storeForeign, streamCorrupt, type Place,
} from './eventstoredb-faults.ts';
import { LOG_PAGE_EVENTS_MIN } from './limits.ts';

/** What a reader needs to know of its store. */
export interface ReaderOptions {
  readonly client: EventStoreDbClient;
  /** What the names of the store's streams begin with on the server. */
  readonly prefix: string;
  readonly place: Place;
  readonly busyTimeoutMs: number;
  /** Where the store was created in the log of the server: nothing of it is before that. */
  readonly origin: GlobalPosition;
}

/** Reads one store of a server. Every read asks the leader: only it has all that was recorded. */
export class Reader {
  readonly #options: ReaderOptions;
  /** How far the log was looked through behind a place, where nothing of the store was found. */
  #passedOver = { after: LOG_START, seen: LOG_START };

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /**
   * See `EventStore.readStream`. A stream that has lost entries is a fault and never a shorter page:
   * what is folded or shown without an entry would look whole.
   */
  async readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    const count = checkCount(countMax);
    checkFrom(from);
    if (!isStreamName(stream)) return { entries: [], head: 'none' };
    const entries = await this.#streamPage(stream, from, count);
    const last = entries.at(-1);
    if (last !== undefined && entries.length < count) return { entries, head: headOfEntry(last) };
    const head = await this.head(stream);
    if (head === 'none' || last !== undefined || head.position < from) return { entries, head };
    // Something was recorded between the two calls, or it is hidden.
    const again = await this.#streamPage(stream, from, count);
    if (again.length > 0) return { entries: again, head };
    throw streamCorrupt(this.#options.place, stream, from, 'there is no entry there');
  }

  /** Where a stream is now. */
  async head(stream: StreamName): Promise<Head | 'none'> {
    const last = await this.lastEntry(stream);
    return last === undefined ? 'none' : headOfEntry(last);
  }

  /** The last entry of a stream, if there is such a stream. */
  async lastEntry(stream: StreamName): Promise<RecordedEntry | undefined> {
    const { client, prefix } = this.#options;
    const read = (): ClientPage => client.readStream(prefix + stream, {
      fromRevision: 'end', direction: 'backwards', maxCount: 1, requiresLeader: true,
    });
    const [last] = await this.#streamEvents(stream, 0, read, this.#giveUpAtMs());
    return last && this.#entry(last);
  }

  /**
   * The entry at one position of a stream, if it has so many.
   *
   * @param giveUpAtMs when whoever asks has no more time, by `performance.now()`.
   */
  async entryAt(
    stream: StreamName, position: Position, giveUpAtMs = this.#giveUpAtMs(),
  ): Promise<RecordedEntry | undefined> {
    return (await this.#streamPage(stream, position, 1, giveUpAtMs))[0];
  }

  /** See `EventStore.readAll`. What others record, and the server itself, is passed over. */
  async readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    const count = checkCount(countMax);
    const entries: RecordedEntry[] = [];
    let seen = after === this.#passedOver.after ? this.#passedOver.seen : after;
    for await (const event of this.allEvents(seen, count)) {
      seen = globalPosition(event.position as LogPlace);
      if (!event.streamId.startsWith(this.#options.prefix)) continue;
      entries.push(this.#entry(event));
      if (entries.length === count) break;
    }
    // Whoever waits for news asks again and again: what was passed over is not read again.
    if (entries.length === 0) this.#passedOver = { after, seen };
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  }

  /**
   * Every event of the server after a place, and after the store was created, in pages of at least
   * `countMin`. Each has its position.
   */
  async *allEvents(after: GlobalPosition, countMin: number): AsyncGenerator<ClientEvent> {
    // The server begins with the event at the place itself, which is asked for in addition.
    const maxCount = Math.max(countMin, LOG_PAGE_EVENTS_MIN) + 1;
    const { origin } = this.#options;
    for (let seen = after < origin ? origin : after; ; ) {
      const fromPosition = placeOf(seen);
      const events = await this.#page(() => this.#options.client.readAll({
        fromPosition, direction: 'forwards', maxCount, requiresLeader: true,
      }));
      for (const event of events) {
        if (event.position === undefined) throw placeUntold(this.#options.place);
        const place = globalPosition(event.position);
        if (place <= seen) continue;
        seen = place;
        yield event;
      }
      if (events.length < maxCount) return;
    }
  }

  async #streamPage(
    stream: StreamName, from: Position, count: number, giveUpAtMs = this.#giveUpAtMs(),
  ): Promise<RecordedEntry[]> {
    const { client, prefix, place } = this.#options;
    const read = (): ClientPage => client.readStream(prefix + stream, {
      fromRevision: BigInt(from), direction: 'forwards', maxCount: count, requiresLeader: true,
    });
    const events = await this.#streamEvents(stream, from, read, giveUpAtMs);
    const entries = events.map((event) => this.#entry(event));
    const gap = entries.findIndex(({ position }, index) => position !== from + index);
    if (gap !== -1) throw streamCorrupt(place, stream, from + gap, 'there is no entry there');
    return entries;
  }

  async #streamEvents(
    stream: StreamName, from: Position, read: () => ClientPage, giveUpAtMs: number,
  ): Promise<readonly ClientEvent[]> {
    try {
      return await this.#page(read, giveUpAtMs);
    } catch (error) {
      if (!isDeleted(error)) throw error;
      throw streamCorrupt(this.#options.place, stream, from, 'the stream was deleted');
    }
  }

  /** All events of one call; none where there is no such stream. */
  #page(
    read: () => ClientPage, giveUpAtMs = this.#giveUpAtMs(),
  ): Promise<readonly ClientEvent[]> {
    return persist((timeoutMs) => {
      const page = read();
      return within(drained(page), timeoutMs, () => page.cancel?.());
    }, giveUpAtMs);
  }

  #giveUpAtMs(): number {
    return performance.now() + this.#options.busyTimeoutMs;
  }

  #entry(event: ClientEvent): RecordedEntry {
    const { prefix, place } = this.#options;
    const { entry, problem } = entryOf(event, prefix);
    if (entry !== undefined) return entry;
    const at = { stream: event.streamId, position: Number(event.revision) };
    throw storeForeign(place, 'Cannot read', at, problem);
  }
}

/** Everything of a page, to its end: one that is left early keeps its call open. None if no such stream. */
export async function drained(page: ClientPage): Promise<readonly ClientEvent[]> {
  const events: ClientEvent[] = [];
  try {
    for await (const { event } of page) if (event !== undefined) events.push(event);
  } catch (error) {
    if (isNoStream(error)) return [];
    throw error;
  }
  return events;
}
