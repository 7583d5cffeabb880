// The words that scenarios of some case types may use: commands, codes, states, roles and so on.
import {
  ENGINE_EVENTS,
  ENGINE_VIOLATIONS,
  rulesOf,
  type CaseType,
  type Violation,
} from '@himaya/engine';
import type { z } from 'zod';

/** Every word that a scenario may use, each list sorted and without repeats. */
export interface Words {
  /** `name@version` of each case type. */
  readonly caseTypes: readonly string[];
  /** `name@version` of each policy. */
  readonly policies: readonly string[];
  readonly commands: readonly string[];
  /** Commands that may open a case. */
  readonly opening: readonly string[];
  /** Input schemas of each command, one per case type that has it. */
  readonly inputs: ReadonlyMap<string, readonly z.ZodType[]>;
  readonly events: readonly string[];
  /** Fields of each event's data, where they are known. */
  readonly eventFields: ReadonlyMap<string, readonly string[]>;
  /** Codes of rules, duties, invariants and of the engine; decisions may refuse with others. */
  readonly codes: readonly string[];
  readonly deadlines: readonly string[];
  readonly states: readonly string[];
  /** State paths of each kind of part. */
  readonly parts: ReadonlyMap<string, readonly string[]>;
  /** Keys of the context; empty when a context is no plain object. */
  readonly contextKeys: readonly string[];
  readonly roles: readonly string[];
}

/** The words of some case types and policies together. */
export function wordsOf(
  caseTypes: readonly CaseType[],
  policies: readonly { readonly name: string; readonly version: string }[],
): Words {
  const commands = caseTypes.flatMap((caseType) => Object.entries(caseType.commands));
  const inputs = new Map<string, z.ZodType[]>();
  for (const [name, { input }] of commands) inputs.set(name, [...(inputs.get(name) ?? []), input]);
  const parts = new Map<string, readonly string[]>();
  for (const { kind, chart } of caseTypes.flatMap((one) => Object.values(one.parts))) {
    parts.set(kind, sorted([...(parts.get(kind) ?? []), ...statesOf(chart)]));
  }
  const eventFields = new Map<string, readonly string[]>();
  for (const [name, schema] of caseTypes.flatMap(({ events }) => Object.entries(events))) {
    eventFields.set(name, sorted([...(eventFields.get(name) ?? []), ...keysOf(schema)]));
  }
  return {
    caseTypes: sorted(caseTypes.map(versioned)),
    policies: sorted(policies.map(versioned)),
    commands: sorted(inputs.keys()),
    opening: sorted(commands.flatMap(([name, { opens }]) => (opens ? [name] : []))),
    inputs,
    eventFields,
    events: sorted([...ENGINE_EVENTS, ...caseTypes.flatMap(({ events }) => Object.keys(events))]),
    codes: sorted([...Object.keys(ENGINE_VIOLATIONS), ...caseTypes.flatMap(codesOf)]),
    deadlines: sorted(
      caseTypes.flatMap(({ deadlines }) => Object.values(deadlines).map(({ code }) => code)),
    ),
    states: sorted(caseTypes.flatMap(({ chart }) => statesOf(chart))),
    parts,
    contextKeys: sorted(caseTypes.flatMap(({ contextSchema }) => keysOf(contextSchema))),
    roles: sorted(caseTypes.flatMap(rolesOf)),
  };
}

/** `name@version`: how scenarios name case types and policies. */
export function versioned(one: { readonly name: string; readonly version: string }): string {
  return `${one.name}@${one.version}`;
}

/** What refuses: its code, and the text by which rules that share a code are told apart. */
export type Refuser = Pick<Violation, 'code' | 'text'>;

/** Every rule, duty and invariant of a case type; not what decisions refuse with by themselves. */
export function refusersOf(caseType: CaseType): readonly Refuser[] {
  const charts = [caseType.chart, ...Object.values(caseType.parts).map(({ chart }) => chart)];
  // Rules of charts carry the rule they were made of; the statechart itself knows only their code.
  const inCharts = charts.flatMap((chart) =>
    chart.rules.map((rule) => (rule as unknown as { readonly rule: Refuser }).rule),
  );
  return [
    ...inCharts,
    ...Object.values(caseType.requires).flatMap((guard) => rulesOf(guard)),
    ...Object.values(caseType.commands).flatMap(({ duties }) => duties ?? []),
    ...caseType.invariants,
  ];
}

/** The codes of {@link refusersOf}. */
function codesOf(caseType: CaseType): readonly string[] {
  return refusersOf(caseType).map(({ code }) => code);
}

function rolesOf(caseType: CaseType): readonly string[] {
  const grants = Object.values(caseType.commands).flatMap(({ by }) => by);
  const marks = Object.values(caseType.deadlines).flatMap(({ marks: some }) => some ?? []);
  return [
    ...Object.keys(caseType.labels.roles),
    ...grants.map((grant) => (typeof grant === 'string' ? grant : grant.role)),
    ...marks.map(({ to }) => to),
  ];
}

function statesOf(chart: CaseType['chart']): readonly string[] {
  return chart.structure.nodes.map(({ path }) => path).filter((path) => path !== '');
}

function keysOf(schema: z.ZodType): readonly string[] {
  const { shape } = schema.def as unknown as { readonly shape?: Record<string, unknown> };
  return Object.keys(shape ?? {});
}

function sorted(words: Iterable<string>): readonly string[] {
  return [...new Set(words)].sort();
}
