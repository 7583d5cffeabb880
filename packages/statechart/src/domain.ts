// How far a transition reaches: the state that stays active around everything it leaves.
import { ancestorsOf, isInside } from './model.ts';
import type { ChartNode } from './model.ts';

/**
 * The innermost state that contains the source and all targets. An internal transition (targets in
 * the source, no `reenter`) is contained by the source itself. `undefined` means that the root
 * itself is left and entered again, which only a re-entering transition of the root does.
 */
export function domainOf(
  source: ChartNode,
  targets: readonly ChartNode[],
  reenter: boolean,
): ChartNode | undefined {
  if (!reenter && targets.every((t) => t === source || isInside(t, source))) return source;
  const [first, ...others] = [...new Set(targets), source];
  if (first === undefined) return source;
  const common = ancestorsOf(first).find((a) => others.every((other) => isInside(other, a)));
  if (common !== undefined) return common;
  return reenter ? undefined : rootOf(source);
}

function rootOf(node: ChartNode): ChartNode {
  return ancestorsOf(node).at(-1) ?? node;
}
