// Why an event was possible: each rule with its verdict, the policy values behind it, the change.
import { afterEvent, type CandidateExplanation } from '@himaya/statechart';
import { namedParts, ruleView } from './apply.ts';
import { authored } from './authored.ts';
import type { CaseType } from './compiled.ts';
import type { DeadlineEventData } from './deadline-fold.ts';
import { explainCharts } from './explain-charts.ts';
import { invariantView } from './invariants.ts';
import { partKey, type PartState } from './part.ts';
import { policyReader, type PolicyValue } from './policy.ts';
import { readsView, readView, type StreamRead } from './reads.ts';
import { caseEvent, type RecordedEvent } from './recorded-event.ts';
import { rulesOf, type AnyRule, type CaseEvent, type RuleView } from './rule.ts';
import { draftOf, type CaseState, type Draft } from './state.ts';
import type { Text } from './text.ts';

/** A rule, its verdict, and the policy values it looked at. */
export interface ExplainedRule {
  readonly name: string;
  readonly code: string;
  readonly invariant?: string;
  readonly text: Text;
  readonly citation: string | null;
  readonly holds: boolean;
  readonly policyValues: readonly (PolicyValue & { readonly key: string })[];
}

/** An event with everything that bore on it. */
export interface EventExplanation {
  readonly event: RecordedEvent;
  readonly rules: readonly ExplainedRule[];
  /** Of the last event of an append: what must hold of the state it led to. */
  readonly invariants: readonly {
    readonly code: string;
    readonly invariant?: string;
    readonly text: Text;
    readonly holds: boolean;
  }[];
  /** Transitions of the case chart that could have taken it; rules and selectors with verdicts. */
  readonly candidates: readonly CandidateExplanation[];
  /** The same of the parts that it names and of those that hear it. */
  readonly inParts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly candidates: readonly CandidateExplanation[];
  }[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Parts that it opened or moved. */
  readonly parts: readonly {
    readonly kind: string;
    readonly id: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  readonly deadlinesArmed: readonly {
    readonly code: string;
    readonly part: string;
    readonly dueAt: string;
  }[];
}

/** Explains `event`, given the states right before and after it and the other streams it read. */
export function explainEvent(
  before: CaseState,
  after: CaseState,
  event: RecordedEvent,
  reads: readonly StreamRead[],
): EventExplanation {
  const draft = draftOf(before);
  const seen = chartEvent(caseEvent(event));
  const { caseType } = before.pin;
  const named = namedNow(draft, event);
  const charts = explainCharts(draft, seen, named, { parts: after.parts });
  const view = ruleView(draft, seen, named[0], { reads: readsView(reads, readView(before)) });
  const inRequires = rulesOf(caseType.requires[event.type]).map((rule) => ({ rule, view }));
  const inCharts = charts.flatMap(({ explanation, view: saw }) =>
    explanation.candidates.flatMap(({ rules }) =>
      rules.map(({ rule }) => ({ rule: (rule as unknown as Guarding).rule, view: saw })),
    ),
  );
  const judged = new Map([...inCharts, ...inRequires].map((one) => [one.rule, one.view]));
  const rules = [...new Set([...inRequires, ...inCharts].map(({ rule }) => rule))];
  return {
    event,
    rules: rules.map((rule) => explainRule(before, rule, judged.get(rule) as RuleView)),
    invariants: event.after === undefined ? [] : judgedInvariants(after),
    candidates: charts.flatMap(({ part, explanation }) => (part ? [] : explanation.candidates)),
    inParts: charts.flatMap(({ part, explanation: { candidates } }) =>
      part && candidates.length > 0 ? [{ kind: part.kind, id: part.id, candidates }] : [],
    ),
    before: before.chart.configuration,
    after: after.chart.configuration,
    parts: changedParts(before, after),
    deadlinesArmed: after.deadlines.current
      .filter(({ position }) => position === event.position)
      .map(({ code, part: of, dueAt }) => ({ code, part: of, dueAt })),
  };
}

interface Guarding {
  readonly rule: AnyRule;
}

function explainRule({ pin }: CaseState, rule: AnyRule, view: RuleView): ExplainedRule {
  const { policy, caseType } = pin;
  const keys = new Set<string>();
  const reader = policyReader(policy, (key) => keys.add(key));
  const { name, code, invariant, text, citation } = rule;
  const holds = authored(caseType, view.event.type, () =>
    rule.holds({ ...view, policy: reader } as never),
  );
  return {
    name,
    code,
    ...(invariant === undefined ? {} : { invariant }),
    text,
    citation: citation?.source ?? null,
    holds,
    policyValues: [...keys].map((key) => ({ key, ...(policy.values[key] as PolicyValue) })),
  };
}

function judgedInvariants(state: CaseState): EventExplanation['invariants'] {
  const { caseType } = state.pin;
  const view = invariantView(state);
  return caseType.invariants.map((one) => ({
    code: one.code,
    ...(one.invariant === undefined ? {} : { invariant: one.invariant }),
    text: one.text,
    holds: authored(caseType, one.code, () => one.holds(view)),
  }));
}

/** A reached deadline reaches the charts under the name that they wait for. */
function chartEvent(event: CaseEvent): CaseEvent {
  if (event.type !== 'DeadlineReached') return event;
  return { ...event, type: afterEvent((event.data as DeadlineEventData).name) };
}

/** The parts that an event is about, as they were before it. */
function namedNow(draft: Draft, event: RecordedEvent): readonly PartState[] {
  const { caseType } = draft.pin;
  const keys = caseType.events[event.type]
    ? namedParts(caseType, caseEvent(event)).map(({ part, id }) => partKey(part.kind, id))
    : deadlinePart(caseType, event);
  return keys.flatMap((key) => draft.parts.get(key) ?? []);
}

function deadlinePart({ deadlines }: CaseType, event: RecordedEvent): readonly string[] {
  if (event.type !== 'DeadlineReached') return [];
  const { name, part } = event.data as unknown as DeadlineEventData;
  const kind = deadlines[name]?.part;
  return kind === undefined ? [] : [partKey(kind, part)];
}

function changedParts(before: CaseState, after: CaseState): EventExplanation['parts'] {
  return [...after.parts.values()].flatMap((part) => {
    const old = before.parts.get(partKey(part.kind, part.id));
    if (old?.snapshot === part.snapshot) return [];
    const was = old?.snapshot.configuration ?? [];
    return [{ kind: part.kind, id: part.id, before: was, after: part.snapshot.configuration }];
  });
}
