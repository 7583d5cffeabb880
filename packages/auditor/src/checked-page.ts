// Pages of a stream as reading commands trust them: each entry is in its place and what was recorded.
import { Fault, hashEntry, readEnvelope } from '@himaya/event-store';
import type { Position, RecordedEntry, StreamName, StreamPage } from '@himaya/event-store';
import { RECORD_CHANGED } from './failure.ts';

/** Compares what a store lists with what the entries say, stream by stream. */
export class PageChecker {
  /** The last entry of the page before: the next one continues it, if it is of the same stream. */
  #last: Pick<RecordedEntry, 'stream' | 'position' | 'hash'> | undefined;

  /**
   * Checks a page that was read from `from` on. What other streams say, whether bytes are canonical,
   * and what follows the head are verification's to find.
   *
   * @throws Fault `record-changed` at the first entry that differs; `entry-unreadable`.
   */
  check(stream: StreamName, from: Position, page: StreamPage): void {
    let last = this.#last?.stream === stream ? this.#last : undefined;
    if (last?.position !== from - 1) last = undefined;
    for (const [index, entry] of page.entries.entries()) {
      const problem = problemOf(entry, stream, from + index, last?.hash);
      if (problem !== undefined) throw recordChanged(stream, from + index, problem);
      last = entry;
    }
    this.#last = last;
  }
}

function problemOf(
  entry: RecordedEntry,
  stream: StreamName,
  position: Position,
  prev: string | undefined,
): string | undefined {
  if (hashEntry(entry.bytes) !== entry.hash) return 'its bytes do not have the recorded hash';
  const envelope = readEnvelope(entry.bytes);
  if (envelope.stream !== stream || envelope.position !== position) {
    return `its bytes belong to ${envelope.stream} at ${envelope.position}`;
  }
  if (envelope.type !== entry.type) return `it is listed as ${JSON.stringify(entry.type)}`;
  if (prev !== undefined && envelope.prev !== prev) {
    return 'it does not name the hash of the entry before it';
  }
  return undefined;
}

function recordChanged(stream: StreamName, position: Position, found: string): Fault {
  return new Fault({
    code: RECORD_CHANGED,
    attempted: `Cannot trust ${JSON.stringify(stream)} at position ${position}`,
    found,
    todo: 'Run "himaya verify", which names the first bad entry of the whole record',
    data: { stream, position },
  });
}
