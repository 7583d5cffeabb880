// The structure hash: what of a case type may not change without a new version.
import { createHash } from 'node:crypto';
import { canonicalize } from '@himaya/event-store';
import { z } from 'zod';
import type { CaseType } from './compiled.ts';
import { rulesOf } from './rule.ts';

/**
 * The structure of a case type as plain data: charts, event and input schemas, which rules guard
 * what, deadlines, grants. Bodies of functions are not part of it, since bundlers rewrite them:
 * golden histories notice when those change.
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
      by: command.by,
      duties: (command.duties ?? []).map(({ code }) => code),
      records: [command.records].flat(),
    })),
    requires: mapValues(requires, (guard) => rulesOf(guard).map(({ code }) => code)),
    deadlines: mapValues(caseType.deadlines, (deadline) => ({
      code: deadline.code,
      part: deadline.part ?? '',
      armedBy: deadline.armedBy,
      movedBy: deadline.movedBy ?? [],
      disarmedBy: deadline.disarmedBy,
      marks: (deadline.marks ?? []).map(({ to }) => to),
    })),
    consequences: caseType.consequences.map(({ name: of, on }) => ({ name: of, on })),
    reactions: caseType.reactions.map(({ name: of, on }) => ({ name: of, on })),
    invariants: caseType.invariants.map(({ code }) => code),
    migrations: Object.keys(caseType.migrations),
  };
}

/** SHA-256 of {@link structureOf} as canonical JSON, base64url. */
export function structureHash(caseType: Omit<CaseType, 'structureHash'>): string {
  // JSON drops what the structure leaves undefined; canonical JSON refuses it inside arrays.
  const plain = JSON.parse(JSON.stringify(structureOf(caseType))) as unknown;
  return createHash('sha256').update(canonicalize(plain)).digest('base64url');
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
