// Everything a person sees of households and buildings has a name in both languages.
import type { CaseType, Text } from '@himaya/engine';
import { conditionKey, rulesOf } from '@himaya/engine';
import { placesOf, transitionsOf } from '@himaya/statechart';
import { describe, expect, test } from 'vitest';
import { household, instructions, person, site, siteDay } from '../src/index.ts';

function isBoth(text: Text | undefined): boolean {
  if (!text || !/[A-Za-z]/.test(text.en) || !/\p{Script=Arabic}/u.test(text.ar)) return false;
  return !/[\u064B-\u0652]/.test(text.ar);
}

function leaves({ chart }: Pick<CaseType, 'chart'>): readonly string[] {
  return chart.structure.nodes
    .filter(({ kind }) => ['atomic', 'final'].includes(kind))
    .map(({ path }) => path);
}

function conditions({ chart }: Pick<CaseType, 'chart'>, kind?: string): readonly string[] {
  return transitionsOf(chart.structure).flatMap((transition) =>
    [...placesOf(transition).values()].map((place) => conditionKey(place, kind)),
  );
}

test('instructions › stand in both languages', () => {
  const texts = Object.values(instructions);
  expect(texts).toHaveLength(3);
  expect(texts.filter((text) => !isBoth(text))).toEqual([]);
});

describe.each([person, household, site, siteDay].map((one) => [one.name, one] as const))(
  'labels of %s',
  (_, caseType) => {
    const parts = Object.entries(caseType.parts).flatMap(([kind, part]) =>
      leaves(part as never).map((path) => `${kind}.${path}`),
    );
    const needed = {
      commands: Object.keys(caseType.commands),
      events: Object.keys(caseType.events),
      states: [...leaves(caseType), ...parts],
      deadlines: Object.values(caseType.deadlines).map(({ code }) => code),
      parts: Object.keys(caseType.parts),
      conditions: [
        ...conditions(caseType),
        ...Object.entries(caseType.parts).flatMap(([kind, part]) => conditions(part, kind)),
      ],
    };

    test.each(Object.keys(needed) as (keyof typeof needed)[])(
      'labels › of %s › stand in both languages and for nothing else',
      (kind) => {
        const texts = caseType.labels[kind] ?? {};
        expect(needed[kind].filter((name) => !isBoth(texts[name]))).toEqual([]);
        expect(Object.keys(texts).filter((name) => !needed[kind].includes(name))).toEqual([]);
      },
    );

    test('rules › are worded in both languages, cited, and tell nothing', () => {
      const rules = Object.values(caseType.requires).flatMap((guard) => rulesOf(guard));
      expect(isBoth(caseType.title)).toBe(true);
      for (const rule of rules) {
        expect([rule.code, isBoth(rule.text)]).toEqual([rule.code, true]);
        expect([rule.code, rule.discloses]).toEqual([rule.code, 'nothing']);
        expect(isBoth(rule.citation?.text)).toBe(true);
        if (rule.invariant) expect(rule.citation?.source).toContain(rule.invariant);
      }
    });
  },
);
