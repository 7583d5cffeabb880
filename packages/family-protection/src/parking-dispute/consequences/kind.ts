// What a consequence of this case type looks like, and what it reads of the engine's own events.
import type { ConsequenceSpec } from '@himaya/engine';
import type { Context } from '../context.ts';
import type { Events, View } from '../head.ts';

/** A consequence of this case type. */
export type Consequence = ConsequenceSpec<Context, Events>;

/** The deadline that an event says was reached, if it says so. */
export function reached(
  view: View,
): { readonly name: string; readonly part: string; readonly dueAt: string } | undefined {
  const { type, data } = view.event as { readonly type: string; readonly data: unknown };
  if (type !== 'DeadlineReached') return undefined;
  return data as { readonly name: string; readonly part: string; readonly dueAt: string };
}
