// Which transitions an event, or the lack of one, selects from a configuration.
import type { Asked, Configuration } from './configuration.ts';
import { judgeRules, selectorsHold } from './judge.ts';
import type { Transition } from './model.ts';
import type { RuleVerdict } from './rules.ts';
import type { ArgumentSource } from './step-arguments.ts';

/** What the regions chose, and the rules that failed on it. */
export interface Selection {
  readonly transitions: Transition[];
  readonly failed: RuleVerdict[];
}

const NONE: readonly Transition[] = [];

/**
 * Asks every active region, innermost state first. A state asks its own candidates only when
 * nothing inside it was selected. A failed rule counts as selected: neither a later candidate nor
 * an ancestor nor another region can take its place, so that no refusal is masked.
 */
export function selectTransitions(
  asked: Asked,
  configuration: Configuration,
  source: ArgumentSource,
): Selection {
  const selection: Selection = { transitions: [], failed: [] };
  ask(asked, configuration, source, selection);
  return selection;
}

/** Answers whether something was selected. */
function ask(
  { inside, candidates }: Asked,
  configuration: Configuration,
  source: ArgumentSource,
  selection: Selection,
): boolean {
  let isSelected = false;
  for (const asked of inside) {
    if (ask(asked, configuration, source, selection)) isSelected = true;
  }
  if (isSelected) return true;
  for (const candidate of candidates) {
    if (!selectorsHold(candidate, configuration, source)) continue;
    selection.transitions.push(candidate);
    if (candidate.rules.length > 0) {
      for (const verdict of judgeRules(candidate, source.arguments)) {
        if (!verdict.holds) selection.failed.push(verdict);
      }
    }
    return true;
  }
  return false;
}

/** Failed rules, each code once. */
export function distinctByCode(failed: readonly RuleVerdict[]): readonly RuleVerdict[] {
  const byCode = new Map<string, RuleVerdict>();
  for (const verdict of failed) {
    if (!byCode.has(verdict.rule.code)) byCode.set(verdict.rule.code, verdict);
  }
  return [...byCode.values()];
}

/**
 * The `always` transitions that are enabled now, at most one per leaf; one of a state around several
 * leaves may be named by each. Plans take each once and resolve conflicts.
 */
export function selectAlways(
  configuration: Configuration,
  source: ArgumentSource,
): readonly Transition[] {
  let chosen: Transition[] | undefined;
  for (const asked of configuration.eventless) {
    const found = firstThatHolds(asked, configuration, source);
    if (found !== undefined) (chosen ??= []).push(found);
  }
  return chosen ?? NONE;
}

function firstThatHolds(
  asked: readonly Transition[],
  configuration: Configuration,
  source: ArgumentSource,
): Transition | undefined {
  for (const transition of asked) {
    if (selectorsHold(transition, configuration, source)) return transition;
  }
  return undefined;
}
