// One macrostep at work: the only mutable object of a step, dropped when the step is over.
import { withAssigned, withUpdate } from './assigning.ts';
import { ChartError } from './chart-error.ts';
import type { ChartEffect, ChartEvent } from './chart.ts';
import type { Configuration, Instruction, Plan } from './configuration.ts';
import { isReservedEvent } from './events.ts';
import type { Action, ChartNode } from './model.ts';
import { keep } from './plain.ts';
import { StepArguments, resolveParams } from './step-arguments.ts';

type AssignAction = Extract<Action, { kind: 'assign' }>;
type RaiseAction = Extract<Action, { kind: 'raise' }>;

const NO_EVENTS: readonly ChartEvent[] = [];
const NO_EFFECTS: readonly ChartEffect[] = Object.freeze([]);
const NO_PATHS: readonly string[] = Object.freeze([]);

/** Context, queue and effects while the instructions of plans are carried out. */
export class Run {
  readonly root: ChartNode;
  readonly facts: object | undefined;
  configuration: Configuration;
  context: object;
  event: ChartEvent;
  done = false;
  output: unknown = undefined;
  effects: readonly ChartEffect[] = NO_EFFECTS;
  entered = NO_PATHS;
  left = NO_PATHS;
  #queue = NO_EVENTS;
  #arguments: StepArguments | undefined;

  constructor(
    root: ChartNode,
    configuration: Configuration,
    context: object,
    event: ChartEvent,
    facts: object | undefined,
  ) {
    this.root = root;
    this.configuration = configuration;
    this.context = context;
    this.event = event;
    this.facts = facts;
  }

  /** The arguments of the author's functions, made anew when context or event have changed. */
  get arguments(): StepArguments {
    this.#arguments ??= new StepArguments(this.context, this.event, this.facts);
    return this.#arguments;
  }

  /** Takes the next raised event, oldest first, if there is one. */
  take(): ChartEvent | undefined {
    const [event] = this.#queue;
    if (event === undefined) return undefined;
    this.#queue = this.#queue.slice(1);
    this.event = event;
    this.#arguments = undefined;
    return event;
  }

  /** Carries out one microstep; answers whether configuration or context can have changed. */
  perform(plan: Plan): boolean {
    const { instructions, assigns, next, entered, left } = plan;
    const moved = next !== this.configuration;
    for (const instruction of instructions) this.#carryOut(instruction);
    this.configuration = next;
    this.entered = joined(this.entered, entered);
    this.left = joined(this.left, left);
    return moved || assigns;
  }

  #carryOut(instruction: Instruction): void {
    if (instruction.kind === 'act') {
      this.#act(instruction.action, instruction.node);
    } else if (instruction.kind === 'done') {
      const { node, final } = instruction;
      const output = final && this.#outputOf(final, this.arguments);
      this.#queue = [...this.#queue, { type: `xstate.done.state.${node.id}`, output }];
    } else {
      this.#complete(instruction.completion);
    }
  }

  #act(action: Action, node: ChartNode): void {
    try {
      const params = resolveParams(action.params, this.arguments);
      if (action.kind === 'assign') this.#assign(action, params);
      else if (action.kind === 'raise') this.#raise(action, params, node);
      else if (action.kind === 'cancel') {
        const { sendId: source } = action;
        const sendId = typeof source === 'function' ? source(this.arguments, params) : source;
        this.effects = [...this.effects, { type: 'xstate.cancel', params: { sendId } }];
      } else {
        const effect = params === undefined ? { type: action.name } : { type: action.name, params };
        this.effects = [...this.effects, effect];
      }
    } catch (error) {
      throw actionFault(error, action.name ?? action.kind, node, this.event);
    }
  }

  #assign(action: AssignAction, params: unknown): void {
    const { assignment } = action;
    const before = this.context;
    this.context =
      typeof assignment === 'function'
        ? withUpdate(before, assignment(this.arguments, params))
        : withAssigned(before, assignment, this.arguments, params);
    if (this.context !== before) this.#arguments = undefined;
  }

  #raise(action: RaiseAction, params: unknown, node: ChartNode): void {
    const source = action.event;
    const event = (typeof source === 'function' ? source(this.arguments, params) : source) as
      ChartEvent | undefined;
    if (typeof event?.type !== 'string' || isReservedEvent(event.type)) {
      throw new ChartError(
        'event-reserved',
        `State "${node.path}" raised ${JSON.stringify(event?.type)} on "${this.event.type}". ` +
          'Raise an event object whose type does not begin with "xstate." or "@after.".',
        [node.path],
      );
    }
    this.#queue = [...this.#queue, event];
  }

  // XState hands the root's output the done event of what completed it, not the event of the step.
  #complete(completion: ChartNode): void {
    this.done = true;
    if (this.root.output === undefined) return;
    const inner = completion.parent && this.#outputOf(completion, this.arguments);
    const event: ChartEvent = { type: `xstate.done.state.${completion.id}`, output: inner };
    const args = new StepArguments(this.context, event, this.facts);
    const output = this.#outputOf(this.root, args);
    if (output !== undefined) this.output = keep(output, 'output');
  }

  #outputOf(node: ChartNode, args: StepArguments): unknown {
    const { output } = node;
    if (typeof output !== 'function') return output;
    try {
      return output(args);
    } catch (error) {
      throw actionFault(error, 'the output', node, this.event);
    }
  }
}

/** One list after another; mostly one of them is empty. */
function joined(
  first: readonly string[],
  second: readonly string[],
): readonly string[] {
  if (first.length === 0) return second;
  return second.length === 0 ? first : [...first, ...second];
}

function actionFault(
  error: unknown,
  what: string,
  node: ChartNode,
  event: ChartEvent,
): ChartError {
  if (error instanceof ChartError) return error;
  return new ChartError(
    'action-threw',
    `Cannot carry out ${what} in state "${node.path}" on "${event.type}": ` +
      `it threw ${JSON.stringify(String(error))}. Let a guard refuse what it ` +
      'cannot handle, and let an assign answer new values: context and event cannot be changed.',
    [node.path],
    { cause: error },
  );
}
