// Wake-ups from the server: a subscription to the store's streams that goes on where it was lost.
import type { WakeUps } from '@himaya/event-store';
import type { ClientRead, ClientSubscription, EventStoreDbClient, LogPlace } from './client.ts';
import { CHECKPOINT_INTERVAL, RETRY_PAUSE_MS } from './limits.ts';

/** What a subscription needs to know of its store. */
export interface SubscriptionOptions {
  readonly client: EventStoreDbClient;
  readonly prefix: string;
  readonly wakeUps: WakeUps;
}

/**
 * Listens while somebody watches. A client does not take a subscription up again that was lost: that
 * is done here, from the last place that it has told, with a pause that grows while it fails.
 */
export class Subscription {
  readonly #options: SubscriptionOptions;
  #current: ClientSubscription | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isWanted = false;
  #checkpoint: LogPlace | 'end' = 'end';
  #pauseMs: number = RETRY_PAUSE_MS.first;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Begins, unless it listens already. */
  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#checkpoint = 'end';
    this.#subscribe();
  }

  /** Ends, and lets the call go. */
  async stop(): Promise<void> {
    this.#isWanted = false;
    clearTimeout(this.#retry);
    const current = this.#current;
    this.#current = undefined;
    await current?.unsubscribe().catch(() => undefined);
  }

  #subscribe(): void {
    const { client, prefix, wakeUps } = this.#options;
    const subscription = client.subscribeToAll({
      fromPosition: this.#checkpoint,
      filter: {
        filterOn: 'streamName',
        prefixes: [prefix],
        checkpointInterval: CHECKPOINT_INTERVAL,
        checkpointReached: (_, place) => void (this.#checkpoint = place),
      },
    });
    this.#current = subscription;
    const lost = (): void => this.#subscribeLater(subscription);
    subscription.on('error', lost);
    subscription.on('end', lost);
    subscription.on('close', lost);
    subscription.on('confirmation', () => {
      this.#pauseMs = RETRY_PAUSE_MS.first;
      // What was recorded before the server took note of the subscription was told to nobody.
      wakeUps.wake();
    });
    subscription.on('data', ({ event }: ClientRead) => {
      this.#checkpoint = event?.position ?? this.#checkpoint;
      wakeUps.wake();
      if (wakeUps.count === 0) void this.stop();
    });
  }

  #subscribeLater(lost: ClientSubscription): void {
    if (lost !== this.#current) return;
    this.#current = undefined;
    if (this.#options.wakeUps.count === 0) return void this.stop();
    // While nothing is told, whoever waits looks; the read that follows names what is wrong.
    this.#options.wakeUps.wake();
    lost.unsubscribe().catch(() => undefined);
    this.#retry = setTimeout(() => this.#subscribe(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, RETRY_PAUSE_MS.most);
  }
}
