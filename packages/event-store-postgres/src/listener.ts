// Wake-ups from the server: listens for appends of all processes, and looks by itself behind that.
import type { WakeUps } from '@himaya/event-store';
import { Connection } from './connection.ts';
import { RECONNECT_PAUSE_MS } from './limits.ts';
import type pg from 'pg';

/** How a listener learns that something may have been recorded. */
export interface ListenerOptions {
  readonly config: pg.ClientConfig;
  readonly channel: string;
  /** The log's end now. */
  readonly logEnd: () => Promise<bigint>;
  readonly pollMs: number;
  readonly wakeUps: WakeUps;
}

/** Listens while somebody watches; a notification that is lost costs one poll's time. */
export class Listener {
  readonly #options: ListenerOptions;
  #connection: Connection | undefined;
  #poll: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #seen: bigint | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Begins, unless it listens already. */
  start(): void {
    if (this.#poll !== undefined) return;
    // Not unreferenced: a worker that waits for other processes has nothing else to live for.
    this.#poll = setInterval(() => void this.#look(), this.#options.pollMs);
    this.#connection = new Connection(this.#options.config);
    void this.#listen(this.#connection, RECONNECT_PAUSE_MS.first);
  }

  /** Ends, and lets the connection go. */
  async stop(): Promise<void> {
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
    this.#poll = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #listen(connection: Connection, pauseMs: number): Promise<void> {
    if (connection !== this.#connection) return;
    try {
      const client = await connection.client();
      const again = (): void => this.#listenLater(connection, RECONNECT_PAUSE_MS.first);
      client.once('end', again);
      client.on('notification', () => this.#options.wakeUps.wake());
      await client.query(`LISTEN ${this.#options.channel}`);
      // What was recorded before the server took note of the listener was told to nobody.
      this.#options.wakeUps.wake();
    } catch {
      this.#listenLater(connection, Math.min(pauseMs * 2, RECONNECT_PAUSE_MS.most));
    }
  }

  #listenLater(connection: Connection, pauseMs: number): void {
    if (connection !== this.#connection) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#listen(connection, pauseMs), pauseMs);
  }

  async #look(): Promise<void> {
    const { wakeUps, logEnd } = this.#options;
    if (wakeUps.count === 0) return void this.stop();
    try {
      const end = await logEnd();
      if (this.#seen !== undefined && end !== this.#seen) wakeUps.wake();
      this.#seen = end;
    } catch {
      // A failure counts as a change: the read that follows names it.
      wakeUps.wake();
    }
  }
}
