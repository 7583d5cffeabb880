// The other streams a decision needs, asked for until nothing new is named.
import { Fault, isStreamName, type EventStore, type StreamName } from '@himaya/event-store';
import { authored } from '../authored.ts';
import type { CommandSpec } from '../case-type.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { absent, readsView, readView, type ReadsView, type StreamRead } from '../reads.ts';
import type { Violation } from '../rule.ts';
import type { Draft } from '../state.ts';
import type { EngineContext } from './context.ts';
import {
  decideView,
  decisionReads,
  READS_NOTHING,
  type Call,
  type DecisionReads,
  type DecisionTimes,
} from './deciding.ts';
import type { UnsupportedCommand } from './engine-api.ts';

/** Rounds in which what was read may name further streams. */
export const READ_ROUNDS_MAX = 3;
/** Streams that one decision may read: what an append can check together. */
export const READ_STREAMS_MAX = 32;

/** Whether a command is refused over a store once its decision names another stream. */
function isUnsupported(
  { capabilities }: EventStore,
  { reads, polarity, recheckSuffices }: CommandSpec,
): boolean {
  const canCheck = capabilities.multiStreamAppend || recheckSuffices === true;
  return reads !== undefined && !canCheck && polarity !== 'protective';
}

/** See `Engine.unsupportedCommands`. */
export function unsupportedCommands({
  registry,
  store,
}: EngineContext): readonly UnsupportedCommand[] {
  return registry.latest.flatMap(({ name: caseType, commands, labels }) =>
    Object.entries(commands)
      .filter(([, spec]) => isUnsupported(store, spec))
      .map(([command]) => ({
        caseType,
        command,
        title: labels.commands[command] ?? { en: command, ar: command },
      })),
  );
}

/**
 * Reads what a command names, or answers why it cannot be decided. What protects a person goes on
 * with as much as the limits allow.
 */
export async function readStreams(
  context: EngineContext,
  call: Call,
  draft: Draft,
  times: DecisionTimes,
  exists: boolean,
): Promise<DecisionReads | Violation> {
  const { reads: name, polarity } = call.spec;
  if (!name) return READS_NOTHING;
  const protective = polarity === 'protective';
  const isUnchecked = isUnsupported(context.store, call.spec);
  const own = exists ? readView(draft) : absent(draft.stream);
  const found = new Map<StreamName, StreamRead>();
  const seen = (): ReadsView => readsView([...found.values()], own);
  for (let round = 0; ; round += 1) {
    const view = decideView(call, draft, times, exists, seen(), undefined);
    const named = authored(draft.pin.caseType, call.command.name, () =>
      name(call.input as never, view),
    );
    if (!named.every(isStreamName)) return UNNAMEABLE;
    const wanted = [...new Set(named as readonly StreamName[])].filter(
      (stream) => !found.has(stream) && stream !== draft.stream,
    );
    // A decision that names no other stream this time needs nothing that the store lacks.
    if (isUnchecked && wanted.length > 0) return ENGINE_VIOLATIONS.STORE_UNSUPPORTED;
    const room = round < READ_ROUNDS_MAX ? READ_STREAMS_MAX - found.size : 0;
    const tooMany = wanted.length > room;
    if (tooMany && !protective) return ENGINE_VIOLATIONS.TOO_MANY_READS;
    for (const stream of wanted.slice(0, room)) {
      found.set(stream, await readOne(context, stream, protective));
    }
    if (tooMany || wanted.length === 0) return decisionReads(seen(), [...found.values()]);
  }
}

/** An id from outside that fits no stream: nothing of that name can be recorded anywhere. */
export const UNNAMEABLE: Violation = {
  ...ENGINE_VIOLATIONS.INPUT_INVALID,
  detail: {
    issues: [{
      en: 'it refers to a file by an id that no file can have',
      ar: 'يشير إلى ملف برقم لا يمكن أن يكون لملف',
    }],
  },
};

async function readOne(
  context: EngineContext,
  stream: StreamName,
  protective: boolean,
): Promise<StreamRead> {
  const loaded = await context.loader.refresh(stream);
  if (loaded.kind === 'none') return { head: { stream, head: 'none' }, view: absent(stream) };
  if (loaded.kind === 'unfoldable') {
    if (protective) return { head: { stream, head: loaded.head }, view: absent(stream) };
    throw unreadable(stream, loaded.reason);
  }
  const { state } = loaded;
  if (state.divergence && !protective) throw unreadable(stream, state.divergence.reason);
  return { head: { stream, head: state.head }, view: readView(state) };
}

function unreadable(stream: StreamName, found: string): Fault {
  return new Fault({
    code: 'read-unfoldable',
    attempted: `Cannot decide on what ${stream} says`,
    found,
    todo: 'Register the procedure it is pinned to, and replay it',
  });
}
