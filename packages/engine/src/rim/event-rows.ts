// Rows of a projection that folds events: rows a fold asks for are read for a whole batch at once.
import type {
  GlobalPosition,
  ParkedEvent,
  ReadStore,
  RecordedEntry,
  StreamName,
  TableChanges,
} from '@himaya/event-store';
import type { EventProjection } from '../projection.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import { pagesOf } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import { parkedAt, type RowSource } from './row-source.ts';
import { RowCache } from './row-cache.ts';

/** See `RowSource`. */
export class EventRows implements RowSource {
  readonly #context: EngineContext;
  readonly #projection: EventProjection;
  readonly #readStore: ReadStore;
  readonly #cache: RowCache;

  constructor(
    context: EngineContext,
    projection: EventProjection,
    readStore: ReadStore,
    isNew: boolean,
  ) {
    this.#context = context;
    this.#projection = projection;
    this.#readStore = readStore;
    this.#cache = new RowCache(projection.tables, isNew);
  }

  async take(entries: readonly RecordedEntry[]): Promise<readonly ParkedEvent[]> {
    const { on } = this.#projection;
    const batch = new Batch(entries.filter(({ type }) => Object.hasOwn(on, type)));
    while (batch.next < batch.entries.length) {
      this.#foldOn(batch);
      for (const [table, keys] of this.#cache.wanted()) {
        this.#cache.take(table, await this.#readStore.rows(this.#projection, table, keys));
      }
    }
    return [...batch.failed.values()];
  }

  async takeUp({ stream, position }: ParkedEvent, until: GlobalPosition) {
    const entries: RecordedEntry[] = [];
    for await (const page of pagesOf(this.#context.store, stream, position)) {
      entries.push(...page.filter(({ globalPosition }) => globalPosition <= until));
    }
    return this.take(entries);
  }

  changes(): Readonly<Record<string, TableChanges>> {
    return this.#cache.changes();
  }

  written(): void {
    this.#cache.written();
  }

  /**
   * Folds until a row is missing. From there on folds are only tried, to learn which rows they will
   * ask for: what they change is undone, and they are made again when those are there.
   */
  #foldOn(batch: Batch): void {
    let missing: number | undefined;
    for (let at = batch.next; at < batch.entries.length; at += 1) {
      const entry = batch.entries[at] as RecordedEntry;
      if (batch.failed.has(entry.stream)) continue;
      const isTrial = missing !== undefined;
      try {
        const event = batch.eventAt(at);
        const fold = this.#projection.on[entry.type];
        const found = this.#cache.fold(() => fold?.({ event, rows: this.#cache.rows as never }));
        if (found === 'missing') missing ??= at;
        else if (isTrial) this.#cache.undo();
      } catch (error) {
        if (!isTrial) batch.failed.set(entry.stream, parkedAt(entry, error));
      }
    }
    batch.next = missing ?? batch.entries.length;
  }
}

/** Entries that are folded together. */
class Batch {
  readonly entries: readonly RecordedEntry[];
  readonly failed = new Map<StreamName, ParkedEvent>();
  /** The first that is not folded. */
  next = 0;
  readonly #events: (RecordedEvent | undefined)[] = [];

  constructor(entries: readonly RecordedEntry[]) {
    this.entries = entries;
  }

  /** @throws Fault `entry-unreadable` */
  eventAt(at: number): RecordedEvent {
    return (this.#events[at] ??= recordedEvent(this.entries[at] as RecordedEntry));
  }
}
