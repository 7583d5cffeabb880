// From a connection string to a client, loaded only then: an application brings the one it uses.
import { Fault } from '@himaya/event-store';
import type { EventStoreDbClient } from './client.ts';
import { messageOf, optionInvalid } from './eventstoredb-faults.ts';

/** A client and where it connects to, as `openEventStoreDbStore` takes both. */
export interface EventStoreDbConnection {
  readonly client: EventStoreDbClient;
  /** Without user, password and options: `esdb://host:2113`. */
  readonly address: string;
}

const FORM = /^(esdb|kurrentdb|kdb)(\+discover)?:\/\//;
const FORMS = 'Write esdb://USER:PASSWORD@HOST:PORT for @eventstore/db-client, or ' +
  'kurrentdb://USER:PASSWORD@HOST:PORT for @kurrent/kurrentdb-client, options as it names them.';

type ClientPackage = '@eventstore/db-client' | '@kurrent/kurrentdb-client';

/** The one that this process has loaded; a second one would break it. */
let loaded: ClientPackage | undefined;

/**
 * Makes a client from its connection string: `esdb://` by `@eventstore/db-client`, `kurrentdb://`
 * by `@kurrent/kurrentdb-client`, whichever is installed. TLS, certificates and clusters are what
 * the client makes of the string. Nothing is sent yet.
 *
 * @throws Fault `option-invalid` for what is no connection string, or names files that are not
 * there; `store-client-missing`; `store-client-mixed` where this process has loaded the other one.
 */
export async function connectEventStoreDb(url: string): Promise<EventStoreDbConnection> {
  const scheme = FORM.exec(url)?.[1];
  if (scheme === undefined) throw optionInvalid('URL', 'it is no connection string', FORMS);
  const address = addressOf(url);
  const name = scheme === 'esdb' ? '@eventstore/db-client' : '@kurrent/kurrentdb-client';
  if (loaded !== undefined && loaded !== name) throw clientMixed(address, loaded, name);
  const connect = await load(name, address);
  loaded = name;
  try {
    return { client: connect(url), address };
  } catch (error) {
    // The client's own sentence may quote the whole string, its password too.
    const found = /certificate/i.test(messageOf(error)) ? messageOf(error) : 'it cannot be read';
    throw optionInvalid('URL', `${address}: ${found}`, FORMS);
  }
}

/** What may be shown of a connection string. */
export function addressOf(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)(?:.*@)?([^/?]*).*$/s, '$1$2');
}

async function load(
  name: ClientPackage, address: string,
): Promise<(url: string) => EventStoreDbClient> {
  try {
    if (name === '@eventstore/db-client') {
      const { EventStoreDBClient } = await import('@eventstore/db-client');
      return (url) => EventStoreDBClient.connectionString(url);
    }
    const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
    return (url) => KurrentDBClient.connectionString(url);
  } catch (error) {
    throw new Fault({
      code: 'store-client-missing',
      attempted: `Cannot connect to ${address}`,
      found: `${name} cannot be loaded (${messageOf(error)})`,
      todo: `Install it beside this package: npm install ${name}`,
      data: { store: address, client: name },
      cause: error,
    });
  }
}

function clientMixed(address: string, there: string, wanted: string): Fault {
  return new Fault({
    code: 'store-client-mixed',
    attempted: `Cannot connect to ${address}`,
    found: `this process uses ${there}, and ${wanted} beside it would break both`,
    todo: 'Use the connection strings of one client in one process.',
    data: { store: address, client: wanted },
  });
}
