// Consumer groups: the server hands events to one member at a time, and hears what became of each.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerGroup, Delivery } from '@himaya/event-store';
import { persist, within } from './calls.ts';
import type { ClientDelivery, ClientMembership } from './client.ts';
import { entryOf, placeOf } from './events.ts';
import { eventStoreDbFault, isGroupFull, typeOf } from './eventstoredb-faults.ts';
import {
  CHECKPOINT_INTERVAL,
  GROUP_AHEAD,
  GROUP_ANSWER_MS,
  GROUP_BUFFER_EVENTS,
  GROUP_CHECKPOINT,
  GROUP_PLACE_PAUSE_MS,
  GROUP_RETRIES_MAX,
} from './limits.ts';
import type { Opening } from './opening.ts';

/** A persistent subscription to `$all`, filtered by the store's streams. */
export class ServerGroup implements ConsumerGroup {
  readonly #opening: Opening;
  readonly #group: string;

  constructor(opening: Opening, name: string) {
    this.#opening = opening;
    this.#group = `${opening.prefix}${name}`;
  }

  async *deliveries(signal: AbortSignal): AsyncGenerator<Delivery> {
    if (signal.aborted) return;
    await this.#call(() => this.#create());
    while (!signal.aborted) {
      try {
        return yield* this.#asMember(signal);
      } catch (error) {
        // Another one works. It may be killed at any time, and nobody is told.
        if (!isGroupFull(error)) throw this.#fault(error);
        await pause(GROUP_PLACE_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async *#asMember(signal: AbortSignal): AsyncGenerator<Delivery> {
    const { client, prefix } = this.#opening;
    const member = new Member(
      client.subscribeToPersistentSubscriptionToAll(this.#group, {
        bufferSize: GROUP_BUFFER_EVENTS,
      }),
    );
    const end = (): void => member.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      for (;;) {
        const event = await member.next();
        if (event === undefined || signal.aborted) return;
        const found = event.event && entryOf(event.event, prefix);
        if (found?.entry === undefined) {
          await member.park(found?.problem ?? 'it has no event', event);
          continue;
        }
        yield {
          entry: found.entry,
          done: () => member.done(event),
          park: (reason) => member.park(reason, event),
        };
      }
    } finally {
      signal.removeEventListener('abort', end);
      await member.leave();
    }
  }

  async retryParked(): Promise<void> {
    await this.#call(async () => {
      await this.#create();
      await this.#opening.client.replayParkedMessagesToAll(this.#group);
    });
  }

  /** Whoever comes first makes it. */
  async #create(): Promise<void> {
    const { client, origin, prefix } = this.#opening;
    try {
      await client.createPersistentSubscriptionToAll(
        this.#group,
        {
          startFrom: placeOf(origin),
          // What follows from entries is decided in their order, by one member: no strategy alone
          // sees to it, as each hands on to the next member what the first has no room for.
          consumerStrategyName: 'DispatchToSingle',
          maxSubscriberCount: 1,
          resolveLinkTos: false,
          extraStatistics: false,
          messageTimeout: GROUP_ANSWER_MS,
          maxRetryCount: GROUP_RETRIES_MAX,
          checkPointAfter: GROUP_CHECKPOINT.afterMs,
          checkPointLowerBound: GROUP_CHECKPOINT.eventsMin,
          checkPointUpperBound: GROUP_CHECKPOINT.eventsMax,
          liveBufferSize: GROUP_AHEAD.live,
          readBatchSize: GROUP_AHEAD.page,
          historyBufferSize: GROUP_AHEAD.history,
        },
        {
          filter: {
            filterOn: 'streamName',
            prefixes: [prefix],
            checkpointInterval: CHECKPOINT_INTERVAL,
          },
        },
      );
    } catch (error) {
      if (typeOf(error) !== 'persistent-subscription-exists') throw error;
    }
  }

  async #call(call: () => Promise<void>): Promise<void> {
    const giveUpAtMs = performance.now() + this.#opening.busyTimeoutMs;
    try {
      await persist((timeoutMs) => within(call(), timeoutMs), giveUpAtMs);
    } catch (error) {
      throw this.#fault(error);
    }
  }

  #fault(error: unknown): unknown {
    return eventStoreDbFault(error, 'Cannot share the work on', this.#opening.place);
  }
}

/** A member's place in the group, until it leaves or its call is lost. */
class Member {
  readonly #call: ClientMembership;
  readonly #waiting: ClientDelivery[] = [];
  #lost: { readonly error: unknown } | undefined;
  #isOver = false;
  #wake: () => void = () => undefined;

  constructor(call: ClientMembership) {
    this.#call = call;
    const lose = (error?: unknown): void => {
      this.#lost ??= { error: error ?? { type: 'unavailable', message: 'the call ended' } };
      this.#wake();
    };
    call.on('error', lose);
    call.on('end', lose);
    call.on('close', lose);
    call.on('data', (event: ClientDelivery) => {
      this.#waiting.push(event);
      this.#wake();
    });
  }

  /** The next event; `undefined` once it is told to end. */
  async next(): Promise<ClientDelivery | undefined> {
    for (;;) {
      if (this.#isOver) return undefined;
      // What is left of a call that was lost is handed to somebody: here it is worth nothing.
      if (this.#lost) throw this.#lost.error;
      const event = this.#waiting.shift();
      if (event) return event;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async done(event: ClientDelivery): Promise<void> {
    this.#check();
    await this.#call.ack(event);
  }

  async park(reason: string, event: ClientDelivery): Promise<void> {
    this.#check();
    await this.#call.nack('park', reason, event);
  }

  /** Hands out nothing more. */
  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  async leave(): Promise<void> {
    await this.#call.unsubscribe().catch(() => undefined);
  }

  /** An answer on a call that was lost reaches nobody. */
  #check(): void {
    if (this.#lost) throw this.#lost.error;
  }
}
