// Which transitions an event, or the lack of one, selects from a configuration.
import type { Configuration } from './configuration.ts';
import { wildcardHears } from './events.ts';
import { judgeRules, selectorsHold } from './judge.ts';
import type { ChartNode, Transition } from './model.ts';
import type { RuleVerdict } from './rules.ts';
import type { ArgumentSource } from './step-arguments.ts';

/** What the regions chose, and the rules that failed on it. */
export interface Selection {
  readonly transitions: Transition[];
  readonly failed: RuleVerdict[];
}

const NONE: readonly Transition[] = [];

/** The transitions of one state that hear an event type: exact ones, then wildcards by length. */
export function candidatesOf(node: ChartNode, type: string): readonly Transition[] {
  const exact = node.heard.get(type) ?? NONE;
  if (node.wildcards.length === 0) return exact;
  const wild = node.wildcards.flatMap(([wildcard, transitions]) =>
    wildcard !== type && wildcardHears(wildcard, type) ? transitions : NONE,
  );
  return exact.length === 0 ? wild : [...exact, ...wild];
}

/**
 * Asks every active region, innermost state first. A state asks its own candidates only when
 * nothing inside it was selected. A failed rule counts as selected: neither a later candidate nor
 * an ancestor nor another region can take its place, so that no refusal is masked.
 */
export function selectTransitions(
  root: ChartNode,
  configuration: Configuration,
  type: string,
  source: ArgumentSource,
): Selection {
  const selection: Selection = { transitions: [], failed: [] };
  visit(root, configuration, type, source, selection);
  return selection;
}

function visit(
  node: ChartNode,
  configuration: Configuration,
  type: string,
  source: ArgumentSource,
  selection: Selection,
): boolean {
  let selected = false;
  const { children } = node;
  // By index: an iterator for each state of each event is most of what this would allocate.
  for (let at = 0; at < children.length; at += 1) {
    const child = children[at] as ChartNode;
    if (configuration.active[child.index] === 0) continue;
    if (visit(child, configuration, type, source, selection)) selected = true;
  }
  if (selected) return true;
  for (const candidate of candidatesOf(node, type)) {
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
