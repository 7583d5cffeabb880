// Other streams that a decision read: at most a few, each at the head that the append will check.
import { Fault, type StreamHead, type StreamName } from '@himaya/event-store';
import type { Chart, ChartSnapshot } from '@himaya/statechart';
import { ForkedMap } from './forked-map.ts';
import { partsView, type PartsView, type ReadonlyParts } from './part.ts';

/** Another stream as a decision sees it. */
export interface ReadView {
  readonly stream: StreamName;
  /** `false`: the stream does not exist; everything else is then empty. */
  readonly exists: boolean;
  /** The name of its case type; `null` where the stream does not exist. */
  readonly caseType: string | null;
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

/** The view of some reads; `own` is the stream that is written, if the decision may look at it. */
export function readsView(reads: readonly StreamRead[], own?: ReadView): ReadsView {
  const byName = new Map(reads.map((read) => [read.head.stream, read.view]));
  if (own) byName.set(own.stream, own);
  return {
    all: reads.map((read) => read.view),
    stream: (name) => {
      const found = byName.get(name);
      if (found) return found;
      throw new Fault({
        code: 'stream-not-read',
        attempted: `Cannot look at stream ${JSON.stringify(name)}`,
        found: 'the command did not name it among its reads',
        todo: 'Return it from the reads function of the command',
      });
    },
  };
}

/** The reads of a decision that read nothing. */
export const NO_READS: ReadsView = readsView([]);

/** What of a folded case a read shows. */
interface FoldedCase {
  readonly stream: StreamName;
  readonly chart: ChartSnapshot<Record<string, unknown>>;
  readonly parts: ReadonlyParts;
  readonly pin: {
    readonly caseType: { readonly name: string; readonly chart: Chart<Record<string, unknown>> };
  };
}

/** What a decision sees of a case: of another one, or of its own as it stands while it is asked. */
export function readView(state: FoldedCase): ReadView {
  return {
    stream: state.stream,
    exists: true,
    caseType: state.pin.caseType.name,
    get context() {
      return state.chart.context;
    },
    parts: partsView(state.parts),
    in: (path) => state.pin.caseType.chart.matches(state.chart, path),
  };
}

/** A stream that does not exist. */
export function absent(stream: StreamName): ReadView {
  return {
    stream,
    exists: false,
    caseType: null,
    context: {},
    parts: partsView(new ForkedMap()),
    in: () => false,
  };
}
