// The context of a new case: from the machine's value or factory, and the check of that factory.
import { ChartError, isChartError } from './chart-error.ts';
import type { AuthorFunction, Model } from './model.ts';
import { keepContext, plainKeys } from './plain.ts';
import type { Problems } from './problems.ts';
import { checkFunction } from './read-function.ts';
import { StartArguments } from './step-arguments.ts';

/**
 * The context with which a chart starts.
 * @throws {ChartError} `context-threw` when the factory throws on this input, `context-not-plain`.
 */
export function startContext(model: Model, input: unknown): object {
  const { context } = model;
  const given = typeof context === 'function' ? made(model, context, input) : context;
  if (given) plainKeys(given, 'context');
  return keepContext({ ...given });
}

function made(model: Model, factory: AuthorFunction, input: unknown): object {
  try {
    return factory(new StartArguments(input)) as object;
  } catch (error) {
    if (isChartError(error)) throw error;
    const message =
      `Cannot make the context of chart "${model.id}": its factory threw ` +
      `${JSON.stringify(String(error))}. Start it with the input that it needs.`;
    throw new ChartError('context-threw', message, [], { cause: error });
  }
}

/**
 * Refuses a context that is not plain, and a factory that answers differently when it is run twice
 * without input: replay would start from another context than the case did.
 *
 * Limits. A factory that cannot do without input throws and is judged by its text alone; a clock is
 * noticed only if it ticks between two adjacent calls. It finds random ids and counters, not every
 * dishonesty.
 */
export function checkContext(model: Model, problems: Problems): void {
  if (checkFunction(problems, '', 'context factory', model.context)) return;
  const answers: unknown[] = [];
  try {
    answers.push(startContext(model, undefined), startContext(model, undefined));
  } catch (error) {
    if (isChartError(error, 'self-is-not-available')) {
      const cure = 'Build the context from input only.';
      problems.refuse('', 'context factory that reads an actor', cure);
    } else if (isChartError(error, 'context-not-plain')) {
      const cure = 'Use JSON values only: instants as text, sets as lists.';
      problems.refuse('', 'context that is not plain JSON', cure);
    }
    return;
  }
  if (JSON.stringify(answers[0]) === JSON.stringify(answers[1])) return;
  const cure = 'Let ids and instants arrive in the input: the factory must not make them.';
  problems.refuse('', 'context factory that answers differently each time', cure);
}
