// Connections to the server that are made again when they were lost.
import { createHash } from 'node:crypto';
import pg from 'pg';
import { isConnectionLost } from './postgres-faults.ts';

/** How a statement is sent: parsed once for each connection, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * A statement under a name that follows from its text: behind a pooler a session may be another
 * store's, and what was parsed there under the name of an append must not be its append.
 */
export function statementOf(text: string): Statement {
  const digest = createHash('sha256').update(text).digest('hex');
  return { name: `himaya_${digest.slice(0, 32)}`, text };
}

/** A row of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** A connection of its own, for work whose order counts. */
export class Connection {
  readonly #config: pg.ClientConfig;
  #client: Promise<pg.Client> | undefined;
  #closed = false;

  constructor(config: pg.ClientConfig) {
    this.#config = config;
  }

  /**
   * Sends one statement, and connects first if there is no connection. A connection that fails
   * under it is dropped, so that the next call makes another one.
   */
  async query(statement: Statement, values: readonly unknown[]): Promise<readonly Row[]> {
    const client = await this.client();
    try {
      return (await client.query<Row>({ ...statement, values: [...values] })).rows;
    } catch (error) {
      if (isConnectionLost(error)) this.#drop(client);
      throw error;
    }
  }

  /** The connected client. */
  async client(): Promise<pg.Client> {
    if (this.#closed) throw new Error('Client was closed and is not queryable');
    const pending = (this.#client ??= this.#connect());
    try {
      return await pending;
    } catch (error) {
      if (this.#client === pending) this.#client = undefined;
      throw error;
    }
  }

  /** Lets go; a statement under way is answered first. */
  async close(): Promise<void> {
    this.#closed = true;
    const pending = this.#client;
    this.#client = undefined;
    await pending?.then((client) => client.end(), () => undefined).catch(() => undefined);
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config);
    // Without a listener an idle connection that breaks would end the process.
    client.on('error', () => this.#drop(client));
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  #drop(client: pg.Client): void {
    const pending = this.#client;
    void pending?.then((current) => {
      if (current !== client) return;
      if (this.#client === pending) this.#client = undefined;
      client.end().catch(() => undefined);
    }, () => undefined);
  }
}

/** Connections for reads and transactions; one that breaks is replaced by the next call. */
export function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  const ignore = (): undefined => undefined;
  // Without listeners one that breaks at rest, or between two statements, would end the process.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}
