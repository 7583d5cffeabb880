// himaya store-sql: what a database administrator runs to create a store on a server.
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { postgres } from '../stores.ts';

/** Options of `himaya store-sql`. */
export interface StoreSqlOptions {
  readonly schema?: string;
  /** A role that may append and read afterwards, and nothing else. */
  readonly role?: string;
}

/** Prints the SQL; nothing is connected to. @throws Fault `option-invalid` for a name */
export async function printStoreSql(
  { out }: Session,
  { schema, role }: StoreSqlOptions,
): Promise<ExitCode> {
  const { migrationSql } = await postgres();
  await out.raw(migrationSql(schema, role));
  return EXIT.ok;
}
