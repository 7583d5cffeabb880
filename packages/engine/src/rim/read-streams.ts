// The other streams a decision needs, asked for until nothing new is named.
import { Fault, type StreamName } from '@himaya/event-store';
import { partsView } from '../part.ts';
import { readsView, type ReadView, type StreamRead } from '../reads.ts';
import { NO_READS } from '../apply.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { Violation } from '../rule.ts';
import type { CaseState, Draft } from '../state.ts';
import type { EngineContext } from './context.ts';
import {
  decideView,
  decisionReads,
  READS_NOTHING,
  type Call,
  type DecisionReads,
  type DecisionTimes,
} from './deciding.ts';

/** Rounds in which what was read may name further streams. */
export const READ_ROUNDS_MAX = 3;
/** Streams that one decision may read: what an append can check together. */
export const READ_STREAMS_MAX = 32;

/** Reads what a command names, or answers why it cannot be decided. */
export async function readStreams(
  context: EngineContext,
  call: Call,
  draft: Draft,
  times: DecisionTimes,
  exists: boolean,
): Promise<DecisionReads | Violation> {
  const { reads: name } = call.spec;
  if (!name) return READS_NOTHING;
  const { multiStreamAppend } = context.store.capabilities;
  if (!multiStreamAppend && !call.spec.recheckSuffices)
    return ENGINE_VIOLATIONS.STORE_UNSUPPORTED;
  const found = new Map<StreamName, StreamRead>();
  for (let round = 0; ; round += 1) {
    const view = decideView(call, draft, times, exists, viewOf(found), undefined);
    const wanted = name(call.input as never, view).filter(
      (stream) => !found.has(stream as StreamName) && stream !== draft.stream,
    );
    if (wanted.length === 0) return decisionReads(viewOf(found), [...found.values()]);
    const tooMany = round >= READ_ROUNDS_MAX || found.size + wanted.length > READ_STREAMS_MAX;
    if (tooMany && call.spec.polarity !== 'protective') return ENGINE_VIOLATIONS.TOO_MANY_READS;
    if (tooMany) return decisionReads(viewOf(found), [...found.values()]);
    for (const stream of new Set(wanted as readonly StreamName[])) {
      found.set(stream, await readOne(context, stream));
    }
  }
}

async function readOne(context: EngineContext, stream: StreamName): Promise<StreamRead> {
  const loaded = await context.loader.refresh(stream);
  if (loaded.kind === 'none') {
    return { head: { stream, head: 'none' }, view: absent(stream) };
  }
  if (loaded.kind === 'unfoldable') {
    throw new Fault({
      code: 'read-unfoldable',
      attempted: `Cannot decide on what ${stream} says`,
      found: loaded.reason,
      todo: 'Register the procedure it is pinned to',
    });
  }
  return { head: { stream, head: loaded.state.head }, view: readView(loaded.state) };
}

/** What a decision sees of another case. */
export function readView(state: CaseState): ReadView {
  return {
    stream: state.stream,
    exists: true,
    context: state.chart.context,
    parts: partsView(state.parts),
    in: (path) => state.pin.caseType.chart.matches(state.chart, path),
  };
}

/** A stream that does not exist. */
export function absent(stream: StreamName): ReadView {
  return { stream, exists: false, context: {}, parts: partsView(new Map()), in: () => false };
}

function viewOf(found: ReadonlyMap<StreamName, StreamRead>): DecisionReads['view'] {
  if (found.size === 0) return NO_READS;
  return readsView(
    [...found.values()],
    (stream) =>
      new Fault({
        code: 'stream-not-read',
        attempted: `Cannot look at stream ${JSON.stringify(stream)}`,
        found: 'the command did not name it among its reads',
        todo: 'Return it from the reads function of the command',
      }),
  );
}
