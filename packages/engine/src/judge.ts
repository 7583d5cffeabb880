// Judging rules: every rule gets a verdict, and a refusal says only what its rule discloses.
import type { RuleVerdict } from '@himaya/statechart';
import { partsView } from './part.ts';
import { policyCalendar, policyReader, type PolicyReader } from './policy.ts';
import type { ReadsView } from './reads.ts';
import type { AnyRule, CaseEvent, Duty, DutyView, RuleView, Violation } from './rule.ts';
import type { Draft } from './state.ts';

/** All violated rules, in the order they were written. */
export function judgeRules(rules: readonly AnyRule[], view: RuleView): readonly Violation[] {
  return rules.flatMap((rule) =>
    rule.holds(view as never) ? [] : [disclosed(rule, () => rule.detail?.(view as never))],
  );
}

/** All violated duties. */
export function judgeDuties(
  duties: readonly Duty<unknown>[],
  view: DutyView<unknown>,
): readonly Violation[] {
  return duties.flatMap((duty) =>
    duty.holds(view as never) ? [] : [disclosed(duty, () => undefined)],
  );
}

/** The violation of a rule that guards a transition. */
export function violationOf(
  verdict: RuleVerdict,
  event: CaseEvent,
  draft: Draft,
  options: { readonly reads?: ReadsView; readonly policy?: PolicyReader },
): Violation {
  const { rule } = verdict.rule as unknown as { readonly rule: AnyRule };
  const view = {
    context: draft.chart.context,
    event,
    parts: partsView(draft.parts),
    part: undefined,
    policy: options.policy ?? policyReader(draft.pin.policy),
    calendar: policyCalendar(draft.pin.policy),
    in: (path: string) => draft.pin.caseType.chart.matches(draft.chart, path),
  };
  return disclosed(rule, () => rule.detail?.(view as never));
}

function disclosed(
  rule: Omit<Duty<unknown>, 'holds'>,
  detailOf: () => Readonly<Record<string, unknown>> | undefined,
): Violation {
  const detail = rule.discloses === 'detail' ? detailOf() : undefined;
  return {
    code: rule.code,
    ...(rule.invariant === undefined ? {} : { invariant: rule.invariant }),
    text: rule.text,
    ...(rule.citation === null ? {} : { citation: rule.citation }),
    ...(detail === undefined ? {} : { detail }),
  };
}
