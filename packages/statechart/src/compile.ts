// From an XState v5 machine to a chart: read once, refuse what cannot be replayed, then step.
import type { AnyStateMachine, ContextFrom } from 'xstate';
import type { Chart } from './chart.ts';
import { Problems } from './problems.ts';
import { readMachine } from './read-machine.ts';
import { checkRegionWrites } from './region-writes.ts';
import { checkContext } from './start-context.ts';
import { CompiledChart } from './compiled-chart.ts';
import { checkTargets } from './targets.ts';
import { UnsupportedStatechart } from './unsupported-statechart.ts';
import type { SourceMachine } from './xstate-source.ts';

/**
 * Compiles a machine made by `setup(...).createMachine(...)`. The machine is read once and neither
 * kept nor run; later changes to it have no effect.
 *
 * @throws {UnsupportedStatechart} naming every problem at once: history, enqueueActions, invoke,
 *   actors, routes, emit, log, anonymous actions, delays without a name, delayed raises, reserved
 *   event names, missing implementations, misplaced rule guards, two regions assigning one key, and
 *   a context factory that reads `self` or answers differently each time.
 */
export function compile<Machine extends AnyStateMachine>(
  machine: Machine,
): Chart<ContextFrom<Machine>> {
  const problems = new Problems();
  const model = readMachine(machine as unknown as SourceMachine, problems);
  checkTargets(model, problems);
  checkRegionWrites(model, problems);
  checkContext(model, problems);
  const found = problems.list();
  if (found.length > 0) throw new UnsupportedStatechart(model.id, found);
  return new CompiledChart<ContextFrom<Machine>>(model);
}
