// What must hold before a store is opened: options, server, rights, and a namespace that is its own.
import { Buffer } from 'node:buffer';
import type { GlobalPosition } from '@himaya/event-store';
import { within } from './calls.ts';
import {
  serverFeatures, withoutSharedAppends, type ClientEvent, type EventStoreDbClient,
} from './client.ts';
import { globalPosition } from './events.ts';
import {
  eventStoreDbFault,
  isWrongRevision,
  optionInvalid,
  storeForeign,
  storeNotCreated,
  storeSchemaUnknown,
  storeServerTooOld,
  streamCorrupt,
  typeOf,
  type Place,
} from './eventstoredb-faults.ts';
import {
  BUSY_TIMEOUT_MS,
  DISPOSE_TIMEOUT_MS,
  LEADER_CHANGES_MAX,
  OPEN_TIMEOUT_MS,
  SERVER_APPEND_BYTES,
  SERVER_VERSION_MIN,
} from './limits.ts';
import { drained } from './reader.ts';

/** How to open a store. */
export interface EventStoreDbOptions {
  /** The application's client, made from its connection string. The store takes it over. */
  readonly client: EventStoreDbClient;
  /** Where the client connects to, for messages: `esdb://host:2113`, without a password. */
  readonly address?: string;
  /**
   * What keeps the store's streams apart from others of the server, `[a-z][a-z0-9_]*`: they are
   * named `himaya.case-…`. Default `himaya`.
   */
  readonly namespace?: string;
  /** Refuses every append; default `false`. */
  readonly readOnly?: boolean;
  /** Creates the store if it is not there; default `false`. */
  readonly create?: boolean;
  /** How long a call waits for others, or for a server that does not answer, in ms; 10,000. */
  readonly busyTimeoutMs?: number;
  /** The server's `MaxAppendSize` in bytes; default 1 MiB, as the server's own. */
  readonly appendBytesMax?: number;
}

/** What was found when a store was opened. */
export interface Opening {
  readonly client: EventStoreDbClient;
  readonly place: Place;
  readonly prefix: string;
  readonly busyTimeoutMs: number;
  readonly appendBytesMax: number;
  readonly multiStreamAppend: boolean;
  readonly readOnly: boolean;
  /** Where the store was created in the log of the server. */
  readonly origin: GlobalPosition;
}

/** The stream that says that a namespace is a store has the namespace's name, and one event. */
const FORMAT = 1;
const MARK_TYPE = 'StoreCreated';
const MARK_ID = '68696d61-7961-8000-8000-000000000001';
const NAMESPACE = /^[a-z][a-z0-9_]{0,62}$/;
/** Appends to several streams at once, and checks others that are only read. */
const APPEND_RECORDS = { path: '/kurrentdb.protocol.v2.streams.StreamsService/AppendRecords' };

/** Checks everything. @throws see `openEventStoreDbStore` */
export async function openingOf(options: EventStoreDbOptions): Promise<Opening> {
  const { client, namespace = 'himaya', address = 'EventStoreDB' } = options;
  if (!NAMESPACE.test(namespace)) {
    const todo = 'Use at most 63 characters: a small letter, then small letters, digits and "_".';
    throw optionInvalid('namespace', JSON.stringify(namespace), todo);
  }
  checkClient(client);
  withoutSharedAppends(client);
  const place = { name: `${namespace} in ${address}` };
  const busyTimeoutMs = options.busyTimeoutMs ?? BUSY_TIMEOUT_MS;
  try {
    const features = await ask(() => serverFeatures(client));
    if (isTooOld(features.serverVersion)) throw storeServerTooOld(place, features.serverVersion);
    // Whoever may not read the log can verify nothing.
    await ask(() => drained(client.readAll({
      fromPosition: 'end', direction: 'backwards', maxCount: 1, requiresLeader: true,
    })));
    const mark = async () => (await ask(() => drained(client.readStream(namespace, {
      fromRevision: 'start', direction: 'forwards', maxCount: 1, requiresLeader: true,
    }))))[0];
    let found = await mark();
    if (found === undefined && options.create === true) {
      await ask(() => create(client, namespace));
      found = await mark();
    }
    const origin = originIn(place, found);
    return {
      client,
      origin,
      place,
      prefix: `${namespace}.`,
      busyTimeoutMs,
      readOnly: options.readOnly === true,
      appendBytesMax: options.appendBytesMax ?? SERVER_APPEND_BYTES,
      multiStreamAppend:
        client.appendRecords !== undefined && features.supports(APPEND_RECORDS),
    };
  } catch (error) {
    await within(client.dispose(), DISPOSE_TIMEOUT_MS).catch(() => undefined);
    throw eventStoreDbFault(error, 'Cannot open the store', place);
  }
}

function checkClient(client: EventStoreDbClient): void {
  const todo = 'Hand over an EventStoreDBClient of @eventstore/db-client, or a KurrentDBClient ' +
    'of @kurrent/kurrentdb-client.';
  const calls = ['appendToStream', 'readStream', 'readAll', 'subscribeToAll', 'dispose'] as const;
  const missing = calls.filter((call) => typeof client?.[call] !== 'function');
  if (missing.length > 0) throw optionInvalid('client', `it has no ${missing.join(', ')}`, todo);
  // In this mode the clients answer a conflict with a wrong revision.
  const { throwOnAppendFailure } = client as { readonly throwOnAppendFailure?: unknown };
  if (throwOnAppendFailure !== false) return;
  throw optionInvalid('client', 'it does not throw where an append fails',
    'Leave throwOnAppendFailure out of its connection string.');
}

/**
 * One answer, or the reason why there is none: whoever opens a store hears at once that nobody is
 * there. Only where the leader has changed is the new one asked.
 */
async function ask<Value>(call: () => Promise<Value>): Promise<Value> {
  for (let changes = 0; ; changes += 1) {
    try {
      return await within(call(), OPEN_TIMEOUT_MS);
    } catch (error) {
      const isChanged = typeOf(error) === 'not-leader';
      if (!isChanged || changes === LEADER_CHANGES_MAX) throw error;
    }
  }
}

async function create(client: EventStoreDbClient, namespace: string): Promise<void> {
  const data = new Uint8Array(Buffer.from(JSON.stringify({ format: FORMAT })));
  try {
    await client.appendToStream(
      namespace,
      [{ id: MARK_ID, type: MARK_TYPE, contentType: 'application/octet-stream', data,
        metadata: {} }],
      {
        expectedRevision: 'no_stream',
        streamState: 'no_stream',
        requiresLeader: true,
        deadline: OPEN_TIMEOUT_MS,
      },
    );
  } catch (error) {
    // Another process was first: what it has created is looked at as any other.
    if (!isWrongRevision(error)) throw error;
  }
}

/** Where the store's mark is, if it is the mark of a store that this package knows. */
function originIn(place: Place, mark: ClientEvent | undefined): GlobalPosition {
  if (mark === undefined) throw storeNotCreated(place);
  const format = mark.type === MARK_TYPE ? formatIn(mark.data) : undefined;
  // One that was deleted and made anew would hide what was recorded before it.
  if (mark.revision !== 0n) {
    throw streamCorrupt(place, mark.streamId, 0, 'the mark of the store was deleted');
  }
  if (format === FORMAT && mark.position !== undefined) return globalPosition(mark.position);
  if (format !== undefined) throw storeSchemaUnknown(place, String(format));
  const at = { stream: mark.streamId, position: Number(mark.revision) };
  throw storeForeign(place, 'Cannot open the store', at, 'it is an event of another application');
}

function formatIn(data: unknown): unknown {
  if (!(data instanceof Uint8Array)) return undefined;
  try {
    return (JSON.parse(Buffer.from(data).toString('utf8')) as { format?: unknown }).format;
  } catch {
    return undefined;
  }
}

function isTooOld(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const [least, leastMinor] = SERVER_VERSION_MIN;
  if (major === undefined) return true;
  return Number(major) < least || (Number(major) === least && Number(minor) < leastMinor);
}
