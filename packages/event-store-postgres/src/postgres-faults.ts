// Every failure of PostgreSQL, its driver or the way to it as a named fault that says what to do.
import { Fault, type FaultParts } from '@himaya/event-store';

/** What the faults of one store say of where it is: never a password. */
export interface Place {
  /** `himaya in postgres://host:5432/cases`. */
  readonly name: string;
}

/** Names the store by what may be shown of its connection. */
export function placeOf(
  client: { readonly host: string; readonly port: number; readonly database?: string | undefined },
  schema: string,
): Place {
  return { name: `${schema} in postgres://${client.host}:${client.port}/${client.database ?? ''}` };
}

/** SQLSTATE of an error of the server, or the system's code of a failed connection. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** What the driver says when a connection ends under a call; it gives these no code. */
const CONNECTION_TEXTS = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'timeout expired',
  'timeout exceeded',
  'Query read timeout',
];

/** Codes of a system that cannot reach a server, and of a server that is going or starting. */
const CONNECTION_CODES = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH',
  'ENETUNREACH', 'ENOENT', '57P01', '57P02', '57P03',
]);

/** Whether the server could not be reached, or went away: whether it did its work is unknown. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (CONNECTION_CODES.has(code) || code.startsWith('08')) return true;
  const message = messageOf(error);
  return code === '' && CONNECTION_TEXTS.some((text) => message.startsWith(text));
}

/**
 * Whether a pooler stands before the server: it takes no settings of a session, or gives the next
 * statement to another session, which knows none by its name, or one that it is to be told of.
 */
function isPooled(error: unknown): boolean {
  return POOLED_CODES.has(codeOf(error)) || messageOf(error).startsWith(POOLED_TEXT);
}

const POOLED_CODES = new Set(['26000', '42P05']);
const POOLED_TEXT = 'unsupported startup parameter';

/** Whether there was to be TLS, and the server has none or shows what nobody here vouches for. */
function isUntrusted(error: unknown): boolean {
  return TLS_CODE.test(codeOf(error)) || messageOf(error).startsWith(TLS_TEXT);
}

/** How Node names what is wrong with a certificate or with what was agreed on. */
const TLS_CODE = /^(ERR_(TLS|SSL)_|CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED_|EPROTO$)/;
const TLS_TEXT = 'The server does not support SSL';

/** Whether the wait for a lock or for the statement was given up. */
export function isBusy(error: unknown): boolean {
  return ['55P03', '57014', '40P01', '40001', '53300'].includes(codeOf(error));
}

/** The fault for an error of the driver; what neither it nor the server raised stays as it is. */
export function postgresFault(error: unknown, attempted: string, place: Place): unknown {
  if (error instanceof Fault) return error;
  if (isPooled(error)) return storePooled(attempted, place, error);
  if (isConnectionLost(error)) return storeUnreachable(attempted, place, error);
  if (isBusy(error)) return storeBusy(attempted, place, error);
  if (isUntrusted(error)) return storeUntrusted(attempted, place, error);
  const code = codeOf(error);
  if (code === '') return error;
  const known = FAULT_OF_CODE.get(code) ?? FAULT_OF_CODE.get(code.slice(0, 2));
  return known?.(attempted, place, error) ?? storeFailed(attempted, place, error);
}

type Make = (attempted: string, place: Place, cause: unknown) => Fault;

const FAULT_OF_CODE: ReadonlyMap<string, Make> = new Map<string, Make>([
  ['53100', storeFull],
  ['53200', storeFull],
  ['25006', storeReadOnly],
  ['42501', storeDenied],
  ['28', storeDenied],
  ['3D000', storeMissing],
  ['3F000', storeMissing],
  ['42P01', storeMissing],
  ['42883', storeMissing],
  ['XX001', storeCorrupt],
  ['XX002', storeCorrupt],
  ['23', storeCorrupt],
]);

/** The log's lock was held, or the server was busy, for the whole wait. */
export function storeBusy(attempted: string, place: Place, cause?: unknown): Fault {
  return fault('store-busy', attempted, place, {
    found: 'the server did not get to it within the wait; whether it was recorded is unknown',
    todo: 'Repeat the call, an append with the same entries; if it stays so, look for a session ' +
      'that holds locks.',
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
    todo: 'Check host, port and network, and that the server runs; then repeat the call: a ' +
      'repeated append records nothing twice.',
    cause,
  });
}

/** The tables that were found are not those of this version. */
export function storeSchemaChanged(place: Place, differences: readonly string[]): Fault {
  return fault('store-schema-changed', 'Cannot trust the store', place, {
    found: `its schema was changed (${differences.join('; ')})`,
    todo: 'Find out who changed it; restore a backup beside it, and verify both.',
    data: { differences },
  });
}

/** The store was created by another version of this package. */
export function storeSchemaUnknown(place: Place, found: number, known: number): Fault {
  return fault('store-schema-unknown', 'Cannot open the store', place, {
    found: `its schema is version ${found} and this package knows version ${known}`,
    todo: found > known
      ? 'Use the version of this package that created it; nothing was changed.'
      : 'Run the migration of this package, then open it again; nothing was changed.',
  });
}

function storePooled(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-pooled', attempted, place, {
    found: `a connection pooler is in between (${messageOf(cause)}); nothing was recorded`,
    todo: 'Connect to the server itself, or have PgBouncer pool sessions, with ' +
      'ignore_startup_parameters = lock_timeout,statement_timeout,options.',
    cause,
  });
}

function storeUntrusted(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-untrusted', attempted, place, {
    found: `no TLS with it can be trusted (${messageOf(cause)}); nothing was sent`,
    todo: "Give the authority of the server's certificate in ssl: { ca }, and the name that it is for.",
    cause,
  });
}

/** The schema holds something, and it is no store. */
export function storeForeign(place: Place, found: string): Fault {
  return fault('store-foreign', 'Cannot open the store', place, {
    found,
    todo: 'Name another schema, or another database; nothing was changed.',
  });
}

/** There is no store there yet. */
export function storeNotCreated(place: Place): Fault {
  return fault('store-missing', 'Cannot open the store', place, {
    found: 'there is no store yet',
    todo: 'Check the database and schema; create it with migratePostgresStore or the SQL of ' +
      'migrationSql, or open it with migrate: true.',
  });
}

/** The server is older than those this store was tried on. */
export function storeServerTooOld(place: Place, version: string): Fault {
  return fault('store-server-too-old', 'Cannot open the store', place, {
    found: `the server is PostgreSQL ${version}`,
    todo: 'Use PostgreSQL 15 or newer; nothing was changed.',
    data: { least: 'PostgreSQL 15' },
  });
}

/** A setting of the server that takes the promise of an acknowledgement away. */
export function storeNotDurable(place: Place, found: string): Fault {
  return fault('store-not-durable', 'Cannot open the store', place, {
    found,
    todo: "Set it on, or open the store with durability: 'normal'; nothing was recorded.",
  });
}

/** A read of a stream does not find what its head promises. */
export function streamCorrupt(
  place: Place, stream: string, position: number, found: string,
): Fault {
  return fault('store-corrupt', `Cannot read ${JSON.stringify(stream)} at ${position} in`, place, {
    found: `the store is damaged (${found})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    data: { stream, position },
  });
}

/** An option that no store can be opened with. */
export function optionInvalid(option: string, found: string, todo: string): Fault {
  return new Fault({
    code: 'option-invalid', attempted: `Cannot open a store with this ${option}`, found, todo,
  });
}

function storeFull(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-full', attempted, place, {
    found: 'the server has no room for it; nothing of it was recorded',
    todo: 'Free space on its disk, then append the same entries again; the store stays open.',
    cause,
  });
}

function storeReadOnly(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-read-only', attempted, place, {
    found: 'the server only reads: a standby, or a session that is set read-only',
    todo: 'Connect to the primary.',
    cause,
  });
}

function storeDenied(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-denied', attempted, place, {
    found: `the server refuses this user (${messageOf(cause)})`,
    todo: 'Check user and password, and grant the role what migrationSql grants.',
    cause,
  });
}

function storeMissing(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-missing', attempted, place, {
    found: messageOf(cause),
    todo: 'Check the names of database and schema, and that the migration was run there.',
    cause,
  });
}

function storeCorrupt(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-corrupt', attempted, place, {
    found: `the store is damaged (${messageOf(cause)})`,
    todo: 'Keep it, restore a backup beside it, and verify both.',
    cause,
  });
}

function storeFailed(attempted: string, place: Place, cause: unknown): Fault {
  return fault('store-failed', attempted, place, {
    found: `PostgreSQL says ${JSON.stringify(messageOf(cause))}`,
    todo: "Look into the server's log, then repeat the call.",
    cause,
  });
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
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
