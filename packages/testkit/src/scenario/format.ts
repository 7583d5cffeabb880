// The scenario format: what each field means and may hold, as zod schemas over the known words.
import { parseInstant } from '@himaya/engine';
import { z } from 'zod';
import { WANTED } from './wanted.ts';
import type { Words } from './words.ts';

/** The form of a name that a scenario gives. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** The form of the name of a command. */
export const COMMAND = /^[A-Z][A-Za-z0-9]*$/;
/** Codes that are not known beforehand: decisions may refuse with codes of their own. */
const CODE = /^[A-Z][A-Z0-9_]*$/;

const instant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, {
    error: WANTED.instant.en,
  })
  .meta({ format: 'date-time' });
/** A name that a scenario chooses. */
export const nameSchema = z.string().regex(NAME, { error: WANTED.name.en });
const name = nameSchema;
const text = z.string().min(1);
const anything = z.record(z.string(), z.unknown());
const bilingual = z.strictObject({ en: text, ar: text });

/** One of some words; an editor completes it. */
function oneOf(words: readonly string[]): z.ZodType<string> {
  const [first, ...rest] = words;
  return first === undefined ? z.string() : z.enum([first, ...rest]);
}

/** A text for which an editor offers words, and which may be another one of the same form. */
function suggested(words: readonly string[], form: RegExp, expected: string): z.ZodType<string> {
  const anyOf = [...(words.length > 0 ? [{ enum: [...words] }] : []), { pattern: form.source }];
  return z
    .string()
    .refine((word) => form.test(word), { error: expected, params: { words } })
    .meta({ anyOf });
}

function eventSchema(words: Words) {
  const shape = words.events.map((event) => {
    const known = words.eventFields.get(event) ?? [];
    const data = known.length > 0 ? z.strictObject(fields(known, z.unknown())) : anything;
    return [event, data.optional()] as const;
  });
  return z
    .union([oneOf(words.events), z.strictObject(Object.fromEntries(shape))])
    .describe('An event name, or `{ Name: { field: value } }`.');
}

function deadlinesSchema(words: Words) {
  const value = z
    .string()
    .refine((at) => /^(none|pending|reached)$/.test(at) || parseInstant(at) !== undefined, {
      error: WANTED.deadline.en,
    })
    .meta({ anyOf: [{ enum: ['none', 'pending', 'reached'] }, { format: 'date-time' }] });
  // Known codes as fields, so that an editor offers them; `code/part` is one of the others.
  const names = words.deadlines.length > 0 ? { propertyNames: keyOf(words.deadlines, '?') } : {};
  return z.object(fields(words.deadlines, value)).catchall(value).meta(names);
}

/** For an editor: one of some words, and after it (`?`: perhaps) the id of a part. */
function keyOf(words: readonly string[], often: '' | '?') {
  const escaped = words.map((word) => word.replace(/[.\\+*?^$()[\]{}|]/g, '\\$&'));
  return { pattern: `^(${escaped.join('|')})(/.+)${often}$` };
}

function partsSchema(words: Words) {
  const part = z.union([
    z.literal('none'),
    z.array(text),
    z.strictObject({
      states: z.array(text).optional(),
      context: anything.optional(),
      ended: z.boolean().optional(),
    }),
  ]);
  const kinds = [...words.parts.keys()];
  const parts = z.record(z.string().regex(/^[^/]+\/.+$/, { error: WANTED.part.en }), part);
  if (kinds.length === 0) return parts;
  const states = kinds.map((kind) => {
    const some = { type: 'array', items: { enum: words.parts.get(kind) } };
    const object = { type: 'object', properties: { states: some } };
    return [keyOf([kind], '').pattern, { anyOf: [{ const: 'none' }, some, object] }];
  });
  const patternProperties = Object.fromEntries(states) as Record<string, unknown>;
  return parts.meta({ propertyNames: keyOf(kinds, ''), patternProperties });
}

function contextSchema(words: Words) {
  if (words.contextKeys.length === 0) return z.record(z.string(), z.unknown());
  return z.strictObject(fields(words.contextKeys, z.unknown()));
}

function fields<Schema extends z.ZodType>(keys: readonly string[], schema: Schema) {
  return Object.fromEntries(keys.map((key) => [key, schema.optional()]));
}

function lookSchema(words: Words) {
  const states = z.array(oneOf(words.states));
  return {
    states: states.optional().describe('States that must be active, by path.'),
    notStates: states.optional().describe('States that must not be active, by path.'),
    context: contextSchema(words)
      .optional()
      .describe('Values that the context must hold; objects may hold more.'),
    parts: partsSchema(words)
      .optional()
      .describe('By `kind/id`: the active states of a part, its context, or `none`.'),
    deadlines: deadlinesSchema(words)
      .optional()
      .describe(`By code, or code/part: ${WANTED.deadline.en}.`),
    deadlinesExactly: deadlinesSchema(words)
      .optional()
      .describe('The same, and no other deadline may be pending.'),
  };
}

/** The schemas of a scenario over some words. */
export function scenarioSchemas(words: Words) {
  const look = lookSchema(words);
  const recorded = z
    .array(eventSchema(words))
    .optional()
    .describe('Events that the engine recorded by itself, in order.');
  const codes = z.array(suggested(words.codes, CODE, WANTED.code.en)).min(1);
  const caseName = name.describe('The name of a case, as given by `as`.');
  const note = z.union([text, bilingual]).optional().describe('Shown to readers of the run.');
  const command = z.strictObject({
    note,
    at: instant.optional().describe('Moves the clock first. Default: the clock stays.'),
    by: name.describe('Who gives the command: a name from `fixtures.staff`.'),
    command: suggested(words.commands, COMMAND, WANTED.command.en),
    id: name
      .optional()
      .describe('Names the command: a later step with the same id gives it again, as a retry.'),
    preview: z
      .literal(true)
      .optional()
      .describe('Only asks what would happen: nothing may be recorded.'),
    as: name.optional().describe('Names the case that this command opens.'),
    case: caseName.optional().describe('The case it is about. Default: the last one opened.'),
    caseType: oneOf(words.caseTypes.map((one) => one.replace(/@.*$/, ''))).optional(),
    input: z.record(z.string(), z.unknown()).optional().describe('Default: empty.'),
    occurredAt: instant.optional().describe('When it happened, if not now.'),
    lateReason: text.optional(),
    reason: text.optional(),
    basis: text.optional(),
    save: z
      .record(name, text)
      .optional()
      .describe('Keeps a value for `${name}` later: events.EVENT.FIELD, context.KEY, part.KIND.'),
    expect: z
      .strictObject({
        accepted: z.union([z.literal('any'), z.array(eventSchema(words))]).optional(),
        refused: codes.optional().describe('Exactly these codes, in any order.'),
        recorded,
        ...look,
      })
      .refine(({ accepted, refused }) => accepted === undefined || refused === undefined, {
        error: WANTED.oneOutcome.en,
      })
      .optional()
      .describe('Default: accepted.'),
  });
  const lookAt = z.strictObject({ recorded, ...look }).optional();
  const advance = z.strictObject({
    note,
    advanceTo: instant.describe('Moves the clock and reaches what is due in every case.'),
    case: caseName.optional(),
    expect: lookAt,
  });
  const observe = z.strictObject({ note, observe: caseName, expect: z.strictObject(look) });
  return { head: headSchema(words), command, advance, observe };
}

function headSchema(words: Words) {
  const role = oneOf(words.roles);
  const member = z.strictObject({
    role,
    office: text.optional().describe('Default: the office of the scenario.'),
    is: name.optional().describe('Whose other role this is: another name from here.'),
  });
  return {
    $schema: text.optional(),
    scenario: text.describe('One line that names the scenario.'),
    title: bilingual.optional(),
    description: z.union([text, bilingual]).optional(),
    fixtures: z.strictObject({
      office: z.string().min(1).max(32).describe('The office, `MUH-FCP`.'),
      startAt: instant.describe('Where the clock starts.'),
      caseTypes: z.array(oneOf(words.caseTypes)).min(1).describe('name@version'),
      policy: oneOf(words.policies).describe('name@version'),
      staff: z
        .record(name, z.union([role, member]))
        .describe('Who takes part: a name and a role.'),
    }),
  };
}

/** The schemas that {@link scenarioSchemas} makes. */
export type ScenarioSchemas = ReturnType<typeof scenarioSchemas>;
/** A command step as written. */
export type CommandStep = z.output<ScenarioSchemas['command']>;
/** A step that lets time pass. */
export type AdvanceStep = z.output<ScenarioSchemas['advance']>;
/** A step that only looks. */
export type ObserveStep = z.output<ScenarioSchemas['observe']>;
/** The fixtures of a scenario. */
export type Fixtures = z.output<ScenarioSchemas['head']['fixtures']>;
/** An event that a scenario expects. */
export type ExpectedEvent = string | Readonly<Partial<Record<string, Record<string, unknown>>>>;
/** What a step expects to see of its case. */
export type Look = NonNullable<ObserveStep['expect']>;

/** A step whose shape is wrong: what it would have made known is not held against later steps. */
export interface UnreadStep {
  readonly kind: 'unread';
  readonly step: unknown;
}

/** A step of a scenario, by kind. */
export type ScenarioStep =
  | { readonly kind: 'command'; readonly step: CommandStep }
  | { readonly kind: 'advance'; readonly step: AdvanceStep }
  | { readonly kind: 'observe'; readonly step: ObserveStep };

/** A scenario that could be read. */
export interface Scenario {
  readonly scenario: string;
  readonly title?: z.output<typeof bilingual> | undefined;
  readonly fixtures: Fixtures;
  readonly steps: readonly ScenarioStep[];
}
