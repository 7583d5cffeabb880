// Reading guards: named and inline tests, rules, and the compositions of XState.
import type { AuthorFunction, ChartNode, Guard } from './model.ts';
import type { Problems } from './problems.ts';
import { checkFunction } from './read-function.ts';
import { rulesOf } from './rules.ts';
import { builtinGuardKind } from './xstate-source.ts';
import type { BuiltinGuard, SourceMachine, SourceNode } from './xstate-source.ts';

/** What is at hand while a machine is read. */
export interface Reading {
  readonly machine: SourceMachine;
  readonly problems: Problems;
  readonly nodeOf: ReadonlyMap<SourceNode, ChartNode>;
  readonly nodeAt: ReadonlyMap<string, ChartNode>;
}

/** Named guards may stand for other named guards; deeper than this is taken for a circle. */
const ALIAS_DEPTH_MAX = 32;

const NEVER: Guard = { kind: 'or', parts: [] };

/** Reads one guard expression of the state at `path`; what is unsupported is noted, not thrown. */
export function readGuard(
  reading: Reading,
  path: string,
  source: unknown,
  name: string | null = null,
  params: unknown = undefined,
  depth = 0,
): Guard {
  if (typeof source === 'function') return readFunction(reading, path, source, name, params, depth);
  const type = typeof source === 'string' ? source : (source as { type?: unknown } | null)?.type;
  if (typeof type !== 'string') {
    reading.problems.refuse(path, 'a guard that is not a guard', 'Use a function or a name.');
    return NEVER;
  }
  const { guards } = reading.machine.implementations;
  const implementation = Object.hasOwn(guards, type) ? guards[type] : undefined;
  if (implementation === undefined || depth > ALIAS_DEPTH_MAX) {
    const feature = depth > ALIAS_DEPTH_MAX ? 'circular guard' : 'missing guard';
    reading.problems.refuse(path, `${feature} "${type}"`, 'Declare it in setup({ guards }).');
    return NEVER;
  }
  const own = typeof source === 'string' ? undefined : (source as { params?: unknown }).params;
  return readGuard(reading, path, implementation, type, own, depth + 1);
}

function readFunction(
  reading: Reading,
  path: string,
  source: object,
  name: string | null,
  params: unknown,
  depth: number,
): Guard {
  const rules = rulesOf(source);
  if (rules !== undefined) {
    for (const { code, holds } of rules) {
      checkFunction(reading.problems, path, `rule "${code}"`, holds);
    }
    return { kind: 'rules', rules };
  }
  const kind = builtinGuardKind(source);
  const { guards = [], stateValue } = source as BuiltinGuard;
  if (kind === 'in') return readStateIn(reading, path, stateValue);
  if (kind !== undefined) {
    const parts = guards.map((g) => readGuard(reading, path, g, null, undefined, depth + 1));
    return { kind, parts };
  }
  if ('check' in source) {
    const cure = 'Use and, or, not and stateIn of the xstate that this package depends on.';
    reading.problems.refuse(path, 'a guard of another copy of xstate', cure);
    return NEVER;
  }
  const what = name === null ? 'guard' : `guard "${name}"`;
  checkFunction(reading.problems, path, what, source);
  checkFunction(reading.problems, path, `params of ${what}`, params);
  return { kind: 'test', name, test: source as AuthorFunction, params };
}

function readStateIn(reading: Reading, path: string, value: unknown): Guard {
  const nodes: ChartNode[] = [];
  for (const statePath of statePathsOf(value, '')) {
    const node = statePath.startsWith('#')
      ? nodeById(reading, statePath)
      : reading.nodeAt.get(statePath);
    if (node !== undefined) nodes.push(node);
    else {
      const cure = 'Name an existing state: a path from the root, or #id.';
      reading.problems.refuse(path, `stateIn of unknown state "${statePath}"`, cure);
    }
  }
  return { kind: 'in', nodes };
}

function statePathsOf(value: unknown, prefix: string): string[] {
  const join = (key: string): string => (prefix === '' ? key : `${prefix}.${key}`);
  if (typeof value === 'string') return [join(value)];
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  if (entries.length === 0) return prefix === '' ? [] : [prefix];
  return entries.flatMap(([key, inner]) => statePathsOf(inner, join(key)));
}

function nodeById(reading: Reading, id: string): ChartNode | undefined {
  try {
    return reading.nodeOf.get(reading.machine.getStateNodeById(id));
  } catch {
    return undefined; // XState throws for an unknown id; the caller names it.
  }
}

/** The parts of a guard that must all hold, with nested `and`s dissolved. */
export function conjunctsOf(guard: Guard | undefined): readonly Guard[] {
  if (guard === undefined) return [];
  return guard.kind === 'and' ? guard.parts.flatMap((part) => conjunctsOf(part)) : [guard];
}

/** Whether rules stand anywhere in this guard. */
export function containsRules(guard: Guard): boolean {
  if (guard.kind === 'rules') return true;
  return 'parts' in guard && guard.parts.some((part) => containsRules(part));
}
