// From a decision to the events that will be recorded: each applied, with its consequences.
import {
  applyDeadlineEvent,
  applyEvent,
  namedParts,
  viewsAfter,
  type ApplyOptions,
} from './apply.ts';
import { isDeadlineEvent, type ConsequenceSpec, type NewEvent } from './case-type.ts';
import { metBeforeReached, type DeadlineEventData } from './deadline-fold.ts';
import { ENGINE_VIOLATIONS } from './engine-rules.ts';
import { concernsOf } from './event-index.ts';
import { brokenInvariants, brokenViolation } from './invariants.ts';
import type { CaseType } from './compiled.ts';
import { brokenDecision, plannedEvent, type PlannedEvent } from './planned-event.ts';
import { Fault } from '@himaya/event-store';
import type { Actor } from './actor.ts';
import type { Moment } from './instant.ts';
import { sortViolations, type CaseEvent, type RuleView, type Violation } from './rule.ts';
import type { Draft } from './state.ts';

/** Events of one decision at most, consequences included: a decision is one human act. */
export const DECISION_EVENTS_MAX = 64;

/** What applying a decision needs to know. */
export interface DecisionFrame extends Moment {
  readonly actor: Actor;
  /** Protective and emergency decisions are never refused because of what follows from them. */
  readonly lenient: boolean;
  readonly options: ApplyOptions;
}

/** The events that a decision records, in order; or every violated rule. */
export type Planned =
  | {
      readonly kind: 'planned';
      readonly events: readonly PlannedEvent[];
      readonly alerts: readonly string[];
    }
  | { readonly kind: 'refused'; readonly violations: readonly Violation[] };

interface Plan {
  readonly draft: Draft;
  readonly frame: DecisionFrame;
  readonly events: PlannedEvent[];
  readonly alerts: string[];
}

/**
 * Applies `wanted` and all their consequences to `draft`, to a fixpoint in declared order. On a
 * refusal the draft is spoilt.
 */
export function planEvents(
  draft: Draft,
  wanted: readonly PlannedEvent[],
  frame: DecisionFrame,
): Planned {
  const before = { ...draft, parts: draft.parts.fork() };
  const plan: Plan = { draft, frame, events: [], alerts: [] };
  const violations = takeAll(plan, wanted);
  if (violations.length > 0) return { kind: 'refused', violations: sortViolations(violations) };
  const broken = newlyBroken(before, draft, frame);
  if (broken.length > 0 && !frame.lenient) {
    return { kind: 'refused', violations: sortViolations(broken) };
  }
  for (const { code } of broken) leaveOut(plan, { invariant: code }, [code]);
  return { kind: 'planned', events: plan.events, alerts: plan.alerts };
}

/**
 * Takes events until one is refused. Then only others of the same name are judged: so an offer to
 * six parties names what bars each of them, and nothing is said of what was to follow.
 */
function takeAll(plan: Plan, wanted: readonly PlannedEvent[]): readonly Violation[] {
  const found: Violation[] = [];
  let refused: string | undefined;
  for (const event of wanted) {
    if (refused !== undefined && event.type !== refused) continue;
    const violations = takeWithConsequences(plan, event);
    if (violations.length > 0) refused = event.type;
    found.push(...violations);
  }
  const broken = found.filter(({ code }) => code !== ENGINE_VIOLATIONS.INVALID_TRANSITION.code);
  return broken.length > 0 ? broken : found;
}

/**
 * Invariants that the decision breaks. One that was broken before it, by an emergency, does not
 * stand in the way of what comes after: the steps that mend it must be possible one by one.
 */
function newlyBroken(
  before: Draft,
  after: Draft,
  { lenient }: DecisionFrame,
): readonly Violation[] {
  // On a protective decision an invariant that cannot be judged counts as broken, and stops nothing.
  const unjudged = lenient ? 'broken' : 'throws';
  const now = brokenInvariants(after, unjudged);
  if (now.length === 0) return [];
  // Before a case is opened there is nothing that could have been broken.
  const earlier = before.head.hash === '' ? [] : brokenInvariants(before, unjudged);
  return now.filter((one) => !earlier.includes(one)).map(brokenViolation);
}

function takeWithConsequences(plan: Plan, wanted: PlannedEvent): readonly Violation[] {
  const { lenient } = plan.frame;
  const queue: PlannedEvent[] = [wanted];
  for (let index = 0; index < queue.length; index += 1) {
    const event = queue[index] as PlannedEvent;
    const consequence = index > 0;
    // The limit may cut what follows from a protective decision, never the decision itself.
    if (plan.events.length >= DECISION_EVENTS_MAX && !(lenient && !consequence)) {
      if (!lenient) return [ENGINE_VIOLATIONS.TOO_MANY_EVENTS];
      leaveOut(plan, { event: event.type }, [ENGINE_VIOLATIONS.TOO_MANY_EVENTS.code]);
      return [];
    }
    const violations = takeOne(plan, event, consequence);
    if (violations === undefined) queue.push(...consequencesOf(plan, event));
    else if (!consequence || !lenient) return violations;
    else leaveOut(plan, { event: event.type }, codesOf(violations));
  }
  return [];
}

function codesOf(violations: readonly Violation[]): readonly string[] {
  return violations.map(({ code }) => code);
}

/** What `work` answers. If that may be left out, what it throws is a value too. */
function attempt<Value>(
  mayBeLeftOut: boolean,
  work: () => Value,
): { readonly value: Value } | { readonly thrown: unknown } {
  if (!mayBeLeftOut) return { value: work() };
  try {
    return { value: work() };
  } catch (thrown) {
    return { thrown };
  }
}

/** The code under which a definition that failed is left out: its own if it is a fault. */
function codeOf(thrown: unknown): string {
  return thrown instanceof Fault ? thrown.code : 'DEFINITION_FAILED';
}

/** Applies one event; `undefined` when it was applied. */
function takeOne(
  plan: Plan,
  planned: PlannedEvent,
  consequence: boolean,
): readonly Violation[] | undefined {
  const { draft, frame } = plan;
  const event = eventOf(planned, frame);
  const position = draft.head.position + plan.events.length + 1;
  // Only a consequence may be left out; whatever else is refused spoils the draft for good.
  const mayBeLeftOut = consequence && frame.lenient;
  const before = mayBeLeftOut
    ? { chart: draft.chart, parts: draft.parts.fork(), deadlines: draft.deadlines.copy() }
    : undefined;
  const done = attempt(mayBeLeftOut, () =>
    isDeadlineEvent(planned.type)
      ? applyDeadlineEvent(draft, event, position)
      : applyEvent(draft, event, position, {
          mode: frame.options.mode,
          reads: frame.options.reads,
          policy: frame.options.policy,
          emergency: frame.options.emergency === true && !consequence,
        }),
  );
  if ('value' in done && done.value.kind === 'applied') {
    plan.events.push(planned);
    return undefined;
  }
  if (before) Object.assign(draft, before);
  if ('thrown' in done) {
    return [{ ...ENGINE_VIOLATIONS.INVALID_TRANSITION, code: codeOf(done.thrown) }];
  }
  if (done.value.kind === 'refused') return done.value.violations;
  if (consequence && !frame.lenient) throw consequenceNotEnabled(draft, planned.type);
  return [ENGINE_VIOLATIONS.INVALID_TRANSITION];
}

/** What could not follow from a protective decision is recorded and people are told. */
function leaveOut(
  plan: Plan,
  what: Readonly<Record<string, string>>,
  codes: readonly string[],
): void {
  const [[kind, name]] = Object.entries(what) as [[string, string]];
  plan.alerts.push(`${kind} ${name} was left out: ${codes.join(', ')}`);
  plan.events.push({ type: 'ConsequenceFailed', data: { ...what, codes } });
}

function consequencesOf(plan: Plan, planned: PlannedEvent): readonly PlannedEvent[] {
  const { draft, frame } = plan;
  const { caseType } = draft.pin;
  const { consequences } = concernsOf(caseType, planned.type);
  const event = eventOf(planned, frame);
  const views = viewsAfter(draft, event, frame.options);
  const corrections = metBeforeReached(draft, event, views).map((data) => ({
    type: 'DeadlineMetLateEntry',
    data: { ...data },
  }));
  const view = viewAbout(draft, event, frame.options);
  const further = consequences.flatMap((consequence) => {
    const wanted = attempt(frame.lenient, () =>
      wantedBy(consequence, view).map((one) => consequent(caseType, consequence, one)),
    );
    if ('value' in wanted) return wanted.value;
    leaveOut(plan, { consequence: consequence.name }, [codeOf(wanted.thrown)]);
    return [];
  });
  return [...corrections, ...further];
}

/** What a consequence wants recorded, if anything. */
export function wantedBy({ when, record }: ConsequenceSpec, view: RuleView): readonly NewEvent[] {
  return when && !when(view as never) ? [] : (record(view as never) as readonly NewEvent[]);
}

/** The view that the consequences of an event get: of the state after it, and the part it is about. */
export function viewAbout(
  draft: Draft,
  event: CaseEvent,
  options: Pick<ApplyOptions, 'reads'>,
): RuleView {
  const about = partOf(draft, event);
  return viewsAfter(draft, event, options)(about?.id, about?.kind);
}

/** An event of a consequence, which is one of those that it declares. */
function consequent(
  caseType: CaseType,
  { name, records }: ConsequenceSpec,
  event: NewEvent,
): PlannedEvent {
  const source = `the consequence "${name}"`;
  if (records && !(records as readonly string[]).includes(event.type)) {
    throw brokenDecision(source, `it does not declare that it records ${event.type}`);
  }
  return plannedEvent(caseType, source, event);
}

/** The part that an event is about: named by its data, or the one whose deadline it is about. */
function partOf(
  draft: Draft,
  event: CaseEvent,
): { readonly kind: string; readonly id: string } | undefined {
  const { caseType } = draft.pin;
  if (!isDeadlineEvent(event.type)) {
    const named = namedParts(caseType, event)[0];
    return named && { kind: named.part.kind, id: named.id };
  }
  const { name, part } = event.data as DeadlineEventData;
  const kind = caseType.deadlines[name]?.part;
  return kind === undefined ? undefined : { kind, id: part };
}

function eventOf({ type, data }: PlannedEvent, frame: DecisionFrame): CaseEvent {
  const { occurredAt, recordedAt, actor } = frame;
  return { type, data, occurredAt, recordedAt, actor };
}

function consequenceNotEnabled(draft: Draft, type: string): Fault {
  return new Fault({
    code: 'consequence-not-enabled',
    attempted: `Cannot record the consequence ${type} in case ${draft.caseId}`,
    found: `no state of ${draft.chart.configuration.join(', ')} reacts to it`,
    todo: 'Give the chart a transition for it, or the consequence a narrower `when`',
  });
}
