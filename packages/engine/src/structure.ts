// The structure hash: what of a case type may not change without a new version.
import { createHash } from 'node:crypto';
import { canonicalize } from '@himaya/event-store';
import { z } from 'zod';
import type { CaseType } from './compiled.ts';
import { rulesOf, type AnyRule } from './rule.ts';
import { sensitiveFields } from './sensitive.ts';

/**
 * The structure of a case type as plain data: charts, event and input schemas with what is sensitive
 * in them, which rules guard what and what they disclose, deadlines with their marks, grants. Of a
 * function only that there is one: bundlers rewrite bodies, golden histories notice when they change.
 */
export function structureOf(caseType: Omit<CaseType, 'structureHash'>): unknown {
  const { name, version, category, events, chart, parts, commands, requires } = caseType;
  return {
    name,
    version,
    category,
    chart: chart.structure,
    policy: caseType.policy,
    context: shapeOf(caseType.contextSchema),
    events: mapValues(events, shapeOf),
    sensitive: mapValues(events, (schema) => Object.fromEntries(sensitiveFields(schema))),
    rules: rulesIn(caseType).map(headOf),
    parts: mapValues(parts, (part) => ({
      chart: part.chart.structure,
      opens: part.opens,
      on: part.on,
      hears: part.hears ?? [],
    })),
    commands: mapValues(commands, (command) => ({
      input: shapeOf(command.input),
      polarity: command.polarity,
      emergency: command.emergency ?? false,
      opens: command.opens ?? false,
      ...(command.keyedBy ? { keyed: true } : {}),
      by: command.by,
      duties: (command.duties ?? []).map(headOf),
      records: [command.records].flat(),
      part: command.part ?? null,
      decides: command.decide !== undefined,
      reads: command.reads !== undefined,
      facts: command.facts !== undefined,
      recheckSuffices: command.recheckSuffices ?? false,
      sensitive: Object.fromEntries(sensitiveFields(command.input)),
    })),
    requires: mapValues(requires, (guard) => rulesOf(guard).map(({ code }) => code)),
    deadlines: mapValues(caseType.deadlines, (deadline) => ({
      code: deadline.code,
      part: deadline.part ?? '',
      armedBy: deadline.armedBy,
      movedBy: deadline.movedBy ?? [],
      disarmedBy: deadline.disarmedBy,
      disarms: deadline.disarms !== undefined,
      marks: (deadline.marks ?? []).map(({ to, span }) => ({ to, span: span ?? null })),
    })),
    consequences: caseType.consequences.map(({ name: of, on, when }) => ({
      name: of,
      on,
      when: when !== undefined,
    })),
    reactions: caseType.reactions.map(({ name: of, on }) => ({ name: of, on })),
    invariants: caseType.invariants.map(({ code, invariant }) => ({
      code,
      invariant: invariant ?? null,
    })),
    migrations: mapValues(caseType.migrations, ({ automatic, timers }) => ({
      automatic: automatic ?? false,
      timers: timers ?? {},
    })),
  };
}

/** SHA-256 of {@link structureOf} as canonical JSON, base64url. */
export function structureHash(caseType: Omit<CaseType, 'structureHash'>): string {
  // JSON drops what the structure leaves undefined; canonical JSON refuses it inside arrays.
  const plain = JSON.parse(JSON.stringify(structureOf(caseType))) as unknown;
  return createHash('sha256').update(canonicalize(plain)).digest('base64url');
}

/** The rules of `requires` and of all charts, in the order of the definition; each once. */
function rulesIn({ chart, parts, requires }: Omit<CaseType, 'structureHash'>): readonly AnyRule[] {
  const charts = [chart, ...Object.values(parts).map((part) => part.chart)];
  return [
    ...new Set([
      ...Object.values(requires).flatMap((guard) => rulesOf(guard)),
      ...charts.flatMap(({ ruleSites }) =>
        ruleSites.map(({ rule }) => (rule as unknown as { readonly rule: AnyRule }).rule),
      ),
    ]),
  ];
}

/** What a rule is called, what it upholds, and what it tells to those whom it refuses. */
function headOf({ code, invariant, discloses }: Pick<AnyRule, 'code' | 'invariant' | 'discloses'>) {
  return { code, invariant: invariant ?? null, discloses };
}

function shapeOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
}

function mapValues<Value, Made>(
  record: Readonly<Record<string, Value>>,
  make: (value: Value) => Made,
): Record<string, Made> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}
