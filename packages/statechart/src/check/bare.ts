// Charts and transitions with next to nothing in them.
import type { Chart, ChartEvent } from '../chart.ts';
import { CompiledChart } from '../compiled-chart.ts';
import type { Action, ChartNode, Guard, Transition } from '../model.ts';
import type { StepArguments } from '../step-arguments.ts';

/** A chart of one state that takes every event for as long as that `counts`, and keeps nothing. */
export function blankChart<Context>(id: string, counts: () => boolean): Chart<Context> {
  const root = bare({ key: id, path: '', id, kind: 'atomic' }, undefined, 0);
  root.wildcards = [['*', [{ ...staying(root, 0), selectors: [guardOf(counts)] }]]];
  return new CompiledChart<Context>({ id, root, nodes: [root], transitions: [], context: {} });
}

type Head = Pick<ChartNode, 'key' | 'path' | 'id' | 'kind'>;

/** A state of which only its head is known. */
export function bare({ key, path, id, kind }: Head, parent: ChartNode | undefined, index: number) {
  const node: ChartNode = {
    index,
    lastIndex: index,
    key,
    path,
    id,
    kind,
    parent,
    children: [],
    initial: undefined,
    initialActions: [],
    entry: [],
    exit: [],
    tags: [],
    output: undefined,
    heard: new Map(),
    wildcards: [],
    always: [],
  };
  return node;
}

/** The type of the event that a guard is asked about. */
export function typeOf(args: unknown): string {
  return ((args as StepArguments).event as ChartEvent).type;
}

/** A condition that is asked of whoever knows. */
export function guardOf(test: (args: unknown) => boolean): Guard {
  return { kind: 'test', name: null, test, params: undefined };
}

/** Takes an event and changes nothing. */
export function staying(source: ChartNode, index: number): Transition {
  const nothing: Action = {
    kind: 'assign',
    name: undefined,
    assignment: [],
    keys: [],
    params: undefined,
  };
  return {
    index,
    source,
    trigger: 'event',
    descriptor: '*',
    targets: [],
    reenter: false,
    guard: undefined,
    selectors: [],
    rules: [],
    actions: [nothing],
    forbidden: false,
    domain: source,
  };
}
