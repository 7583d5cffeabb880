// One event through one case: rules, then the part it names, parts that hear it, then the chart.
import { afterEvent, type ChartEvent, type StepResult } from '@himaya/statechart';
import type { CaseType, CompiledPart } from './compiled.ts';
import { foldDeadlineEvent, foldDeadlines, type DeadlineEventData } from './deadline-fold.ts';
import { ENGINE_VIOLATIONS } from './engine-rules.ts';
import { concernsOf } from './event-index.ts';
import { explainCharts, factsOf } from './explain-charts.ts';
import { judgeRules, violationOf } from './judge.ts';
import { partKey, partsView, PartState } from './part.ts';
import { policyCalendar, policyReader, type PolicyReader } from './policy.ts';
import { NO_READS, type ReadsView } from './reads.ts';
import {
  rulesOf,
  type CaseEvent,
  type ChartFacts,
  type RuleView,
  type Violation,
} from './rule.ts';
import type { Draft } from './state.ts';

/** What became of an event. */
export type Applied =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] }
  | { readonly kind: 'not-enabled' };

/** How an event is applied. */
export interface ApplyOptions {
  /**
   * `decide`: rules are judged. `try`: so they are, and the first that refuses is enough to know.
   * `fold`: the event is recorded, so only what it changes matters.
   */
  readonly mode: 'decide' | 'try' | 'fold';
  /** An emergency event opens or steps what it can and is never refused. */
  readonly emergency?: boolean;
  readonly reads?: ReadsView | undefined;
  /** Stands in for the policy's own reader, to note which values are read. */
  readonly policy?: PolicyReader | undefined;
}

/** The view that rules get of `draft` as it is now. */
export function ruleView(
  draft: Draft,
  event: CaseEvent,
  part: PartState | undefined,
  options: Pick<ApplyOptions, 'reads' | 'policy'> = {},
): RuleView {
  return {
    context: draft.chart.context,
    event,
    in: (path) => draft.pin.caseType.chart.matches(draft.chart, path),
    parts: partsView(draft.parts, draft.pin.caseType.parts),
    part: part?.view,
    policy: options.policy ?? policyReader(draft.pin.policy),
    calendar: policyCalendar(draft.pin.policy),
    reads: options.reads ?? NO_READS,
  };
}

/**
 * Applies one event to `draft`. If it is refused or not enabled the draft is spoilt and must be
 * thrown away. `position` is the place the event has or will have in its stream.
 */
export function applyEvent(
  draft: Draft,
  event: CaseEvent,
  position: number,
  options: ApplyOptions,
): Applied {
  const { caseType } = draft.pin;
  const named = namedParts(caseType, event);
  if (options.mode !== 'fold' && options.emergency !== true) {
    const unknown = judgeParts(draft, event, named);
    if (unknown.length > 0) return { kind: 'refused', violations: unknown };
    const refused = judgeRequires(draft, event, named, options);
    if (refused.length > 0) {
      // A refusal names all violated rules: also those that the charts would have asked.
      const further = options.mode === 'try' ? [] : judgeCharts(draft, event, named, options);
      return { kind: 'refused', violations: [...refused, ...further] };
    }
  }
  let reacted = false;
  const failed: Violation[] = [];
  const note: NoteStep = (result, context, facts) => {
    if (result.kind === 'refused') {
      const view = { ...facts, context, event };
      failed.push(...result.failed.map((verdict) => violationOf(verdict, view)));
    }
    if (result.kind !== 'stepped') return false;
    reacted = true;
    return true;
  };
  if (stepParts(draft, event, named, options, note)) reacted = true;
  const facts = factsOf(draft, undefined, options);
  const { context } = draft.chart;
  const stepped = caseType.chart.step(draft.chart, event as unknown as ChartEvent, facts);
  if (note(stepped, context, facts) && stepped.kind === 'stepped') draft.chart = stepped.snapshot;
  if (stepped.kind === 'not-enabled' && reacted) settleChart(draft, event, facts, note);
  if (failed.length > 0) return { kind: 'refused', violations: failed };
  if (!reacted) return { kind: 'not-enabled' };
  foldDeadlines(draft, event, position, viewsAfter(draft, event, options));
  return { kind: 'applied' };
}

/** The `always` of a case chart that does not hear an event, but whose parts may have moved. */
function settleChart(draft: Draft, event: CaseEvent, facts: ChartFacts, note: NoteStep): void {
  const { context } = draft.chart;
  const { chart } = draft.pin.caseType;
  const settled = chart.settle(draft.chart, event as unknown as ChartEvent, facts);
  if (note(settled, context, facts) && settled.kind === 'stepped') draft.chart = settled.snapshot;
}

/** Told what a step came to, with what its rules saw; answers whether the step counts. */
type NoteStep = (
  result: StepResult<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>>,
  facts: ChartFacts,
) => boolean;

/** Views of the state after an event, for deadlines and consequences: of a part, or of the case. */
export function viewsAfter(
  draft: Draft,
  event: CaseEvent,
  options: Pick<ApplyOptions, 'reads' | 'policy'>,
): (partId: string | undefined, kind: string | undefined) => RuleView {
  return (partId, kind) => {
    const found = kind === undefined ? undefined : draft.parts.get(partKey(kind, partId ?? ''));
    return ruleView(draft, event, found, options);
  };
}

/**
 * Applies an event that the engine itself records about a deadline. Answers `not-enabled` for an
 * arming that is no longer open: such an event must not be recorded.
 */
export function applyDeadlineEvent(draft: Draft, event: CaseEvent, position: number): Applied {
  const data = event.data as DeadlineEventData;
  if (!foldDeadlineEvent(draft, event.type, data, position, event.occurredAt)) {
    return { kind: 'not-enabled' };
  }
  if (event.type !== 'DeadlineReached') return { kind: 'applied' };
  const after = { ...event, type: afterEvent(data.name) };
  const { caseType } = draft.pin;
  const kind = caseType.deadlines[data.name]?.part;
  if (kind !== undefined) {
    stepPart(draft, kind, data.part, after, { mode: 'fold' }, () => true);
    settleChart(draft, event, factsOf(draft, undefined, {}), () => true);
    return { kind: 'applied' };
  }
  const facts = factsOf(draft, undefined, {});
  const stepped = caseType.chart.step(draft.chart, after as unknown as ChartEvent, facts);
  if (stepped.kind === 'stepped') draft.chart = stepped.snapshot;
  return { kind: 'applied' };
}

interface NamedPart {
  readonly part: CompiledPart;
  readonly id: string;
  readonly opens: boolean;
}

/** The parts that an event names, by the kinds that open with it or react to it. */
export function namedParts(caseType: CaseType, event: CaseEvent): readonly NamedPart[] {
  const { named } = concernsOf(caseType, event.type);
  return named.map(({ part, opens }) => ({ part, id: part.key(event), opens }));
}

function judgeParts(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
): readonly Violation[] {
  return named.flatMap(({ part, id, opens }) => {
    const exists = draft.parts.has(partKey(part.kind, id));
    if (opens && exists && !part.on.includes(event.type)) return [ENGINE_VIOLATIONS.PART_EXISTS];
    return !opens && !exists ? [ENGINE_VIOLATIONS.PART_UNKNOWN] : [];
  });
}

function judgeRequires(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
  options: ApplyOptions,
): readonly Violation[] {
  const rules = rulesOf(draft.pin.caseType.requires[event.type]);
  if (rules.length === 0) return [];
  const first = named[0];
  const part = first && draft.parts.get(partKey(first.part.kind, first.id));
  const view = ruleView(draft, event, part, options);
  if (options.mode !== 'try') return judgeRules(rules, view);
  for (const rule of rules) {
    const violated = judgeRules([rule], view);
    if (violated.length > 0) return violated;
  }
  return [];
}

function judgeCharts(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
  options: ApplyOptions,
): readonly Violation[] {
  const parts = named.flatMap(({ part, id }) => draft.parts.get(partKey(part.kind, id)) ?? []);
  const seen = { ...options, parts: partsAfter(draft, event, named, options) };
  return explainCharts(draft, event, parts, seen).flatMap(({ explanation, view }) =>
    explanation.failed.map((verdict) => violationOf(verdict, view)),
  );
}

/** The parts as the case chart would see them: after their step, had the event been taken. */
function partsAfter(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
  options: ApplyOptions,
): Draft['parts'] {
  const trial = { ...draft, parts: draft.parts.fork() };
  try {
    stepParts(trial, event, named, options, ({ kind }) => kind === 'stepped');
    return trial.parts;
  } catch {
    // A chart may rely on what `requires` has just found missing: then they are as they were.
    return draft.parts;
  }
}

/** Opens or steps the parts that the event names, then those that hear it: whether one opened. */
function stepParts(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
  options: ApplyOptions,
  note: NoteStep,
): boolean {
  let opened = false;
  for (const { part, id, opens } of named) {
    if (opens && !draft.parts.has(partKey(part.kind, id))) {
      openPart(draft, part, id, event, options);
      opened = true;
    } else stepPart(draft, part.kind, id, event, options, note);
  }
  hearParts(draft, event, named, options, note);
  return opened;
}

function openPart(
  draft: Draft,
  part: CompiledPart,
  id: string,
  event: CaseEvent,
  options: ApplyOptions,
): void {
  const facts = factsOf(draft, undefined, options);
  const { snapshot } = part.chart.start({ id, event }, facts);
  const { occurredAt, recordedAt } = event;
  const openedAt = { occurredAt, recordedAt };
  const trail = [{ occurredAt, recordedAt, states: snapshot.configuration }];
  draft.parts.set(partKey(part.kind, id), new PartState(part, id, snapshot, openedAt, trail));
}

function hearParts(
  draft: Draft,
  event: CaseEvent,
  named: readonly NamedPart[],
  options: ApplyOptions,
  note: NoteStep,
): void {
  const { hearing } = concernsOf(draft.pin.caseType, event.type);
  if (hearing.length === 0) return;
  const skip = new Set(named.map(({ part, id }) => partKey(part.kind, id)));
  for (const part of hearing) {
    const keys = [...draft.parts.keys()].filter((key) => key.startsWith(`${part.kind}/`)).sort();
    for (const key of keys) {
      if (skip.has(key)) continue;
      stepPart(draft, part.kind, key.slice(part.kind.length + 1), event, options, note);
    }
  }
}

function stepPart(
  draft: Draft,
  kind: string,
  id: string,
  event: CaseEvent,
  options: ApplyOptions,
  note: NoteStep,
): void {
  const key = partKey(kind, id);
  const part = draft.parts.get(key);
  if (!part) return;
  const facts = factsOf(draft, part, options);
  const stepped = part.chart.step(part.snapshot, event as unknown as ChartEvent, facts);
  if (!note(stepped, part.snapshot.context, facts) || stepped.kind !== 'stepped') return;
  draft.parts.set(key, part.moved(stepped.snapshot, event));
}
