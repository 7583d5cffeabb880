// Which states a set of transitions enters: XState's algorithm, without history; kept once found.
import { ancestorsOf, isInside } from './model.ts';
import type { ChartNode, Transition } from './model.ts';

/** States to enter, and those of them whose `initial` actions run. */
export interface EntrySet {
  readonly enter: Set<ChartNode>;
  readonly byDefault: Set<ChartNode>;
}

/** An entry set in the order in which it is entered. */
export interface EntryOrder {
  /** In document order. */
  readonly nodes: readonly ChartNode[];
  readonly byDefault: ReadonlySet<ChartNode>;
  readonly paths: readonly string[];
}

/** What sets of transitions enter, each found once, up to a bound: the next one begins anew. */
export class Entries {
  readonly #byKey = new Map<string | number, EntryOrder>();
  readonly #keptMax: number;

  constructor(keptMax: number) {
    this.#keptMax = keptMax;
  }

  /** What these transitions enter, taken together; it does not depend on where they are taken. */
  of(transitions: readonly Transition[]): EntryOrder {
    const key = keyOf(transitions);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const made = inOrder(entrySetOf(transitions));
    if (this.#byKey.size >= this.#keptMax) this.#byKey.clear();
    this.#byKey.set(key, made);
    return made;
  }
}

/** Tells sets of transitions apart. */
export function keyOf(transitions: readonly Transition[]): string | number {
  const [first] = transitions;
  if (transitions.length === 1 && first !== undefined) return first.index;
  return transitions.map(({ index }) => index).join();
}

/** An entry set as it is entered. */
export function inOrder({ enter, byDefault }: EntrySet): EntryOrder {
  const nodes = [...enter].sort((a, b) => a.index - b.index);
  return { nodes, byDefault, paths: Object.freeze(nodes.map(({ path }) => path)) };
}

/** What one or more transitions taken together enter; the order of transitions matters. */
export function entrySetOf(transitions: readonly Transition[]): EntrySet {
  const set: EntrySet = { enter: new Set(), byDefault: new Set() };
  for (const transition of transitions) {
    const { source, targets, reenter, domain } = transition;
    for (const target of targets) {
      // A state that targets itself from within stays, unless it re-enters.
      if (source !== target || source !== domain || reenter) {
        set.enter.add(target);
        set.byDefault.add(target);
      }
      addDescendants(set, target);
    }
    for (const target of targets) {
      const ancestors = ancestorsOf(target, domain);
      if (domain?.kind === 'parallel') ancestors.push(domain);
      addAncestors(set, ancestors, domain);
    }
  }
  return set;
}

/** What a start enters: the root and its initial states, all by default. */
export function initialEntrySet(root: ChartNode): EntrySet {
  const set: EntrySet = { enter: new Set([root]), byDefault: new Set() };
  addDescendants(set, root);
  for (const node of set.enter) set.byDefault.add(node);
  return set;
}

function addDescendants(set: EntrySet, node: ChartNode): void {
  if (node.kind === 'compound' && node.initial !== undefined) {
    set.enter.add(node.initial);
    set.byDefault.add(node.initial);
    addDescendants(set, node.initial);
  } else if (node.kind === 'parallel') {
    for (const region of node.children) {
      if (reaches(set, region)) continue;
      set.enter.add(region);
      set.byDefault.add(region);
      addDescendants(set, region);
    }
  }
}

function addAncestors(
  set: EntrySet,
  ancestors: readonly ChartNode[],
  domain: ChartNode | undefined,
): void {
  for (const ancestor of ancestors) {
    if (domain === undefined || isInside(ancestor, domain)) set.enter.add(ancestor);
    if (ancestor.kind !== 'parallel') continue;
    for (const region of ancestor.children) {
      if (reaches(set, region)) continue;
      // Entered beside a target, not by default: XState runs no `initial` actions here.
      set.enter.add(region);
      addDescendants(set, region);
    }
  }
}

function reaches(set: EntrySet, region: ChartNode): boolean {
  for (const node of set.enter) if (isInside(node, region)) return true;
  return false;
}
