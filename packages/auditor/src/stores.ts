// The stores that a call names: how each is written, opened for reading only, or opened to be filled.
import { isFault, type EventStore, type ReadStore } from '@himaya/event-store';
import type * as EventStoreDb from '@himaya/event-store-eventstoredb';
import type * as Postgres from '@himaya/event-store-postgres';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { noStore } from './mistakes.ts';

/** An opened store, and what may be shown of where it is: never a password. */
export interface Opened {
  readonly store: EventStore;
  readonly place: string;
}

/** Loaded only where a server is named: a call about a file starts without its driver. */
export const postgres = (): Promise<typeof Postgres> =>
  import('@himaya/event-store-postgres');

const eventStoreDb = (): Promise<typeof EventStoreDb> =>
  import('@himaya/event-store-eventstoredb');

/** The forms of a store that a call may read, or fill. */
const FORMS = ['sqlite:PATH', 'postgres://HOST/DATABASE', 'esdb://HOST', 'kurrentdb://HOST'];

/** The path in `sqlite:PATH`. */
export function sqlitePath(option: string, given: string | undefined): string {
  const path = pathIn(given);
  if (path !== undefined) return path;
  throw noStore(option, ['sqlite:PATH'], given);
}

/** Opens a store for reading only: nothing in it can change, and none is created. @throws Ending */
export async function openToRead(option: string, given: string | undefined): Promise<Opened> {
  const path = pathIn(given);
  if (path !== undefined) {
    return { store: openSqliteStore({ path, readOnly: true, mustExist: true }), place: path };
  }
  const cluster = clusterIn(given);
  if (cluster !== undefined) return openCluster(cluster, { readOnly: true });
  const { connection, ...schema } = serverIn(option, given);
  const { openPostgresStore } = await postgres();
  const store = await openPostgresStore({
    // A server that may lose what it acknowledges is still one that can be read.
    durability: 'normal',
    connection: { connectionString: connection, options: '-c default_transaction_read_only=on' },
    ...schema,
  });
  return { store, place: store.place };
}

/** Opens a store that entries are brought to; one that is not there is created. @throws Ending */
export async function openToFill(option: string, given: string | undefined): Promise<Opened> {
  const path = pathIn(given);
  if (path !== undefined) return { store: openSqliteStore({ path }), place: path };
  const cluster = clusterIn(given);
  if (cluster !== undefined) return openCluster(cluster, { create: true });
  const target = serverIn(option, given);
  const { migratePostgresStore, openPostgresStore } = await postgres();
  const open = async (): Promise<Opened> => {
    const store = await openPostgresStore(target);
    return { store, place: store.place };
  };
  try {
    // Whoever fills a store need not be somebody who may create one.
    return await open();
  } catch (error) {
    if (!isFault(error, 'store-missing')) throw error;
    await migratePostgresStore(target);
    return open();
  }
}

/** Opens the read store that `--read` names; only for reading unless it is to be changed. */
export async function openRead(given: string | undefined, readOnly: boolean): Promise<ReadStore> {
  const path = pathIn(given);
  if (path !== undefined) {
    existing(path);
    return openSqliteReadStore({ path, readOnly });
  }
  const target = serverIn('--read', given);
  const { openPostgresReadStore } = await postgres();
  return openPostgresReadStore({ ...target, readOnly });
}

/** A read store is made by workers, never by a look at it. @throws Fault `store-missing` */
function existing(path: string): void {
  void openSqliteReadStore({ path, readOnly: true }).close();
}

function pathIn(given: string | undefined): string | undefined {
  return /^sqlite:(.+)$/s.exec(given ?? '')?.[1];
}

/** A cluster: the connection string of a client, and the namespace of the store in it. */
interface Cluster {
  readonly url: string;
  readonly namespace?: string;
}

/** The cluster in `esdb://…?namespace=NAME`, whose other options are the client's. */
function clusterIn(given: string | undefined): Cluster | undefined {
  if (!/^(esdb|kurrentdb|kdb)(\+discover)?:\/\//.test(given ?? '')) return undefined;
  const [hosts = '', query = ''] = (given ?? '').split('?', 2);
  const options = new URLSearchParams(query);
  const namespace = options.get('namespace');
  options.delete('namespace');
  const url = options.size === 0 ? hosts : `${hosts}?${String(options)}`;
  return { url, ...(namespace === null ? {} : { namespace }) };
}

async function openCluster(
  { url, ...namespace }: Cluster,
  how: { readonly readOnly?: boolean; readonly create?: boolean },
): Promise<Opened> {
  const { connectEventStoreDb, openEventStoreDbStore } = await eventStoreDb();
  const connection = await connectEventStoreDb(url);
  const store = await openEventStoreDbStore({ ...connection, ...namespace, ...how });
  return { store, place: store.place };
}

/** The server in `postgres://…?schema=NAME`. */
function serverIn(
  option: string,
  given: string | undefined,
): Postgres.PostgresTarget & { readonly connection: string } {
  if (given === undefined || !/^postgres(ql)?:\/\//.test(given) || !URL.canParse(given)) {
    throw noStore(option, FORMS, given);
  }
  const url = new URL(given);
  const schema = url.searchParams.get('schema');
  url.searchParams.delete('schema');
  return { connection: url.href, ...(schema === null ? {} : { schema }) };
}
