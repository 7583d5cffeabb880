// Where a test's log and read store are, as one text that a child process can be given.
import type { EventStore, ReadStore } from '@himaya/event-store';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';

/** Opens `postgres://…#SCHEMA`, or the files `PATH` and `PATH.read`; creates what is not there. */
export async function openPlaces(
  place: string,
): Promise<{ readonly store: EventStore; readonly readStore: ReadStore }> {
  if (!place.startsWith('postgres:')) {
    return {
      store: openSqliteStore({ path: place, busyTimeoutMs: 30_000 }),
      readStore: openSqliteReadStore({ path: `${place}.read`, busyTimeoutMs: 30_000 }),
    };
  }
  const [connection = '', schema = ''] = place.split('#');
  const options = { connection, migrate: true, busyTimeoutMs: 30_000 };
  return {
    store: await openPostgresStore({ ...options, schema }),
    readStore: await openPostgresReadStore({ ...options, schema: `${schema}_read` }),
  };
}
