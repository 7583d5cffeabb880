// A case type over an abstraction: the engine's own steps, with every way that they may go.
import { factsOf, loosen, type Loosening, type StepArguments } from '@himaya/statechart';
import { z } from 'zod';
import type { ConsequenceSpec, DeadlineSpec } from '../case-type.ts';
import type { AnyChart, CaseType, CompiledPart } from '../compiled.ts';
import type { Instant } from '../instant.ts';
import {
  guardOf,
  rulesOf,
  showInChart,
  type AnyRule,
  type CaseEvent,
  type ChartFacts,
  type RuleGuard,
  type RuleView,
} from '../rule.ts';
import type { Abstraction, Kept } from './abstraction.ts';
import type { Going, Looks, Outcome } from './going.ts';
import { canMatter, heardElsewhere, onlyMattering } from './mattering.ts';
import { keptOf, plainWithHoles } from './plain.ts';
import { UNKNOWN, Unknown } from './unknown.ts';
import { ANY_DATA } from './deciding.ts';
import type { Veil } from './veil.ts';

/** Makes the abstract case type of a case type. */
export class Abstracting {
  readonly #caseType: CaseType;
  readonly #abstraction: Abstraction;
  readonly #veil: Veil;
  readonly #looks: Looks;
  readonly #isWatched: boolean;
  /** Whether something that is left out may take an event. */
  readonly #isHeard: (type: string) => boolean;
  #going: Going | undefined;
  #abstract: CaseType | undefined;

  /** `isWatched`: a claim looks at what decisions record. */
  constructor(
    caseType: CaseType,
    abstraction: Abstraction,
    veil: Veil,
    looks: Looks,
    isWatched: boolean,
  ) {
    this.#caseType = caseType;
    this.#abstraction = abstraction;
    this.#veil = veil;
    this.#looks = looks;
    this.#isWatched = isWatched;
    this.#isHeard = heardElsewhere(caseType, abstraction);
  }

  /** From now on choices are made by this step. */
  go(going: Going): void {
    this.#going = going;
  }

  get #step(): Going {
    return this.#going as Going;
  }

  /** @throws {NotLoosened} when a region that is left out does more than assign on events. */
  caseType(): CaseType {
    const { events, requires, consequences, deadlines, chart } = this.#caseType;
    const any = z.any();
    const made = Object.entries(deadlines).map(([name, spec]): [string, DeadlineSpec] => {
      const isKept = this.#abstraction.deadlines.includes(name);
      return [name, isKept ? this.#deadline(name, spec) : silent(spec, this.#abstraction)];
    });
    const abstract: CaseType = {
      ...this.#caseType,
      events: Object.fromEntries(Object.keys(events).map((name) => [name, any])),
      chart: this.#loosened(chart, this.#abstraction.context, 'context'),
      parts: this.#parts(),
      requires: Object.fromEntries(
        Object.entries(requires).map(([event, guard]) => [event, this.#requires(guard)]),
      ),
      consequences: consequences.map((one) => this.#consequence(one)),
      deadlines: Object.fromEntries(made),
      invariants: [],
      reactions: [],
    };
    // Where nobody looks at what is recorded, only what changes something has to follow.
    this.#abstract = Object.freeze(this.#isWatched ? abstract : onlyMattering(abstract));
    return this.#abstract;
  }

  #parts(): Readonly<Record<string, CompiledPart>> {
    const kept = Object.entries(this.#abstraction.parts).map(([kind, { fields }]) => {
      const part = this.#caseType.parts[kind] as CompiledPart;
      const made: CompiledPart = {
        ...part,
        chart: this.#loosened(part.chart, fields, `parts.${kind}`),
        on: [...new Set([...part.on, ...part.opens])],
        key: (event) => part.key(this.#veil.event(event as CaseEvent) as never),
      };
      return [kind, made] as const;
    });
    return Object.fromEntries(kept);
  }

  #loosened(chart: AnyChart, keys: Readonly<Record<string, Kept>>, where: string): AnyChart {
    const names = Object.keys(keys);
    const isCase = where === 'context';
    // All guards of a step are asked with the same arguments.
    let last: { readonly args: StepArguments; readonly shown: StepArguments } | undefined;
    const seen = (args: StepArguments): StepArguments => {
      if (last?.args !== args) last = { args, shown: show(args) };
      return last.shown;
    };
    const show = (args: StepArguments): StepArguments => {
      const { context } = args;
      const veiledFacts = this.#veil.facts(factsOf(args) as ChartFacts | undefined);
      const shown = {
        context: isCase
          ? this.#veil.caseContext(context, veiledFacts)
          : this.#veil.context(context, names, veiledFacts),
        event: this.#veil.event(args.event as CaseEvent),
      };
      showInChart(shown, { ...veiledFacts, ...shown } as RuleView);
      return shown as StepArguments;
    };
    const project = (key: string, make: () => unknown): unknown => {
      const kept = keys[key] as Kept;
      const value = plainWithHoles(make);
      if (kept === true || value === UNKNOWN) return value;
      return keptOf(value, plainWithHoles(() => kept(value as never)));
    };
    const loosening: Loosening = {
      keepsRegion: (path) => !isCase || this.#abstraction.regions.includes(path),
      keepsKey: (key) => names.includes(key),
      asks: (test, args) => this.#either(where, () => Boolean(test(seen(args)))),
      gives: (make, args, key) => this.#made(() => project(key, () => make(seen(args)))),
      perhaps: () => this.#step.choices.perhaps(),
      counts: (type) => isCase && !this.#step.certain && this.#isHeard(type),
      isCertain: () => this.#step.certain,
      starts: (make, args) => {
        const { input } = args as { readonly input?: { readonly event: CaseEvent } };
        const known = input && { ...input, event: this.#veil.event(input.event) };
        const made = this.#made(() => {
          const whole = plainWithHoles(() => make({ input: known }));
          const field = (key: string): unknown =>
            whole === UNKNOWN ? UNKNOWN : (whole as Readonly<Record<string, unknown>>)[key];
          return Object.fromEntries(names.map((key) => [key, project(key, () => field(key))]));
        });
        return made === UNKNOWN
          ? Object.fromEntries(names.map((key) => [key, UNKNOWN]))
          : (made as Record<string, unknown>);
      },
    };
    return loosen(chart, loosening);
  }

  /** One of the values that can be made; of one that cannot be told it is unknown. */
  #made(work: () => unknown): unknown {
    const picked = this.#step.choices.pick(this.#step.outcomes(work));
    if (!('value' in picked)) return UNKNOWN;
    this.#step.moments.learn(JSON.stringify(picked.value) ?? '');
    return picked.value;
  }

  /** One of the answers that a function can give. */
  #one<Value>(work: () => Value): Value {
    const outcomes = this.#step.outcomes(work);
    const picked = this.#step.choices.pick(outcomes);
    if (!('value' in picked)) throw picked.unknown;
    this.#step.moments.learn(JSON.stringify(picked.value) ?? '');
    return picked.value;
  }

  /** What cannot be judged may go either way. */
  #either(where: string, ask: () => boolean): boolean {
    const answers = this.#answers(where, ask);
    return this.#step.choices.pick(answers);
  }

  /** The answers that a question can have; where `yes` is all that is asked, no more than that. */
  #answers(where: string, ask: () => boolean, yes = false): readonly boolean[] {
    this.#veil.parts.hasLookedAtAll = false;
    const outcomes = this.#step.outcomes(ask, (found) => {
      const isUnknown = found.some((one) => !('value' in one));
      return isUnknown || found.length > 1 || (yes && found.some((one) => isTrue(one)));
    });
    const answers = outcomes.flatMap((outcome) => {
      if ('value' in outcome) return [outcome.value];
      this.#note(outcome.unknown, where);
      return [false, true];
    });
    const isDoubtful = this.#veil.parts.hasLookedAtAll && !this.#isRefusedMore(where);
    return isDoubtful ? [false, true] : [...new Set(answers)];
  }

  /** Whether others than are shown can only make it refuse. */
  #isRefusedMore(where: string): boolean {
    return this.#abstraction.refusedMore.some((name) => where === `rule ${name}`);
  }

  #note(error: unknown, where: string): void {
    if (!(error instanceof Unknown)) throw error;
    this.#looks.unknown.set(error.what, where);
  }

  #requires(guard: RuleGuard<never> | undefined): RuleGuard<never> {
    const rules = rulesOf(guard).map((rule): AnyRule => {
      const { holds } = rule;
      return Object.freeze({
        ...rule,
        holds: (view: RuleView) => {
          const ask = (): boolean => holds(this.#veil.case(view) as never);
          const { lenient, certain } = this.#step;
          const mayRefuse = lenient && view.event.data !== ANY_DATA;
          const answers = this.#answers(`rule ${rule.name}`, ask, !mayRefuse && !certain);
          if (!answers.includes(false)) return true;
          if (certain) return false;
          return answers.includes(true) && (!mayRefuse || this.#isHeld(view.event));
        },
      }) as unknown as AnyRule;
    });
    return guardOf(rules);
  }

  /** Whether what cannot be judged holds; a refusal matters where the refused is only left out. */
  #isHeld(event: CaseEvent): boolean {
    const { unsure, choices } = this.#step;
    const known = unsure.get(event) ?? choices.perhaps();
    unsure.set(event, known);
    return known;
  }

  #consequence(spec: ConsequenceSpec): ConsequenceSpec {
    const { name, when, record, records } = spec;
    const asked = when as ((view: RuleView) => boolean) | undefined;
    return {
      ...spec,
      when: (view) => {
        const seen = this.#veil.case(view as never);
        if (asked === undefined) return true;
        const answers = this.#answers(`consequence "${name}"`, () => asked(seen));
        if (answers.length === 1) return answers[0] === true;
        // Where it can only record what changes nothing that is kept, it need not be told.
        const recorded = this.#step.outcomes(() => record(seen as never));
        const matters = recorded.some(
          (one) => !('value' in one) || one.value.some(({ type }) => this.#matters(type)),
        );
        return matters && this.#step.choices.perhaps();
      },
      record: (view) => {
        try {
          return this.#one(() => record(this.#veil.case(view as never) as never));
        } catch (error) {
          this.#note(error, `consequence "${name}"`);
          this.#looks.unrecorded.set(name, records as readonly string[] | undefined);
          return [];
        }
      },
    };
  }

  #matters(type: string): boolean {
    return this.#abstract !== undefined && canMatter(this.#abstract, type);
  }

  #deadline(name: string, spec: DeadlineSpec): DeadlineSpec {
    const seen = (view: unknown): never => this.#veil.case(view as RuleView, spec.part) as never;
    const { dueAt, disarms, marks: _marks, ...rest } = spec;
    return {
      ...rest,
      dueAt: (view) => {
        try {
          return this.#one(() => dueAt(this.#veil.due(view as RuleView, spec.part) as never));
        } catch (error) {
          this.#note(error, `deadline ${name}`);
          const { choices, moments } = this.#step;
          return choices.perhaps() ? moments.any(choices) : undefined;
        }
      },
      ...(disarms && {
        disarms: (view) => this.#either(`deadline ${name}`, () => disarms(seen(view))),
      }),
    };
  }
}

function isTrue(outcome: Outcome<unknown>): boolean {
  return 'value' in outcome && outcome.value === true;
}

/** A deadline of which nothing is kept: it is known by name, because it may be reached. */
function silent({ code, part }: DeadlineSpec, { parts }: Abstraction): DeadlineSpec {
  const isKept = part !== undefined && Object.hasOwn(parts, part);
  return {
    code,
    ...(isKept ? { part } : {}),
    armedBy: [],
    disarmedBy: [],
    dueAt: (): Instant | undefined => undefined,
  };
}
