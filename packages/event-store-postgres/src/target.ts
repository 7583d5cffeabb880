// Where a store is and as whom it is reached: a URL and what is named beside it, as the driver takes it.
import type { ConnectionOptions } from 'node:tls';
import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { CONNECT_TIMEOUT_MS } from './limits.ts';
import { optionInvalid, placeOf, type Place } from './postgres-faults.ts';
import { requirePlainName, SCHEMA_NAME } from './schema.ts';

/** How a server is reached. What is left out is taken from `PGHOST`, `PGUSER`, … */
export interface PostgresConnection {
  /**
   * `postgres://user@host:5432/database`; what is named beside it comes before. With any `sslmode`
   * but `disable` and `no-verify` the server's certificate and its name are checked.
   */
  readonly connectionString?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  /** The password, or how it is fetched each time that a connection is made. */
  readonly password?: string | (() => string | Promise<string>);
  readonly database?: string;
  /** `true`: TLS with the system's authorities; an object: Node's options, as for certificates. */
  readonly ssl?: boolean | ConnectionOptions;
  /** Settings of the session, as `-c name=value`. */
  readonly options?: string;
}

/** Where a store is, and as whom it is reached. */
export interface PostgresTarget {
  /** The URL of a database, or more than a URL can say. */
  readonly connection: string | PostgresConnection;
  /** The schema of the store; default `himaya`. Stores in several schemas do not know one another. */
  readonly schema?: string;
}

/** What the options come to. */
export interface Settled {
  readonly schema: string;
  readonly config: pg.ClientConfig;
  readonly place: Place;
}

/** Checks names and completes the driver's configuration. Throws Fault `option-invalid`. */
export function settled({ connection, schema = SCHEMA_NAME }: PostgresTarget): Settled {
  requirePlainName('schema', schema);
  const { connectionString, ...beside } =
    typeof connection === 'string' ? { connectionString: connection } : connection;
  const config: pg.ClientConfig = {
    application_name: 'himaya', connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true,
    ...(connectionString !== undefined && configOf(connectionString)),
    ...beside,
  };
  // A client that never connects knows where it would, with what `PGHOST` and the like add.
  return { schema, config, place: placeOf(refusing(() => new pg.Client(config)), schema) };
}

/**
 * What a URL says. The driver itself would let a URL come before what is named beside it, an empty
 * password before one that is given.
 */
function configOf(connectionString: string): pg.ClientConfig {
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString)) {
    throw optionInvalid('connection', 'it is no URL of a PostgreSQL database', FORM);
  }
  // What these mean to the driver today; it warns that a later one will check less.
  const url = connectionString.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/,
    '$1verify-full');
  return refusing(() => toClientConfig(parse(url)));
}

const FORM = 'Write postgres://user@host:5432/database.';

function refusing<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    // Only of a file that it names: the driver's own sentence may quote the URL, its password too.
    const { code, path } = error as NodeJS.ErrnoException;
    const found = path === undefined ? 'it cannot be read' : `"${path}" cannot be read (${code})`;
    throw optionInvalid('connection', found, FORM);
  }
}
