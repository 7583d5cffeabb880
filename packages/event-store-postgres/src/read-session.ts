// Statements and transactions of a read store, over the connections of its pool.
import { storeClosed } from '@himaya/event-store';
import type pg from 'pg';
import { isConnectionLost, postgresFault, type Place } from './postgres-faults.ts';

/** A row of an answer. */
export type SqlRow = Record<string, unknown>;

/** Sends one statement; `@.` in it stands for the schema. */
export type Query = (text: string, values?: unknown[]) => Promise<readonly SqlRow[]>;

/** The connections of a read store. */
export class ReadSession {
  readonly #pool: pg.Pool;
  readonly #schema: string;
  readonly #place: Place;
  #closing: Promise<void> | undefined;

  constructor(pool: pg.Pool, schema: string, place: Place) {
    this.#pool = pool;
    this.#schema = schema;
    this.#place = place;
  }

  /** A read changes nothing: one that met a connection of before a restart is made once more. */
  async read(text: string, values: unknown[] = []): Promise<readonly SqlRow[]> {
    try {
      return await this.query(text, values);
    } catch (error) {
      const { cause } = error as { cause?: unknown };
      if (!isConnectionLost(cause) || this.#closing !== undefined) throw error;
      return this.query(text, values);
    }
  }

  /** Sends one statement by itself. */
  async query(text: string, values: unknown[]): Promise<readonly SqlRow[]> {
    if (this.#closing !== undefined) throw storeClosed('use a read store');
    try {
      return (await this.#pool.query<SqlRow>(this.#sql(text), values)).rows;
    } catch (error) {
      throw postgresFault(error, 'Cannot use the read store', this.#place);
    }
  }

  /** Does `work` in a transaction; what it throws undoes it. */
  async transaction<Result>(
    what: string,
    work: (query: Query) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closing !== undefined) throw storeClosed(what.replace(/ in$/, ''));
    let client: pg.PoolClient | undefined;
    let isBroken = true;
    try {
      const sending = (client = await this.#pool.connect());
      await sending.query('BEGIN');
      try {
        const result = await work(async (text, values = []) =>
          (await sending.query<SqlRow>(this.#sql(text), values)).rows);
        await sending.query('COMMIT');
        isBroken = false;
        return result;
      } catch (error) {
        await sending.query('ROLLBACK');
        isBroken = false;
        throw error;
      }
    } catch (error) {
      throw postgresFault(error, `Cannot ${what}`, this.#place);
    } finally {
      client?.release(isBroken);
    }
  }

  /** Lets go when what is under way is answered. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }

  #sql(text: string): string {
    return text.replaceAll('@.', `${this.#schema}.`);
  }
}
