// Reading a machine's states, in document order; transitions and actions come later.
import type { ChartNode } from './model.ts';
import type { Problems } from './problems.ts';
import { checkFunction } from './read-function.ts';
import type { SourceNode } from './xstate-source.ts';

/** All states but history states, by their source, in document order. */
export function readNodes(root: SourceNode, problems: Problems): Map<SourceNode, ChartNode> {
  const nodeOf = new Map<SourceNode, ChartNode>();
  readNode(root, undefined, nodeOf, problems);
  return nodeOf;
}

function readNode(
  source: SourceNode,
  parent: ChartNode | undefined,
  nodeOf: Map<SourceNode, ChartNode>,
  problems: Problems,
): void {
  const path = source.path.join('.');
  if (source.type === 'history') {
    const cure = 'Record the state to return to in the context and choose it by a selector.';
    problems.refuse(path, 'history state', cure);
    return;
  }
  checkNode(source, path, problems);
  checkFunction(problems, path, 'output', source.output);
  const node: ChartNode = {
    index: nodeOf.size,
    lastIndex: nodeOf.size,
    key: source.key,
    path,
    id: source.id,
    kind: source.type,
    parent,
    children: [],
    initial: undefined,
    initialActions: [],
    entry: [],
    exit: [],
    tags: source.tags,
    output: source.output,
    heard: new Map(),
    wildcards: [],
    always: [],
  };
  nodeOf.set(source, node);
  parent?.children.push(node);
  for (const child of Object.values(source.states)) readNode(child, node, nodeOf, problems);
  node.lastIndex = nodeOf.size - 1;
}

function checkNode(source: SourceNode, path: string, problems: Problems): void {
  const { type, key, config, invoke } = source;
  const childCount = Object.keys(source.states).length;
  if (invoke.length > 0) {
    const cure = 'Send the command out as a named action; its result comes back as an event.';
    problems.refuse(path, 'invoke', cure);
  }
  if (config.route !== undefined) {
    problems.refuse(path, 'route', 'Declare an ordinary transition on an event of your own.');
  }
  if (source.path.length > 0 && key.includes('.')) {
    problems.refuse(path, `state key "${key}" with a dot`, 'Dots separate keys in state paths.');
  }
  if (type === 'parallel' && childCount === 0) {
    problems.refuse(path, 'parallel state without regions', 'Give it regions, or make it atomic.');
  }
  if ((type === 'atomic' || type === 'final') && childCount > 0) {
    problems.refuse(path, `${type} state with children`, 'Remove the type or the children.');
  }
}
