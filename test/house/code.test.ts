// House rules on code: sizes, pure rooms, faces and suites. Each first catches a planted breach.
import { expect, test } from 'vitest';
import { extraIndexes, undocumented, unopened } from './faces.ts';
import { impurities, pureRoomOf } from './pure.ts';
import { PURE } from './rooms.ts';
import { SIZES, oversized, type Exceptions } from './sizes.ts';
import { weakTests } from './suites.ts';
import { assertNone, readTree, treeOf, type Problem } from './tree.ts';

const tree = readTree();
const PURE_FILE = 'packages/statechart/src/a.ts';

function whats(problems: readonly Problem[]): string[] {
  return problems.map(({ line, what }) => `${line}: ${what}`);
}

test('sizes › in this repository › are within their limits or shrinking', () => {
  assertNone(oversized(tree, JSON.parse(tree.get(SIZES) ?? '{}') as Exceptions));
});

const lines = (count: number, line = 'a;') => `${line}\n`.repeat(count);
const FILE = 'packages/engine/src/a.ts';

test.each([
  ['a source file', FILE, lines(301), '301: 301 lines, at most 300'],
  ['a test file', 'test/a.test.ts', lines(501), '501: 501 lines, at most 500'],
  ['a function', FILE, `const f = () => {\n${lines(59)}};\n`, '1: function f has 61 lines'],
  ['a line of code', FILE, `\nconst a = [${'1, '.repeat(40)}];\n`, '2: 133 columns, at most 100'],
])('sizes › when %s is too long › report it', (_, file, text, what) => {
  expect(whats(oversized(treeOf({ [file]: text }), {})).join('\n')).toContain(what);
});

test.each([
  ['at the limit', FILE, lines(300)],
  ['a list of tests', 'test/a.test.ts', `describe('a', () => {\n${lines(80, 'test();')}});\n`],
  ['a text alone on its line', FILE, `const a = {\n  en: '${'word '.repeat(40)}',\n};\n`],
])('sizes › when it is %s › report nothing', (_, file, text) => {
  expect(whats(oversized(treeOf({ [file]: text }), {}))).toEqual([]);
});

test('sizes › when an exception is larger than its subject › report it', () => {
  const decided = { 'docs/decisions/0007-long.md': '', [FILE]: lines(310) };
  const judge = (size: number) =>
    whats(oversized(treeOf(decided), { [FILE]: { size, decision: '0007' } }));
  expect(judge(310)).toEqual([]);
  expect(judge(305)).toEqual(['301: 310 lines, at most 305']);
  expect(judge(320).join()).toContain('shrank to 310');
});

test('sizes › when an exception names no decision or no excess › report it', () => {
  const long = { [FILE]: lines(310) };
  const exceptions = { [FILE]: { size: 310, decision: '0007' } };
  expect(whats(oversized(treeOf(long), exceptions)).join()).toContain('no decision record');
  expect(whats(oversized(treeOf({}), exceptions)).join()).toContain('within its limit');
});

test('pure rooms › in this repository › read nothing but their arguments', () => {
  assertNone(impurities(tree));
});

test('pure rooms › in the list › exist', () => {
  const paths = [...tree.keys()];
  const gone = PURE.filter((room) => !paths.some((path) => path.startsWith(room.path)));
  expect(gone.map(({ path }) => path)).toEqual([]);
});

test.each([
  'const a = Date.now();',
  'const a = new Date();',
  'const a = Date();',
  'const a = new Date(2026, 1, 1);',
  'const a = Math.random();',
  "const a = process['env'];",
  'const a = { process };',
  'const a = performance.now();',
  'const a = crypto.randomUUID();',
  'const a = import.meta.url;',
  'setTimeout(() => {}, 1);',
  "console.log('a');",
  "import { readFileSync } from 'node:fs';",
  "import { ulid as makeId } from 'ulid';",
  'const a = globalThis.Date;',
  'const D = Date;',
  'const { now } = Date;',
  'const { random } = Math;',
  "const a = Date['now']();",
  "const a = Math['random']();",
  'const a = Reflect.construct(Date, []);',
  'const a = new Date(...given);',
  'const a = [Date, 1];',
  'const a = { Date };',
  'class Clock extends Date {}',
  'const p = performance;',
  'const { randomUUID } = crypto;',
  'const c = crypto;',
  'const a = Temporal.Now.instant();',
  "const a = self['performance'];",
  "const a = eval('1');",
  "const a = new Function('return 1');",
  "const a = require('node:fs');",
  'queueMicrotask(() => {});',
  'const a = date.getHours();',
  'const a = left.localeCompare(right);',
  'const a = date.toLocaleString();',
])('pure rooms › when a file holds `%s` › report it', (line) => {
  const found = impurities(treeOf({ [PURE_FILE]: `// A file.\n${line}\n` }));
  expect(found.map((one) => one.line)).toContain(2);
});

test.each([
  'const a = new Date(instant).toISOString();',
  'const a = Date.parse(instant);',
  'const a = Date.UTC(2026, 1, 1);',
  'const a = value instanceof Date;',
  'const a: Date = b;',
  'const a: typeof Date.prototype = b;',
  'const a = Math.max(1, 2);',
  'interface A extends Date { readonly b: string }',
  'const a = { crypto: 1, Date: 2 };',
  'const a = step.process;',
  'const a = { process: 1, console: 2 };',
  'interface A { readonly performance: string }',
  "const a = 'Date.now()'; // and process.env",
  'const a = date.getUTCHours();',
  "const a = date.toLocaleString('ar-BH', { timeZone: 'Asia/Bahrain' });",
])('pure rooms › when a file holds `%s` › report nothing', (line) => {
  expect(whats(impurities(treeOf({ [PURE_FILE]: line })))).toEqual([]);
});

test('pure rooms › when hashing › allow digests and refuse random bytes', () => {
  const text = "import { createHash, randomBytes } from 'node:crypto';";
  const found = impurities(treeOf({ 'packages/event-store/src/codec.ts': text }));
  expect(whats(found)).toEqual(['1: imports randomBytes from "node:crypto" in a pure room']);
});

test('pure rooms › at the rim of the engine › end', () => {
  expect(pureRoomOf('packages/engine/src/rim/clock.ts')).toBeUndefined();
  expect(pureRoomOf('packages/engine/src/clock.ts')).toBeDefined();
  expect(pureRoomOf('packages/event-store/src/memory-store.ts')).toBeUndefined();
});

test('faces › in this repository › are one index for each package', () => {
  assertNone(extraIndexes(tree));
});

test('faces › in this repository › document every exported name', () => {
  assertNone(undocumented(tree));
});

test('faces › in this repository › open every file with a sentence', () => {
  assertNone(unopened(tree));
});

test.each([
  ['packages/engine/src/case/index.ts', 'const a = 1;', '1: a second index'],
  ['packages/engine/src/case.ts', "const a = 1;\nexport * from './a.ts';", '2: a barrel'],
  ['packages/engine/src/case.ts', "export { a } from './a.ts';", '1: a barrel'],
])('faces › when %s holds %s › report it', (path, text, what) => {
  expect(whats(extraIndexes(treeOf({ [path]: text })))).toEqual([what]);
});

test('faces › when a package exports more entries than are listed › report it', () => {
  const exports = { '.': { source: './src/index.ts' }, './more': { source: './src/more.ts' } };
  const files = {
    'packages/engine/package.json': JSON.stringify({ name: '@himaya/engine', exports }),
    'packages/engine/src/index.ts': '',
  };
  expect(whats(extraIndexes(treeOf(files))).join()).toContain('entry "src/more.ts"');
});

test.each([
  ['export const a = 1;', '"a"'],
  ['/** A. */\n\nexport const a = 1;', '"a"'],
  ['// A.\nexport function b() {}', '"b"'],
  ['interface C {}\nexport type { C };', '"C"'],
  ['/* A. */\nexport default class {}', '"default"'],
])('faces › when %s › report the undocumented name', (text, name) => {
  const found = undocumented(treeOf({ [PURE_FILE]: text }));
  expect(whats(found).join()).toContain(`exported ${name} has no doc comment`);
});

test('faces › when every name is documented › report nothing', () => {
  const text = '/** A. */\nexport type A = 1;\nexport const A = 1;\n/** B. */\nexport let b = 2;';
  expect(whats(undocumented(treeOf({ [PURE_FILE]: text })))).toEqual([]);
});

test('faces › when a file does not open with a sentence › report it', () => {
  const files = { 'test/a.ts': '\nconst a = 1;', '.ci/a.mjs': '#!/usr/bin/env node\n// Ok.\n' };
  expect(unopened(treeOf(files)).map(({ path }) => path)).toEqual(['test/a.ts']);
});

test('suites › in this repository › run every test and state facts', () => {
  assertNone(weakTests(tree));
});

const planted = (line: string) => whats(weakTests(treeOf({ 'test/a.test.ts': line })));

test.each([
  ["test.only('a', () => {});", '1: uses .only'],
  ["describe.skip('a', () => {});", '1: uses .skip'],
  ["it.todo('a');", '1: uses .todo'],
  ["describe.only.each([1])('a', () => {});", '1: uses .only'],
  ["test('a › b › should hold', () => {});", '1: test name "a › b › should hold" says "should"'],
  ["test.each([1])('it should hold', () => {});", '1: test name "it should hold" says "should"'],
  ['test(`a ${b} ` + "should hold", f);', '1: test name "a ${b} should hold" says "should"'],
  ["test.skipIf(slow)('a', () => {});", '1: leaves "a" out without a printed reason'],
  ["test('a', (context) => context.skip());", '1: skips without a reason'],
])('suites › when a test file holds %s › report it', (line, what) => {
  expect(planted(line)).toContain(what);
});

test.each([
  "test.runIf(nightly)('a › b › holds (nightly only)', () => {});",
  "test('a', (context) => context.skip('no such disk here'));",
  "expect(pattern.test('should')).toBe(true);",
])('suites › when a test file holds %s › report nothing', (line) => {
  expect(planted(line)).toEqual([]);
});
