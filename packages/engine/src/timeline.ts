// The timeline: recorded events in the order in which they happened.
import type { RecordedEvent } from './recorded-event.ts';

/** Events sorted by when they occurred; those of one instant in the order of recording. */
export function timelineOf(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return [...events].sort((a, b) =>
    a.occurredAt === b.occurredAt
      ? a.position - b.position
      : a.occurredAt < b.occurredAt
        ? -1
        : 1,
  );
}
