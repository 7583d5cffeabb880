// The context after an assign: another object only where a value changes, plain and frozen.
import { FACTS_KEY } from './events.ts';
import type { AssignedKey } from './model.ts';
import { keep, plainKeys, put } from './plain.ts';
import type { StepArguments } from './step-arguments.ts';

type Values = Readonly<Record<string, unknown>>;

/** The context with the values of some keys, each one given or made. All see the one before. */
export function withAssigned(
  context: object,
  assignment: readonly AssignedKey[],
  args: StepArguments,
  params: unknown,
): object {
  let next: Record<string, unknown> | undefined;
  for (const { key, value } of assignment) {
    const made: unknown = typeof value === 'function' ? value(args, params) : value;
    next = changed(next, context as Values, key, made);
  }
  return next === undefined ? context : Object.freeze(next);
}

/** The context with what a function of the whole of it answered: new values, or nothing. */
export function withUpdate(context: object, update: unknown): object {
  let next: Record<string, unknown> | undefined;
  for (const [key, made] of updateOf(update)) {
    // The facts of this step are none of the context's, wherever an assign has them from.
    if (key !== FACTS_KEY) next = changed(next, context as Values, key, made);
  }
  return next === undefined ? context : Object.freeze(next);
}

/** `next` with a value in it; it is made of the context by the first one that differs. */
function changed(
  next: Record<string, unknown> | undefined,
  context: Values,
  key: string,
  made: unknown,
): Record<string, unknown> | undefined {
  const before = context[key];
  // What every object inherits is no value of the context.
  if (Object.is(made, before) && typeof made !== 'function') return next;
  const kept = made === undefined ? undefined : keep(made, key, before);
  const own = next ?? { ...context };
  if (kept === undefined) delete own[key];
  else put(own, key, kept);
  return own;
}

// An async function would answer a promise, from which nothing at all would be assigned.
function updateOf(update: unknown): readonly (readonly [string, unknown])[] {
  if (update === undefined || update === null) return [];
  if (typeof update !== 'object' || 'then' in update) {
    throw new TypeError('an assign answers an object of new values at once');
  }
  plainKeys(update, 'context');
  return Object.entries(update);
}
