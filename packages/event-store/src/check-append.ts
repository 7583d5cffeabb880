// What every store refuses before it touches its storage: limits, names and broken chains.
import type { Entry } from './entry.ts';
import { isHash, isInstant } from './envelope.ts';
import { Fault } from './fault.ts';
import {
  APPEND_BYTES_MAX,
  APPEND_ENTRIES_MAX,
  APPEND_STREAMS_MAX,
  ENTRY_BYTES_MAX,
  READ_COUNT_MAX,
} from './limits.ts';
import type { Append, Head, StreamWrite } from './port.ts';
import { isSealed } from './sealed-entry.ts';
import { checkStreamName } from './stream-name.ts';

/**
 * Refuses an append that no store may accept, without any I/O. Every store calls this first.
 *
 * @throws Fault `append-too-large` over a limit of `limits.ts`; `stream-name-invalid`;
 * `append-invalid` if there is nothing to write, a stream is named twice or a head is malformed;
 * `entry-invalid` if an entry was not made by `sealEntry`, belongs to another stream, or does not
 * continue `expected` in position, `prev` and time.
 */
export function checkAppend(request: Append): void {
  const { writes, unchanged } = request;
  if (writes.length === 0) throw appendInvalid('the append', 'it writes no stream');
  const streams = writes.length + (unchanged?.length ?? 0);
  if (streams > APPEND_STREAMS_MAX) {
    throw tooLarge(`an append of ${streams} streams`, `${APPEND_STREAMS_MAX} streams`);
  }
  let entries = 0;
  let bytes = 0;
  for (const write of writes) {
    entries += write.entries.length;
    if (entries > APPEND_ENTRIES_MAX) {
      throw tooLarge(`${entries} entries or more`, `${APPEND_ENTRIES_MAX} in one append`);
    }
    bytes += checkWrite(write);
  }
  if (bytes > APPEND_BYTES_MAX) {
    throw tooLarge(`${bytes} bytes`, `${APPEND_BYTES_MAX} in one append`);
  }
  for (const { stream, head } of unchanged ?? []) checkHead(stream, head);
  if (streams > 1) checkDistinct(request);
}

/**
 * The same append in lists of its own: for a store that answers later, so that a caller who goes on
 * with its lists meanwhile cannot change what was asked and checked.
 */
export function copyAppend({ writes, unchanged }: Append): Append {
  const copied = writes.map(({ stream, expected, entries }) => ({
    stream, expected, entries: [...entries],
  })) as unknown as Append['writes'];
  return { writes: copied, ...(unchanged === undefined ? {} : { unchanged: [...unchanged] }) };
}

/**
 * How many waiting appends, from the first on, a store that gathers them records together: at least
 * one if any waits, at most `appendsMax`, and none more once their entries have `bytesMax` bytes.
 */
export function countThatFits(
  waiting: readonly { readonly request: Append }[],
  appendsMax: number,
  bytesMax: number,
): number {
  let bytes = 0;
  let count = 0;
  for (const { request } of waiting) {
    if (count >= appendsMax) break;
    for (const { entries } of request.writes) {
      for (const entry of entries) bytes += entry.bytes.byteLength;
    }
    if (count > 0 && bytes > bytesMax) break;
    count += 1;
  }
  return count;
}

/** Throws Fault `read-invalid` for a count that is no integer from 1; clamps to the page limit. */
export function checkCount(countMax: number): number {
  if (Number.isSafeInteger(countMax) && countMax >= 1) return Math.min(countMax, READ_COUNT_MAX);
  throw new Fault({
    code: 'read-invalid',
    attempted: 'Cannot read a page',
    found: `countMax is ${String(countMax)}`,
    todo: `Ask for 1 to ${READ_COUNT_MAX} entries; a page may be shorter.`,
  });
}

/** Throws Fault `read-invalid` for a start that is no integer from 0. */
export function checkFrom(from: number): void {
  if (Number.isSafeInteger(from) && from >= 0) return;
  throw new Fault({
    code: 'read-invalid',
    attempted: 'Cannot read a stream',
    found: `from is ${String(from)}`,
    todo: 'Read from a position: an integer from 0.',
  });
}

/** Whether two heads are the same place of the same history. */
export function sameHead(one: Head | 'none', other: Head | 'none'): boolean {
  if (one === 'none' || other === 'none') return one === other;
  return (
    one.position === other.position &&
    one.hash === other.hash &&
    one.recordedAt === other.recordedAt
  );
}

function checkWrite(write: StreamWrite): number {
  const { stream, expected, entries } = write;
  checkHead(stream, expected);
  if (entries.length === 0) throw appendInvalid(`"${stream}"`, 'it has no entries to write');
  let position = expected === 'none' ? -1 : expected.position;
  let prev = expected === 'none' ? null : expected.hash;
  let recordedAt = expected === 'none' ? '' : expected.recordedAt;
  let bytes = 0;
  for (const entry of entries) {
    position += 1;
    if (!isSealed(entry)) throw entryInvalid(stream, position, 'it was not made by sealEntry');
    if (entry.stream !== stream || entry.position !== position) {
      throw entryInvalid(stream, position, `it is for "${entry.stream}" at ${entry.position}`);
    }
    if (entry.prev !== prev) throw entryInvalid(stream, position, 'prev is not the entry before');
    if (entry.recordedAt < recordedAt) {
      throw entryInvalid(stream, position, 'it is recorded before the entry before it');
    }
    if (entry.bytes.byteLength > ENTRY_BYTES_MAX) throw entryTooLarge(entry);
    bytes += entry.bytes.byteLength;
    prev = entry.hash;
    recordedAt = entry.recordedAt;
  }
  return bytes;
}

function checkHead(stream: string, head: Head | 'none'): void {
  checkStreamName(stream, 'Cannot append');
  if (head === 'none') return;
  if (typeof head !== 'object' || head === null) {
    throw appendInvalid(`"${stream}"`, 'no expected head is given');
  }
  const placed = Number.isSafeInteger(head.position) && head.position >= 0;
  if (!placed || !isHash(head.hash) || !isInstant(head.recordedAt)) {
    throw appendInvalid(`"${stream}"`, 'its head is not { position, hash, recordedAt }');
  }
}

function checkDistinct({ writes, unchanged }: Append): void {
  const seen = new Set<string>();
  for (const { stream } of [...writes, ...(unchanged ?? [])]) {
    if (seen.has(stream)) throw appendInvalid(`"${stream}"`, 'it is named more than once');
    seen.add(stream);
  }
}

function entryTooLarge(entry: Entry): Fault {
  return tooLarge(
    `an entry of ${entry.bytes.byteLength} bytes ("${entry.stream}" at ${entry.position})`,
    `${ENTRY_BYTES_MAX} bytes for one entry`,
  );
}

function tooLarge(found: string, limit: string): Fault {
  return new Fault({
    code: 'append-too-large',
    attempted: 'Cannot append',
    found: `${found}, and the limit is ${limit}`,
    todo: 'Split the decision, or keep large content outside and record its digest.',
  });
}

function appendInvalid(what: string, found: string): Fault {
  return new Fault({
    code: 'append-invalid',
    attempted: `Cannot append to ${what}`,
    found,
    todo: 'Name each stream once, with the head its last read or append returned, or "none".',
  });
}

function entryInvalid(stream: string, position: number, found: string): Fault {
  return new Fault({
    code: 'entry-invalid',
    attempted: `Cannot append to "${stream}" at position ${position}`,
    found,
    todo: 'Seal consecutive entries with sealEntry, each naming the hash of the one before.',
    data: { stream, position },
  });
}
