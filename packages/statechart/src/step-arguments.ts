// What the functions of a machine's author are called with: context, facts and event, no more.
import { ChartError } from './chart-error.ts';
import { FACTS_KEY } from './events.ts';

/**
 * The arguments of guards, assigns, params and outputs. XState also hands over `self`, `system` and
 * `spawn`; reading one of them here is a fault, because none exists when a case is replayed.
 */
export class StepArguments {
  readonly context: unknown;
  readonly event: unknown;

  constructor(context: unknown, event: unknown, facts?: object) {
    // Frozen like the context itself, so that no guard leaves anything behind for the next one.
    this.context =
      facts === undefined
        ? context
        : Object.freeze({ ...(context as object), [FACTS_KEY]: facts });
    this.event = event;
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
