// The JSON Schema of scenarios: that an editor finds every word, and nothing that the runner refuses.
import { describe, expect, test } from 'vitest';
import { scenarioJsonSchema } from '../src/index.ts';
import { baseline, permit } from './permit.ts';

type Json = { readonly [key: string]: Json } & readonly Json[];

const schema = scenarioJsonSchema({ caseTypes: [permit], policies: [baseline] }) as unknown as Json;

/** The same schema with what it refers to in place. */
function whole(part: unknown): Json {
  if (Array.isArray(part)) return part.map(whole) as unknown as Json;
  if (typeof part !== 'object' || part === null) return part as Json;
  const { $ref, ...rest } = part as { readonly $ref?: string };
  const target = $ref === undefined ? {} : whole(schema.$defs?.[$ref.replace('#/$defs/', '')]);
  const own = Object.entries(rest).map(([key, value]) => [key, whole(value)] as const);
  return { ...target, ...Object.fromEntries(own) } as unknown as Json;
}

const [kinds, ...rules] = (whole(schema.properties?.steps?.items).allOf ?? []) as readonly Json[];
const [command, advance, observe] = (kinds?.anyOf ?? []) as readonly Json[];

describe('scenarioJsonSchema', () => {
  test('scenarioJsonSchema › at its head › names the fields and refuses others', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['scenario', 'fixtures', 'steps'],
      additionalProperties: false,
    });
    expect(whole(schema.properties?.fixtures).properties).toMatchObject({
      caseTypes: { items: { enum: ['test.permit@1.0.0'] } },
      policy: { enum: ['baseline@1.0.0'] },
      startAt: { format: 'date-time' },
    });
  });

  test('scenarioJsonSchema › of each kind of step › knows the words of the case type', () => {
    expect(command?.properties?.command?.anyOf).toContainEqual({
      enum: ['Ask', 'Close', 'Grant', 'Inspect'],
    });
    const expected = command?.properties?.expect?.properties;
    expect(expected?.states?.items).toMatchObject({
      enum: ['closed', 'open', 'open.asked', 'open.fresh', 'open.granted'],
    });
    expect(JSON.stringify(expected?.refused)).toContain('"OWN_REQUEST"');
    expect(Object.keys(expected?.deadlines?.properties ?? {})).toEqual(['T-ANSWER', 'T-INSPECT']);
    expect(JSON.stringify(expected?.accepted)).toContain('"Inspected"');
    expect(advance?.required).toEqual(['advanceTo']);
    expect(observe?.required).toEqual(['observe', 'expect']);
  });

  test('scenarioJsonSchema › of steps that are given › knows as much, and their names', () => {
    const inList = whole(schema.properties?.given?.additionalProperties?.items);
    const no = { not: { required: ['given'] } };
    expect(inList.allOf).toEqual([kinds, ...rules, no]);
    expect(kinds?.anyOf?.[3]?.required).toEqual(['given']);
  });

  test('scenarioJsonSchema › of a command › completes its input, references included', () => {
    const inputs = (rules[1]?.else?.allOf ?? []) as readonly Json[];
    const ofCommand = (name: string) =>
      inputs.find(({ if: when }) => String(when?.properties?.command?.const) === name)?.then;
    expect(ofCommand('Grant')?.properties?.input).toMatchObject({
      type: 'object',
      properties: { kind: { anyOf: [{ enum: ['day', 'night'] }, { type: 'string' }] } },
      required: ['days', 'kind'],
      additionalProperties: false,
    });
    expect(ofCommand('Grant')?.required).toEqual(['input']);
    expect(ofCommand('Close')?.required).toBeUndefined();
  });

  test('scenarioJsonSchema › of what is expected to be refused › lets the mistake stand', () => {
    const codes = rules.map(({ if: when }) =>
      String(when?.properties?.expect?.properties?.refused?.contains?.const),
    );
    expect(codes).toEqual(['COMMAND_UNKNOWN', 'INPUT_INVALID']);
    expect(rules[0]?.else?.properties?.command).toEqual({
      enum: ['Ask', 'Close', 'Grant', 'Inspect'],
    });
    expect(rules.map(({ then }) => then)).toEqual([undefined, undefined]);
  });

  test('scenarioJsonSchema › of deadlines and parts › knows codes, kinds and states', () => {
    const expected = observe?.properties?.expect?.properties;
    const keys = (field: string) =>
      new RegExp(String(expected?.[field]?.propertyNames?.pattern), 'u');
    for (const field of ['deadlines', 'deadlinesExactly']) {
      expect(keys(field).test('T-ANSWER')).toBe(true);
      expect(keys(field).test('T-INSPECT/a')).toBe(true);
      expect(keys(field).test('T-ANSWERS')).toBe(false);
    }
    expect(keys('parts').test('item/a')).toBe(true);
    expect(keys('parts').test('item')).toBe(false);
    expect(keys('parts').test('itm/a')).toBe(false);
    const states = (expected?.parts?.patternProperties as Json | undefined)?.['^(item)(/.+)$'];
    expect(JSON.stringify(states)).toContain('{"enum":["live","seen"]}');
  });
});
