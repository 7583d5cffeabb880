// The context of a new case: from the machine's value or factory, and the check of that factory.
import { isChartError } from './chart-error.ts';
import type { Model } from './model.ts';
import type { Problems } from './problems.ts';
import { StartArguments } from './step-arguments.ts';

/** The context with which a chart starts. */
export function startContext(model: Model, input: unknown): unknown {
  if (typeof model.context !== 'function') return model.context ?? {};
  return { ...(model.context(new StartArguments(input)) as object) };
}

/**
 * Runs a context factory twice without input and refuses it when the answers differ: replay would
 * start from another context than the case did.
 *
 * Limits. A factory that cannot do without input throws and is not judged; a clock is noticed only
 * if it ticks between two adjacent calls. It finds random ids and counters, not every dishonesty.
 */
export function checkContextFactory(model: Model, problems: Problems): void {
  if (typeof model.context !== 'function') return;
  const answers: unknown[] = [];
  try {
    answers.push(startContext(model, undefined), startContext(model, undefined));
  } catch (error) {
    if (isChartError(error, 'self-is-not-available')) {
      const cure = 'Build the context from input only.';
      problems.refuse('', 'context factory that reads self or spawn', cure);
    }
    return;
  }
  if (areAlike(answers[0], answers[1])) return;
  const cure = 'Let ids and instants arrive in the input: the factory must not make them.';
  problems.refuse('', 'context factory that answers differently each time', cure);
}

// Structural, but lenient where two values cannot be compared: functions count as alike.
function areAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === 'function' && typeof b === 'function') return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Date || b instanceof Date) return String(+a) === String(+b);
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.every((key) => key in right && areAlike(left[key], right[key]));
}
