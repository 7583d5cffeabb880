// The plain configurations of a chart: XState's own graph, and the exploration by structure.
import { parkingDispute } from '@himaya/family-protection';
import { compile, countConfigurations } from '@himaya/statechart';
import { assign, createMachine, type AnyStateMachine } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import { machinesOf } from '../../packages/family-protection/test/charts/machines.ts';
import { timed, type Subject } from './measure.ts';

const FLOOR = 'configurations, xstate/graph';
/** The exploration goes through the chart so often in a round: once takes no time. */
const TIMES = 5;

interface Config {
  readonly [key: string]: unknown;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly states?: Readonly<Record<string, Config>>;
}

/**
 * The structure of a machine whose conditions always hold and whose actions do nothing: of several
 * transitions on one event the last target is kept, so that both sides see the same configurations.
 */
function bare({ on = {}, states, ...rest }: Config): Config {
  const heard = Object.entries(on).map(([event, list]) => {
    const targets = [list].flat().map((one) => (one as { target?: unknown } | null)?.target ?? one);
    const target = targets.findLast((one) => typeof one === 'string');
    return [event, target === undefined ? { actions: assign({}) } : { target }];
  });
  const inside = Object.entries(states ?? {}).map(([key, state]) => [key, bare(state)]);
  return {
    ...(rest['type'] === undefined ? {} : { type: rest['type'] }),
    ...(rest['id'] === undefined ? {} : { id: rest['id'] }),
    ...(rest['initial'] === undefined ? {} : { initial: rest['initial'] }),
    on: Object.fromEntries(heard) as Record<string, unknown>,
    ...(states === undefined ? {} : { states: Object.fromEntries(inside) as never }),
  };
}

/** The subjects of exploring the chart of parking disputes. */
export function configurationSubjects(): readonly Subject[] {
  const { config } = machinesOf(parkingDispute).chart;
  const machine: AnyStateMachine = createMachine(bare(config as Config) as never);
  const events = machine.events.map((type) => ({ type: String(type) }));
  const serializeState = ({ value }: { readonly value: unknown }): string => JSON.stringify(value);
  const graph = (): number =>
    Object.keys(getAdjacencyMap(machine, { events, serializeState } as never)).length;
  const count = graph();
  return [
    {
      name: FLOOR,
      unit: 'configurations',
      run: () => timed(count, () => count - graph()),
    },
    {
      name: 'configurations, by structure',
      unit: 'configurations',
      floors: [{ name: FLOOR, due: 15 }],
      run: () =>
        timed(count * TIMES, () => {
          let failures = 0;
          // Compiled anew each time: what a chart has learnt of itself is part of the work.
          for (let time = 0; time < TIMES; time += 1) {
            failures += Math.abs(count - countConfigurations(compile(machine)));
          }
          return failures;
        }),
    },
  ];
}
