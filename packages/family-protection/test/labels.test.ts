// Everything a person sees has a name in both languages.
import { describe, expect, test } from 'vitest';
import type { Text } from '@himaya/engine';
import { parkingDispute, policyBaseline, roles } from '../src/index.ts';
import { rules } from '../src/parking-dispute/rules/all.ts';

const { labels } = parkingDispute;

/** Paths of the leaf states of a chart. */
function leaves({ nodes }: ChartStructure): readonly string[] {
  return nodes.filter(({ kind }) => ['atomic', 'final'].includes(kind)).map(({ path }) => path);
}

type ChartStructure = (typeof parkingDispute)['chart']['structure'];

const grants = Object.values(parkingDispute.commands).flatMap(({ by }) =>
  by.map((grant) => (typeof grant === 'string' ? grant : grant.role)),
);
const told = Object.values(parkingDispute.deadlines).flatMap(({ marks }) =>
  (marks ?? []).map(({ to }) => to),
);
const partStates = Object.values(parkingDispute.parts).flatMap(({ kind, chart }) =>
  leaves(chart.structure).map((path) => `${kind}.${path}`),
);

const needed: Readonly<Record<keyof typeof labels, readonly string[]>> = {
  commands: Object.keys(parkingDispute.commands),
  events: Object.keys(parkingDispute.events),
  states: [...leaves(parkingDispute.chart.structure), ...partStates],
  deadlines: Object.values(parkingDispute.deadlines).map(({ code }) => code),
  parts: Object.keys(parkingDispute.parts),
  roles: [...Object.keys(roles), ...grants, ...told],
};

/** Names without a text in both languages, each in its own letters. */
function untranslated(texts: Readonly<Record<string, Text>>, names: readonly string[]) {
  return names.filter((name) => {
    const text = texts[name];
    return (
      !text ||
      !/[A-Za-z]/.test(text.en) ||
      !/\p{Script=Arabic}/u.test(text.ar) ||
      // Vowel signs are for teaching; an official page has none, and searches do not match them.
      /[\u064B-\u0652]/.test(text.ar)
    );
  });
}

describe('labels', () => {
  test.each(Object.keys(needed) as (keyof typeof labels)[])(
    'labels › of %s › stand in both languages and for nothing else',
    (kind) => {
      expect(needed[kind].length).toBeGreaterThan(5);
      expect(untranslated(labels[kind], needed[kind])).toEqual([]);
      const known = Object.keys(labels[kind]);
      expect(known.filter((name) => !needed[kind].includes(name))).toEqual([]);
    },
  );

  test('labels › of rules, duties and invariants › stand in both languages', () => {
    const named = Object.entries(rules).filter(([name]) => name !== 'allOf');
    const duties = Object.values(parkingDispute.commands).flatMap(
      (command) => command.duties ?? [],
    );
    const texts = [
      ...named.map(([, rule]) => (rule as unknown as { readonly text: Text }).text),
      ...duties.map(({ text }) => text),
      ...parkingDispute.invariants.map(({ text }) => text),
      parkingDispute.title,
    ];
    const byPlace = Object.fromEntries(texts.map((text, index) => [`${index}`, text]));
    expect(untranslated(byPlace, Object.keys(byPlace))).toEqual([]);
  });

  test('labels › of policy values › stand in both languages', () => {
    const titles = Object.entries(policyBaseline.values).map(([key, { title }]) => [key, title]);
    const byKey = Object.fromEntries(titles) as Readonly<Record<string, Text>>;
    expect(untranslated(byKey, Object.keys(byKey))).toEqual([]);
  });

  test('rules and duties › what they rest on › is named, or openly missing', () => {
    const all = Object.entries(rules).filter(([name]) => name !== 'allOf') as [string, Rested][];
    const duties = Object.values(parkingDispute.commands).flatMap((one) => one.duties ?? []);
    const rested: readonly Rested[] = [...all.map(([, rule]) => rule), ...duties];
    for (const { invariant, citation } of rested) {
      if (invariant !== undefined) expect(citation?.source).toContain(invariant);
      if (citation) expect(citation.text?.ar).toMatch(/\p{Script=Arabic}/u);
    }
    expect(all.filter(([, { citation }]) => citation === null).map(([name]) => name)).toEqual([
      'partyIsNew',
      'correctedIsParty',
      'respondentIsParty',
      'sessionAhead',
      'sessionBegun',
      'clausesDistinct',
      'clausesAhead',
      'screenedIsParty',
      'ownerIsParty',
    ]);
  });
});

type Rested = Pick<(typeof rules)['partyIsNew'], 'citation' | 'invariant'>;
