// The EventStoreDB store: one namespace of a cluster, any number of processes.
import {
  appendUnsupported, checkAppend, copyAppend, storeClosed, WakeUps,
} from '@himaya/event-store';
import type {
  Append,
  AppendOutcome,
  CallOptions,
  ConsumerGroup,
  EventStore,
  GlobalPosition,
  LogPage,
  Misplaced,
  Position,
  StoreCapabilities,
  StreamName,
  StreamPage,
} from '@himaya/event-store';
import { AppendQueue } from './append-queue.ts';
import { within } from './calls.ts';
import { ServerGroup } from './consumer-group.ts';
import { eventStoreDbFault, openedReadOnly, type Place } from './eventstoredb-faults.ts';
import { findHidden } from './hidden.ts';
import { KnownHeads } from './known-heads.ts';
import { DISPOSE_TIMEOUT_MS } from './limits.ts';
import { openingOf, type EventStoreDbOptions, type Opening } from './opening.ts';
import { Reader } from './reader.ts';
import { Subscription } from './subscription.ts';
import { Writer } from './writer.ts';

/** An event store in one namespace of an EventStoreDB or KurrentDB cluster. */
export interface EventStoreDbEventStore extends EventStore {
  /** Where it is, without a password: `himaya in esdb://host:2113`. */
  readonly place: string;
}

/**
 * Opens a store on the server of a client, and takes the client over: `close` lets it go.
 *
 * Any number of processes may open one store. All reads and appends go to the leader.
 *
 * @throws Fault `option-invalid`, `store-unreachable`, `store-denied`, `store-missing`,
 * `store-foreign`, `store-schema-unknown`, `store-server-too-old`, `store-busy`, `store-failed`.
 */
export async function openEventStoreDbStore(
  options: EventStoreDbOptions,
): Promise<EventStoreDbEventStore> {
  return new ClusterStore(await openingOf(options));
}

class ClusterStore implements EventStoreDbEventStore {
  readonly capabilities: StoreCapabilities;
  readonly place: string;
  readonly #at: Place;
  readonly #opening: Opening;
  readonly #known = new KnownHeads();
  readonly #reader: Reader;
  readonly #writer: Writer;
  readonly #queue: AppendQueue;
  readonly #wakeUps = new WakeUps();
  readonly #subscription: Subscription;
  #closing: Promise<void> | undefined;

  constructor(opening: Opening) {
    const { client, prefix, place, busyTimeoutMs, appendBytesMax, origin } = opening;
    this.#opening = opening;
    this.#at = place;
    this.place = place.name;
    this.capabilities = {
      name: 'eventstoredb',
      multiStreamAppend: opening.multiStreamAppend,
      durability: 'durable',
      // The type is counted twice beside the bytes that hold it, and little else is: never thrice.
      appendBytesMax: Math.floor(appendBytesMax / 3),
    };
    this.#reader = new Reader({ client, prefix, place, busyTimeoutMs, origin });
    this.#writer = new Writer({
      client, prefix, place, reader: this.#reader, known: this.#known, appendBytesMax,
    });
    this.#queue = new AppendQueue({
      place,
      writer: this.#writer,
      busyTimeoutMs,
      onRecorded: () => this.#wakeUps.wake(),
    });
    this.#subscription = new Subscription({ client, prefix, wakeUps: this.#wakeUps });
  }

  async append(request: Append, options?: CallOptions): Promise<AppendOutcome> {
    checkAppend(request);
    const isSeveral = request.writes.length > 1 || (request.unchanged ?? []).length > 0;
    if (isSeveral && !this.capabilities.multiStreamAppend) {
      throw appendUnsupported(this.capabilities.name);
    }
    this.#writer.checkSize(request);
    if (this.#opening.readOnly) throw openedReadOnly(this.#at);
    return this.#queue.append(copyAppend(request), options);
  }

  readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    return this.#read(async () => {
      const page = await this.#reader.readStream(stream, from, countMax);
      if (page.head !== 'none') this.#known.put(stream, page.head);
      return page;
    });
  }

  readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    return this.#read(() => this.#reader.readAll(after, countMax));
  }

  watch(signal: AbortSignal): AsyncIterable<void> {
    if (this.#closing !== undefined) throw storeClosed('watch');
    const watch = this.#wakeUps.watch(signal);
    if (this.#wakeUps.count > 0) this.#subscription.start();
    return watch;
  }

  group(name: string): ConsumerGroup {
    return new ServerGroup(this.#opening, name);
  }

  findMisplaced(): Promise<Misplaced | undefined> {
    return this.#read(() => findHidden(this.#reader, this.#opening.prefix));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#wakeUps.end();
    await this.#subscription.stop();
    // A client may wait for ever for a call that was left open.
    await within(this.#opening.client.dispose(), DISPOSE_TIMEOUT_MS).catch(() => undefined);
  }

  async #read<Value>(read: () => Promise<Value>): Promise<Value> {
    if (this.#closing !== undefined) throw storeClosed('read');
    try {
      return await read();
    } catch (error) {
      throw eventStoreDbFault(error, 'Cannot read', this.#at);
    }
  }
}
