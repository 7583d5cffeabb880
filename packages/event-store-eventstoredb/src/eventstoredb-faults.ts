// Every failure of the server, its client or the way to it as a named fault that says what to do.
import { Fault, type FaultParts } from '@himaya/event-store';
import { SERVER_VERSION_MIN } from './limits.ts';

/** What the faults of one store say of where it is: never a password. */
export interface Place {
  /** `himaya in esdb://host:2113`. */
  readonly name: string;
}

/** A call that was not answered within its time. Whether the server did its work is unknown. */
export class Unanswered extends Error {
  readonly type = 'unanswered';
}

/** Kinds of errors, as both clients name them, where the server or the way to it has gone. */
const LOST_TYPES = new Set([
  'unanswered', 'unavailable', 'cancelled', 'not-leader', 'deadline-exceeded', 'timeout',
]);
/** gRPC: cancelled, deadline exceeded, aborted, unavailable. Some errors have this and no type. */
const LOST_CODES = new Set([1, 4, 10, 14]);

/** How reads of the newer client word the same: its errors have neither there. */
const LOST_TEXT = /operation was (cancelled|aborted)|Deadline expired|currently unavailable/;

/** The client's own name of an error's kind. Never `instanceof`: there are two clients. */
export function typeOf(error: unknown): string {
  const { type } = (error ?? {}) as { readonly type?: unknown };
  return typeof type === 'string' ? type : '';
}

/** Whether the server could not be reached, or went away: whether it did its work is unknown. */
export function isConnectionLost(error: unknown): boolean {
  const type = typeOf(error);
  if (LOST_TYPES.has(type)) return true;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (type === '' && typeof code === 'number') return LOST_CODES.has(code);
  if (type === 'unknown') return LOST_TEXT.test(messageOf(error));
  return type === '' && messageOf(error).startsWith('Failed to discover');
}

/** Whether the server was there, and did not answer in time. */
export function isLate(error: unknown): boolean {
  return ['unanswered', 'deadline-exceeded', 'timeout'].includes(typeOf(error));
}

/** Whether the server found a stream elsewhere than the append expects it. */
export function isWrongRevision(error: unknown): boolean {
  const type = typeOf(error);
  return type === 'wrong-expected-version' || type === 'append-consistency-violation';
}

/** Whether the stream was deleted for good. */
export function isDeleted(error: unknown): boolean {
  const type = typeOf(error);
  return type === 'stream-deleted' || type === 'stream-tombstoned';
}

/** Whether there is no such stream. */
export function isNoStream(error: unknown): boolean {
  return typeOf(error) === 'stream-not-found';
}

/** Whether the group of consumers has as many members as it takes. */
export function isGroupFull(error: unknown): boolean {
  return typeOf(error) === 'maximum-subscribers-reached';
}

/** The fault for an error of the client; what is none of its errors stays as it is. */
export function eventStoreDbFault(error: unknown, attempted: string, place: Place): unknown {
  if (error instanceof Fault) return error;
  const type = typeOf(error);
  if (type === 'not-leader') return storeReadOnly(attempted, place, error);
  if (isLate(error)) return storeBusy(attempted, place, error);
  if (isConnectionLost(error)) return storeUnreachable(attempted, place, error);
  if (type === 'access-denied') return storeDenied(attempted, place, error);
  if (TOO_LARGE.has(type)) return appendTooLarge(place, messageOf(error), error);
  if (isDeleted(error)) return storeCorrupt(attempted, place, error);
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (type === '' && code === undefined) return error;
  if (code === 16 || code === 7) return storeDenied(attempted, place, error);
  return storeFailed(attempted, place, error);
}

const TOO_LARGE = new Set([
  'maximum-append-size-exceeded', 'transaction-max-size-exceeded', 'append-record-size-exceeded',
]);

/** The server did not get to it within the wait. */
export function storeBusy(attempted: string, place: Place, cause?: unknown): Fault {
  return fault('store-busy', attempted, place, {
    found: 'the server did not answer within the wait; whether it was recorded is unknown',
    todo: 'Repeat the call, an append with the same entries; if it stays so, look at the load ' +
      'and the disks of the leader.',
    cause,
  });
}

/** More appends wait than the queue takes: nothing of this one was recorded. */
export function storeOverloaded(place: Place, waiting: number): Fault {
  return fault('store-busy', 'Cannot append to', place, {
    found: `${waiting} appends are waiting already`,
    todo: 'Append the same entries again when some of those have been answered.',
  });
}

/** Nobody answers there. */
export function storeUnreachable(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-unreachable', attempted, place, {
    found: `the server does not answer (${messageOf(cause)})`,
    todo: 'Check host, port, TLS and network, and that a leader is elected; then repeat the ' +
      'call: a repeated append records nothing twice.',
    cause,
  });
}

/** The server is older than what this store needs. */
export function storeServerTooOld(place: Place, version: string): Fault {
  const told = version === 'unknown' ? 'does not tell its version' : `is version ${version}`;
  return fault('store-server-too-old', 'Cannot open the store', place, {
    found: `the server ${told}`,
    todo: `Use version ${SERVER_VERSION_MIN.join('.')} or newer; nothing was changed.`,
    data: { least: `EventStoreDB ${SERVER_VERSION_MIN.join('.')}` },
  });
}

/** There is no store there yet. */
export function storeNotCreated(place: Place): Fault {
  return fault('store-missing', 'Cannot open the store', place, {
    found: 'there is no store of this namespace',
    todo: 'Check the address and the namespace; open it with create: true to create it.',
  });
}

/** The store was created by another version of this package. */
export function storeSchemaUnknown(place: Place, found: string): Fault {
  return fault('store-schema-unknown', 'Cannot open the store', place, {
    found: `it was created in format ${found}, which this package does not know`,
    todo: 'Use the version of this package that created it; nothing was changed.',
  });
}

/** The streams hold something that is no entry. */
export function storeForeign(
  place: Place, attempted: string, at: { stream: string; position: number }, found: string,
): Fault {
  return fault('store-foreign', attempted, place, {
    found: `"${at.stream}" holds at ${at.position} what is no entry: ${found}`,
    todo: 'Name another namespace, or find out who writes there; nothing was changed.',
    data: { ...at },
  });
}

/** A stream is not as whole as its head promises. */
export function streamCorrupt(
  place: Place, stream: string, position: number, found: string,
): Fault {
  return fault('store-corrupt', `Cannot read ${JSON.stringify(stream)} at ${position} in`, place, {
    found: `the store is damaged (${found})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    data: { stream, position },
  });
}

/** More bytes than the server takes in one append: nothing was recorded. */
export function appendTooLarge(place: Place, found: string, cause?: unknown): Fault {
  return fault('append-too-large', 'Cannot append to', place, {
    found,
    todo: 'Split the decision, keep large content outside and record its digest, or raise ' +
      'MaxAppendSize of the server and appendBytesMax of the store.',
    cause,
  });
}

/** The server's answers do not fit each other: what became of the append is unknown. */
export function appendUnclear(place: Place): Fault {
  return fault('store-failed', 'Cannot append to', place, {
    found: 'the entries are not there, and every stream is where they expect it',
    todo: 'Append the same entries again; if it stays so, find out what stands between.',
  });
}

/** Without places the log cannot be read on without passing something over. */
export function placeUntold(place: Place): Fault {
  return fault('store-failed', 'Cannot read', place, {
    found: 'the server does not tell where in its log an event is',
    todo: 'Find out what stands between; the server itself tells it.',
  });
}

/** An option that no store can be opened with. */
export function optionInvalid(option: string, found: string, todo: string): Fault {
  return new Fault({
    code: 'option-invalid', attempted: `Cannot open a store with this ${option}`, found, todo,
  });
}

/** The store was opened for reading only. */
export function openedReadOnly(place: Place): Fault {
  return fault('store-read-only', 'Cannot append to', place, {
    found: 'it was opened for reading only',
    todo: 'Open it without readOnly.',
  });
}

function storeReadOnly(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-read-only', attempted, place, {
    found: 'the node that answers is not the leader, and no leader took its place in time',
    todo: 'Connect to the cluster, not to a replica that only reads.',
    cause,
  });
}

function storeDenied(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-denied', attempted, place, {
    found: `the server refuses this user (${messageOf(cause)})`,
    todo: 'Check user and password, and that the user may read $all and the streams of the store.',
    cause,
  });
}

function storeCorrupt(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-corrupt', attempted, place, {
    found: `the store is damaged: a stream was deleted (${messageOf(cause)})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    cause,
  });
}

function storeFailed(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-failed', attempted, place, {
    found: `the server says ${JSON.stringify(messageOf(cause))}`,
    todo: "Look into the server's log, then repeat the call.",
    cause,
  });
}

/** An error's first line: that is all that a person is shown of it. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

function fault(
  code: string,
  attempted: string,
  place: Place,
  { data, ...rest }: Pick<FaultParts, 'found' | 'todo' | 'cause' | 'data'>,
): Fault {
  return new Fault({
    code, attempted: `${attempted} ${place.name}`, ...rest, data: { store: place.name, ...data },
  });
}
