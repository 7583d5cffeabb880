// A protocol double of EventStoreDB: it speaks the streams protocol to the real clients, in memory.
//
// It shows what a client sends and how a store bears what a server may answer, faults included. It
// proves nothing of a server: not durability, not access control, not clusters, not scavenging.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { setTimeout as pause } from 'node:timers/promises';
import {
  connect, createServer, type AddressInfo, type Server as Front, type Socket,
} from 'node:net';
import { Faults, type CallName } from './faults.ts';
import { featureHandlers, gossipHandlers } from './handlers-other.ts';
import { groupHandlers } from './handlers-groups.ts';
import { recordHandlers } from './handlers-records.ts';
import { streamHandlers } from './handlers-streams.ts';
import { DoubleLog } from './log.ts';
import { protocolOf } from './protocol.ts';
import type { DoubleOptions, DoubleState } from './state.ts';

/** A running double. */
export class Double {
  readonly log: DoubleLog;
  readonly faults: Faults;
  readonly #state: DoubleState;
  readonly #server = new Server({ 'grpc.max_receive_message_length': -1 });
  readonly #sockets = new Set<Socket>();
  #front: Front | undefined;
  #port = 0;
  #innerPort = 0;

  private constructor(options: DoubleOptions) {
    this.log = new DoubleLog();
    this.faults = new Faults();
    this.#state = {
      batchAppend: true,
      appendRecords: options.client === 'kurrent',
      version: '26.1.0',
      appendBytesMax: 1024 * 1024,
      deletes: false,
      users: undefined,
      ...options,
      protocol: protocolOf(options.client),
      log: this.log,
      faults: this.faults,
      address: () => ({ host: '127.0.0.1', port: this.#port }),
      cut: () => this.cut(),
      subscribedFrom: [],
      sent: { events: 0 },
      parked: [],
      open: new Map(),
    };
  }

  /** Starts one on a free port. */
  static async start(options: DoubleOptions): Promise<Double> {
    const double = new Double(options);
    await double.#listen(options.tls);
    await double.up();
    return double;
  }

  /** The port that clients connect to. */
  get port(): number {
    return this.#port;
  }

  /** Where each subscription so far was asked to begin: a place, or the end. */
  get subscribedFrom(): readonly (bigint | 'end')[] {
    return this.#state.subscribedFrom;
  }

  /** How many events reads were answered with so far. */
  get eventsSent(): number {
    return this.#state.sent.events;
  }

  /** Why members of groups have set events aside so far, in order. */
  get parkedFor(): readonly string[] {
    return this.#state.parked;
  }

  /** Waits until so many calls of a kind are open; for a while. */
  async calls(kind: CallName, count: number): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const open = [...this.#state.open.values()].filter((one) => one === kind).length;
      if (open === count) return;
      if (tries === 100) throw new Error(`${open} ${kind} calls are open, not ${count}`);
      await pause(20);
    }
  }

  /** Breaks every connection; clients may connect again. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Lets nobody connect, until {@link up}. */
  async down(): Promise<void> {
    const front = this.#front;
    this.#front = undefined;
    const closed = new Promise((resolve) => front?.close(resolve) ?? resolve(undefined));
    this.cut();
    await closed;
  }

  /** Takes connections, on the same port as before. */
  async up(): Promise<void> {
    // In front of the server, so that a connection can be broken at any moment.
    const front = createServer((socket) => {
      const inner = connect(this.#innerPort, '127.0.0.1');
      for (const [from, to] of [[socket, inner], [inner, socket]] as const) {
        this.#sockets.add(from);
        from.setNoDelay(true);
        from.on('error', () => undefined);
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
    await new Promise<void>((resolve) => front.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (front.address() as AddressInfo).port;
    this.#front = front;
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    await this.down();
    this.#server.forceShutdown();
  }

  async #listen(tls: DoubleOptions['tls']): Promise<void> {
    const { services } = this.#state.protocol;
    this.#server.addService(services.streams, streamHandlers(this.#state));
    if (this.#state.version !== undefined) {
      this.#server.addService(services.features, featureHandlers(this.#state));
    }
    this.#server.addService(services.gossip, gossipHandlers(this.#state));
    this.#server.addService(services.groups, groupHandlers(this.#state));
    if (services.records !== undefined) {
      this.#server.addService(services.records, recordHandlers(this.#state));
    }
    const credentials = tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(
        tls.ca,
        [{ private_key: tls.key, cert_chain: tls.cert }],
        tls.asksForCertificate === true,
      );
    this.#innerPort = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync('127.0.0.1:0', credentials, (error, port) =>
        error === null ? resolve(port) : reject(error)));
  }
}
