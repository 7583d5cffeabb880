// After the first microstep: eventless transitions and raised events until nothing is left to do.
import { ChartError } from './chart-error.ts';
import type { Configurations } from './configurations.ts';
import { MAX_ITERATIONS } from './limits.ts';
import type { Model, Transition } from './model.ts';
import { planFor } from './plan.ts';
import type { RuleVerdict } from './rules.ts';
import type { Run } from './run.ts';
import { selectAlways, selectTransitions } from './select.ts';

const NOTHING_FAILED: readonly RuleVerdict[] = [];
const NONE: readonly Transition[] = [];

/**
 * Settles a run. Eventless transitions go before raised events, and are asked again after every
 * microstep that could have changed their answer.
 *
 * @param watch  is shown the run whenever it is about to select for a raised event.
 * @returns the rules that failed on a raised event; the whole step is then refused.
 * @throws {ChartError} `microstep-limit` after {@link MAX_ITERATIONS} microsteps.
 */
export function settle(
  model: Model,
  configurations: Configurations,
  run: Run,
  watch?: (raised: Run) => void,
): readonly RuleVerdict[] {
  let askAlways = true;
  for (let count = 1; !run.done; count++) {
    if (count > MAX_ITERATIONS) throw limitReached(model, run);
    const eventless = askAlways ? selectAlways(run.configuration, run) : NONE;
    if (eventless.length > 0) {
      // An eventless transition that changes nothing is not asked again, as in XState.
      askAlways = run.perform(planFor(configurations, run.configuration, eventless));
      continue;
    }
    const raised = run.take();
    if (raised === undefined) break;
    watch?.(run);
    const { configuration } = run;
    const asked = configurations.asking.about(raised.type, configuration);
    const selection = selectTransitions(asked, configuration, run);
    if (selection.failed.length > 0) return selection.failed;
    if (selection.transitions.length > 0) {
      run.perform(planFor(configurations, configuration, selection.transitions));
    }
    askAlways = true;
  }
  return NOTHING_FAILED;
}

function limitReached(model: Model, run: Run): ChartError {
  const states = run.configuration.ids;
  return new ChartError(
    'microstep-limit',
    `Cannot finish "${run.event.type}" in chart "${model.id}": ${MAX_ITERATIONS} microsteps led ` +
      `to [${states.join(', ')}] and on. Break the circle of always and raise.`,
    states,
  );
}
