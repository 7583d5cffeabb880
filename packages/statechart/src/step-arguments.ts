// What the functions of a machine's author are called with: context, facts and event, no more.
import { ChartError } from './chart-error.ts';
import { FACTS_KEY } from './events.ts';

/**
 * The arguments of guards, assigns, params and outputs. XState also hands over `self`, `system` and
 * `spawn`; reading one of them here is a fault, because none exists when a case is replayed.
 */
export class StepArguments {
  readonly context: object;
  readonly event: unknown;
  readonly #facts: object | undefined;

  constructor(context: object, event: unknown, facts?: object) {
    this.context = context;
    this.event = event;
    this.#facts = facts;
  }

  /** The facts beside the context of arguments; XState, which has no such place, keeps them in it. */
  static factsOf(args: FunctionArguments): object | undefined {
    if (#facts in args) return args.#facts;
    return (args.context as Readonly<Record<string, unknown>>)[FACTS_KEY] as object | undefined;
  }

  get self(): never {
    throw notAvailable('self');
  }

  get system(): never {
    throw notAvailable('system');
  }

  get spawn(): never {
    throw notAvailable('spawn');
  }
}

/** What guards, assigns, params and outputs of a machine are called with, here and by XState. */
export interface FunctionArguments {
  readonly context: unknown;
  readonly event: unknown;
}

/** The facts of the step in which a function of a machine was called, if it was given any. */
export function factsOf(args: FunctionArguments): object | undefined {
  return StepArguments.factsOf(args);
}

/** Where arguments come from when a guard asks for them; most transitions have none. */
export interface ArgumentSource {
  readonly arguments: StepArguments;
}

/** The arguments of a context factory. */
export class StartArguments {
  readonly input: unknown;

  constructor(input: unknown) {
    this.input = input;
  }

  get self(): never {
    throw notAvailable('self');
  }

  get spawn(): never {
    throw notAvailable('spawn');
  }
}

function notAvailable(name: string): ChartError {
  return new ChartError(
    'self-is-not-available',
    `A function of the machine read "${name}", and a chart has no actor. ` +
      'Let it depend on context and event only; send commands out as named actions.',
  );
}

/** Resolves the params of a guard or action, which may be a function of the arguments. */
export function resolveParams(params: unknown, args: StepArguments): unknown {
  return typeof params === 'function' ? params(args) : params;
}
