// From an SCXML document to a machine of XState, as far as the suite of the W3C needs it.
import type { Element } from '@xmldom/xmldom';
import { raise } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { machineOf } from '../machine.ts';
import { actionsOf, guardOf, payloadOf } from './content.ts';
import { attribute, childrenOf, idOf, NotConverted, rootOf } from './document.ts';
import { valueOf } from './expression.ts';
import type { Args, Names } from './expression.ts';

type Config = Record<string, unknown>;

/** What the whole of a document says, beside its states. */
interface Document {
  readonly names: Names;
  /** Types of the events that it raises or sends, as written. */
  readonly sent: readonly string[];
  /** Ids of the states whose `done.state` event is heard somewhere. */
  readonly awaited: ReadonlySet<string>;
}

const STATES = ['state', 'parallel', 'final', 'history'];

/** The machine of a document. @throws {NotConverted} naming what is left out. */
export function convert(xml: string): AnyStateMachine {
  const root = rootOf(xml);
  const data = [...root.getElementsByTagName('data')];
  if (data.some((one) => one.parentNode?.parentNode !== root)) {
    throw new NotConverted('data inside a state');
  }
  if (childrenOf(root, 'script').length > 0) throw new NotConverted('script of the document');
  const heard = namesIn(root, 'transition');
  const document: Document = {
    names: data.map((one) => attribute(one, 'id') ?? ''),
    sent: [...namesIn(root, 'raise'), ...namesIn(root, 'send')],
    awaited: new Set(heard.flatMap((name) => /^done\.state\.(.+)$/.exec(name)?.[1] ?? [])),
  };
  const config = {
    ...stateOf(root, document),
    id: 'scxml',
    context: contextOf(data, document.names),
    options: { maxIterations: 1000 },
  };
  const idle = (): void => {};
  return machineOf(config, { actions: { log: idle, send: idle } });
}

function namesIn(root: Element, tag: string): readonly string[] {
  return [...root.getElementsByTagName(tag)].flatMap(
    (element) => attribute(element, 'event')?.trim().split(/\s+/) ?? [],
  );
}

function contextOf(data: readonly Element[], names: Names): Config {
  const context: Config = {};
  for (const [index, one] of data.entries()) {
    if (attribute(one, 'src') !== undefined) throw new NotConverted('data src');
    const expression = attribute(one, 'expr') ?? one.textContent?.trim() ?? '';
    if (expression === '') continue;
    try {
      const args: Args = { context, event: { type: 'xstate.init' } };
      context[names[index] ?? ''] = valueOf(expression, names, args);
    } catch {
      throw new NotConverted('data that cannot be evaluated');
    }
  }
  return context;
}

function stateOf(element: Element, document: Document): Config {
  const id = attribute(element, 'id');
  const { names } = document;
  const tag = element.localName ?? '';
  if (tag === 'history') return historyOf(element, id);
  if (childrenOf(element, 'datamodel').length > 0 && tag !== 'scxml') {
    throw new NotConverted('datamodel of a state');
  }
  const states = childrenOf(element, ...STATES);
  const transitions = childrenOf(element, 'transition');
  const [donedata] = childrenOf(element, 'donedata');
  const output = donedata && payloadOf(donedata, names);
  return {
    ...(id !== undefined && { id: idOf(id) }),
    ...((tag === 'parallel' || tag === 'final') && { type: tag }),
    ...(output && { output }),
    ...(states.length > 0 && { states: statesOf(states, document) }),
    ...(states.length > 0 && tag !== 'parallel' && { initial: initialOf(element, states, names) }),
    entry: childrenOf(element, 'onentry').flatMap((entry) => actionsOf(entry, names)),
    exit: childrenOf(element, 'onexit').flatMap((exit) => actionsOf(exit, names)),
    ...transitionsOf(transitions, document),
    ...(id !== undefined && document.awaited.has(id) && { onDone: { actions: doneOf(id) } }),
    invoke: childrenOf(element, 'invoke').map(() => ({ src: 'invoked' })),
  };
}

function statesOf(elements: readonly Element[], document: Document): Config {
  return Object.fromEntries(
    elements.map((element, index) => [
      idOf(attribute(element, 'id') ?? `unnamed-${index}`),
      stateOf(element, document),
    ]),
  );
}

// A machine's own done event is heard by its state only; SCXML's may be heard by any.
function doneOf(id: string): unknown {
  return raise((({ event }: { event: { output?: unknown } }) => ({
    type: `done.state.${id}`,
    ...(event.output !== undefined && { data: event.output }),
  })) as never);
}

function historyOf(element: Element, id: string | undefined): Config {
  const [transition] = childrenOf(element, 'transition');
  const history = attribute(element, 'type') ?? 'shallow';
  const target = transition && targetOf(transition);
  if (childrenOf(transition).length > 0) throw new NotConverted('actions of a history state');
  return { id: idOf(id ?? ''), type: 'history', history, ...(target && { target }) };
}

function initialOf(element: Element, states: readonly Element[], names: Names): unknown {
  const [initial] = childrenOf(element, 'initial');
  const [transition] = childrenOf(initial, 'transition');
  const named = transition
    ? attribute(transition, 'target')
    : (attribute(element, 'initial') ??
      attribute(states.find(({ localName }) => localName !== 'history') ?? element, 'id'));
  const own = states.map((state) => attribute(state, 'id'));
  // Without an id it is the first one, which has a key of its own.
  if (named === undefined) return 'unnamed-0';
  if (!own.includes(named)) throw new NotConverted('initial states that are no children');
  const target = idOf(named);
  return transition ? { target, actions: actionsOf(transition, names) } : target;
}

function transitionsOf(elements: readonly Element[], document: Document): Config {
  const on: Record<string, Config[]> = {};
  const always: Config[] = [];
  for (const element of elements) {
    const transition = transitionOf(element, document);
    const events = attribute(element, 'event')?.trim().split(/\s+/);
    if (!events) always.push(transition);
    for (const name of events ?? []) (on[descriptorOf(name, document)] ??= []).push(transition);
  }
  return { on, ...(always.length > 0 && { always }) };
}

function transitionOf(element: Element, { names }: Document): Config {
  const condition = attribute(element, 'cond');
  const target = targetOf(element);
  const actions = actionsOf(element, names);
  return {
    ...(target && { target }),
    ...(condition !== undefined && { guard: guardOf(condition, names) }),
    ...(actions.length > 0 && { actions }),
    reenter: attribute(element, 'type') !== 'internal',
  };
}

function targetOf(element: Element): readonly string[] | undefined {
  const ids = attribute(element, 'target')?.trim().split(/\s+/);
  return ids?.map((id) => `#${idOf(id)}`);
}

// `error` hears `error.execution` too: a wildcard, where the document has an event of that kind.
function descriptorOf(name: string, { sent, awaited }: Document): string {
  const prefix = name.replace(/\.\*?$/, '');
  if (prefix === '*') return '*';
  const types = [...sent, ...[...awaited].map((id) => `done.state.${id}`)];
  const isPrefix = prefix !== name || types.some((type) => type.startsWith(`${prefix}.`));
  return isPrefix ? `${prefix}.*` : prefix;
}
