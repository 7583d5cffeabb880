// ECMAScript expressions of SCXML documents, evaluated over the context of a machine.
import type { ChartEvent } from '../../src/index.ts';

/** What the functions of a machine are called with. */
export interface Args {
  readonly context: Readonly<Record<string, unknown>>;
  readonly event: ChartEvent;
}

/** Names of the data of a document; those without a value are `undefined`, not unknown. */
export type Names = readonly string[];

/** The value of an expression. */
export function valueOf(expression: string, names: Names, args: Args): unknown {
  return compiled([...names, ...SYSTEM], `return (${expression});`)(...given(names, args));
}

/** The data after statements have run: those of them that have a value. */
export function afterScript(script: string, names: Names, args: Args): Record<string, unknown> {
  const body = `${script};\nreturn {${names.join(', ')}};`;
  return compiled([...names, ...SYSTEM], body)(...given(names, args)) as Record<string, unknown>;
}

const SYSTEM = ['_event', '_sessionid'];

function given(names: Names, { context, event }: Args): readonly unknown[] {
  const { type, ...more } = event;
  // Before the first event there is none; XState hands over one of its own.
  const system = type === 'xstate.init' ? undefined : { name: type, ...more };
  return [...names.map((name) => context[name]), system, undefined];
}

function compiled(names: Names, body: string): (...values: readonly unknown[]) => unknown {
  // The documents are those of the conformance suite, and nothing else is evaluated.
  return new Function(...names, body) as (...values: readonly unknown[]) => unknown;
}
