// How events arm, move, disarm and reach the deadlines of a case.
import type { DeadlineSpec } from './case-type.ts';
import type { CaseType } from './compiled.ts';
import type { Arming, PendingMark } from './deadline-ledger.ts';
import { concernsOf } from './event-index.ts';
import { msOf, type Instant } from './instant.ts';
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
  /** Of `DeadlineEscalated`. */
  readonly level?: number;
  readonly to?: string;
}

/** Whether an engine event's arming is the current one; if not, it must not be recorded. */
export function isCurrent(draft: Draft, data: DeadlineEventData): boolean {
  return draft.deadlines.find(data.name, data.part)?.position === data.arming;
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

/** Folds an engine event about a deadline. Answers whether it concerned a current arming. */
export function foldDeadlineEvent(
  draft: Draft,
  type: string,
  data: DeadlineEventData,
  position: number,
  occurredAt: Instant,
): boolean {
  const arming = draft.deadlines.find(data.name, data.part);
  if (!arming || arming.position !== data.arming) return false;
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
    const { status: _, ...rest } = arming;
    draft.deadlines.disarm(arming.name, arming.part);
    draft.deadlines.arm({ ...rest, position, status: 'pending', dueAt: data.dueAt });
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
  const arming = draft.deadlines.find(name, part);
  if (!arming || arming.metAt !== undefined) return;
  if (spec.disarms && !spec.disarms(view)) return;
  const { occurredAt } = view.event;
  const inTime = occurredAt < arming.dueAt;
  if (inTime && arming.status === 'pending') draft.deadlines.disarm(name, part);
  // Met in time but recorded after DeadlineReached: the correction DeadlineMetLateEntry follows.
  else if (!inTime) draft.deadlines.replace({ ...arming, metAt: occurredAt });
}

/** A reached deadline that `event` shows to have been met in time: it needs a correction. */
export function metBeforeReached(
  draft: Draft,
  event: CaseEvent,
  viewFor: (partId: string | undefined, kind: string | undefined) => RuleView,
): readonly DeadlineEventData[] {
  const { caseType } = draft.pin;
  return concernsOf(caseType, event.type).deadlines.flatMap(({ name, spec, disarms }) => {
    if (!disarms) return [];
    return partsMeant(draft, caseType, spec, event).flatMap((part) => {
      const arming = draft.deadlines.find(name, part);
      const late =
        arming?.status === 'reached' &&
        arming.metAt === undefined &&
        event.occurredAt < arming.dueAt &&
        (spec.disarms?.(viewFor(part, spec.part)) ?? true);
      if (!late || !arming) return [];
      const { code, dueAt, position } = arming;
      return [{ name, code, part, arming: position, dueAt, metAt: event.occurredAt }];
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
  if (!arming || arming.status !== 'pending') return;
  const dueAt = spec.dueAt(view);
  if (dueAt === undefined) return;
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
  const dueAt = spec.dueAt(view);
  if (dueAt === undefined || Number.isNaN(msOf(dueAt))) return;
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
    at: mark.at({ armedAt, dueAt, policy, calendar }),
  }));
}
