// The JSON Schema of scenarios: that an editor finds every word, and nothing that the runner refuses.
import { describe, expect, test } from 'vitest';
import { scenarioJsonSchema } from '../src/index.ts';
import { baseline, permit } from './permit.ts';

type Json = { readonly [key: string]: Json } & readonly Json[];

const schema = scenarioJsonSchema({ caseTypes: [permit], policies: [baseline] }) as unknown as Json;
const [command, advance, observe] = (schema.properties?.steps?.items?.anyOf ??
  []) as readonly Json[];

describe('scenarioJsonSchema', () => {
  test('scenarioJsonSchema › at its head › names the fields and refuses others', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['scenario', 'fixtures', 'steps'],
      additionalProperties: false,
    });
    expect(schema.properties?.fixtures?.properties).toMatchObject({
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

  test('scenarioJsonSchema › of a command › completes its input, references included', () => {
    const rules = (command?.allOf ?? []) as readonly Json[];
    const grant = rules.find(
      ({ if: when }) => String(when?.properties?.command?.const) === 'Grant',
    );
    expect(grant?.then?.properties?.input).toMatchObject({
      type: 'object',
      properties: { kind: { anyOf: [{ enum: ['day', 'night'] }, { type: 'string' }] } },
      required: ['days', 'kind'],
      additionalProperties: false,
    });
  });
});
