// Everything a person sees has a name in both languages.
import { describe, expect, test } from 'vitest';
import { conditionKey, type AnyRule, type CaseType, type Text } from '@himaya/engine';
import { placesOf, transitionsOf } from '@himaya/statechart';
import { domesticViolence, parkingDispute, policyBaseline, roles } from '../src/index.ts';
import { rules as violenceRules } from '../src/domestic-violence/rules/all.ts';
import { rules as parkingRules } from '../src/community/rules/all.ts';

/** Paths of the states of a chart: a picture shows those around others, too. */
function pathsOf({ nodes }: ChartStructure): readonly string[] {
  return nodes.map(({ path }) => path).filter((path) => path !== '');
}

type ChartStructure = CaseType['chart']['structure'];

/** A case type with the rules that its `requires` are made of. */
interface Named {
  readonly name: string;
  readonly caseType: CaseType;
  readonly rules: Readonly<Record<string, unknown>>;
  /** Rules that openly have no source yet. */
  readonly unsourced: readonly string[];
}

const all: readonly Named[] = [
  {
    name: 'parking dispute',
    caseType: parkingDispute,
    rules: parkingRules,
    unsourced: [
      'partyIsNew',
      'correctedIsParty',
      'respondentIsParty',
      'clausesDistinct',
      'clausesAhead',
      'screenedIsParty',
      'ownerIsParty',
      'measureBegun',
    ],
  },
  {
    name: 'domestic violence',
    caseType: domesticViolence,
    rules: violenceRules,
    unsourced: [
      'partyIsNew',
      'orderPartiesKnown',
      'incidentPartiesKnown',
      'relatedAreKnown',
      'screenedIsParty',
      'measureBegun',
      'partyIsKnown',
    ],
  },
];
const kinds = [
  'commands',
  'events',
  'states',
  'deadlines',
  'parts',
  'roles',
  'conditions',
] as const;
type Kind = (typeof kinds)[number];

/** Places of the conditions of a chart; none of them has a name of its own. */
function conditionsOf(structure: ChartStructure, kind?: string): readonly string[] {
  return transitionsOf(structure).flatMap((transition) =>
    [...placesOf(transition).values()].map((place) => conditionKey(place, kind)),
  );
}

/** What a case type shows, and so needs a name for. */
function neededBy({ commands, deadlines, parts, chart, events }: CaseType) {
  const grants = Object.values(commands).flatMap(({ by }) =>
    by.map((grant) => (typeof grant === 'string' ? grant : grant.role)),
  );
  const told = Object.values(deadlines).flatMap(({ marks }) => (marks ?? []).map(({ to }) => to));
  const partStates = Object.values(parts).flatMap((part) =>
    pathsOf(part.chart.structure).map((path) => `${part.kind}.${path}`),
  );
  const partConditions = Object.values(parts).map(({ kind, chart: own }) =>
    conditionsOf(own.structure, kind),
  );
  const needed: Readonly<Record<Kind, readonly string[]>> = {
    commands: Object.keys(commands),
    events: Object.keys(events),
    states: [...pathsOf(chart.structure), ...partStates],
    deadlines: Object.values(deadlines).map(({ code }) => code),
    parts: Object.keys(parts),
    roles: [...Object.keys(roles), ...grants, ...told],
    conditions: [conditionsOf(chart.structure), ...partConditions].flat(),
  };
  return needed;
}

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

function ruleList({ rules }: Named): readonly (readonly [string, AnyRule])[] {
  return Object.entries(rules).filter(([name]) => name !== 'allOf') as [string, AnyRule][];
}

const each = all.flatMap((named) => kinds.map((kind) => ({ ...named, kind })));

describe('labels', () => {
  test.each(each)(
    'labels › of $name, $kind › stand in both languages and for nothing else',
    ({ caseType, kind }) => {
      const needed = neededBy(caseType)[kind];
      const labels = caseType.labels[kind] ?? {};
      expect(needed.length).toBeGreaterThan(5);
      expect(untranslated(labels, needed)).toEqual([]);
      expect(Object.keys(labels).filter((name) => !needed.includes(name))).toEqual([]);
    },
  );

  test.each(all)('labels › of rules of $name, duties, invariants › stand in both', (named) => {
    const { caseType } = named;
    const duties = Object.values(caseType.commands).flatMap((command) => command.duties ?? []);
    const texts = [
      ...ruleList(named).map(([, { text }]) => text),
      ...duties.map(({ text }) => text),
      ...caseType.invariants.map(({ text }) => text),
      caseType.title,
    ];
    const byPlace = Object.fromEntries(texts.map((text, index) => [`${index}`, text]));
    expect(untranslated(byPlace, Object.keys(byPlace))).toEqual([]);
  });

  test('labels › of policy values › stand in both languages', () => {
    const titles = Object.entries(policyBaseline.values).map(([key, { title }]) => [key, title]);
    const byKey = Object.fromEntries(titles) as Readonly<Record<string, Text>>;
    expect(untranslated(byKey, Object.keys(byKey))).toEqual([]);
  });

  test.each(all)('rules of $name › what they rest on › is named, or openly missing', (named) => {
    const rules = ruleList(named);
    const duties = Object.values(named.caseType.commands).flatMap((one) => one.duties ?? []);
    for (const { invariant, citation } of [...rules.map(([, rule]) => rule), ...duties]) {
      if (invariant !== undefined) expect(citation?.source).toContain(invariant);
      if (citation) expect(citation.text?.ar).toMatch(/\p{Script=Arabic}/u);
    }
    const without = rules.filter(([, { citation }]) => citation === null).map(([name]) => name);
    expect(without).toEqual(named.unsourced);
  });
});
