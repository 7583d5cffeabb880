// What the store needs of a client: the part that both clients share, in types of its own.

/** A place in `$all`: where an event was committed, and where its record lies. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event as a client reads it. */
export interface ClientEvent {
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: LogPlace | undefined;
}

/** One member of what a client reads. */
export interface ClientRead {
  readonly event?: ClientEvent | undefined;
}

/** An event as a client appends it. */
export interface ClientProposal {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/octet-stream';
  readonly data: Uint8Array;
  /** Flat texts: an append of several streams takes nothing else. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** An event that the server itself reads. */
export interface ClientSetting {
  readonly id: string;
  readonly type: string;
  readonly contentType: 'application/json';
  readonly data: Record<string, unknown>;
  readonly metadata: undefined;
}

/** What a stream must be at. */
export type ClientRevision = bigint | 'no_stream';

/** How an append is made. One client knows the first name, the other the second. */
export interface ClientAppendOptions {
  readonly expectedRevision: ClientRevision;
  readonly streamState: ClientRevision;
  readonly requiresLeader: true;
  /** Milliseconds. */
  readonly deadline: number;
}

/** Which way a page is read, and how far. */
export interface ClientPageOptions {
  readonly direction: 'forwards' | 'backwards';
  readonly maxCount: number;
  readonly requiresLeader: true;
}

/** What a client's page is: it can be gone through, and one client's can be cancelled. */
export type ClientPage = AsyncIterable<ClientRead> & { readonly cancel?: () => Promise<void> };

/** A live subscription: an emitter of events. */
export interface ClientSubscription {
  on(event: string, listener: (...what: never[]) => void): unknown;
  unsubscribe(): Promise<void>;
}

/** How `$all` is subscribed to. */
export interface ClientSubscribeOptions {
  readonly fromPosition: LogPlace | 'end';
  readonly filter: {
    readonly filterOn: 'streamName';
    readonly prefixes: string[];
    readonly checkpointInterval: number;
    readonly checkpointReached: (subscription: unknown, place: LogPlace) => void;
  };
}

/** An event that a group's member was handed. */
export type ClientDelivery = ClientRead & { readonly retryCount?: number };

/** A member's call: an emitter of events that are answered one by one. */
export interface ClientMembership extends ClientSubscription {
  ack(...events: ClientDelivery[]): Promise<void>;
  nack(
    action: 'park' | 'retry' | 'skip',
    reason: string,
    ...events: ClientDelivery[]
  ): Promise<void>;
}

/** How a group hands events out. */
export interface ClientGroupSettings {
  readonly startFrom: LogPlace | 'start';
  readonly consumerStrategyName: 'DispatchToSingle';
  readonly maxSubscriberCount: 1;
  readonly resolveLinkTos: false;
  readonly extraStatistics: false;
  /** Milliseconds after which an event that was not answered is handed out again. */
  readonly messageTimeout: number;
  /** So often; then the server parks it. */
  readonly maxRetryCount: number;
  readonly checkPointAfter: number;
  readonly checkPointLowerBound: number;
  readonly checkPointUpperBound: number;
  readonly liveBufferSize: number;
  readonly readBatchSize: number;
  readonly historyBufferSize: number;
}

/** One record of an append of several streams. */
export interface ClientRecord {
  readonly streamName: string;
  readonly record: ClientProposal;
}

/** What one stream must be at for an append of several streams. */
export interface ClientCheck {
  readonly type: 'stream_state';
  readonly streamName: string;
  readonly expectedState: ClientRevision;
}

/**
 * A client of EventStoreDB: an instance of `EventStoreDBClient` of `@eventstore/db-client` 6, or of
 * `KurrentDBClient` of `@kurrent/kurrentdb-client`. One process must not load both: they share
 * global state, and break each other.
 */
export interface EventStoreDbClient {
  appendToStream(
    stream: string,
    events: ClientProposal[] | ClientSetting[],
    options: ClientAppendOptions,
  ): Promise<unknown>;
  readStream(
    stream: string,
    options: ClientPageOptions & { readonly fromRevision: bigint | 'start' | 'end' },
  ): ClientPage;
  readAll(
    options: ClientPageOptions & { readonly fromPosition: LogPlace | 'start' | 'end' },
  ): ClientPage;
  subscribeToAll(options: ClientSubscribeOptions): ClientSubscription;
  createPersistentSubscriptionToAll(
    group: string,
    settings: ClientGroupSettings,
    options: {
      readonly filter: {
        readonly filterOn: 'streamName';
        readonly prefixes: string[];
        readonly checkpointInterval: number;
      };
    },
  ): Promise<unknown>;
  subscribeToPersistentSubscriptionToAll(
    group: string,
    options: { readonly bufferSize: number },
  ): ClientMembership;
  replayParkedMessagesToAll(group: string): Promise<unknown>;
  dispose(): Promise<void>;
  /** Only `@kurrent/kurrentdb-client` has it. */
  appendRecords?(records: ClientRecord[], checks: ClientCheck[]): Promise<unknown>;
}

/** What a client has found out about its server, and keeps to itself. */
export interface ServerFeatures {
  /** `unknown` for a server that is too old to tell it. */
  readonly serverVersion: string;
  readonly supports: (method: { readonly path: string }) => boolean;
}

/** What the server is and can do; the client asks it once for each connection. */
export async function serverFeatures(client: EventStoreDbClient): Promise<ServerFeatures> {
  // Neither client shows it otherwise.
  const { capabilities } = client as { readonly capabilities?: Promise<ServerFeatures> };
  return (await capabilities) ?? { serverVersion: 'unknown', supports: () => false };
}

/**
 * Has a client of `@eventstore/db-client` append by a call for each append. The call that all share
 * keeps its open answers in one place for the whole process: where it breaks under one client, the
 * appends of every other fail, and an answer that comes to them afterwards ends the process. The
 * newer client has a place for each call.
 */
export function withoutSharedAppends(client: EventStoreDbClient): void {
  if (client.appendRecords !== undefined) return;
  // It asks whether the server has the shared call before each append.
  const own = client as { supports?: Asks };
  const ask = own.supports?.bind(client);
  own.supports = async (method, feature) =>
    !method.path.endsWith('/BatchAppend') && (await ask?.(method, feature)) === true;
}

type Asks = (method: { readonly path: string }, feature?: string) => Promise<boolean>;
