// Small machines for tests, typed loosely on purpose: their shape is what is under test.
import { createMachine } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { compile } from '../src/index.ts';
import type { Chart, ChartEvent, ChartSnapshot } from '../src/index.ts';

/** The context of test charts. */
export type Loose = Record<string, unknown>;

/** A machine of any configuration, and the names it refers to. */
export function machineOf(config: object, implementations: object = {}): AnyStateMachine {
  const machine = createMachine({ id: 'm', ...config } as never, implementations as never);
  return machine as unknown as AnyStateMachine;
}

/** The same, compiled. */
export function chartOf(config: object, implementations: object = {}): Chart<Loose> {
  return compile(machineOf(config, implementations)) as Chart<Loose>;
}

/** Takes events one after another; each must be enabled. */
export function drive(
  chart: Chart<Loose>,
  from: ChartSnapshot<Loose>,
  ...events: readonly (string | ChartEvent)[]
): ChartSnapshot<Loose> {
  return events.reduce<ChartSnapshot<Loose>>((snapshot, sent) => {
    const event = typeof sent === 'string' ? { type: sent } : sent;
    const result = chart.step(snapshot, event);
    if (result.kind !== 'stepped') throw new Error(`${event.type}: ${result.kind}`);
    return result.snapshot;
  }, from);
}

/** What `run` throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
