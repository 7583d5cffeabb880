// Read models folded from the log, in memory, from the first event on.
import { LOG_START, type EventStore, type GlobalPosition } from '@himaya/event-store';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';

/** Entries folded per read. */
const PAGE_ENTRIES = 1_000;

/** A read model: a name, a version, and a fold. */
export interface Projection<State> {
  readonly name: string;
  /** Change it with the fold: a new version is built from the first event beside the old one. */
  readonly version: number;
  readonly initial: () => State;
  /** Folds one event; may change and return the state it was given. */
  readonly fold: (state: State, event: RecordedEvent) => State;
}

/** A running projection. */
export interface Projector<State> {
  readonly name: string;
  readonly version: number;
  readonly state: State;
  readonly position: GlobalPosition;
  /** Folds everything recorded since; resolves with the number of events. */
  catchUp(): Promise<number>;
}

/** Starts a projection at the beginning of the log. */
export function projector<State>(
  store: EventStore,
  projection: Projection<State>,
): Projector<State> {
  let state = projection.initial();
  let position = LOG_START;
  let running: Promise<number> | undefined;
  const catchUp = async (): Promise<number> => {
    let count = 0;
    for (;;) {
      const page = await store.readAll(position, PAGE_ENTRIES);
      for (const entry of page.entries) {
        state = projection.fold(state, recordedEvent(entry));
        // With each event: a fold that throws must not meet the events before it again.
        position = entry.globalPosition;
        count += 1;
      }
      if (page.entries.length === 0) return count;
    }
  };
  return {
    name: projection.name,
    version: projection.version,
    get state() {
      return state;
    },
    get position() {
      return position;
    },
    catchUp: () => {
      running ??= catchUp().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
