// The memory store: the worked example of the port, and the reference other stores are compared to.
import { checkAppend, checkCount, checkFrom, sameHead } from './check-append.ts';
import { headOf } from './codec.ts';
import { aborted, storeClosed } from './store-faults.ts';
import type {
  Append,
  AppendOutcome,
  CallOptions,
  EventStore,
  GlobalPosition,
  Head,
  LogPage,
  NonEmpty,
  RecordedEntry,
  StoreCapabilities,
  StreamHead,
  StreamPage,
  StreamWrite,
} from './port.ts';
import type { Position, StreamName } from './entry.ts';
import { WakeUps } from './wake-ups.ts';

interface MemoryStream {
  readonly entries: RecordedEntry[];
  head: Head;
}
type Appended = Extract<AppendOutcome, { kind: 'appended' }>;

/**
 * A store in this process's memory: everything a store promises except that it survives.
 *
 * An append takes effect inside the call, so appends take effect in call order. Bytes are copied
 * on the way in and on the way out, so that no caller can alter what is recorded.
 */
export class MemoryEventStore implements EventStore {
  readonly capabilities: StoreCapabilities = {
    name: 'memory',
    multiStreamAppend: true,
    durability: 'volatile',
  };
  readonly #streams = new Map<StreamName, MemoryStream>();
  readonly #log: RecordedEntry[] = [];
  readonly #wakeUps = new WakeUps();
  #closed = false;

  async append(request: Append, options: CallOptions = {}): Promise<AppendOutcome> {
    checkAppend(request);
    if (this.#closed) throw storeClosed('append');
    if (options.signal?.aborted === true) throw aborted('append');
    const conflict = this.#conflictOf(request);
    if (conflict !== undefined) return this.#repeatOf(request) ?? conflict;
    for (const write of request.writes) this.#record(write);
    this.#wakeUps.wake();
    return appended(request.writes, this.#last());
  }

  async readStream(stream: StreamName, from: Position, countMax: number): Promise<StreamPage> {
    const count = checkCount(countMax);
    checkFrom(from);
    if (this.#closed) throw storeClosed('read');
    const found = this.#streams.get(stream);
    if (found === undefined) return { entries: [], head: 'none' };
    return { entries: found.entries.slice(from, from + count).map(copyOf), head: found.head };
  }

  async readAll(after: GlobalPosition, countMax: number): Promise<LogPage> {
    const count = checkCount(countMax);
    if (this.#closed) throw storeClosed('read');
    const start = after < 0n ? 0 : Number(after) + 1;
    const entries = this.#log.slice(start, start + count).map(copyOf);
    return { entries, next: entries.at(-1)?.globalPosition ?? after };
  }

  watch(signal: AbortSignal): AsyncIterable<void> {
    if (this.#closed) throw storeClosed('watch');
    return this.#wakeUps.watch(signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wakeUps.end();
  }

  /** The first stream, written ones first, that is not where the request expects it. */
  #conflictOf(request: Append): Extract<AppendOutcome, { kind: 'conflict' }> | undefined {
    for (const { stream, expected } of request.writes) {
      const found = this.#headOf(stream);
      if (!sameHead(expected, found)) return { kind: 'conflict', stream, expected, found };
    }
    for (const { stream, head: expected } of request.unchanged ?? []) {
      const found = this.#headOf(stream);
      if (!sameHead(expected, found)) return { kind: 'conflict', stream, expected, found };
    }
    return undefined;
  }

  /** The outcome of this append if exactly these entries are recorded already, in every stream. */
  #repeatOf({ writes }: Append): Appended | undefined {
    let last = -1n as GlobalPosition;
    for (const { stream, entries } of writes) {
      const recorded = this.#streams.get(stream)?.entries;
      for (const entry of entries) {
        const same = recorded?.[entry.position];
        if (same === undefined || same.hash !== entry.hash) return undefined;
        if (same.globalPosition > last) last = same.globalPosition;
      }
    }
    return appended(writes, last);
  }

  #record({ stream, entries }: StreamWrite): void {
    for (const entry of entries) {
      const recorded: RecordedEntry = Object.freeze({
        stream,
        position: entry.position,
        globalPosition: BigInt(this.#log.length) as GlobalPosition,
        type: entry.type,
        hash: entry.hash,
        bytes: entry.bytes.slice(),
      });
      const known = this.#streams.get(stream);
      if (known === undefined) {
        this.#streams.set(stream, { entries: [recorded], head: Object.freeze(headOf(entry)) });
      } else {
        known.entries.push(recorded);
        known.head = Object.freeze(headOf(entry));
      }
      this.#log.push(recorded);
    }
  }

  #headOf(stream: StreamName): Head | 'none' {
    return this.#streams.get(stream)?.head ?? 'none';
  }

  #last(): GlobalPosition {
    return BigInt(this.#log.length - 1) as GlobalPosition;
  }
}

/** The outcome of recording `writes`, the last entry at `last`: the same for every store. */
export function appended(writes: NonEmpty<StreamWrite>, last: GlobalPosition): Appended {
  const heads = writes.map(({ stream, entries }) => {
    const entry = entries[entries.length - 1] ?? entries[0];
    return { stream, head: headOf(entry) };
  }) as unknown as NonEmpty<StreamHead & { head: Head }>;
  return { kind: 'appended', heads, last };
}

function copyOf(recorded: RecordedEntry): RecordedEntry {
  return { ...recorded, bytes: recorded.bytes.slice() };
}
