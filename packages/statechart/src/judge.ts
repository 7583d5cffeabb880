// Judging guards and rules of one transition.
import { ChartError } from './chart-error.ts';
import type { Configuration } from './configuration.ts';
import type { Guard, Transition } from './model.ts';
import type { GuardRule, RuleVerdict } from './rules.ts';
import { resolveParams } from './step-arguments.ts';
import type { ArgumentSource, StepArguments } from './step-arguments.ts';

/** Whether all selectors of a transition hold, judged in order up to the first that does not. */
export function selectorsHold(
  transition: Transition,
  configuration: Configuration,
  source: ArgumentSource,
): boolean {
  const { selectors } = transition;
  if (selectors.length === 0) return true;
  try {
    const args = source.arguments;
    // No closure: of all that a step does, most is asking selectors.
    for (const selector of selectors) {
      if (!guardHolds(selector, configuration, args)) return false;
    }
    return true;
  } catch (error) {
    throw selectorFault(error, transition);
  }
}

/** The verdicts of all rules of a transition; a failed one does not spare the next. */
export function judgeRules(transition: Transition, args: StepArguments): readonly RuleVerdict[] {
  return transition.rules.map((rule) => judgeRule(transition, rule, args));
}

/** The verdict of one rule of a transition. */
export function judgeRule(
  transition: Transition,
  rule: GuardRule,
  args: StepArguments,
): RuleVerdict {
  try {
    return { rule, holds: holds(rule, args) };
  } catch (error) {
    throw guardFault(error, transition, `rule "${rule.code}"`);
  }
}

function holds(rule: GuardRule, args: StepArguments): boolean {
  return verdictOf(rule.holds(args));
}

// Truthiness, as in XState; but the promise of an async guard is truthy whatever it will say.
function verdictOf(answer: unknown): boolean {
  if (typeof answer === 'object' && answer !== null && 'then' in answer) {
    throw new TypeError('it answered a promise');
  }
  return Boolean(answer);
}

/** Whether a selector holds in a configuration. */
export function guardHolds(
  guard: Guard,
  configuration: Configuration,
  args: StepArguments,
): boolean {
  switch (guard.kind) {
    case 'test':
      return verdictOf(guard.test(args, resolveParams(guard.params, args)));
    case 'in':
      return guard.nodes.every((node) => configuration.active[node.index] === 1);
    case 'and':
      return guard.parts.every((part) => guardHolds(part, configuration, args));
    case 'or':
      return guard.parts.some((part) => guardHolds(part, configuration, args));
    case 'not':
      return !guard.parts.every((part) => guardHolds(part, configuration, args));
    case 'rules':
      return guard.rules.every((rule) => holds(rule, args));
  }
}

/** The fault of a selector that threw. */
export function selectorFault(error: unknown, transition: Transition): ChartError {
  return guardFault(error, transition, 'a guard');
}

function guardFault(error: unknown, transition: Transition, what: string): ChartError {
  if (error instanceof ChartError) return error;
  const { source, descriptor } = transition;
  return new ChartError(
    'guard-threw',
    `Cannot judge ${what} on "${descriptor}" in state "${source.path}": it ` +
      `threw ${JSON.stringify(String(error))}. A guard answers at once, for every context and ` +
      'event, and changes neither.',
    [source.path],
    { cause: error },
  );
}
