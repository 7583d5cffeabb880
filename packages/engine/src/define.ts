// caseType(…): the typed builder that ends in a checked, compiled definition.
import { compile } from '@himaya/statechart';
import type { z } from 'zod';
import type { CaseTypeSpec, EventOf, EventSchemas } from './case-type.ts';
import type { AnyChart, CaseType, CompiledPart } from './compiled.ts';
import { checkDefinition } from './define-check.ts';
import type { PartKind } from './part.ts';
import {
  guardOf,
  viewInChart,
  type AnyRule,
  type Duty,
  type Rule,
  type RuleGuard,
  type RuleSpec,
  type RuleView,
} from './rule.ts';
import { structureHash } from './structure.ts';
import type { Text } from './text.ts';

/** What `caseType` is told first: names and shapes. */
export interface CaseTypeHead<
  ContextSchema extends z.ZodType,
  Events extends EventSchemas,
  Delay extends string,
> {
  readonly name: string;
  readonly version: string;
  readonly category?: string;
  /** The name of its policy. Needed when an engine has policies of several names. */
  readonly policy?: string;
  readonly title: Text;
  readonly context: ContextSchema;
  readonly events: Events;
  /** Deadlines that states of a chart leave by `after`. */
  readonly delays?: readonly Delay[];
}

type RuleEvent<Accepts extends (event: never) => void> = Accepts;
type AcceptsOf<One> = One extends { readonly accepts?: infer Accepts } ? Accepts : never;

/** Named rules and the guard that asks some of them. */
export type RuleSet<Rules extends Readonly<Record<string, AnyRule>>> = Rules & {
  /** A guard that holds when all of these hold; a refusal names every one that does not. */
  allOf<Name extends keyof Rules & string>(
    ...names: readonly [Name, ...Name[]]
  ): RuleGuard<RuleEvent<NonNullable<AcceptsOf<Rules[Name]>> & ((event: never) => void)>>;
};

/** The typed builder of one case type. */
export interface CaseTypeBuilder<Context, Events extends EventSchemas, Delay extends string> {
  /** For `setup({ types: t.types, … })`. */
  readonly types: { readonly context: Context; readonly events: EventOf<Events> };
  /** For `setup({ delays: t.delays, … })`: names only; due instants are policy. */
  readonly delays: Readonly<Record<Delay, number>>;
  /** A rule about some events: `event` has the type of one of them. */
  rule<Name extends keyof Events & string>(
    events: readonly Name[],
    spec: RuleSpec<RuleView<Context, EventOf<Events, Name>>>,
  ): Rule<RuleView<Context, EventOf<Events, Name>>, Name>;
  /** A rule about any event of the case type. */
  rule(
    spec: RuleSpec<RuleView<Context, EventOf<Events>>>,
  ): Rule<RuleView<Context, EventOf<Events>>, keyof Events & string>;
  rules<Rules extends Readonly<Record<string, AnyRule>>>(rules: Rules): RuleSet<Rules>;
  duty(spec: Duty<Context>): Duty<Context>;
  /** A selector for charts that may look at parts and policy; alternatives must exclude each other. */
  guard(
    holds: (view: RuleView<Context, EventOf<Events>>) => boolean,
  ): (args: { context: unknown; event: unknown }) => boolean;
  /** A kind of part: its name, and the types of its chart. */
  part<PartContext>(kind: string): PartKind<PartContext> & {
    readonly types: {
      readonly context: PartContext;
      readonly events: EventOf<Events>;
      readonly input: { readonly id: string; readonly event: EventOf<Events> };
    };
  };
  /** @throws Fault `definition-invalid` naming every problem. */
  define<Inputs extends Readonly<Record<string, z.ZodType>>>(
    spec: CaseTypeSpec<Context, Events, Inputs>,
  ): CaseType;
}

/** Begins a case type. The result's `define` ends it. */
export function caseType<
  ContextSchema extends z.ZodType,
  Events extends EventSchemas,
  const Delay extends string = never,
>(
  head: CaseTypeHead<ContextSchema, Events, Delay>,
): CaseTypeBuilder<z.output<ContextSchema>, Events, Delay> {
  type Context = z.output<ContextSchema>;
  const builder = {
    types: {} as never,
    delays: Object.fromEntries((head.delays ?? []).map((name) => [name, 0])),
    rule: (first: unknown, second?: object) =>
      second ? { name: '', ...second, events: first } : { name: '', ...(first as object) },
    rules: (rules: Readonly<Record<string, AnyRule>>) => namedRules(rules),
    duty: (spec: Duty<Context>) => spec,
    guard:
      (holds: (view: never) => boolean) =>
      (args: { context: unknown; event: unknown }): boolean =>
        holds(viewInChart(args) as never),
    part: (kind: string) => ({ kind, types: {} as never }),
    define: (spec: CaseTypeSpec) => finish(head, spec),
  };
  return builder as unknown as CaseTypeBuilder<Context, Events, Delay>;
}

function namedRules(rules: Readonly<Record<string, AnyRule>>): RuleSet<Record<string, AnyRule>> {
  const named = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, Object.freeze({ ...rule, name })]),
  );
  const allOf = (...names: readonly string[]): RuleGuard<never> =>
    guardOf(names.map((name) => named[name] as AnyRule));
  return Object.assign(named, { allOf }) as unknown as RuleSet<Record<string, AnyRule>>;
}

function finish(
  head: CaseTypeHead<z.ZodType, EventSchemas, string>,
  spec: CaseTypeSpec,
): CaseType {
  const parts = Object.entries(spec.parts ?? {}).map(([kind, part]) => [
    kind,
    { ...part, kind, chart: compile(part.chart) as AnyChart },
  ]);
  const made: Omit<CaseType, 'structureHash'> = {
    name: head.name,
    version: head.version,
    category: head.category ?? 'case',
    policy: head.policy,
    title: head.title,
    contextSchema: head.context,
    events: byName(head.events),
    chart: compile(spec.chart) as AnyChart,
    parts: byName(Object.fromEntries(parts) as Record<string, CompiledPart>),
    commands: byName(spec.commands as CaseType['commands']),
    requires: byName((spec.requires ?? {}) as CaseType['requires']),
    deadlines: byName(spec.deadlines ?? {}),
    consequences: listed(spec.consequences),
    reactions: listed(spec.reactions),
    invariants: listed(spec.invariants),
    assignees: spec.assignees ?? (() => []),
    readers: spec.readers as CaseType['readers'],
    conceals: spec.conceals,
    successor: spec.successor ?? (() => undefined),
    migrations: byName(spec.migrations ?? {}),
    labels: spec.labels,
  };
  checkDefinition(made, head.delays ?? []);
  return Object.freeze({ ...made, structureHash: structureHash(made) });
}

/** A copy without a prototype: a command that is called `toString` is then simply unknown. */
function byName<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.freeze(Object.assign(Object.create(null), record) as Record<string, Value>);
}

/** A copy that stays as it was when the definition was hashed. */
function listed<Value>(list: readonly Value[] | undefined): readonly Value[] {
  return Object.freeze([...(list ?? [])]);
}
