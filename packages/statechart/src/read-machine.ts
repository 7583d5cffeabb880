// Reading a machine's tree of states and transitions into the tables of a chart.
import { domainOf } from './domain.ts';
import { afterEvent, isReservedEvent, isWildcard } from './events.ts';
import type { ChartNode, Model, Transition, Trigger } from './model.ts';
import type { Problems } from './problems.ts';
import { readActions } from './read-actions.ts';
import { conjunctsOf, containsRules, readGuard } from './read-guard.ts';
import type { Reading } from './read-guard.ts';
import { readNodes } from './read-nodes.ts';
import type { SourceMachine, SourceNode, SourceTransition } from './xstate-source.ts';

/** Reads everything; what is unsupported is noted in `problems`, and the model is then partial. */
export function readMachine(machine: SourceMachine, problems: Problems): Model {
  const nodeOf = readNodes(machine.root, problems);
  const nodes = [...nodeOf.values()];
  const nodeAt = new Map(nodes.map((node) => [node.path, node]));
  const reading: Reading = { machine, problems, nodeOf, nodeAt };
  const transitions: Transition[] = [];
  for (const [source, node] of nodeOf) {
    readBehaviour(reading, source, node);
    readTransitions(reading, source, node, transitions);
  }
  const root = nodes[0] as ChartNode;
  return { id: machine.id, root, nodes, transitions, context: machine.config.context };
}

function readBehaviour(reading: Reading, source: SourceNode, node: ChartNode): void {
  node.entry = readActions(reading, node.path, source.entry);
  node.exit = readActions(reading, node.path, source.exit);
  if (node.kind === 'compound') readInitial(reading, source, node);
}

function readInitial(reading: Reading, source: SourceNode, node: ChartNode): void {
  const { initial } = source.config;
  const name = typeof initial === 'object' ? initial.target : initial;
  // XState looks for this state only when a machine starts, so it has not complained yet.
  if (name === undefined || !Object.hasOwn(source.states, name)) {
    const feature = name === undefined ? 'no initial state' : `missing initial state "${name}"`;
    reading.problems.refuse(node.path, feature, 'Name a child: `initial: "…"`.');
    return;
  }
  const { target, actions } = source.initial;
  node.initial = target[0] && reading.nodeOf.get(target[0]);
  node.initialActions = readActions(reading, node.path, actions);
}

function readTransitions(
  reading: Reading,
  source: SourceNode,
  node: ChartNode,
  transitions: Transition[],
): void {
  const wildcards: [string, Transition[]][] = [];
  for (const [heard, definitions] of source.transitions) {
    for (const definition of definitions) {
      const heading = headingOf(reading, source, node, heard, definition);
      const transition = readTransition(reading, node, heading, definition, transitions.length);
      transitions.push(transition);
      const list = node.heard.get(heading.descriptor) ?? [];
      if (list.push(transition) > 1) continue;
      node.heard.set(heading.descriptor, list);
      if (isWildcard(heading.descriptor)) wildcards.push([heading.descriptor, list]);
    }
  }
  node.wildcards = wildcards.sort(([a], [b]) => b.length - a.length);
  const heading: Heading = { trigger: 'always', descriptor: '' };
  node.always = (source.always ?? []).map((definition) => {
    const transition = readTransition(reading, node, heading, definition, transitions.length);
    transitions.push(transition);
    return transition;
  });
}

interface Heading {
  readonly trigger: Trigger;
  readonly descriptor: string;
}

function headingOf(
  reading: Reading,
  source: SourceNode,
  node: ChartNode,
  heard: string,
  definition: SourceTransition,
): Heading {
  const { problems, machine } = reading;
  if (definition.delay !== undefined) {
    const name = String(definition.delay);
    if (typeof definition.delay !== 'string') {
      const cure = 'Use a named delay: `after: { name: … }` with setup({ delays: { name } }).';
      problems.refuse(node.path, `anonymous delay ${name}`, cure);
    } else if (!Object.hasOwn(machine.implementations.delays, name)) {
      const cure = 'Declare it in setup({ delays }); t.delays: in caseType({ delays: [name] }).';
      problems.refuse(node.path, `missing delay "${name}"`, cure);
    }
    return { trigger: 'after', descriptor: afterEvent(name) };
  }
  if (heard === `xstate.done.state.${source.id}` && !Object.hasOwn(source.config.on ?? {}, heard)) {
    return { trigger: 'done', descriptor: heard };
  }
  if (Object.hasOwn(source.config.on ?? {}, heard)) checkDescriptor(problems, node.path, heard);
  // Routes and invocations remain; they are refused where the node is read.
  return { trigger: 'event', descriptor: heard };
}

function checkDescriptor(problems: Problems, path: string, descriptor: string): void {
  if (isReservedEvent(descriptor)) {
    const cure = 'Use onDone or after; names with "xstate." or "@after." are reserved.';
    problems.refuse(path, `transition on reserved event "${descriptor}"`, cure);
  } else if (/\*./.test(descriptor) || (descriptor.endsWith('*') && !isWildcard(descriptor))) {
    const cure = 'A wildcard is "*", or the last of several words: "order.*".';
    problems.refuse(path, `transition on "${descriptor}", which hears nothing`, cure);
  }
}

function readTransition(
  reading: Reading,
  node: ChartNode,
  heading: Heading,
  definition: SourceTransition,
  index: number,
): Transition {
  const { guard: source, reenter, target } = definition;
  const guard = source === undefined ? undefined : readGuard(reading, node.path, source);
  const conjuncts = conjunctsOf(guard);
  const rules = conjuncts.flatMap((part) => (part.kind === 'rules' ? part.rules : []));
  const selectors = conjuncts.filter((part) => part.kind !== 'rules');
  const targets = targetsOf(reading, node, target ?? []);
  const actions = readActions(reading, node.path, definition.actions);
  const forbidden = target === undefined && definition.actions.length === 0;
  const domain = domainOf(node, targets, reenter);
  const transition: Transition = {
    ...heading,
    index,
    source: node,
    targets,
    reenter,
    guard,
    selectors,
    rules,
    actions,
    forbidden,
    domain,
  };
  checkRules(reading, transition);
  return transition;
}

function targetsOf(
  reading: Reading,
  node: ChartNode,
  sources: readonly SourceNode[],
): readonly ChartNode[] {
  const { problems, nodeOf } = reading;
  for (const source of sources) {
    if (nodeOf.has(source)) continue;
    const cure = 'Target the states that it could return to, each behind a selector.';
    problems.refuse(node.path, `transition to history state "${source.path.join('.')}"`, cure);
  }
  return sources.flatMap((source) => nodeOf.get(source) ?? []);
}

function checkRules(reading: Reading, transition: Transition): void {
  const { source, selectors, rules, trigger, forbidden, descriptor } = transition;
  const refuse = (feature: string, cure: string): void =>
    reading.problems.refuse(source.path, feature, cure);
  if (selectors.some((selector) => containsRules(selector))) {
    const cure = 'A rule says why not, so it cannot be an alternative: put it alone or into and().';
    refuse('rule guard inside or() or not()', cure);
  }
  if (rules.length === 0) return;
  if (trigger === 'always' || trigger === 'done') {
    const place = trigger === 'always' ? 'always' : 'onDone';
    const cure = 'Nobody asked for it, so nobody can be refused: use a selector.';
    refuse(`rule guard on ${place}`, cure);
  } else if (forbidden) {
    const cure = 'Add a target or an action; assign({}) accepts an event that changes nothing.';
    refuse(`rule guard on "${descriptor}", which neither moves nor acts`, cure);
  }
}
