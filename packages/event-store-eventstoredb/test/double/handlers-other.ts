// The double's small services: what the server can do, and which nodes a cluster has.
import { status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { refusal, refusalOf } from './answers.ts';
import type { DoubleState } from './state.ts';
import { uuid, type Message } from './protocol.ts';

/** Which methods the server says that it has. */
export function featureHandlers(state: DoubleState): UntypedServiceImplementation {
  const { features } = state.protocol;
  const method = (service: string, name: string): Message => {
    const made = new features.SupportedMethod();
    made.setServiceName(service);
    made.setMethodName(name);
    return made;
  };
  return {
    getSupportedMethods: async (_: Message, callback: Message) => {
      const fault = await state.faults.take('features');
      if (fault === 'silent') return;
      const refused = fault && refusalOf(state, fault);
      if (refused) return callback(refused);
      const answer = new features.SupportedMethods();
      answer.setEventStoreServerVersion(state.version);
      answer.addMethods(method('event_store.client.streams.Streams', 'read'));
      if (state.batchAppend) {
        answer.addMethods(method('event_store.client.streams.Streams', 'batchappend'));
      }
      if (state.appendRecords) {
        answer.addMethods(method('kurrentdb.protocol.v2.streams.streamsservice', 'appendrecords'));
      }
      for (const name of ['create', 'read', 'replayparked']) {
        const service = 'event_store.client.persistent_subscriptions.PersistentSubscriptions';
        const one = method(service, name);
        one.setFeaturesList(['stream', 'all']);
        answer.addMethods(one);
      }
      callback(null, answer);
    },
  };
}

/** A cluster of one node, which is its leader. */
export function gossipHandlers(state: DoubleState): UntypedServiceImplementation {
  const { gossip, shared } = state.protocol;
  return {
    read: (_: Message, callback: Message) => {
      const { host, port } = state.address();
      if (port === 0) return callback(refusal(status.UNAVAILABLE, 'not yet'));
      const endpoint = new gossip.EndPoint();
      endpoint.setAddress(host);
      endpoint.setPort(port);
      const member = new gossip.MemberInfo();
      member.setInstanceId(uuid(shared, '00000000-0000-4000-8000-000000000000'));
      member.setTimeStamp('0');
      member.setState(gossip.MemberInfo.VNodeState.LEADER);
      member.setIsAlive(true);
      member.setHttpEndPoint(endpoint);
      const info = new gossip.ClusterInfo();
      info.addMembers(member);
      callback(null, info);
    },
  };
}
