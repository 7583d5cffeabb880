// One decision over one loaded case: authorise, judge, decide and plan; no store is written here.
import type { EntryRead, Instant, StreamHead } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import { NO_READS } from '../reads.ts';
import { authored } from '../authored.ts';
import type { CommandSpec, DecideView } from '../case-type.ts';
import type { ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import { planEvents, type Planned } from '../decide.ts';
import { brokenDecision, plannedEvent, type PlannedEvent } from '../planned-event.ts';
import { deriveId } from '../derive-id.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { addMs } from '../instant.ts';
import { judgeDuties } from '../judge.ts';
import { partsView } from '../part.ts';
import { policyCalendar, policyReader } from '../policy.ts';
import type { ReadsView, StreamRead } from '../reads.ts';
import { sortViolations, type Violation } from '../rule.ts';
import type { Draft } from '../state.ts';

/** An entry made later than this after it happened needs a reason. */
export const LATE_ENTRY_MS = 24 * 3_600_000;

/** A command on its way: parsed, identified, and with the definition it is judged by. */
export interface Call {
  readonly command: ParsedCommand;
  readonly spec: CommandSpec;
  readonly input: unknown;
  readonly actor: Actor;
}

/** The instants of a decision. */
export interface DecisionTimes {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly claimedAt: string | undefined;
}

/**
 * The instants at which a command is judged. What cannot be true is kept as a claim: the time of an
 * emergency that is dated in the future, and `claim`, the time of a clock that is behind the record.
 */
export function decisionTimes(
  call: Call,
  recordedAt: Instant,
  claim: Instant | undefined,
): DecisionTimes {
  const claimed = call.command.occurredAt ?? recordedAt;
  if (claimed <= recordedAt || call.spec.emergency !== true) {
    return { occurredAt: claimed, recordedAt, claimedAt: claim };
  }
  return { occurredAt: recordedAt, recordedAt, claimedAt: claimed };
}

/** What the two clocks forbid. */
export function judgeTimes(call: Call, times: DecisionTimes): readonly Violation[] {
  if (call.spec.emergency || times.occurredAt === times.recordedAt) return [];
  if (times.occurredAt > times.recordedAt) return [ENGINE_VIOLATIONS.OCCURRED_IN_FUTURE];
  const late = addMs(times.occurredAt, LATE_ENTRY_MS) < times.recordedAt;
  const explained = (call.command.lateReason ?? '').trim() !== '';
  return late && !explained ? [ENGINE_VIOLATIONS.LATE_ENTRY_REASON_REQUIRED] : [];
}

/** Separation of duties and conflicts of interest that forbid it; then, if none, the grants. */
export function judgeAuthority(
  call: Call,
  draft: Draft,
  host: boolean | readonly Violation[],
): readonly Violation[] {
  const { spec, actor, command, input } = call;
  const { caseType, policy } = draft.pin;
  const { context } = draft.chart;
  const view = {
    context,
    actor,
    command: command.name,
    input: input as Readonly<Record<string, unknown>>,
    parts: partsView(draft.parts, caseType.parts),
    policy: policyReader(policy),
  };
  const duties = authored(caseType, command.name, () => judgeDuties(spec.duties ?? [], view));
  const fromHost = typeof host === 'boolean' ? [] : host;
  if (duties.length + fromHost.length > 0) return sortViolations([...duties, ...fromHost]);
  const granted = isGranted(spec, caseType, context, actor);
  return granted && host !== false ? [] : [ENGINE_VIOLATIONS.NOT_PERMITTED];
}

/** Whether someone's role, and where it is asked for their assignment, grants them a command. */
export function isGranted(
  { by }: CommandSpec,
  { assignees }: CaseType,
  context: Parameters<CaseType['assignees']>[0],
  { role, staff }: Actor,
): boolean {
  return by.some((grant) =>
    typeof grant === 'string'
      ? grant === role
      : grant.role === role && assignees(context).includes(staff),
  );
}

/** Everything that a decision may look at. */
export function decideView(
  call: Call,
  draft: Draft,
  times: DecisionTimes,
  exists: boolean,
  reads: ReadsView,
  facts: unknown,
): DecideView {
  const { caseType, policy } = draft.pin;
  return {
    caseId: draft.caseId,
    exists,
    context: draft.chart.context,
    in: (path) => caseType.chart.matches(draft.chart, path),
    parts: partsView(draft.parts, caseType.parts),
    policy: policyReader(policy),
    calendar: policyCalendar(policy),
    reads,
    facts,
    actor: call.actor,
    commandId: call.command.id,
    occurredAt: times.occurredAt,
    recordedAt: times.recordedAt,
    id: (label) => deriveId(call.command.id, label),
  };
}

/** The events a command wants recorded, with their data checked; or why there are none. */
export function wantedEvents(
  call: Call,
  caseType: CaseType,
  view: DecideView,
): readonly PlannedEvent[] | { readonly refused: readonly Violation[] } {
  const { spec, input, command } = call;
  const records = [spec.records].flat();
  if (!spec.decide) {
    return [plannedEvent(caseType, command.name, { type: records[0] as string, data: input })];
  }
  const { decide } = spec;
  const decision = authored(caseType, command.name, () => decide(input as never, view));
  if ('refused' in decision) return decision;
  if (decision.length === 0) throw brokenDecision(command.name, 'it decides to record nothing');
  return decision.map((event) => {
    if (!records.includes(event.type)) {
      throw brokenDecision(command.name, `it wants ${event.type}, which it does not declare`);
    }
    return plannedEvent(caseType, command.name, event);
  });
}

/** The streams a decision read, as entries and appends name them. */
export interface DecisionReads {
  readonly view: ReadsView;
  readonly entries: readonly EntryRead[] | undefined;
  readonly unchanged: readonly StreamHead[];
}

/** A decision that read no other stream. */
export const READS_NOTHING: DecisionReads = { view: NO_READS, entries: undefined, unchanged: [] };

/** Names what was read for the entry and the append. */
export function decisionReads(view: ReadsView, reads: readonly StreamRead[]): DecisionReads {
  return {
    view,
    unchanged: reads.map(({ head }) => head),
    // Naming none is the same as reading none: the entry does not carry an empty list.
    entries: reads.length === 0 ? undefined : reads.map(readOf),
  };
}

function readOf({ head: { stream, head } }: StreamRead): EntryRead {
  if (head === 'none') return { stream, position: -1, hash: '' };
  return { stream, position: head.position, hash: head.hash };
}

/** Plans the wanted events with all that follows from them. The draft is changed, or spoilt. */
export function planCall(
  call: Call,
  draft: Draft,
  times: DecisionTimes,
  wanted: readonly PlannedEvent[],
  reads: ReadsView,
): Planned {
  const emergency = call.spec.emergency === true;
  const frame = {
    actor: call.actor,
    occurredAt: times.occurredAt,
    recordedAt: times.recordedAt,
    lenient: call.spec.polarity === 'protective',
    options: { mode: 'decide' as const, emergency, reads },
  };
  const { caseType } = draft.pin;
  return authored(caseType, call.command.name, () => planEvents(draft, wanted, frame));
}
