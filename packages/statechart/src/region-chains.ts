// What a transition brings about within one step: by the events it queues and the states it enters.
import { entrySetOf } from './entry-set.ts';
import { isWildcard, wildcardHears } from './events.ts';
import { isInside } from './model.ts';
import type { Action, ChartNode, Model, Transition } from './model.ts';

/** For each transition those that may follow it in the same step, one caused by the other. */
export class Chains {
  readonly #model: Model;
  readonly #following = new Map<Transition, ReadonlySet<Transition>>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** All that may follow `transition`, itself left out unless it follows itself. */
  after(transition: Transition): ReadonlySet<Transition> {
    const known = this.#following.get(transition);
    if (known) return known;
    const found = new Set<Transition>();
    const waiting = [transition];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      for (const next of this.#causedBy(one)) {
        if (!found.has(next)) waiting.push(next);
        found.add(next);
      }
    }
    this.#following.set(transition, found);
    return found;
  }

  #causedBy(transition: Transition): readonly Transition[] {
    const { nodes, transitions } = this.#model;
    const { actions, targets, domain } = transition;
    const entered = targets.length === 0 ? [] : [...entrySetOf([transition]).enter];
    const left =
      targets.length === 0
        ? []
        : nodes.filter((node) => domain === undefined || isInside(node, domain));
    const raised = [
      ...actions,
      ...left.flatMap(({ exit }) => exit),
      ...entered.flatMap(({ entry, initialActions }) => [...entry, ...initialActions]),
    ].flatMap(raisedBy);
    const done = entered.flatMap(endedBy);
    return [
      ...entered.flatMap(({ always }) => always),
      ...transitions.filter(
        (next) =>
          (next.trigger === 'done' && done.includes(next.source)) ||
          (next.trigger === 'event' && raised.some((type) => hears(next, type))),
      ),
    ];
  }
}

/** The event an action raises; `null` for one that only running it would tell. */
function raisedBy(action: Action): readonly (string | null)[] {
  if (action.kind !== 'raise') return [];
  const { type } = action.event as { readonly type?: unknown };
  return [typeof type === 'string' ? type : null];
}

/** The states that may be done once a final state is entered. */
function endedBy(node: ChartNode): readonly ChartNode[] {
  if (node.kind !== 'final' || !node.parent) return [];
  const above = node.parent.parent;
  return above?.kind === 'parallel' ? [node.parent, above] : [node.parent];
}

function hears({ descriptor }: Transition, type: string | null): boolean {
  if (type === null || descriptor === type) return true;
  return isWildcard(descriptor) && wildcardHears(descriptor, type);
}
