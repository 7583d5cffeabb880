// A recorded event: the entry's envelope as callers and folds read it.
import { readEnvelope, type Envelope, type RecordedEntry } from '@himaya/event-store';
import type { CaseEvent } from './rule.ts';

/** An event with its place in its stream and the whole envelope it was recorded in. */
export type RecordedEvent = Envelope & { readonly hash: string };

/** Reads a stored entry. @throws Fault `entry-unreadable` */
export function recordedEvent(entry: RecordedEntry): RecordedEvent {
  return Object.assign(readEnvelope(entry.bytes), { hash: entry.hash });
}

/** The part of an envelope that charts and rules see. */
export function caseEvent(envelope: Envelope): CaseEvent {
  const { type, data, occurredAt, recordedAt, actor } = envelope;
  return { type, data, occurredAt, recordedAt, actor };
}
