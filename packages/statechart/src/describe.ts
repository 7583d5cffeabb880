// Describing a compiled chart as plain JSON, in document order.
import type { Action, ChartNode, Guard, Model, Transition } from './model.ts';
import type {
  ActionStructure,
  ChartStructure,
  GuardStructure,
  NodeStructure,
  TransitionStructure,
} from './structure.ts';

/** The canonical description of a chart; equal machines give equal JSON. */
export function describeChart(model: Model): ChartStructure {
  const nodes = model.nodes.map((node) =>
    describeNode(
      node,
      model.transitions.filter(({ source }) => source === node),
    ),
  );
  return { id: model.id, nodes };
}

function describeNode(node: ChartNode, transitions: readonly Transition[]): NodeStructure {
  return {
    path: node.path,
    kind: node.kind,
    initial: node.initial?.path ?? null,
    initialActions: node.initialActions.map(describeAction),
    tags: node.tags,
    entry: node.entry.map(describeAction),
    exit: node.exit.map(describeAction),
    output: node.output !== undefined,
    transitions: transitions.map(describeTransition),
  };
}

const EVENT_OF = { always: '@always', done: '@done' } as const;

function describeTransition(transition: Transition): TransitionStructure {
  const { trigger, descriptor, targets, reenter, guard, actions } = transition;
  return {
    event: trigger === 'always' || trigger === 'done' ? EVENT_OF[trigger] : descriptor,
    targets: targets.map((target) => target.path),
    reenter,
    guard: guard === undefined ? null : describeGuard(guard),
    actions: actions.map(describeAction),
  };
}

function describeGuard(guard: Guard): GuardStructure {
  switch (guard.kind) {
    case 'test':
      return { kind: 'test', name: guard.name, ...describeParams(guard.params) };
    case 'rules':
      return { kind: 'rules', codes: guard.rules.map((rule) => rule.code) };
    case 'in':
      return { kind: 'in', states: guard.nodes.map((node) => node.path) };
    default:
      return { kind: guard.kind, parts: guard.parts.map(describeGuard) };
  }
}

function describeAction(action: Action): ActionStructure {
  const name = action.name === undefined ? {} : { name: action.name };
  const params = describeParams(action.params);
  switch (action.kind) {
    case 'assign':
      return { kind: 'assign', ...name, keys: action.keys, ...params };
    case 'raise': {
      const type = (action.event as { readonly type?: unknown }).type;
      return { kind: 'raise', ...name, event: typeof type === 'string' ? type : null, ...params };
    }
    case 'cancel': {
      const { sendId } = action;
      const id = describeParams(typeof sendId === 'function' ? sendId : { sendId });
      return { kind: 'effect', name: action.name ?? 'xstate.cancel', ...id };
    }
    case 'effect':
      return { kind: 'effect', name: action.name, ...params };
  }
}

// Params that are functions stand as '@dynamic'; others as the JSON that they are written as.
function describeParams(params: unknown): { readonly params?: unknown } {
  if (params === undefined) return {};
  if (typeof params === 'function') return { params: '@dynamic' };
  const json: string | undefined = JSON.stringify(params);
  return json === undefined ? {} : { params: JSON.parse(json) as unknown };
}
