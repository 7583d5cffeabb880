// A machine whose conditions answer as a script says: XState then goes where a test of the chart goes.
import type { ChartTestStep, TransitionPlace } from '@himaya/statechart';
import {
  assign,
  createMachine,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate';
import { INERT_SCOPE } from '../../../statechart/test/inert-scope.ts';

interface Config {
  readonly [key: string]: unknown;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly onDone?: unknown;
  readonly states?: Readonly<Record<string, Config>>;
}

const isInternal = ({ event }: ChartTestStep): boolean =>
  event === '' || event.startsWith('xstate.');

/** XState over the structure of a machine: no action is run, and a script decides what is taken. */
export class Scripted {
  readonly #machine: AnyStateMachine;
  /** What is still to be taken, microstep by microstep. */
  #script: readonly (readonly string[])[] = [];

  constructor(machine: AnyStateMachine) {
    const config = this.#bare(machine.config as Config, '', machine.config.id ?? '');
    const options = { maxIterations: 100 };
    this.#machine = createMachine({ ...config, id: machine.config.id, options } as never);
  }

  /** The leaf states after each event of a test, internal steps taken with the event before them. */
  walk(test: readonly ChartTestStep[]): readonly (readonly string[])[] {
    const groups: ChartTestStep[][] = [[]];
    for (const step of test) {
      if (isInternal(step)) groups.at(-1)?.push(step);
      else groups.push([step]);
    }
    const [first = [], ...rest] = groups;
    this.#follow(first);
    let snapshot: AnyMachineSnapshot = this.#machine.getInitialSnapshot(INERT_SCOPE);
    return [
      leavesOf(snapshot),
      ...rest.map((group) => {
        this.#follow(group);
        const event = { type: group[0]?.event ?? '' };
        snapshot = this.#machine.transition(snapshot, event, INERT_SCOPE);
        return leavesOf(snapshot);
      }),
    ];
  }

  #follow(steps: readonly ChartTestStep[]): void {
    this.#script = steps.map(({ taken }) => taken.map(keyOf));
  }

  #bare(config: Config, path: string, id: string): Config {
    const { on = {}, after = {}, always, onDone, states, ...rest } = config;
    const afters = Object.entries(after).map(([name, list]) => [`@after.${name}`, list] as const);
    const heard = [...Object.entries(on), ...afters].map(
      ([event, list]) => [event, this.#transitions(list, path, event)] as const,
    );
    const done = `xstate.done.state.${id}`;
    const inside = Object.entries(states ?? {}).map(([key, state]): [string, object] => {
      const inner = path === '' ? key : `${path}.${key}`;
      return [key, this.#bare(state, inner, String(state['id'] ?? `${id}.${key}`))];
    });
    const made: Config = {
      ...(rest['type'] === undefined ? {} : { type: rest['type'] }),
      ...(rest['id'] === undefined ? {} : { id: rest['id'] }),
      ...(rest['initial'] === undefined ? {} : { initial: rest['initial'] }),
      on: Object.fromEntries(heard),
      ...(always === undefined ? {} : { always: this.#transitions(always, path, '') }),
      ...(onDone === undefined ? {} : { onDone: this.#transitions(onDone, path, done) }),
      ...(states === undefined ? {} : { states: Object.fromEntries(inside) as never }),
    };
    return made;
  }

  #transitions(list: unknown, source: string, event: string): readonly object[] {
    return [list].flat().map((one, index) => {
      const { target, reenter } = (typeof one === 'object' && one !== null
        ? one
        : { target: one }) as Readonly<Record<string, unknown>>;
      const key = keyOf({ source, event, index });
      const guard = (): boolean => this.#script[0]?.includes(key) === true;
      // Taking the first of them goes on to the next microstep; the others were selected with it.
      const actions = assign(() => {
        if (guard()) this.#script = this.#script.slice(1);
        return {};
      });
      const to = target === undefined ? {} : { target };
      return { ...to, ...(reenter ? { reenter } : {}), guard, actions };
    });
  }
}

function keyOf({ source, event, index }: TransitionPlace): string {
  return `${source} ${event} ${index}`;
}

function leavesOf({ _nodes }: AnyMachineSnapshot): readonly string[] {
  const leaves = _nodes.filter(({ type }) => type === 'atomic' || type === 'final');
  return leaves.map(({ path }) => path.join('.')).sort();
}
