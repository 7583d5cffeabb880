// Stores on a double or on a given server, for tests: each in a namespace of its own.
import type { OpenedStore, Tampering } from '@himaya/event-store/contract';
import {
  openEventStoreDbStore,
  type EventStoreDbClient,
  type EventStoreDbEventStore,
  type EventStoreDbOptions,
} from '../src/index.ts';
import { Double } from './double/double.ts';
import type { ClientName } from './double/protocol.ts';
import type { DoubleOptions } from './double/state.ts';

/** A client of the kind, made from a connection string, with what only tests ask of it. */
export type TestClient = EventStoreDbClient & {
  deleteStream(stream: string): Promise<unknown>;
  tombstoneStream(stream: string): Promise<unknown>;
};

/** Makes a client. The other kind must not have been loaded in this process. */
export async function clientOf(name: ClientName, url: string): Promise<TestClient> {
  if (name === 'eventstore') {
    const { EventStoreDBClient } = await import('@eventstore/db-client');
    return EventStoreDBClient.connectionString(url);
  }
  const { KurrentDBClient } = await import('@kurrent/kurrentdb-client');
  return KurrentDBClient.connectionString(url);
}

/** Where a double without TLS is. */
export function urlOf(name: ClientName, { port }: { readonly port: number }): string {
  return `${name === 'eventstore' ? 'esdb' : 'kurrentdb'}://127.0.0.1:${port}?tls=false`;
}

/** What a test opens. */
export interface OnDouble extends OpenedStore {
  readonly store: EventStoreDbEventStore;
  readonly double: Double;
  readonly url: string;
  readonly client: TestClient;
  readonly open: (options?: Partial<EventStoreDbOptions>) => Promise<EventStoreDbEventStore>;
}

/** A store on a double of its own, beside what servers and other applications record. */
export async function openOnDouble(
  options: DoubleOptions,
  storeOptions: Partial<EventStoreDbOptions> = {},
): Promise<OnDouble> {
  const name = options.client;
  const double = await Double.start(options);
  const url = urlOf(name, double);
  recordOthers(double);
  const open = async (over: Partial<EventStoreDbOptions> = {}) => openEventStoreDbStore({
    client: await clientOf(name, url),
    address: url,
    create: true,
    // Of many tests at once each waits for the others.
    busyTimeoutMs: 30_000,
    ...storeOptions,
    ...over,
  });
  const client = await clientOf(name, url);
  return {
    double,
    url,
    client,
    open,
    store: await open(),
    reopen: open,
    second: open,
    tamper: () => deletions(client, double),
    dispose: async () => {
      await client.dispose();
      await double.stop();
    },
  };
}

/** After every third entry the server, a projection and another application record something. */
function recordOthers({ log }: Double): void {
  let seen = 0;
  log.record('$settings', { type: 'update-default-acl' });
  log.listen(({ stream }) => {
    if (!stream.startsWith('himaya.')) return;
    seen += 1;
    if (seen % 3 !== 0) return;
    log.record('$stats-127.0.0.1:2113', { type: '$statsCollected' });
    log.record('$ce-himaya.case', {
      type: '$>', contentType: 'application/octet-stream', data: Buffer.from(`0@${stream}`),
    });
    log.record('orders-17', { type: 'OrderPlaced' });
  });
}

/** Each way to make a stream forget; the double says what a server's access list says. */
function deletions(client: TestClient, { log }: Double): readonly Tampering[] {
  const streams = [...new Set(log.events.map(({ stream }) => stream))]
    .filter((stream) => stream.startsWith('himaya'));
  return streams.flatMap((stream) => [
    { name: `delete ${stream}`, attempt: () => client.deleteStream(stream) },
    { name: `tombstone ${stream}`, attempt: () => client.tombstoneStream(stream) },
  ]);
}
