// Recording a plan: sealed, appended, and the state after it kept for the next command.
import type { Entry, Head, StreamHead } from '@himaya/event-store';
import type { PlannedEvent } from '../planned-event.ts';
import { takeDigest } from '../fold.ts';
import { recordedEvent, type RecordedEvent } from '../recorded-event.ts';
import type { CaseState, Draft } from '../state.ts';
import {
  appendSealed,
  headAfter,
  sealGroups,
  type Sealed,
  type WriteFrame,
  type WriteGroup,
} from './case-writer.ts';
import type { EngineContext } from './context.ts';
import type { Call, DecisionTimes } from './deciding.ts';

/** What recording came to. */
export type Recorded =
  | { readonly kind: 'recorded'; readonly state: CaseState; readonly sealed: Sealed }
  | { readonly kind: 'conflict' };

/** `<caseType>@<version>+<policy version>` of a state. */
export function procedureOf(state: Pick<CaseState, 'pin'>): string {
  const { caseType, policy } = state.pin;
  return `${caseType.name}@${caseType.version}+${policy.version}`;
}

/**
 * Appends groups of events behind `head` and, if they were recorded, completes `draft` as the state
 * after them. On a conflict the draft must be thrown away.
 */
export async function record(
  context: EngineContext,
  draft: Draft,
  head: Head | undefined,
  groups: readonly WriteGroup[],
  unchanged: readonly StreamHead[],
): Promise<Recorded> {
  // Of a record that this code folds differently it can vouch for no state.
  const after = draft.divergence ? undefined : takeDigest(draft);
  const sealed = sealGroups(draft.stream, head, groups, after, context.ids);
  const outcome = await appendSealed(context.store, draft.stream, head, sealed, unchanged);
  if (outcome.kind === 'conflict') return { kind: 'conflict' };
  draft.head = headAfter(sealed);
  for (const { command, actor, position } of sealed.envelopes) {
    const known = draft.commands.get(command.id);
    const from = known?.from ?? position;
    const staff = known?.staff ?? actor.staff;
    draft.commands.set(command.id, { name: command.name, staff, from, to: position });
    if (actor.role !== 'SYS') draft.lastForeign = position;
  }
  context.loader.keep(draft);
  return { kind: 'recorded', state: draft, sealed };
}

/** The frame of a command's entries. */
export function frameOf(
  call: Call,
  times: DecisionTimes,
  draft: Draft,
  reads: WriteFrame['reads'],
): WriteFrame {
  const { command, actor } = call;
  return {
    actor,
    command: { id: command.id, name: command.name },
    occurredAt: times.occurredAt,
    recordedAt: times.recordedAt,
    claimedAt: times.claimedAt,
    correlation: command.correlation ?? draft.correlation,
    causation: command.causation,
    procedure: procedureOf(draft),
    basis: command.basis,
    reason: command.reason,
    lateReason: command.lateReason,
    reads,
  };
}

/** Sealed entries as recorded events. */
export function recordedEvents(sealed: Sealed): readonly RecordedEvent[] {
  return (sealed.entries as readonly Entry[]).map((entry) =>
    recordedEvent({ ...entry, globalPosition: 0n, bytes: entry.bytes, hash: entry.hash }),
  );
}

/** A group of planned events under one frame. */
export function groupOf(frame: WriteFrame, events: readonly PlannedEvent[]): WriteGroup {
  return { frame, events };
}
