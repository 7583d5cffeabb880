// Writing decisions: planned events become sealed entries and one append.
import {
  headOf,
  sealEntry,
  type AppendOutcome,
  type Entry,
  type EntryRead,
  type Envelope,
  type EventStore,
  type Head,
  type Instant,
  type NonEmpty,
  type StreamHead,
  type StreamName,
} from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { PlannedEvent } from '../planned-event.ts';
import type { Ids } from './ports.ts';

/** Version of event schemas within one case type version: shapes change with the version only. */
const SCHEMA = 1;

/** What the entries of one command have in common. */
export interface WriteFrame {
  readonly actor: Actor;
  readonly command: { readonly id: string; readonly name: string };
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly claimedAt?: string | undefined;
  readonly correlation: string;
  readonly causation?: string | undefined;
  readonly procedure: string;
  readonly basis?: string | undefined;
  readonly reason?: string | undefined;
  readonly lateReason?: string | undefined;
  readonly reads?: readonly EntryRead[] | undefined;
}

/** Events to be written under one frame. */
export interface WriteGroup {
  readonly frame: WriteFrame;
  readonly events: readonly PlannedEvent[];
}

/** Sealed entries with the envelopes they were made of. */
export interface Sealed {
  readonly entries: NonEmpty<Entry>;
  readonly envelopes: readonly Envelope[];
}

/** Seals groups of events behind `head`; the last entry carries the digest `after`. */
export function sealGroups(
  stream: StreamName,
  head: Head | undefined,
  groups: readonly WriteGroup[],
  after: string | undefined,
  ids: Ids,
): Sealed {
  const entries: Entry[] = [];
  const envelopes: Envelope[] = [];
  const count = groups.reduce((sum, { events }) => sum + events.length, 0);
  let prev = head?.hash ?? null;
  let position = head ? head.position + 1 : 0;
  for (const { frame, events } of groups) {
    for (const { type, data } of events) {
      const last = entries.length === count - 1;
      const envelope = envelopeOf(frame, {
        id: ids.next(),
        stream,
        position,
        prev,
        type,
        data: data as Envelope['data'],
        after: last ? after : undefined,
      });
      const entry = sealEntry(envelope);
      entries.push(entry);
      envelopes.push(envelope);
      prev = entry.hash;
      position += 1;
    }
  }
  return { entries: entries as unknown as NonEmpty<Entry>, envelopes };
}

/** What the entries of one command do not have in common. */
type Own = Pick<Envelope, 'id' | 'stream' | 'position' | 'prev' | 'type' | 'data'> & {
  readonly after: string | undefined;
};

// Field by field: a spread with fields added to it makes an object that is slow to read.
function envelopeOf(frame: WriteFrame, own: Own): Envelope {
  const { id, stream, position, prev, type, data, after } = own;
  const envelope = {
    v: 1,
    id,
    stream,
    position,
    prev,
    type,
    schema: SCHEMA,
    occurredAt: frame.occurredAt,
    claimedAt: frame.claimedAt,
    recordedAt: frame.recordedAt,
    actor: frame.actor,
    command: frame.command,
    causation: frame.causation,
    correlation: frame.correlation,
    procedure: frame.procedure,
    basis: frame.basis,
    reason: frame.reason,
    lateReason: frame.lateReason,
    reads: frame.reads,
    data,
    after,
  };
  return envelope as Envelope;
}

/** Appends sealed entries to one stream. */
export function appendSealed(
  store: EventStore,
  stream: StreamName,
  head: Head | undefined,
  sealed: Sealed,
  unchanged: readonly StreamHead[],
): Promise<AppendOutcome> {
  return store.append({
    writes: [{ stream, expected: head ?? 'none', entries: sealed.entries }],
    ...(unchanged.length > 0 ? { unchanged } : {}),
  });
}

/** The head after sealed entries. */
export function headAfter(sealed: Sealed): Head {
  return headOf(sealed.entries.at(-1) as Entry);
}
