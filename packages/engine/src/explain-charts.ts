// What the charts of a case would do with an event, and the facts that their guards may look at.
import type { ChartEvent, Explanation } from '@himaya/statechart';
import { concernsOf } from './event-index.ts';
import { partsView, type PartState, type ReadonlyParts } from './part.ts';
import { policyCalendar, policyReader, type PolicyReader } from './policy.ts';
import { NO_READS } from './reads.ts';
import type { CaseEvent, ChartFacts, RuleView } from './rule.ts';
import type { Draft } from './state.ts';

/** The facts that chart guards and assigns may look at. */
export function factsOf(
  draft: Draft,
  part: PartState | undefined,
  options: { readonly policy?: PolicyReader | undefined },
): ChartFacts {
  return {
    parts: partsView(draft.parts, draft.pin.caseType.parts),
    part: part?.view,
    policy: options.policy ?? policyReader(draft.pin.policy),
    calendar: policyCalendar(draft.pin.policy),
    reads: NO_READS,
    in: (path) => draft.pin.caseType.chart.matches(draft.chart, path),
  };
}

/** What a chart would do with an event, and what its rules see. */
export interface ChartExplanation {
  readonly part: PartState | undefined;
  readonly explanation: Explanation;
  readonly view: RuleView;
}

/**
 * Asks every chart that the event concerns: the parts it names, those that hear it, the case. The
 * case chart sees `parts` as they are after their step, where that is known.
 */
export function explainCharts(
  draft: Draft,
  event: CaseEvent,
  named: readonly PartState[],
  options: {
    readonly policy?: PolicyReader | undefined;
    readonly parts?: ReadonlyParts;
  } = {},
): readonly ChartExplanation[] {
  const { hearing } = concernsOf(draft.pin.caseType, event.type);
  const kinds = new Set(hearing.map(({ kind }) => kind));
  const heard = [...draft.parts.values()].filter(
    (part) => kinds.has(part.kind) && !named.includes(part),
  );
  return [...named, ...heard, undefined].map((part) => {
    const parts = !part && options.parts ? options.parts.fork() : draft.parts;
    const facts = factsOf({ ...draft, parts }, part, options);
    const { chart, snapshot } = part ?? { chart: draft.pin.caseType.chart, snapshot: draft.chart };
    const explanation = chart.explain(snapshot, event as unknown as ChartEvent, facts);
    return { part, explanation, view: { ...facts, context: snapshot.context, event } };
  });
}
