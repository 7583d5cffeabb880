// Other streams that a decision read: at most a few, each at the head that the append will check.
import type { Fault, StreamHead, StreamName } from '@himaya/event-store';
import type { PartsView } from './part.ts';

/** Another stream as a decision sees it. */
export interface ReadView {
  readonly stream: StreamName;
  /** `false`: the stream does not exist; everything else is then empty. */
  readonly exists: boolean;
  readonly context: Readonly<Record<string, unknown>>;
  readonly parts: PartsView;
  in(statePath: string): boolean;
}

/** The streams that were read. */
export interface ReadsView {
  /** @throws Fault `stream-not-read` when `reads` of the command did not name it. */
  stream(name: StreamName): ReadView;
  readonly all: readonly ReadView[];
}

/** A stream that was read, with the head it had. */
export interface StreamRead {
  readonly head: StreamHead;
  readonly view: ReadView;
}

/** The view of some reads. `fault` makes the error for a stream that was not declared. */
export function readsView(
  reads: readonly StreamRead[],
  fault: (stream: StreamName) => Fault,
): ReadsView {
  const byName = new Map(reads.map((read) => [read.head.stream, read.view]));
  return {
    all: reads.map((read) => read.view),
    stream: (name) => {
      const found = byName.get(name);
      if (found) return found;
      throw fault(name);
    },
  };
}
