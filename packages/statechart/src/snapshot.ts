// The snapshot a chart hands out: frozen, and known again when it comes back.
import type { StateValue } from 'xstate';
import type { ChartSnapshot } from './chart.ts';
import type { Configuration } from './configuration.ts';
import { keepContext } from './plain.ts';

/** A snapshot whose context this package has made plain and frozen. */
class KeptSnapshot<Context> implements ChartSnapshot<Context> {
  readonly configuration: readonly string[];
  readonly value: StateValue;
  readonly context: Context;
  readonly tags: readonly string[];
  readonly status: 'active' | 'done';
  // Nothing else has it, whatever it looks like: not a copy, not what was read from JSON.
  readonly #at: Configuration;

  constructor(at: Configuration, context: Context, output: unknown) {
    const { ids, value, tags, done } = at;
    this.#at = at;
    this.configuration = ids;
    this.value = value;
    this.context = context;
    this.tags = tags;
    this.status = done ? 'done' : 'active';
    if (output !== undefined) (this as { output?: unknown }).output = output;
    Object.freeze(this);
  }

  static configurationOf(snapshot: object): Configuration | undefined {
    return #at in snapshot ? snapshot.#at : undefined;
  }
}

/** The snapshot of a configuration with a context that is kept already. */
export function snapshotOf<Context>(
  configuration: Configuration,
  context: Context,
  output: unknown,
): ChartSnapshot<Context> {
  return new KeptSnapshot(configuration, context, output);
}

/** Where a snapshot stands that some chart has handed out; `undefined` for any other. */
export function configurationOf(snapshot: object): Configuration | undefined {
  return KeptSnapshot.configurationOf(snapshot);
}

/** The context of a snapshot that may come from anywhere, plain and frozen. */
export function contextOf(snapshot: Pick<ChartSnapshot<unknown>, 'context'>): object {
  const context = snapshot.context as object;
  return KeptSnapshot.configurationOf(snapshot) ? context : keepContext({ ...context });
}
