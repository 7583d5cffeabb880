// Explaining an event: every candidate transition with the verdict of every guard on it.
import { candidatesOf } from './asked.ts';
import type { CandidateExplanation, ChartEvent, Explanation, SelectorVerdict } from './chart.ts';
import type { Configuration } from './configuration.ts';
import { isInternalEvent } from './events.ts';
import { guardHolds, judgeRule, judgeRules, selectorFault } from './judge.ts';
import type { ChartNode, Guard, Model, Transition } from './model.ts';
import { withoutConflicts } from './plan.ts';
import type { RuleVerdict } from './rules.ts';
import { distinctByCode } from './select.ts';
import type { StepArguments } from './step-arguments.ts';

/**
 * Judges all candidates from the leaves to the root, those included that the search never reaches,
 * and takes none: no action runs. Events that actions would raise are the caller's to follow;
 * `raised` says that this is one of them, which may be XState's own.
 */
export function explainEvent(
  model: Model,
  configuration: Configuration,
  event: ChartEvent,
  args: StepArguments,
  raised = false,
): Explanation {
  const judged: Judged[] = [];
  const heard = !configuration.done && (raised || !isInternalEvent(event.type));
  if (heard) judge(model.root, configuration, event.type, args, judged);
  const selected = judged.filter((entry) => entry.selected).map((entry) => entry.transition);
  const taken = new Set(withoutConflicts(configuration, selected));
  const candidates = judged.map((entry) =>
    describe(entry, args, entry.selected && !taken.has(entry.transition)),
  );
  const asked = candidates.filter((candidate) => candidate.selected).flatMap((c) => c.rules);
  const failed = distinctByCode(asked.filter((verdict) => !verdict.holds));
  const outcome =
    failed.length > 0
      ? 'refused'
      : selected.some((transition) => !transition.forbidden)
        ? 'stepped'
        : 'not-enabled';
  const reactsIn =
    outcome === 'not-enabled'
      ? model.nodes.filter((node) => reacts(node, event.type)).map((node) => node.path)
      : [];
  return { eventType: event.type, outcome, failed, candidates, reactsIn };
}

interface Judged {
  readonly transition: Transition;
  readonly selectors: readonly SelectorVerdict[];
  readonly selected: boolean;
}

// Walks as the selection does: a state is asked only when nothing inside it was selected.
function judge(
  node: ChartNode,
  configuration: Configuration,
  type: string,
  args: StepArguments,
  judged: Judged[],
): boolean {
  let settled = false;
  for (const child of node.children) {
    if (configuration.active[child.index] === 0) continue;
    if (judge(child, configuration, type, args, judged)) settled = true;
  }
  for (const transition of candidatesOf(node, type)) {
    const selectors = judgeSelectors(transition, configuration, args, settled);
    const selected = !settled && selectors.every((verdict) => verdict.holds);
    if (selected) settled = true;
    judged.push({ transition, selectors, selected });
  }
  return settled;
}

// A candidate that the search does not reach may rest on guards before it; if it throws, it counts
// as not holding. One that is reached throws here as it does in a step.
function judgeSelectors(
  transition: Transition,
  configuration: Configuration,
  args: StepArguments,
  unreached: boolean,
): readonly SelectorVerdict[] {
  return transition.selectors.map((guard) => {
    const selector = selectorName(guard);
    try {
      return { selector, holds: guardHolds(guard, configuration, args) };
    } catch (error) {
      if (!unreached) throw selectorFault(error, transition);
      return { selector, holds: false, threw: String(error) };
    }
  });
}

// The step asks the rules of what it selects, and fails where they do; the others it never asks.
function judgeUnasked(transition: Transition, args: StepArguments): readonly RuleVerdict[] {
  return transition.rules.map((rule) => {
    try {
      return judgeRule(transition, rule, args);
    } catch (error) {
      return { rule, holds: false, threw: String((error as Error).cause) };
    }
  });
}

function describe(
  { transition, selectors, selected }: Judged,
  args: StepArguments,
  preempted: boolean,
): CandidateExplanation {
  const { source, descriptor, targets, guard, rules } = transition;
  return {
    source: source.path,
    descriptor,
    targets: targets.map((target) => target.path),
    guard: rules.length > 0 ? 'rules' : guard === undefined ? 'none' : 'selector',
    selectors,
    rules: selected ? judgeRules(transition, args) : judgeUnasked(transition, args),
    selected,
    preempted,
  };
}

function reacts(node: ChartNode, type: string): boolean {
  return candidatesOf(node, type).some((transition) => !transition.forbidden);
}

/** A guard in words: its name, `inline`, or the composition of its parts. */
export function selectorName(guard: Guard): string {
  switch (guard.kind) {
    case 'test':
      return guard.name ?? 'inline';
    case 'in':
      return `in(${guard.nodes.map((node) => node.path).join(', ')})`;
    case 'rules':
      return guard.rules.map((rule) => rule.code).join(', ');
    default:
      return `${guard.kind}(${guard.parts.map((part) => selectorName(part)).join(', ')})`;
  }
}
