// Faulty case types: the procedure for domestic violence without one of the things that make it safe.
import type { CaseType, RuleView } from '@himaya/engine';
import { domesticViolence } from '../../src/index.ts';

const RULES = Symbol.for('himaya.rules');
type Guard = { readonly [RULES]: readonly { readonly rule: { readonly name: string } }[] };
type Mend = (given: CaseType) => CaseType;

/** Several faults at once. */
export function faulty(...faults: readonly Mend[]): CaseType {
  return faults.reduce((made, fault) => fault(made), domesticViolence);
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
