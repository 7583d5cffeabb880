// How a double is made, and what the handlers of its calls share.
import type { CallName, Faults } from './faults.ts';
import type { DoubleLog } from './log.ts';
import type { ClientName, Protocol } from './protocol.ts';

/** How a double is made. */
export interface DoubleOptions {
  readonly client: ClientName;
  /** The version that it tells; `undefined` for a server that is too old to tell one. */
  readonly version?: string | undefined;
  /** Whether it takes appends as one shared call of both directions, as newer servers do. */
  readonly batchAppend?: boolean;
  /** Whether it appends to several streams at once. Only the newer client can ask for it. */
  readonly appendRecords?: boolean;
  /** Passwords by user; without any everybody may do everything, and there is no TLS. */
  readonly users?: Readonly<Record<string, string>>;
  readonly tls?: {
    readonly ca: Buffer;
    readonly cert: Buffer;
    readonly key: Buffer;
    /** Whether the server lets nobody in who shows no certificate of its authority. */
    readonly asksForCertificate?: boolean;
  };
  /** Bytes of one append that are refused above. */
  readonly appendBytesMax?: number;
  /** Whether streams can be deleted; a server whose access list forbids it says `denied`. */
  readonly deletes?: boolean;
}

/** What the handlers of calls share. */
export interface DoubleState extends Required<Omit<DoubleOptions, 'tls' | 'users' | 'version'>> {
  readonly version: string | undefined;
  readonly users: Readonly<Record<string, string>> | undefined;
  readonly protocol: Protocol;
  readonly log: DoubleLog;
  readonly faults: Faults;
  /** Host and port that clients connect to. */
  readonly address: () => { readonly host: string; readonly port: number };
  /** Breaks every connection. */
  readonly cut: () => void;
  /** Where each subscription was asked to begin: a place, or the end. */
  readonly subscribedFrom: (bigint | 'end')[];
  /** How many events reads were answered with. */
  readonly sent: { events: number };
  /** Why members of groups have set events aside, in order. */
  readonly parked: string[];
  /** Calls that are open now, and of what kind each is. */
  readonly open: Map<object, CallName>;
}
