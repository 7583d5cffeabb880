// The shape of an envelope: what sealing refuses to write and reading refuses to believe.
import type { EntryActor, EntryRead, Envelope } from './entry.ts';
import { isStreamName } from './stream-name.ts';

const KNOWN = new Set(
  ('actor after basis causation claimedAt command correlation data id lateReason occurredAt ' +
    'position prev procedure reads reason recordedAt schema sig stream type v').split(' '),
);
const OPTIONAL_TEXTS = [
  'after', 'basis', 'causation', 'claimedAt', 'lateReason', 'reason', 'sig',
] as const satisfies readonly (keyof Envelope)[];
const REQUIRED_TEXTS = [
  'id', 'type', 'correlation', 'procedure',
] as const satisfies readonly (keyof Envelope)[];
/** The last character carries four bits of the hash, hence only these. */
const HASH_FORM = /^[\w-]{42}[AEIMQUYcgkosw048]$/;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with an envelope, as `<field> …`, or `undefined` if its shape is right. */
export function envelopeProblem(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is not an object';
  const envelope = value as unknown as Envelope;
  for (const key in value) {
    if (!KNOWN.has(key)) return `${JSON.stringify(key)} is not a known field`;
  }
  if (envelope.v !== 1) return '"v" is not 1';
  for (const key of REQUIRED_TEXTS) {
    if (!isText(envelope[key])) return `"${key}" is not a non-empty string`;
  }
  for (const key of OPTIONAL_TEXTS) {
    const text = envelope[key];
    if (text !== undefined && typeof text !== 'string') return `"${key}" is not a string`;
  }
  if (!isPlace(envelope.schema) || envelope.schema < 1) return '"schema" is not an integer from 1';
  if (!isObject(envelope.data)) return '"data" is not an object';
  return placeProblem(envelope) ?? partsProblem(envelope);
}

function placeProblem(envelope: Envelope): string | undefined {
  if (!isStreamName(envelope.stream)) return '"stream" is not <category>-<id>';
  if (!isPlace(envelope.position)) return '"position" is not an integer from 0';
  if (envelope.position === 0) {
    if (envelope.prev !== null) return '"prev" is not null at position 0';
  } else if (!isHash(envelope.prev)) return '"prev" is not a hash of 43 characters';
  if (!isInstant(envelope.occurredAt)) return '"occurredAt" is not YYYY-MM-DDTHH:mm:ss.sssZ';
  if (!isInstant(envelope.recordedAt)) return '"recordedAt" is not YYYY-MM-DDTHH:mm:ss.sssZ';
  return undefined;
}

function partsProblem(envelope: Envelope): string | undefined {
  if (!isActor(envelope.actor)) return '"actor" is not { staff, role, office, onBehalfOf? }';
  if (!isCommand(envelope.command)) return '"command" is not { id, name }';
  const reads: unknown = envelope.reads;
  if (reads === undefined) return undefined;
  if (!Array.isArray(reads)) return '"reads" is not a list';
  return reads.every(isRead) ? undefined : '"reads" holds something not { stream, position, hash }';
}

function isActor(value: unknown): value is EntryActor {
  if (!isObject(value)) return false;
  for (const key in value) {
    if (key !== 'staff' && key !== 'role' && key !== 'office' && key !== 'onBehalfOf') return false;
  }
  const behalf = value.onBehalfOf;
  if (behalf !== undefined && typeof behalf !== 'string') return false;
  return isText(value.staff) && isText(value.role) && isText(value.office);
}

function isCommand(value: unknown): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (key !== 'id' && key !== 'name') return false;
  return isText(value.id) && isText(value.name);
}

function isRead(value: unknown): value is EntryRead {
  if (!isObject(value)) return false;
  for (const key in value) {
    if (key !== 'stream' && key !== 'position' && key !== 'hash') return false;
  }
  if (!isStreamName(value.stream)) return false;
  return value.position === -1 ? value.hash === '' : isPlace(value.position) && isHash(value.hash);
}

/** Whether `value` is an instant in the canonical form, on a day that exists. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== 24) return false;
  for (let index = 0; index < 24; index += 1) {
    const mask = 'dddd-dd-ddTdd:dd:dd.dddZ'.charCodeAt(index);
    const code = value.charCodeAt(index);
    if (mask === 0x64 ? code < 0x30 || code > 0x39 : code !== mask) return false;
  }
  const month = pair(value, 5);
  const day = pair(value, 8);
  if (pair(value, 11) > 23 || pair(value, 14) > 59 || pair(value, 17) > 59) return false;
  if (day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day !== 29 || isLeap(pair(value, 0) * 100 + pair(value, 2));
}

/** Whether `value` has the form of a hash: SHA-256 as base64url without padding. */
export function isHash(value: unknown): value is string {
  return typeof value === 'string' && value.length === 43 && HASH_FORM.test(value);
}

function pair(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
