// The protocol's messages, as the client under test brings them: both share one global namespace.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Client, ServiceDefinition } from '@grpc/grpc-js';
import type { DoubleEvent } from './log.ts';

/** Which client speaks with the double. */
export type ClientName = 'eventstore' | 'kurrent';

/** A generated message: the generated code has its types, but not the same for both clients. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Message = any;

const require = createRequire(import.meta.url);

/** What the double needs of the generated code. */
export interface Protocol {
  readonly streams: Message;
  readonly persistent: Message;
  readonly shared: Message;
  readonly features: Message;
  readonly gossip: Message;
  readonly status: Message;
  readonly Any: Message;
  readonly services: {
    readonly streams: ServiceDefinition;
    readonly features: ServiceDefinition;
    readonly gossip: ServiceDefinition;
    readonly groups: ServiceDefinition;
    /** Appends of several streams; only the newer client knows them. */
    readonly records?: ServiceDefinition;
  };
  readonly records?: Message;
  readonly recordErrors?: Message;
}

/** Loads the generated code of one client. A process must not load that of the other, too. */
export function protocolOf(client: ClientName): Protocol {
  const name = client === 'eventstore' ? '@eventstore/db-client' : '@kurrent/kurrentdb-client';
  const manifest = require.resolve(`${name}/package.json`);
  const own = createRequire(manifest);
  const folder = join(dirname(manifest), 'generated',
    client === 'eventstore' ? '.' : 'kurrentdb/protocols/v1');
  const load = (file: string): Message => require(join(folder, file));
  const groups = client === 'eventstore' ? 'persistent' : 'persistentsubscriptions';
  const newer = (file: string): Message =>
    require(join(folder, '../v2/streams', file)) as Message;
  const { Any } = own('google-protobuf/google/protobuf/any_pb') as Message;
  return {
    streams: load('streams_pb.js'),
    persistent: load(`${groups}_pb.js`),
    shared: load('shared_pb.js'),
    features: load('serverfeatures_pb.js'),
    gossip: load('gossip_pb.js'),
    status: load('status_pb.js'),
    Any,
    services: {
      streams: load('streams_grpc_pb.js').StreamsService,
      features: load('serverfeatures_grpc_pb.js').ServerFeaturesService,
      gossip: load('gossip_grpc_pb.js').GossipService,
      groups: load(`${groups}_grpc_pb.js`).PersistentSubscriptionsService,
      ...(client === 'kurrent' && {
        records: newer('streams_grpc_pb.js').StreamsServiceService,
      }),
    },
    ...(client === 'kurrent' && {
      records: newer('streams_pb.js'), recordErrors: newer('errors_pb.js'),
    }),
  };
}

/** A client of a service, for calls that no client makes. */
export type AnyClient = Client;

/** An event as an answer to a read: of streams, or of a group, which has messages of its own. */
export function readEvent(
  { streams, shared }: Protocol, event: DoubleEvent, messages: Message = streams,
): Message {
  const recorded = new messages.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(shared, event.id));
  recorded.setStreamIdentifier(identifier(shared, event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(String(event.position));
  recorded.setPreparePosition(String(event.position));
  recorded.getMetadataMap().set('type', event.type);
  recorded.getMetadataMap().set('content-type', event.contentType);
  recorded.getMetadataMap().set('created', '638000000000000000');
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const read = new messages.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(event.position));
  const response = new messages.ReadResp();
  response.setEvent(read);
  return response;
}

/** A stream's name as the protocol has it. */
export function identifier(shared: Message, stream: string): Message {
  const made = new shared.StreamIdentifier();
  made.setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
  return made;
}

/** The name in an identifier. */
export function nameIn(identifierMessage: Message): string {
  return Buffer.from(identifierMessage.getStreamName_asU8()).toString('utf8');
}

/** A UUID as the protocol has it. */
export function uuid(shared: Message, text: string): Message {
  const made = new shared.UUID();
  made.setString(text);
  return made;
}

/** The text of a UUID, however it is written. */
export function uuidText(message: Message): string {
  if (message.hasString()) return message.getString();
  const structured = message.getStructured();
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  const parts = [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]] as const;
  return parts.map(([from, to]) => hex.slice(from, to)).join('-');
}
