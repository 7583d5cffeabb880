// Executable content of SCXML as actions of XState: what it sends comes back as effects.
import type { Element } from '@xmldom/xmldom';
import { and, assign, cancel, enqueueActions, not, raise, sendTo, stateIn } from 'xstate';
import { afterScript, valueOf } from './expression.ts';
import type { Args, Names } from './expression.ts';
import { attribute, childrenOf, idOf, NotConverted } from './document.ts';

/** What an effect `send` asks the host for. */
export interface Sent {
  readonly event: { readonly type: string; readonly data?: unknown };
  readonly delayMs: number;
  readonly id: string | undefined;
}

/** The actions of the children of an element. */
export function actionsOf(element: Element | undefined, names: Names): unknown[] {
  return childrenOf(element).map((child) => actionOf(child, names));
}

/** The guard of a condition: `In()` for itself or in a conjunction, and any expression. */
export function guardOf(condition: string, names: Names): unknown {
  const parts = condition.split('&&').map((part) => {
    const state = /^\s*(!?)\s*In\(\s*['"]([^'"]+)['"]\s*\)\s*$/.exec(part);
    if (!state) return undefined;
    const inState = stateIn(`#${idOf(state[2] ?? '')}` as never);
    return state[1] === '!' ? not(inState as never) : inState;
  });
  if (parts.every((part) => part !== undefined)) {
    return parts.length === 1 ? parts[0] : and(parts as never);
  }
  if (/\bIn\(/.test(condition)) throw new NotConverted('In() inside an expression');
  return (args: Args) => Boolean(valueOf(condition, names, args));
}

function actionOf(element: Element, names: Names): unknown {
  const value = (name: string) => attribute(element, name);
  switch (element.localName) {
    case 'raise':
      return raise({ type: value('event') ?? '' });
    case 'log':
      return { type: 'log', params: { label: value('label') ?? '' } };
    case 'assign': {
      const location = value('location') ?? '';
      if (!names.includes(location)) throw new NotConverted('assign to what is no data');
      const expression = value('expr') ?? element.textContent ?? '';
      return assign({ [location]: (args: Args) => valueOf(expression, names, args) } as never);
    }
    case 'script': {
      if (value('src') !== undefined) throw new NotConverted('script src');
      const script = element.textContent ?? '';
      return assign(((args: Args) => afterScript(script, names, args)) as never);
    }
    case 'cancel': {
      const computed = value('sendidexpr');
      if (computed === undefined) return cancel(value('sendid') ?? '');
      return cancel((args) => String(valueOf(computed, names, args as never)));
    }
    case 'if':
      return choiceOf(element, names);
    case 'send':
      return sendOf(element, names);
    default:
      throw new NotConverted(element.localName ?? '');
  }
}

// XState has no other way to choose between actions.
function choiceOf(element: Element, names: Names): unknown {
  const branches = [{ guard: guardOf(attribute(element, 'cond') ?? '', names), actions: [] }] as {
    readonly guard: unknown;
    readonly actions: unknown[];
  }[];
  for (const child of childrenOf(element)) {
    const condition = attribute(child, 'cond');
    if (child.localName === 'elseif' || child.localName === 'else') {
      const guard = condition === undefined ? undefined : guardOf(condition, names);
      branches.push({ guard, actions: [] });
    } else branches.at(-1)?.actions.push(actionOf(child, names));
  }
  return enqueueActions(({ enqueue, check }) => {
    const chosen = branches.find(({ guard }) => guard === undefined || check(guard as never));
    for (const action of chosen?.actions ?? []) enqueue(action as never);
  });
}

function sendOf(element: Element, names: Names): unknown {
  const value = (name: string, args: Args): unknown => {
    const computed = attribute(element, `${name}expr`);
    return computed === undefined ? attribute(element, name) : valueOf(computed, names, args);
  };
  for (const name of ['idlocation', 'namelist']) {
    if (attribute(element, name) !== undefined) throw new NotConverted(`send ${name}`);
  }
  const dataOf = payloadOf(element, names);
  const eventOf = (args: Args): Sent['event'] => {
    const data = dataOf?.(args);
    return { type: String(value('event', args)), ...(data !== undefined && { data }) };
  };
  const target = attribute(element, 'target');
  if (target === '#_internal') return raise(eventOf as never);
  if (target !== undefined) return sendTo(target.replace(/^#_/, ''), eventOf as never);
  const params = (args: Args): Sent => {
    checkIsSelf(value('target', args));
    const delayMs = delayMsOf(value('delay', args));
    return { event: eventOf(args), delayMs, id: attribute(element, 'id') };
  };
  return { type: 'send', params };
}

// Known only when the event is sent: it must be this session, under any of its names.
function checkIsSelf(target: unknown): void {
  const isSelf = target === undefined || /^#_(scxml_|internal$)/.test(String(target));
  if (!isSelf) throw new NotConverted(`send to ${String(target)}`);
}

/** What `<param>`s and `<content>` make of an event's data, if there are any. */
export function payloadOf(
  element: Element,
  names: Names,
): ((args: Args) => unknown) | undefined {
  const params = childrenOf(element, 'param');
  const [content] = childrenOf(element, 'content');
  if (content) {
    const expression = attribute(content, 'expr');
    if (expression === undefined) throw new NotConverted('content without expr');
    return (args) => valueOf(expression, names, args);
  }
  if (params.length === 0) return undefined;
  return (args) =>
    Object.fromEntries(
      params.map((param) => {
        const expression = attribute(param, 'expr') ?? attribute(param, 'location') ?? '';
        return [attribute(param, 'name'), valueOf(expression, names, args)];
      }),
    );
}

function delayMsOf(delay: unknown): number {
  if (delay === undefined) return 0;
  const parts = /^(\d*\.?\d+)(ms|s)$/.exec(String(delay));
  if (!parts) throw new NotConverted(`delay ${String(delay)}`);
  return Number(parts[1]) * (parts[2] === 's' ? 1000 : 1);
}
