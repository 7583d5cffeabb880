// Holding a lease: it is renewed in good time, and work under it ends before it does.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Lease, ReadStore } from '@himaya/event-store';

/** A lease is renewed when this share of it has passed. */
const RENEW_SHARE = 1 / 3;
/** What is left of a lease that could not be renewed is not worked in: clocks and calls take time. */
const SPARE_SHARE = 1 / 6;
/** Work without a pause is interrupted for the renewal after so many milliseconds. */
const TURN_MS = 20;

/** Asked between two pieces of work: whether to go on with the next. */
export type GoOn = () => Promise<boolean>;

/** For work that nobody else has to be kept from. */
export const always: GoOn = async () => true;

/** Takes a lease and keeps it; `undefined` while another holder has it. */
export async function holdLease(
  readStore: ReadStore,
  name: string,
  holder: string,
  leaseMs: number,
): Promise<LeaseHold | undefined> {
  const askedMs = performance.now();
  const lease = await readStore.takeLease(name, holder, leaseMs);
  return lease && new LeaseHold(readStore, lease, leaseMs, askedMs);
}

/** A lease that is held until it is released, or cannot be renewed in time. */
export class LeaseHold {
  readonly lease: Lease;
  readonly #readStore: ReadStore;
  readonly #leaseMs: number;
  /** Counted from when the lease was asked for: it cannot have begun before. */
  #endsMs: number;
  #turnMs: number;
  #isLost = false;
  #timer: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;

  constructor(readStore: ReadStore, lease: Lease, leaseMs: number, askedMs: number) {
    this.lease = lease;
    this.#readStore = readStore;
    this.#leaseMs = leaseMs;
    this.#endsMs = askedMs + leaseMs;
    this.#turnMs = performance.now();
    this.#renewLater();
  }

  /** Whether the lease is still held, with time to spare. */
  get isHeld(): boolean {
    return !this.#isLost && performance.now() < this.#endsMs - this.#leaseMs * SPARE_SHARE;
  }

  /** Whether to go on working under it. Lets the renewal have its turn. */
  async goOn(): Promise<boolean> {
    if (performance.now() - this.#turnMs >= TURN_MS) {
      await nextTurn();
      this.#turnMs = performance.now();
    }
    return this.isHeld;
  }

  /** Gives it back at once, so that nobody has to wait for its end. */
  async release(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#renewing;
    clearTimeout(this.#timer);
    await this.#readStore.releaseLease(this.lease);
  }

  #renewLater(): void {
    this.#timer = setTimeout(() => {
      this.#renewing = this.#renew();
    }, this.#leaseMs * RENEW_SHARE);
    // A process that has nothing else to do may end: the lease then ends by itself.
    this.#timer.unref();
  }

  async #renew(): Promise<void> {
    const askedMs = performance.now();
    try {
      const isRenewed = await this.#readStore.renewLease(this.lease, this.#leaseMs);
      if (isRenewed) this.#endsMs = askedMs + this.#leaseMs;
      else this.#isLost = true;
    } catch {
      // It is tried once more before it ends; work stops by itself when that fails too.
    }
    if (this.isHeld) this.#renewLater();
  }
}
