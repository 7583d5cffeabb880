// Judging rules: every rule gets a verdict, and a refusal says only what its rule discloses.
import type { RuleVerdict } from '@himaya/statechart';
import type { AnyRule, Duty, DutyView, RuleView, Violation } from './rule.ts';

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

/** The violation of a rule that guards a transition; `view` is what the rule saw there. */
export function violationOf(verdict: RuleVerdict, view: RuleView): Violation {
  const { rule } = verdict.rule as unknown as { readonly rule: AnyRule };
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
