// The pages about scenarios hold what is true: every block runs, and no key or word is left out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MemoryEventStore } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';
import { problemText, runScenario, scenarioJsonSchema } from '@himaya/testkit';
import { describe, expect, test } from 'vitest';
import { wordsIndex, wordsPage } from './words-page.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));
const page = readFileSync(at('scenarios.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, text = '']) =>
    of === language ? [text] : [],
  );
const FILE = 'clinic.yaml';

async function problemsOf(text: string): Promise<readonly string[]> {
  const options = { store: new MemoryEventStore(), caseTypes, policies };
  const report = await runScenario({ file: FILE, text }, options);
  return report.problems.map(problemText);
}

/** Keys of every object that a schema describes, itself included. */
function keysOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, ...rest } = schema as { readonly properties?: object };
  const inner = [...Object.values(rest), ...Object.values(properties ?? {})];
  return [...Object.keys(properties ?? {}), ...inner.flatMap(keysOf)];
}

describe('the page about scenarios', () => {
  const yaml = blocks('yaml');

  const counts = yaml.map((_, index) => index + 1);
  test.each(counts)('block %i › after those before it › runs', async (count) => {
    expect(await problemsOf(yaml.slice(0, count).join(''))).toEqual([]);
  });

  test('a file of its own › runs', async () => {
    expect(blocks('yml')).toHaveLength(1);
    expect(await problemsOf(blocks('yml').join(''))).toEqual([]);
  });

  test('the page › of every key of the format › says what it is', () => {
    const { properties, $defs } = scenarioJsonSchema({ caseTypes: [], policies: [] });
    const keys = [...new Set(keysOf({ properties, $defs }))];
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });

  test('the page › of what a failing run prints › quotes it', async () => {
    const [first = ''] = yaml;
    const wrong = first
      .replace('    command: RegisterComplaint', '    comand: RegisterComplaint')
      .replace('PARTY_UNKNOWN', 'PARTY_UNKOWN');
    const differs = first.replace('PARTY_UNKNOWN', 'PARTY_EXISTS');
    const [, mistakes, difference] = blocks('text');
    expect(await problemsOf(wrong)).toEqual(mistakes?.trimEnd().split('\n'));
    expect(await problemsOf(differs)).toEqual(difference?.split('\n').slice(0, 1));
  });
});

const PAGES: readonly (readonly [string, () => string])[] = [
  ['words.md', () => wordsIndex(caseTypes)],
  ...caseTypes.map((one) => [`words/${one.name}.md`, () => wordsPage(one)] as const),
];

test.each(PAGES)('the words on %s › are those of the code', (path, write) => {
  const words = write();
  if (process.env['HIMAYA_LOCK'] !== undefined) writeFileSync(at(path), words);
  expect(readFileSync(at(path), 'utf8'), 'write it with HIMAYA_LOCK=add').toBe(words);
});

test('the pages of words › of case types that there are › are all there are', () => {
  const written = readdirSync(at('words')).map((file) => `words/${file}`);
  expect(written.toSorted()).toEqual(PAGES.map(([path]) => path).slice(1).toSorted());
});
