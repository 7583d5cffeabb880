// House rules on the whole repository: top level, claims, machine words, mutations.
import { expect, test } from 'vitest';
import { staleMutations } from '../mutation/list.ts';
import { falseClaims, machineWords, strayTop } from './repository.ts';
import { assertNone, readTree, treeOf, type Problem } from './tree.ts';

const tree = readTree();

function whats(problems: readonly Problem[]): string {
  return problems.map(({ path, line, what }) => `${path}:${line}: ${what}`).join('\n');
}

test('top level › in this repository › holds what the design names and nothing else', () => {
  assertNone(strayTop(tree));
});

test('top level › when a folder is added › report it', () => {
  const files = { 'tools/a.ts': '', '.ci/run': '', 'docs/a.md': '' };
  expect(whats(strayTop(treeOf(files)))).toBe('tools:1: does not belong at the top level');
});

test('machine words › in this repository › stand nowhere', () => {
  assertNone(machineWords(tree));
});

const place = (...parts: string[]) => parts.join('/');

test.each([
  place('see ', 'work', 'main'),
  `cd ${place('', 'tmp')}`,
  `"${place('', 'root', '.npmrc')}"`,
  ['https://registry', 'npmjs.org', ''].join('.').replace(/\.$/, '/x'),
])('machine words › when a file says %s › report it', (text) => {
  expect(whats(machineWords(treeOf({ 'docs/a.md': `\n${text}\n` })))).toContain('docs/a.md:2');
});

test.each([
  'docs/work/flow.md',
  'https://example.org/work/a',
  '/workers/a',
  './tmp/a',
  'a/root/b',
])('machine words › when a file says %s › report nothing', (text) => {
  expect(whats(machineWords(treeOf({ 'docs/a.md': text })))).toBe('');
});

test('claims › in README and docs › are borne out by package.json and the tree', () => {
  assertNone(falseClaims(tree));
});

const files = {
  'package.json': JSON.stringify({
    engines: { node: '>=20.19.0' },
    scripts: { test: 'x', demo: 'x' },
    packageManager: 'pnpm@10.34.9+sha512.0',
    license: 'Apache-2.0',
  }),
  'packages/engine/package.json': JSON.stringify({ name: '@himaya/engine' }),
};
const good = '# Himaya\nNode 20.19 or newer. `npm test`. @himaya/engine. License: Apache-2.0.\n';
const claims = (readme: string) => whats(falseClaims(treeOf({ ...files, 'README.md': readme })));

test('claims › when they are true › report nothing', () => {
  expect(claims(`${good}Also Node 22 and 24; \`npm run demo\`; pnpm 10.34.9.`)).toBe('');
});

test.each([
  ['Needs Node 18.', 'claims Node 18'],
  ['Needs Node.js >=22.12.', 'claims Node 22.12'],
  ['`npm run dmeo`', 'names "npm run dmeo"'],
  ['`@himaya/ledger`', 'names "@himaya/ledger", which is no package here'],
  ['pnpm 9.15.9', 'claims pnpm 9.15.9'],
  ['[a](docs/none.md)', 'links to "docs/none.md"'],
])('claims › when README adds %s › report it', (line, what) => {
  expect(claims(`${good}${line}\n`)).toBe(`README.md:3: ${what}`.concat(tail(what)));
});

test.each([
  ['20.19', 'does not say that it needs Node 20.19'],
  ['@himaya/engine', 'does not name "@himaya/engine"'],
  ['Apache-2.0', 'speaks of a licence other than that of package.json'],
])('claims › when README leaves out %s › report it', (part, what) => {
  expect(claims(good.replace(part, '…'))).toContain(what);
});

// A link's message goes on after the part that the table repeats.
function tail(what: string): string {
  return what.startsWith('links') ? ', which is not in the repository' : '';
}

test('mutations › in this repository › fit the code as it is', () => {
  assertNone(staleMutations(tree));
});

const planted = (mutation: object) =>
  whats(
    staleMutations(
      treeOf({
        'packages/engine/src/a.ts': 'export const a = 1 + 1;\n',
        'packages/engine/test/a.test.ts': '',
        'packages/engine/test/mutations.json': `[\n${JSON.stringify({
          file: 'src/a.ts',
          find: '1 + 1',
          replace: '1 - 1',
          test: 'test/a.test.ts',
          ...mutation,
        })}\n]`,
      }),
    ),
  );

test('mutations › when the text stands once and a test is named › report nothing', () => {
  expect(planted({})).toBe('');
  expect(planted({ file: 'packages/engine/src/a.ts', test: 'packages/engine/test' })).toBe('');
});

test.each([
  [{ find: '2 + 2' }, 'its text stands 0 times'],
  [{ find: '1' }, 'its text stands 2 times'],
  [{ file: 'src/b.ts' }, 'its file "src/b.ts" does not exist'],
  [{ replace: '1 + 1' }, 'it changes nothing'],
  [{ replace: '1 + + ;' }, 'is no longer TypeScript'],
  [{ test: 'test/b.test.ts' }, 'no test file matches'],
  [{ equivalent: ' ' }, 'it does not say why it is equivalent'],
])('mutations › when one says %o › report it', (mutation, what) => {
  expect(planted(mutation)).toContain(`packages/engine/test/mutations.json:2: `);
  expect(planted(mutation)).toContain(what);
});
