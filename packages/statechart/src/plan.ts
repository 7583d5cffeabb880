// What a set of transitions does from a configuration: fixed by structure, so made once and kept.
import type { Configuration, Instruction, Plan } from './configuration.ts';
import { isFinished } from './configurations.ts';
import type { Configurations } from './configurations.ts';
import { entrySetOf, initialEntrySet } from './entry-set.ts';
import type { EntrySet } from './entry-set.ts';
import { isInside } from './model.ts';
import type { Action, ChartNode, Transition } from './model.ts';

/** The microstep that takes these transitions, given in document order of their selection. */
export function planFor(
  configurations: Configurations,
  from: Configuration,
  transitions: readonly Transition[],
): Plan {
  const key =
    transitions.length === 1
      ? (transitions[0] as Transition).index
      : transitions.map((transition) => transition.index).join();
  const known = from.plans.get(key);
  if (known !== undefined) return known;
  const plan = makePlan(configurations, from, transitions);
  from.plans.set(key, plan);
  return plan;
}

function makePlan(
  configurations: Configurations,
  from: Configuration,
  transitions: readonly Transition[],
): Plan {
  const taken = withoutConflicts(from, transitions);
  const exits = exitSetOf(from, taken).reverse();
  const active = from.active.slice();
  for (const node of exits) active[node.index] = 0;
  const instructions: Instruction[] = exits.flatMap((node) => acts(node, node.exit));
  for (const { source, actions } of taken) instructions.push(...acts(source, actions));
  const entered = planEntries(entrySetOf(taken), active, instructions);
  const left = exits.map((node) => node.path);
  // The same one where nothing moves: what was forgotten and learnt anew would look like another.
  const isSame = active.every((bit, index) => bit === from.active[index]);
  const next = isSame ? from : configurations.of(active);
  return planOf(instructions, next, entered, left);
}

function planOf(
  instructions: readonly Instruction[],
  next: Configuration,
  entered: readonly string[],
  left: readonly string[],
): Plan {
  const assigns = instructions.some((one) => one.kind === 'act' && one.action.kind === 'assign');
  const paths = { entered: Object.freeze(entered), left: Object.freeze(left) };
  return { instructions, assigns, next, ...paths };
}

/** The microstep that enters the initial states. */
export function planStart(configurations: Configurations, root: ChartNode): Plan {
  const active = new Uint8Array(root.lastIndex + 1);
  const instructions: Instruction[] = [];
  const entered = planEntries(initialEntrySet(root), active, instructions);
  return planOf(instructions, configurations.of(active), entered, []);
}

/**
 * The transitions that are taken together. Of two that leave a common state the one whose source is
 * deeper goes first, else the one that comes first in document order.
 */
export function withoutConflicts(
  from: Configuration,
  transitions: readonly Transition[],
): readonly Transition[] {
  if (transitions.length < 2) return transitions;
  const kept = new Set<Transition>();
  for (const candidate of transitions) {
    const exits = new Set(exitSetOf(from, [candidate]));
    const rivals = [...kept].filter((k) => exitSetOf(from, [k]).some((node) => exits.has(node)));
    // XState drops a rival only when no earlier rival pre-empts the candidate.
    if (rivals.some((rival) => !isInside(candidate.source, rival.source))) continue;
    for (const rival of rivals) kept.delete(rival);
    kept.add(candidate);
  }
  return [...kept];
}

function exitSetOf(from: Configuration, transitions: readonly Transition[]): ChartNode[] {
  const moving = transitions.filter((transition) => transition.targets.length > 0);
  if (moving.length === 0) return [];
  return from.nodes.filter((node) =>
    moving.some(({ domain }) => domain === undefined || isInside(node, domain)),
  );
}

// Marks the entered states in `active` one by one: whether a parallel state is finished depends on
// what has been entered so far, and so does the order of done events.
function planEntries(
  set: EntrySet,
  active: Uint8Array,
  instructions: Instruction[],
): readonly string[] {
  const entries = [...set.enter].sort((a, b) => a.index - b.index);
  const finished = new Set<ChartNode>();
  let complete = false;
  for (const node of entries) {
    active[node.index] = 1;
    instructions.push(...acts(node, node.entry));
    if (set.byDefault.has(node)) instructions.push(...acts(node, node.initialActions));
    if (node.kind !== 'final') continue;
    complete = planDone(node, active, finished, instructions) || complete;
  }
  if (complete) {
    const root = entries[0] === undefined ? undefined : rootOf(entries[0]);
    instructions.push(...exitsOfAll(root, active));
  }
  return entries.map((node) => node.path);
}

function planDone(
  node: ChartNode,
  active: Uint8Array,
  finished: Set<ChartNode>,
  instructions: Instruction[],
): boolean {
  const { parent } = node;
  let at = parent?.kind === 'parallel' ? parent : parent?.parent;
  let completion: ChartNode = node;
  if (parent?.kind === 'compound') {
    instructions.push({ kind: 'done', node: parent, final: node });
  }
  while (at?.kind === 'parallel' && !finished.has(at) && isFinished(at, active)) {
    finished.add(at);
    instructions.push({ kind: 'done', node: at, final: undefined });
    completion = at;
    at = at.parent;
  }
  if (at !== undefined) return false;
  instructions.push({ kind: 'complete', completion });
  return true;
}

// A chart that is done runs the exit actions of all its states, though they stay in its value.
function exitsOfAll(root: ChartNode | undefined, active: Uint8Array): Instruction[] {
  const nodes: ChartNode[] = [];
  const collect = (node: ChartNode): void => {
    if (active[node.index] === 1) nodes.push(node);
    node.children.forEach(collect);
  };
  if (root !== undefined) collect(root);
  return nodes.reverse().flatMap((node) => acts(node, node.exit));
}

function rootOf(node: ChartNode): ChartNode {
  return node.parent === undefined ? node : rootOf(node.parent);
}

function acts(node: ChartNode, actions: readonly Action[]): Instruction[] {
  return actions.map((action) => ({ kind: 'act', action, node }));
}
