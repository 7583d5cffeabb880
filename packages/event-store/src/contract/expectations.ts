// What the contract's cases ask again and again, each a sentence.
import { Buffer } from 'node:buffer';
import { expect } from 'vitest';
import type { Entry, StreamName } from '../entry.ts';
import { isFault } from '../fault.ts';
import { LOG_START } from '../port.ts';
import type {
  Append,
  AppendOutcome,
  EventStore,
  GlobalPosition,
  Head,
  RecordedEntry,
} from '../port.ts';

/** The outcome of an append that was recorded. */
export type Appended = Extract<AppendOutcome, { kind: 'appended' }>;

/** Appends, and fails the test unless it was recorded. */
export async function mustAppend(store: EventStore, request: Append): Promise<Appended> {
  return mustBeAppended(await store.append(request));
}

/** Fails the test unless the outcome says `appended`. */
export function mustBeAppended(outcome: AppendOutcome): Appended {
  if (outcome.kind === 'appended') return outcome;
  throw new Error(`expected an append, found a conflict: ${JSON.stringify(outcome)}`);
}

/** The head of the first stream that was written. */
export function firstHead(outcome: AppendOutcome): Head {
  return mustBeAppended(outcome).heads[0].head;
}

/** The whole log, in pages. */
export async function wholeLog(store: EventStore, countMax = 500): Promise<RecordedEntry[]> {
  const log: RecordedEntry[] = [];
  let after: GlobalPosition = LOG_START;
  for (;;) {
    const page = await store.readAll(after, countMax);
    if (page.entries.length === 0) return log;
    log.push(...page.entries);
    after = page.next;
  }
}

/** A whole stream, in pages. */
export async function wholeStream(
  store: EventStore,
  stream: StreamName,
  countMax = 500,
): Promise<RecordedEntry[]> {
  const entries: RecordedEntry[] = [];
  for (;;) {
    const page = await store.readStream(stream, entries.length, countMax);
    entries.push(...page.entries);
    if (page.entries.length === 0) return entries;
  }
}

/** Recorded entries as plain values, comparable with {@link asRecorded}. */
export function contentOf(entries: readonly RecordedEntry[]): unknown[] {
  return entries.map(({ stream, position, type, hash, bytes }) => ({
    stream, position, type, hash, text: textOf(bytes),
  }));
}

/** What entries must look like once recorded. */
export function asRecorded(entries: readonly Entry[]): unknown[] {
  return entries.map(({ stream, position, type, hash, bytes }) => ({
    stream, position, type, hash, text: textOf(bytes),
  }));
}

/** Bytes as text that differs where they differ. */
export function textOf(bytes: Uint8Array): string {
  expect(bytes).toBeInstanceOf(Uint8Array);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Fails the test unless `act` is refused with this fault. */
export async function mustRefuse(act: () => Promise<unknown>, code: string): Promise<void> {
  let found: unknown;
  try {
    found = await act();
  } catch (error) {
    if (isFault(error, code)) return;
    throw new Error(`expected the fault ${code}, found ${String(error)}`, { cause: error });
  }
  throw new Error(`expected the fault ${code}, found ${JSON.stringify(found)}`);
}
