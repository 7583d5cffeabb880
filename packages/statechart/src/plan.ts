// What a set of transitions does from a configuration: fixed by structure, so made once and kept.
import type { Configuration, Instruction, Plan } from './configuration.ts';
import { isFinished } from './configurations.ts';
import type { Configurations } from './configurations.ts';
import { initialEntrySet, inOrder, keyOf } from './entry-set.ts';
import type { EntryOrder } from './entry-set.ts';
import { isInside } from './model.ts';
import type { Action, ChartNode, Transition } from './model.ts';

/** The microstep that takes these transitions, given in document order of their selection. */
export function planFor(
  configurations: Configurations,
  from: Configuration,
  transitions: readonly Transition[],
): Plan {
  const key = keyOf(transitions);
  const known = from.plans.get(key);
  if (known !== undefined) return known;
  const plan = makePlan(configurations, from, transitions);
  from.plans.set(key, plan);
  return plan;
}

/** {@link planFor} for somebody who comes by once: nothing is kept. */
export function makePlan(
  configurations: Configurations,
  from: Configuration,
  transitions: readonly Transition[],
): Plan {
  const taken = withoutConflicts(from, transitions);
  const exits = exitSetOf(from, taken).reverse();
  const active = from.active.slice();
  const instructions: Instruction[] = [];
  for (const node of exits) {
    active[node.index] = 0;
    addActs(instructions, node, node.exit);
  }
  for (const { source, actions } of taken) addActs(instructions, source, actions);
  const order = configurations.entries.of(taken);
  planEntries(order, active, instructions);
  const left = exits.map((node) => node.path);
  // The same one where nothing moves: what was forgotten and learnt anew would look like another.
  const next = isSame(active, from.active) ? from : configurations.of(active);
  return planOf(instructions, next, order.paths, left);
}

function isSame(some: Uint8Array, others: Uint8Array): boolean {
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

function planOf(
  instructions: readonly Instruction[],
  next: Configuration,
  entered: readonly string[],
  left: readonly string[],
): Plan {
  const assigns = instructions.some((one) => one.kind === 'act' && one.action.kind === 'assign');
  return { instructions, assigns, next, entered, left: Object.freeze(left) };
}

/** The microstep that enters the initial states. */
export function planStart(configurations: Configurations, root: ChartNode): Plan {
  const active = new Uint8Array(root.lastIndex + 1);
  const instructions: Instruction[] = [];
  const order = inOrder(initialEntrySet(root));
  planEntries(order, active, instructions);
  return planOf(instructions, configurations.of(active), order.paths, []);
}

/**
 * The transitions that are taken together. Of two that leave a common state the one whose source is
 * deeper goes first, else the one that comes first in document order.
 */
export function withoutConflicts(
  from: Configuration,
  transitions: readonly Transition[],
): readonly Transition[] {
  const mayCollide = transitions.some((one, index) =>
    transitions.some((other, before) => before < index && isNear(one, other)),
  );
  if (!mayCollide) return transitions;
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

/** Whether two transitions are one, or may leave a common state: their domains lie in each other. */
function isNear(one: Transition, other: Transition): boolean {
  if (one === other) return true;
  if (one.targets.length === 0 || other.targets.length === 0) return false;
  const [a, b] = [one.domain, other.domain];
  return a === undefined || b === undefined || a === b || isInside(a, b) || isInside(b, a);
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
  { nodes, byDefault }: EntryOrder,
  active: Uint8Array,
  instructions: Instruction[],
): void {
  const finished = new Set<ChartNode>();
  let complete = false;
  for (const node of nodes) {
    active[node.index] = 1;
    addActs(instructions, node, node.entry);
    if (byDefault.has(node)) addActs(instructions, node, node.initialActions);
    if (node.kind !== 'final') continue;
    complete = planDone(node, active, finished, instructions) || complete;
  }
  if (complete && nodes[0] !== undefined) addExitsOfAll(instructions, rootOf(nodes[0]), active);
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
function addExitsOfAll(instructions: Instruction[], root: ChartNode, active: Uint8Array): void {
  const nodes: ChartNode[] = [];
  const collect = (node: ChartNode): void => {
    if (active[node.index] === 1) nodes.push(node);
    node.children.forEach(collect);
  };
  collect(root);
  for (const node of nodes.reverse()) addActs(instructions, node, node.exit);
}

function rootOf(node: ChartNode): ChartNode {
  return node.parent === undefined ? node : rootOf(node.parent);
}

function addActs(instructions: Instruction[], node: ChartNode, actions: readonly Action[]): void {
  for (const action of actions) instructions.push({ kind: 'act', action, node });
}
