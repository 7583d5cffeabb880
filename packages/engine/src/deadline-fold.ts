// How events arm, move, disarm and reach the deadlines of a case.
import type { DeadlineSpec } from './case-type.ts';
import type { CaseType } from './compiled.ts';
import type { Arming, PendingMark } from './deadline-ledger.ts';
import { concernsOf } from './event-index.ts';
import { instant, type Instant } from './instant.ts';
import { policyCalendar, policyReader } from './policy.ts';
import type { CaseEvent, RuleView } from './rule.ts';
import type { Draft } from './state.ts';

/** Data of the engine events about deadlines. */
export interface DeadlineEventData {
  readonly name: string;
  readonly code: string;
  readonly part: string;
  /** Position of the arming event. */
  readonly arming: number;
  readonly dueAt: Instant;
  /** Of `DeadlineReached`: when it was met although too late. */
  readonly metAt?: Instant;
  /** Of `DeadlineReachedInError`: the time when that was found, by a clock that is right. */
  readonly correctedAt?: Instant;
  /** Of `DeadlineEscalated`. */
  readonly level?: number;
  readonly to?: string;
}

/** Folds an event of the case type into the deadlines, after charts and parts have stepped. */
export function foldDeadlines(
  draft: Draft,
  event: CaseEvent,
  position: number,
  viewFor: (partId: string | undefined, kind: string | undefined) => RuleView,
): void {
  const { caseType } = draft.pin;
  const { deadlines } = concernsOf(caseType, event.type);
  for (const { name, spec, arms, moves, disarms } of deadlines) {
    for (const part of partsMeant(draft, caseType, spec, event)) {
      const view = viewFor(part, spec.part);
      if (disarms) disarmOne(draft, name, spec, part, view);
      if (moves) moveOne(draft, name, spec, part, view);
      if (arms) armOne(draft, name, spec, part, position, view);
    }
  }
}

/**
 * Folds an engine event about a deadline. Answers whether it concerned an arming that is still
 * open and could do so; if not, it must not be recorded.
 */
export function foldDeadlineEvent(
  draft: Draft,
  type: string,
  data: DeadlineEventData,
  position: number,
  occurredAt: Instant,
): boolean {
  const arming = draft.deadlines.find(data.name, data.part, data.arming);
  if (!arming) return false;
  if (type === 'DeadlineReached') {
    if (arming.status !== 'pending') return false;
    draft.deadlines.reach(arming);
  } else if (type === 'DeadlineEscalated') {
    if (!arming.marks.some(({ level }) => level === data.level)) return false;
    const marks = arming.marks.filter(({ level }) => level !== data.level);
    draft.deadlines.replace({ ...arming, marks });
  } else if (type === 'DeadlineMetLateEntry') {
    draft.deadlines.replace({ ...arming, metAt: data.metAt ?? occurredAt });
  } else if (type === 'DeadlineReachedInError') {
    if (arming.status !== 'reached') return false;
    draft.deadlines.rearm(arming, position, marksToCome(draft, arming, data));
  }
  return true;
}

function partsMeant(
  draft: Draft,
  caseType: CaseType,
  spec: DeadlineSpec,
  event: CaseEvent,
): readonly string[] {
  if (spec.part === undefined) return [''];
  const part = caseType.parts[spec.part];
  if (!part) return [];
  const named = part.opens.includes(event.type) || part.on.includes(event.type);
  if (named) return [part.key(event)];
  const ids: string[] = [];
  for (const { kind, id } of draft.parts.values()) if (kind === spec.part) ids.push(id);
  return ids;
}

function disarmOne(
  draft: Draft,
  name: string,
  spec: DeadlineSpec,
  part: string,
  view: RuleView,
): void {
  const open = draft.deadlines.armings(name, part).filter(({ metAt }) => metAt === undefined);
  if (open.length === 0 || (spec.disarms && !spec.disarms(view))) return;
  const { occurredAt } = view.event;
  for (const arming of open) {
    const inTime = occurredAt < arming.dueAt;
    if (inTime && arming.status === 'pending') draft.deadlines.disarm(arming);
    // Met in time but recorded after DeadlineReached: the correction DeadlineMetLateEntry follows.
    else if (!inTime) draft.deadlines.replace({ ...arming, metAt: occurredAt });
  }
}

/** Reached deadlines that `event` shows to have been met in time: they need a correction. */
export function metBeforeReached(
  draft: Draft,
  event: CaseEvent,
  viewFor: (partId: string | undefined, kind: string | undefined) => RuleView,
): readonly DeadlineEventData[] {
  const { caseType } = draft.pin;
  return concernsOf(caseType, event.type).deadlines.flatMap(({ name, spec, disarms }) => {
    if (!disarms) return [];
    return partsMeant(draft, caseType, spec, event).flatMap((part) => {
      const late = draft.deadlines
        .armings(name, part)
        .filter(
          ({ status, metAt, dueAt }) =>
            status === 'reached' && metAt === undefined && event.occurredAt < dueAt,
        );
      if (late.length === 0 || spec.disarms?.(viewFor(part, spec.part)) === false) return [];
      return late.map(({ code, dueAt, position }) => ({
        name,
        code,
        part,
        arming: position,
        dueAt,
        metAt: event.occurredAt,
      }));
    });
  });
}

function moveOne(
  draft: Draft,
  name: string,
  spec: DeadlineSpec,
  part: string,
  view: RuleView,
): void {
  const arming = draft.deadlines.find(name, part);
  // What is overdue when the event occurs stays a breach: more time can only be given in time.
  const inTime = arming?.status === 'pending' && view.event.occurredAt < arming.dueAt;
  const dueAt = inTime ? dueAtOf(spec, view) : undefined;
  if (!arming || dueAt === undefined) return;
  const fired = new Set(arming.marks.map(({ level }) => level));
  const marks = marksOf(draft, spec, arming.armedAt, dueAt).filter(({ level }) =>
    fired.has(level),
  );
  draft.deadlines.replace({ ...arming, dueAt, marks });
}

function armOne(
  draft: Draft,
  name: string,
  spec: DeadlineSpec,
  part: string,
  position: number,
  view: RuleView,
): void {
  const dueAt = dueAtOf(spec, view);
  if (dueAt === undefined) return;
  const armedAt = view.event.occurredAt;
  const arming: Arming = {
    name,
    code: spec.code,
    part,
    position,
    armedAt,
    dueAt,
    marks: marksOf(draft, spec, armedAt, dueAt),
    status: 'pending',
    metAt: undefined,
  };
  draft.deadlines.arm(arming);
}

/** The due instant in the one form in which instants compare as texts. */
function dueAtOf(spec: DeadlineSpec, view: RuleView): Instant | undefined {
  const dueAt = spec.dueAt(view);
  return dueAt === undefined ? undefined : instant(dueAt);
}

/** What an arming that was reached in error shall tell yet: all that is not past in truth. */
function marksToCome(
  draft: Draft,
  arming: Arming,
  { correctedAt }: DeadlineEventData,
): readonly PendingMark[] {
  const spec = draft.pin.caseType.deadlines[arming.name];
  if (!spec) return arming.marks;
  const waiting = new Set(arming.marks.map(({ level }) => level));
  return marksOf(draft, spec, arming.armedAt, arming.dueAt).filter(
    ({ level, at }) => waiting.has(level) || (correctedAt !== undefined && at > correctedAt),
  );
}

function marksOf(
  draft: Draft,
  spec: DeadlineSpec,
  armedAt: Instant,
  dueAt: Instant,
): readonly PendingMark[] {
  const policy = policyReader(draft.pin.policy);
  const calendar = policyCalendar(draft.pin.policy);
  return (spec.marks ?? []).map((mark, index) => ({
    level: index + 1,
    to: mark.to,
    at: instant(mark.at({ armedAt, dueAt, policy, calendar })),
  }));
}
