// Why an event was possible: each rule with its verdict, the policy values behind it, the change.
import { ruleView, namedParts } from './apply.ts';
import type { CandidateExplanation, ChartEvent } from '@himaya/statechart';
import { partKey, partView } from './part.ts';
import { policyCalendar, policyReader, type PolicyValue } from './policy.ts';
import { caseEvent, type RecordedEvent } from './recorded-event.ts';
import type { ReadsView } from './reads.ts';
import { rulesOf, type AnyRule, type ChartFacts } from './rule.ts';
import { draftOf, type CaseState } from './state.ts';
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
  /** Transitions of the case chart that could have taken it; rules and selectors with verdicts. */
  readonly candidates: readonly CandidateExplanation[];
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

/** Explains `event`, given the states right before and after it. */
export function explainEvent(
  before: CaseState,
  after: CaseState,
  event: RecordedEvent,
  reads: ReadsView | undefined,
): EventExplanation {
  const draft = draftOf(before);
  const seen = caseEvent(event);
  const { caseType, policy } = before.pin;
  const named = caseType.events[event.type] ? namedParts(caseType, seen)[0] : undefined;
  const part = named && before.parts.get(partKey(named.part.kind, named.id));
  const explainRule = (rule: AnyRule): ExplainedRule => {
    const keys = new Set<string>();
    const reader = policyReader(policy, (key) => keys.add(key));
    const view = ruleView(draft, seen, part, { policy: reader, ...(reads ? { reads } : {}) });
    const holds = rule.holds(view as never);
    const { name, code, invariant, text, citation } = rule;
    return {
      name,
      code,
      ...(invariant === undefined ? {} : { invariant }),
      text,
      citation: citation?.source ?? null,
      holds,
      policyValues: [...keys].map((key) => ({ key, ...(policy.values[key] as PolicyValue) })),
    };
  };
  const view = ruleView(draft, seen, part, {});
  const facts: ChartFacts = {
    ...view,
    calendar: policyCalendar(policy),
    part: part && partView(part),
  };
  const { candidates } = caseType.chart.explain(
    before.chart,
    seen as unknown as ChartEvent,
    facts,
  );
  const inChart = candidates.flatMap(({ rules }) =>
    rules.map(({ rule }) => (rule as unknown as { readonly rule: AnyRule }).rule),
  );
  const rules = [...new Set([...rulesOf(caseType.requires[event.type]), ...inChart])];
  return {
    event,
    rules: rules.map(explainRule),
    candidates,
    before: before.chart.configuration,
    after: after.chart.configuration,
    parts: changedParts(before, after),
    deadlinesArmed: after.deadlines.current
      .filter(({ position }) => position === event.position)
      .map(({ code, part: of, dueAt }) => ({ code, part: of, dueAt })),
  };
}

function changedParts(before: CaseState, after: CaseState): EventExplanation['parts'] {
  return [...after.parts].flatMap(([key, part]) => {
    const old = before.parts.get(key);
    if (old?.snapshot === part.snapshot) return [];
    const was = old?.snapshot.configuration ?? [];
    return [{ kind: part.kind, id: part.id, before: was, after: part.snapshot.configuration }];
  });
}
