// What a projection takes its rows from, and how what it cannot take is told.
import type {
  GlobalPosition,
  ParkedEvent,
  RecordedEntry,
  TableChanges,
} from '@himaya/event-store';
import { whyOf } from '../authored.ts';

/** How the rows of a projection come about: from events, or from the state of cases. */
export interface RowSource {
  /** Takes entries of streams that nothing is parked of; what it could not take is answered. */
  take(entries: readonly RecordedEntry[]): Promise<readonly ParkedEvent[]>;
  /** Takes up a stream that was parked at a position, as far as `until`. */
  takeUp(parked: ParkedEvent, until: GlobalPosition): Promise<readonly ParkedEvent[]>;
  /** What is to be written, by table. */
  changes(): Readonly<Record<string, TableChanges>>;
  /** What was to be written is. */
  written(): void;
}

/** What is parked of an entry, with what may be said of the error. */
export function parkedAt(
  { stream, position, type }: Pick<RecordedEntry, 'stream' | 'position' | 'type'>,
  error: unknown,
): ParkedEvent {
  return { stream, position, type, reason: whyOf(error) };
}
