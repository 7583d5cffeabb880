// The JSON Schema of scenario files, so that an editor completes and checks what people write.
import { z } from 'zod';
import { nameSchema, scenarioSchemas } from './format.ts';
import type { Registered } from './load.ts';
import { wordsOf, type Words } from './words.ts';

type Json = Record<string, unknown>;

/** Where a saved value may stand instead of what the schema of an input asks for. */
const REFERENCE = { type: 'string', pattern: '\\$\\{[A-Za-z][A-Za-z0-9_.-]*\\}' };

/**
 * The JSON Schema (draft 2020-12) of scenarios about these case types: made from the same zod
 * schemas that read the files, with the words of the case types and the input of each command.
 */
export function scenarioJsonSchema(registered: Registered): Json {
  const words = wordsOf(registered.caseTypes, registered.policies);
  const { head, command, advance, observe } = scenarioSchemas(words);
  const use = z.strictObject({
    given: nameSchema.describe('Takes all the steps of this list from `given`, here.'),
  });
  const steps = z.array(z.union([command, advance, observe, use])).min(1);
  const made = z.toJSONSchema(z.strictObject({ ...head, steps }), {
    io: 'input',
    unrepresentable: 'any',
    // The same lists of words stand in many places: each is written once and referred to.
    reused: 'ref',
  }) as Json;
  const list = (made.properties as Record<string, Json>).steps as Json;
  const rules = rulesOf(words);
  const anyStep = [list.items, ...rules];
  // What is given names no list itself.
  const inList = { allOf: [...anyStep, { not: { required: ['given'] } }] };
  return {
    ...made,
    title: 'Himaya scenario',
    description: `Scenarios of ${words.caseTypes.join(', ')}`,
    properties: {
      ...(made.properties as Json),
      given: {
        type: 'object',
        description: 'Steps that are written once, by a name that steps use.',
        additionalProperties: { type: 'array', minItems: 1, items: inList },
      },
      steps: { ...list, items: { allOf: anyStep } },
    },
  };
}

/** That a command is known and its input fits, unless the step is there to be refused for that. */
function rulesOf(words: Words): readonly Json[] {
  return [
    unless('COMMAND_UNKNOWN', { properties: { command: { enum: words.commands } } }),
    unless('INPUT_INVALID', { allOf: inputsOf(words) }),
  ];
}

/** What must hold of a step that does not expect to be refused with `code`. */
function unless(code: string, schema: Json): Json {
  const refused = { type: 'array', contains: { const: code } };
  const expect = { type: 'object', properties: { refused }, required: ['refused'] };
  return { if: { properties: { expect }, required: ['expect'] }, else: schema };
}

/** For each command, the input it takes: as conditions on the command's name. */
function inputsOf(words: Words): readonly Json[] {
  return [...words.inputs].map(([name, schemas]) => {
    const inputs = schemas.map((schema) => withReferences(shapeOf(schema)));
    const input = inputs.length === 1 ? inputs[0] : { anyOf: inputs };
    const isNeeded = schemas.every((schema) => !schema.safeParse({}).success);
    return {
      if: { properties: { command: { const: name } }, required: ['command'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { input }, ...(isNeeded ? { required: ['input'] } : {}) },
    };
  });
}

function shapeOf(schema: z.ZodType): Json {
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const { $schema: _, ...shape } = made;
  return shape as Json;
}

/** The same schema, with a reference allowed wherever a single value stands. */
function withReferences(schema: Json): Json {
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, deeper(key, value)]),
  );
  return isSingle(schema) ? { anyOf: [copy, REFERENCE] } : copy;
}

const BY_NAME = new Set(['properties', 'patternProperties', '$defs']);
const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const NESTED = new Set(['items', 'additionalProperties']);

function deeper(key: string, value: unknown): unknown {
  if (BY_NAME.has(key)) {
    const entries = Object.entries(value as Record<string, Json>);
    return Object.fromEntries(entries.map(([name, one]) => [name, withReferences(one)]));
  }
  if (LISTS.has(key)) return (value as readonly Json[]).map(withReferences);
  return NESTED.has(key) && typeof value === 'object' && value !== null
    ? withReferences(value as Json)
    : value;
}

/** What a text may be held to that a reference would break. */
const NARROWING = ['pattern', 'format', 'minLength', 'maxLength'];

/** Whether a schema is of a single value and would not take a reference as it is. */
function isSingle(schema: Json): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return true;
  if (schema.type === 'string') return NARROWING.some((keyword) => schema[keyword] !== undefined);
  return ['number', 'integer', 'boolean'].includes(String(schema.type));
}
