// Refusing transitions whose targets cannot all be active at once.
import { entrySetOf } from './entry-set.ts';
import type { ChartNode, Model, Transition } from './model.ts';
import type { Problems } from './problems.ts';

/**
 * XState takes such a transition and is then in two states of one region; what it would persist
 * could not be restored.
 */
export function checkTargets(model: Model, problems: Problems): void {
  for (const transition of model.transitions) {
    if (transition.targets.length < 2) continue;
    const rivals = rivalsOf(transition);
    if (rivals === undefined) continue;
    const feature = `targets that exclude each other: "${rivals[0].path}", "${rivals[1].path}"`;
    const cure = 'Of each region name one state, and no state together with one inside it.';
    problems.refuse(transition.source.path, feature, cure);
  }
}

// Two children of one compound state that would be entered together.
function rivalsOf(transition: Transition): readonly [ChartNode, ChartNode] | undefined {
  const enteredIn = new Map<ChartNode, ChartNode>();
  for (const node of entrySetOf([transition]).enter) {
    const { parent } = node;
    if (parent?.kind !== 'compound') continue;
    const other = enteredIn.get(parent);
    if (other !== undefined) return [other, node];
    enteredIn.set(parent, node);
  }
  return undefined;
}
