// The floors of a server: single rows of the same bytes through `pg`, each a transaction of its own.
import { createRequire } from 'node:module';
import { inParallel, timed, type Subject } from '../measure.ts';

interface Pool {
  query(statement: { name?: string; text: string; values?: readonly unknown[] }): Promise<unknown>;
  end(): Promise<void>;
}

/** Raw inserts one at a time and from 64 connections, which is what `pgbench` does with as many clients. */
export interface RawServer {
  readonly one: string;
  readonly many: string;
  readonly subjects: (sample: readonly Uint8Array[]) => readonly Subject[];
  readonly close: () => Promise<void>;
}

/** Connects to a server and makes a table that does the least an event log does. */
export async function rawServer(connectionString: string): Promise<RawServer> {
  const load = createRequire(
    new URL('../../../packages/event-store-postgres/x.js', import.meta.url),
  );
  const { Pool: PoolOf } = load('pg') as { readonly Pool: new (options: object) => Pool };
  const pool = new PoolOf({ connectionString, max: 64 });
  await pool.query({
    text: `CREATE TABLE IF NOT EXISTS raw_log(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      stream bigint NOT NULL, position bigint NOT NULL, entry bytea NOT NULL,
      UNIQUE (stream, position))`,
  });
  const [{ next }] = (
    (await pool.query({
      text: 'SELECT coalesce(max(position) + 1, 0) AS next FROM raw_log',
    })) as { readonly rows: readonly [{ readonly next: string }] }
  ).rows;
  let position = Number(next);
  const insert = async (entry: Uint8Array): Promise<boolean> => {
    position += 1;
    const text = 'INSERT INTO raw_log(stream, position, entry) VALUES ($1, $2, $3)';
    await pool.query({ name: 'insert', text, values: [1, position, entry] });
    return true;
  };
  const one = 'raw insert, PostgreSQL, 1 at a time';
  const many = 'raw insert, PostgreSQL, 64 at a time';
  const subject = (
    name: string, sample: readonly Uint8Array[], count: number, concurrency: number,
  ): Subject => ({
    name,
    unit: 'rows',
    run: () => {
      const rows = Array.from({ length: count }, (_, index) => sample[index % sample.length]);
      return timed(count, () =>
        inParallel(rows, concurrency, (entry) => insert(entry as Uint8Array)),
      );
    },
  });
  return {
    one,
    many,
    subjects: (sample) => [subject(one, sample, 500, 1), subject(many, sample, 6_400, 64)],
    close: () => pool.end(),
  };
}
