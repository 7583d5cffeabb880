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
  for (const child of node.children) {
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

/** The `always` transitions that are enabled now, at most one per leaf; plans resolve conflicts. */
export function selectAlways(
  configuration: Configuration,
  source: ArgumentSource,
): readonly Transition[] {
  const chosen = new Set<Transition>();
  for (const leaf of configuration.leaves) {
    const found = firstAlways(leaf, configuration, source);
    if (found !== undefined) chosen.add(found);
  }
  return chosen.size === 0 ? NONE : [...chosen];
}

function firstAlways(
  leaf: ChartNode,
  configuration: Configuration,
  source: ArgumentSource,
): Transition | undefined {
  for (let at: ChartNode | undefined = leaf; at !== undefined; at = at.parent) {
    for (const transition of at.always) {
      if (selectorsHold(transition, configuration, source)) return transition;
    }
  }
  return undefined;
}
