// Faulty case types: the procedure for domestic violence without one of the things that make it safe.
import type { CaseType, RuleView } from '@himaya/engine';
import { compile } from '@himaya/statechart';
import { createMachine } from 'xstate';
import { domesticViolence } from '../../src/index.ts';
import { machinesOf } from '../charts/machines.ts';

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };
type Mend = (given: CaseType) => CaseType;

/** A case type with several faults at once. */
export function withFaults(given: CaseType, ...faults: readonly Mend[]): CaseType {
  return faults.reduce((made, fault) => fault(made), given);
}

/** Domestic violence with several faults at once. */
export function faulty(...faults: readonly Mend[]): CaseType {
  return withFaults(domesticViolence, ...faults);
}

/** With a chart that is made otherwise of the same machine. */
export function recharted(change: (config: Config) => Config): Mend {
  return (given) => {
    const { config, implementations } = machinesOf(given).chart;
    const machine = createMachine(change(config as Config) as never, implementations as never);
    return { ...given, chart: compile(machine) as CaseType['chart'] };
  };
}

/** The configuration of a machine, as far as faults change it. */
export interface Config {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly states?: Readonly<Record<string, Config>>;
  readonly always?: unknown;
}

/** The configuration of one state changed, by its path. */
export function stateChanged(
  config: Config,
  path: string,
  change: (state: Config) => Config,
): Config {
  const [key = '', ...rest] = path.split('.');
  const state = config.states?.[key] ?? {};
  const made = rest.length === 0 ? change(state) : stateChanged(state, rest.join('.'), change);
  return { ...config, states: { ...config.states, [key]: made } };
}

/** Without these rules. */
export function without(...names: readonly string[]): Mend {
  return (given) => {
    const requires = Object.entries(given.requires).map(([event, guard]) => {
      const all = (guard as unknown as Guard)[RULES];
      const kept = all.filter(({ rule }) => !names.includes(rule.name));
      return [event, Object.assign(() => true, { [RULES]: kept })];
    });
    return { ...given, requires: Object.fromEntries(requires) as CaseType['requires'] };
  };
}

/** An event that is refused by a rule which stands before another one. */
export function refusing(event: string, likeThat: string): Mend {
  return (given) => ({
    ...given,
    requires: { ...given.requires, [event]: given.requires[likeThat] } as CaseType['requires'],
  });
}

/** Without the consequences whose names begin so. */
export function unfollowed(...beginnings: readonly string[]): Mend {
  return (given) => ({
    ...given,
    consequences: given.consequences.filter(
      ({ name }) => !beginnings.some((start) => name.startsWith(start)),
    ),
  });
}

/** Without an event that nobody records any more. */
export function unknown(event: string): Mend {
  return (given) => {
    const { [event]: _, ...events } = given.events;
    return { ...given, events };
  };
}

/** With one consequence more. */
export function followed(consequence: CaseType['consequences'][number]): Mend {
  return (given) => ({ ...given, consequences: [...given.consequences, consequence] });
}

/** With a command that is given otherwise. */
export function changed(name: string, how: object): Mend {
  return (given) => ({
    ...given,
    commands: { ...given.commands, [name]: { ...given.commands[name], ...how } },
  }) as CaseType;
}

/** Without some deadlines. */
export function untimed(...names: readonly string[]): Mend {
  return (given) => ({
    ...given,
    deadlines: Object.fromEntries(
      Object.entries(given.deadlines).filter(([name]) => !names.includes(name)),
    ),
  });
}

/** Without what must hold after every command. */
export const unguarded: Mend = (given) => ({ ...given, invariants: [] });

type Holds = (view: RuleView) => boolean;

/** With a rule that holds otherwise. */
export function ruled(name: string, mend: (holds: Holds) => Holds): Mend {
  return (given) => {
    const requires = Object.entries(given.requires).map(([event, guard]) => {
      const rules = (guard as unknown as Guard)[RULES].map((one) => {
        const { rule } = one as unknown as { readonly rule: { name: string; holds: Holds } };
        return rule.name === name ? { ...one, rule: { ...rule, holds: mend(rule.holds) } } : one;
      });
      return [event, Object.assign(() => true, { [RULES]: rules })];
    });
    return { ...given, requires: Object.fromEntries(requires) as CaseType['requires'] };
  };
}
