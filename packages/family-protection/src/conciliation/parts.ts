// What a session remembers, whatever the case type that holds it.
import type { EventOf, Instant, Moment } from '@himaya/engine';
import { openedBy, partKind } from '../parts.ts';
import type { SessionEvents } from './events.ts';

/** A session. */
export interface Session {
  readonly attendees: readonly string[];
  readonly present: readonly string[];
  /** Who did not come. */
  readonly absent: readonly string[];
  readonly round: number;
  /** Whether they meet, are spoken to in turn, or are far from one another. */
  readonly mode: 'joint' | 'shuttle' | 'remote';
  readonly start: Instant;
  readonly end: Instant;
  readonly heldAt: Moment | null;
}

/** Kind of an offer, as far as every case type has one: when it was made. */
export const offerKind = partKind<object, SessionEvents>('offer');
/** Kind of {@link Session}. */
export const sessionKind = partKind<Session, SessionEvents>('session');

/** A session as it is scheduled. */
export function scheduledSession(input: { readonly event: EventOf<SessionEvents> }): Session {
  const data = openedBy(input, 'ReconciliationSessionScheduled');
  return {
    attendees: data?.attendees ?? [],
    present: [],
    absent: [],
    round: data?.round ?? 0,
    mode: data?.mode ?? 'joint',
    start: data?.start ?? input.event.occurredAt,
    end: data?.end ?? input.event.occurredAt,
    heldAt: null,
  };
}
