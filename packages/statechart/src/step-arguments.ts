// What the functions of a machine's author are called with: context, facts and event, no more.
import { ChartError } from './chart-error.ts';
import { FACTS_KEY } from './events.ts';

/**
 * The arguments of guards, assigns, params and outputs. XState also hands over `self`, `system` and
 * `spawn`; reading one of them here is a fault, because none exists when a case is replayed.
 */
export class StepArguments {
  readonly event: unknown;
  readonly #own: object;
  readonly #facts: object | undefined;
  #context: object | undefined;

  constructor(context: unknown, event: unknown, facts?: object) {
    this.#own = context as object;
    this.#facts = facts;
    this.event = event;
  }

  /** The context with the facts in it: a copy, made for the first function that looks at it. */
  get context(): object {
    if (this.#facts === undefined) return this.#own;
    // Frozen like the context itself, so that no guard leaves anything behind for the next one.
    this.#context ??= Object.freeze({ ...this.#own, [FACTS_KEY]: this.#facts });
    return this.#context;
  }

  /** Context and facts of arguments; of what was made elsewhere, as by XState, out of its context. */
  static apart(args: FunctionArguments): Apart {
    if (#own in args) return { context: args.#own, facts: args.#facts };
    const { [FACTS_KEY]: facts, ...context } = args.context as Readonly<Record<string, unknown>>;
    return { context, facts: facts as object | undefined };
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

/** A context without the facts of a step, and these beside it. */
export interface Apart {
  readonly context: object;
  readonly facts: object | undefined;
}

/**
 * The context that a function of a machine was called with, and the facts of the step beside it. It
 * saves the copy of the context that holds both.
 */
export function factsApart(args: FunctionArguments): Apart {
  return StepArguments.apart(args);
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
