// House rules on imports: arrows, manifests and circles. Each rule first catches a planted breach.
import { expect, test } from 'vitest';
import { forbiddenArrows, forcedPeers, manifestGaps, strayPaths } from './arrows.ts';
import { circles } from './circles.ts';
import { ROOMS } from './rooms.ts';
import { assertNone, readTree, treeOf, type Problem } from './tree.ts';

const tree = readTree();
const SOURCE = 'packages/event-store/src/a.ts';

function first(problems: readonly Problem[]): string {
  return problems.map(({ path, line, what }) => `${path}:${line}: ${what}`).join('\n');
}

test('arrows › in this repository › run down the table of rooms only', () => {
  assertNone(forbiddenArrows(tree));
});

test('arrows › in the table itself › run to rows above', () => {
  const above = new Set<string>();
  for (const [name, room] of Object.entries(ROOMS)) {
    expect(room.rooms.filter((other) => !above.has(other) && name !== 'auditor')).toEqual([]);
    above.add(name);
  }
});

test.each([
  ["import { x } from '@himaya/engine';", 'imports "@himaya/engine"'],
  ["import type { x } from '@himaya/engine';", 'imports "@himaya/engine"'],
  ["export type { x } from 'xstate';", 'imports "xstate"'],
  ["const x = await import('pg/lib');", 'imports "pg/lib"'],
  ["type X = import('zod').ZodType;", 'imports "zod"'],
  ["const x = process.getBuiltinModule?.('node:sqlite');", 'imports "node:sqlite"'],
  ["import { test } from 'vitest';", 'imports "vitest"'],
])('arrows › when %s › report it', (line, what) => {
  const text = `// A file.\n\n${line}\n`;
  expect(first(forbiddenArrows(treeOf({ [SOURCE]: text })))).toBe(`${SOURCE}:3: ${what}`);
});

test('arrows › when the contract suite imports vitest › report nothing', () => {
  const text = "import { test } from 'vitest';\nimport { hash } from 'node:crypto';\n";
  const path = 'packages/event-store/src/contract/append.ts';
  expect(forbiddenArrows(treeOf({ [path]: text }))).toEqual([]);
});

test('arrows › when a package has no row in the table › report it', () => {
  const found = forbiddenArrows(treeOf({ 'packages/utils/src/index.ts': '' }));
  expect(first(found)).toContain('package "utils" is not in the table');
});

test('paths › in this repository › stay inside their package', () => {
  assertNone(strayPaths(tree));
});

test.each([
  ['packages/engine/test/a.test.ts', '../../event-store/src/chain.ts'],
  ['packages/engine/src/a.ts', '@himaya/event-store/src/chain.ts'],
  ['examples/demo/main.ts', '../../packages/event-store/src/index.ts'],
])('paths › when %s imports %s › report it', (path, specifier) => {
  const found = strayPaths(treeOf({ [path]: `import { x } from '${specifier}';` }));
  expect(first(found)).toBe(`${path}:1: reaches into the sources of event-store`);
});

test('manifests › in this repository › declare exactly what src imports', () => {
  assertNone(manifestGaps(tree));
});

test('manifests › in this repository › force no peer on anyone', () => {
  assertNone(forcedPeers(tree));
});

const manifest = (fields: object) => JSON.stringify({ name: '@himaya/engine', ...fields });

test('manifests › when an import is not declared › report it', () => {
  const found = manifestGaps(
    treeOf({
      'packages/engine/package.json': manifest({ dependencies: {} }),
      'packages/engine/src/a.ts': "import { z } from 'zod';",
    }),
  );
  expect(first(found)).toContain('packages/engine/src/a.ts:1: imports "zod", which');
});

test('manifests › when a dependency is not imported › report it', () => {
  const found = manifestGaps(
    treeOf({
      'packages/engine/package.json': manifest({ dependencies: { zod: '1', ulid: '1' } }),
      'packages/engine/src/a.ts': "import { z } from 'zod/v4';",
    }),
  );
  expect(first(found)).toContain('declares "ulid", which nothing in src imports');
  expect(found).toHaveLength(1);
});

test('manifests › when a peer is not optional › report it', () => {
  const text = manifest({ peerDependencies: { vitest: '4' } });
  const found = forcedPeers(treeOf({ 'packages/engine/package.json': text }));
  expect(first(found)).toContain('peer "vitest" is not optional');
});

test('circles › in this repository › there are none, types included', () => {
  assertNone(circles(tree));
});

test('circles › when types import each other through a third file › show the way round', () => {
  const found = circles(
    treeOf({
      'packages/engine/src/a.ts': "\nimport type { B } from './b.ts';",
      'packages/engine/src/b.ts': "export { C } from './c.ts';",
      'packages/engine/src/c.ts': "type A = import('./a.ts').A;",
    }),
  );
  const [a, b, c] = ['a', 'b', 'c'].map((name) => `packages/engine/src/${name}.ts`);
  expect(first(found)).toBe(`${a}:2: circle ${a} → ${b} → ${c} → ${a}`);
});

test('circles › when two packages import each other › show the way round', () => {
  const exports = { '.': { source: './src/index.ts' } };
  const found = circles(
    treeOf({
      'packages/engine/package.json': JSON.stringify({ name: '@himaya/engine', exports }),
      'packages/engine/src/index.ts': "import '@himaya/vault';",
      'packages/vault/package.json': JSON.stringify({ name: '@himaya/vault', exports }),
      'packages/vault/src/index.ts': "import '@himaya/engine';",
    }),
  );
  expect(first(found)).toContain('engine/src/index.ts → packages/vault/src/index.ts → ');
});
