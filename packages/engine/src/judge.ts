// Judging rules: every rule gets a verdict, and a refusal says only what its rule discloses.
import { Fault } from '@himaya/event-store';
import type { RuleVerdict } from '@himaya/statechart';
import type { AnyRule, Duty, DutyView, RuleView, Violation } from './rule.ts';

/** A verdict is true or false; a promise, say, would always be taken for true. */
function verdictOf(code: string, verdict: unknown): boolean {
  if (typeof verdict === 'boolean') return verdict;
  throw new Fault({
    code: 'definition-broken',
    attempted: `Cannot judge rule ${code}`,
    found: `its verdict is of type ${typeof verdict}`,
    todo: 'Let `holds` answer true or false',
  });
}

/** All violated rules, in the order they were written. */
export function judgeRules(rules: readonly AnyRule[], view: RuleView): readonly Violation[] {
  return rules.flatMap((rule) =>
    verdictOf(rule.code, rule.holds(view as never))
      ? []
      : [disclosed(rule, () => rule.detail?.(view as never))],
  );
}

/** All violated duties. */
export function judgeDuties(
  duties: readonly Duty<unknown>[],
  view: DutyView<unknown>,
): readonly Violation[] {
  return duties.flatMap((duty) =>
    verdictOf(duty.code, duty.holds(view as never)) ? [] : [disclosed(duty, () => undefined)],
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
